"""What kind of words a line holds: a name, prose, a button, a badge, a label; and names without what is no name."""

from __future__ import annotations

import re

from pipelines.folding import words
from pipelines.wordlists import consists_of, words_of

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_BUTTON = re.compile(
    r"(?:book|buy|reserve|schedule|learn|view|see|read|call|contact|shop|select|order|click|tap|sign|log|"
    r"add to|get|choose|request|more|skip|purchase|redeem|pay|réserver|reservar|boeken?|enquire|check out|explore)\b",
    re.IGNORECASE,
)
_RIBBON = re.compile(r"^(?:most popular|best ?seller|best value|popular)[\s:!–-]+(?=\w)", re.IGNORECASE)
_NOISE = re.compile(r"^[\W_]+|[^\w)!?%'’\"”]+$")
_LEADING = (
    "price|cost|duration|time|length|rate|prix|durée|from|starting(?: at)?|starts at|only|for|is|are|at|of|per|just|"
    "now|desde|vanaf|dès|à partir de|book(?: now| online)?|session is|cad|usd|and|or|the cost|with|x"
)
_TRAILING = (
    "price|cost|duration|length|from|starting(?: at)?|starts at|only|for|is|are|at|of|just|now|book now(?: for)?|cad|"
    "usd|and|or|per person|plus|tax|taxes|gst|applicable|x"
)
_FILLER = re.compile(rf"^(?:(?:{_LEADING})\b[\s:–—-]*)+|(?:[\s:–—~|(-]*\b(?:{_TRAILING})\b)+$", re.IGNORECASE)
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
    return len(text) < 24 and consists_of(text, "badge")


def is_label(text: str) -> bool:
    """Whether a line only says what stands next to it (*Price:*, *Duration*, *Our rates*)."""
    return len(text) < 28 and consists_of(text, "label")


def is_prose(text: str) -> bool:
    """Whether a line is sentences rather than a title.

    >>> is_prose("We work slowly along the spine until the shoulders come down."), is_prose("Deep Tissue Massage")
    (True, False)
    """
    if len(text) < 36:
        return False
    count = text.count(" ") + 1
    return len(text) > 110 or count > 13 or (count > 6 and text.rstrip()[-1] in ".!…")


_SMALL = frozenset(
    {"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "our", "per", "the", "to", "vs", "with", "your"}
    | {
        "com",
        "da",
        "das",
        "de",
        "del",
        "der",
        "des",
        "die",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "em",
        "en",
        "et",
        "für",
        "la",
    }
    | {
        "las",
        "le",
        "les",
        "los",
        "met",
        "mit",
        "na",
        "no",
        "nos",
        "o",
        "os",
        "para",
        "pour",
        "sur",
        "und",
        "van",
        "von",
        "y",
    }
)


def is_title_case(text: str) -> bool:
    """Whether a line is written like a title: its words capitalised but for small ones.

    >>> is_title_case("Warm Bamboo Massage"), is_title_case("Eases stiff shoulders"), is_title_case("Massage")
    (True, False, True)
    """
    if text.count(",") > 2 or any(mark in text for mark in "·•|→"):
        return False
    found = [word for word in _LETTERS.findall(text) if word.lower() not in _SMALL]
    return bool(found) and sum(word[0].isupper() for word in found) >= 0.75 * len(found)


def names_something(text: str) -> bool:
    """Whether a line without amounts can be the name of a service or a section."""
    return has_words(text) and len(text) <= 110 and not (is_button(text) or is_badge(text) or is_prose(text))


def is_generic(text: str) -> bool:
    """Whether a name says no more than a length or for whom."""
    return consists_of(text, "generic")


def is_section(text: str) -> bool:
    """Whether a heading opens a part of the menu rather than naming a service.

    >>> is_section("Massage Services & Rates"), is_section("Massage"), is_section("Swedish Massage")
    (True, False, False)
    """
    return consists_of(text, "section") and bool(words_of("section_core").intersection(words(text)))


def clean_name(text: str) -> str:
    """A name without leaders, separators, brackets left empty and label words at its ends.

    >>> clean_name("Swedish Massage ........ "), clean_name("– Duration: "), clean_name("Cupping (   )")
    ('Swedish Massage', '', 'Cupping')
    """
    text = phrase(text)
    return "" if is_label(text) or not has_words(text) else text


def phrase(text: str) -> str:
    """Words without leaders, separators and label words at their ends, even if they name nothing.

    >>> phrase("1/2 Hour Session ..... from ")
    '1/2 Hour Session'
    """
    if "(" in text or "[" in text:
        text = _EMPTY_BRACKETS.sub(" ", text)
    text = _RIBBON.sub("", " ".join(text.split()))
    for _ in range(3):
        stripped = _FILLER.sub("", _NOISE.sub("", text)).strip()
        if stripped == text:
            break
        text = stripped
    if text.count("(") > text.count(")"):
        closes = text[text.rfind("(") :].count(" ") < 6 and not text.endswith("(")
        text = f"{text})" if closes else text.replace("(", "")
    return text
