"""What kind of words a line holds: a name, prose, a button, a badge, a label; and names without what is no name."""

from __future__ import annotations

import re

from pipelines.readers.website.outline import SEAM

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_BUTTON = re.compile(
    r"(?:book|buy|reserve|schedule|learn|view|see|read|call|contact|shop|select|order|click|tap|sign|log|"
    r"add to|get|choose|request|more|skip|purchase|redeem|pay|réserver|reservar|boeken?|enquire|check out|explore)\b",
    re.IGNORECASE,
)
_BADGE = re.compile(
    r"(?:most |our )?(?:new|popular|best ?seller|best value|included|featured|recommended|sale|special|limited time|or|and|"
    r"favou?rite|sold out|includes|details|optional|save|was|now|regular(?: rate| price)?|each|per|only)[!:*.]*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:price|prices|pricing|cost|costs|rate|rates|fee|fees|duration|time|length|length of time|minutes?|mins?|hours?|hrs?|"
    r"investment|amount|total|prix|durée|duree|dauer|preise?|tarife?n?|preços?|precios?|prijs|prijzen|duração|duración|valor|cad|usd|starting|from|at|services?|service menu|"
    r"our (?:rates|prices|pricing|services)|price list|menu|treatments?|sessions?|description|session (?:length|pricing)|per)[:*]*",
    re.IGNORECASE,
)
_NOISE = re.compile(r"^[\W_]+|[^\w)!?%'’\"”]+$")
_FILLER = re.compile(
    r"^(?:(?:price|cost|duration|time|length|rate|prix|durée|from|starting(?: at)?|starts at|only|for|is|are|at|of|per|just|now|desde|vanaf|dès|à partir de|"
    r"book(?: now| online)?|session is|cad|usd|and|or|the cost|with|x)\b[\s:–—-]*)+"
    r"|(?:[\s:–—~|(-]*\b(?:price|cost|duration|length|from|starting(?: at)?|starts at|only|for|is|are|at|of|just|now|book now(?: for)?|"
    r"cad|usd|and|or|per person|plus|tax|taxes|gst|applicable|x)\b)+$",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"\(\s*[\W_]*\)|\[\s*[\W_]*\]")
_SPACES = re.compile(r"\s+")


def has_words(text: str) -> bool:
    """Whether there are letters enough for a name.

    >>> has_words("– $"), has_words("NMT")
    (False, True)
    """
    return _LETTERS.search(text) is not None


def is_button(text: str) -> bool:
    """Whether a short line asks for a click.

    >>> is_button("Book this service →"), is_button("Booking fee")
    (True, False)
    """
    return len(text) < 50 and _BUTTON.match(text) is not None


def is_badge(text: str) -> bool:
    """Whether a line only decorates a card (*Most popular*, *New*)."""
    return len(text) < 24 and _BADGE.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether a line only says what stands next to it (*Price:*, *Duration*, *Our rates*)."""
    return len(text) < 28 and _LABEL.fullmatch(text) is not None


def is_prose(text: str) -> bool:
    """Whether a line is sentences rather than a title.

    >>> is_prose("Long, flowing strokes to promote relaxation and relieve tension."), is_prose("Deep Tissue Massage")
    (True, False)
    """
    if len(text) < 36:
        return False
    count = text.count(" ") + 1
    return len(text) > 110 or count > 13 or (count > 6 and text.rstrip()[-1] in ".!…")


def names_something(text: str) -> bool:
    """Whether a line without amounts can be the name of a service or a section."""
    return has_words(text) and len(text) <= 110 and not (is_button(text) or is_badge(text) or is_prose(text))


def clean_name(text: str) -> str:
    """A name without leaders, separators, brackets left empty and label words at its ends.

    >>> clean_name("Swedish Massage ........ "), clean_name("– Duration: "), clean_name("Cupping (   )")
    ('Swedish Massage', '', 'Cupping')
    """
    text = _SPACES.sub(" ", _EMPTY_BRACKETS.sub(" ", text.replace(SEAM, " "))).strip()
    for _ in range(3):
        stripped = _FILLER.sub("", _NOISE.sub("", text)).strip()
        if stripped == text:
            break
        text = stripped
    if text.count("(") > text.count(")"):
        text = (
            text + ")" if text[text.rfind("(") :].count(" ") < 6 and not text.endswith("(") else text.replace("(", "")
        )
    return "" if is_label(text) or not has_words(text) else text
