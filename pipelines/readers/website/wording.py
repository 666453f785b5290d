"""What kind of words a line holds: a name, prose, a button, a badge, a label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.durations import durations
from pipelines.folding import words
from pipelines.modality import names_treatment
from pipelines.readers.website.phrases import LETTERS, clean_name, has_words, is_label
from pipelines.wordlists import consists_of, entries, says, words_of

_BUTTON = re.compile(
    r"(?:book|buy|reserve|schedule|learn|view|see|read|call|contact|shop|select|order|click|tap|sign|log|"
    r"gift now|gift this|add to|add(?=\s*$)|get(?! to know)|back to|"
    r"choose|request|more|skip|purchase|redeem|pay|réserver|reservar|boeken?|"
    r"enquire|check out|explore)\b",
    re.IGNORECASE,
)
_ARROWS = "→»›>▸▶➜+• "
_LONGEST_NAME = 110
_WORDS_OF_A_CLAUSE, _WORDS_OF_A_NAME = 3, 5
_SLOGAN = re.compile(r"[a-z]{2}[.!?]\s+[A-Z]|\?$")
#: Headings of what is told about a thing: *What it does*, *Who it is for*.
_ASKS = re.compile(r"(?:what|why|how|who|when)(?:['’]s|\s(?:it|is|to|you|we|this|should|are|does))\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{[%{:#]|^@\w+$|=>|^import\s")
_PHONE = re.compile(r"\d{3}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}")
_BRACKETS = re.compile(r"(?<=\S)\s?\([^()]{0,80}\)\s*$")
_OPENING_HOURS = re.compile(
    r"\b\d{1,2}(?:[:.h]\d{2})?\s?(?:am|pm|uhr|h)?\s?(?:-|–|—|to|until|bis|à|a)\s?\d{1,2}(?:[:.h]\d{2}|\s?(?:am|pm|uhr|h)\b)",
    re.IGNORECASE,
)
#: A full stop that ends no sentence.
_ABBREVIATED = re.compile(r"(?<=\d)\s?(?:min|mins|hr|hrs|std)\.\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """What kind of words a line without amounts holds."""

    name: str
    """What it may call something, empty if it names nothing."""
    prose: bool
    button: bool
    label: bool
    titled: bool
    """Whether its name is written like a title."""
    naming: bool
    """Whether it can be the name of a service or a section."""


@lru_cache(maxsize=8192)
def wording(text: str) -> Wording:
    """All that the words of a line tell by themselves.

    >>> wording("Warm Bamboo Massage ....").name, wording("Book now").button, wording("Price:").label
    ('Warm Bamboo Massage', True, True)
    """
    said = _without_bracket(text)
    if is_prose(text) or (describes(said) and _is_sentence(said)):
        return _PROSE
    label = is_label(text)
    naming = not label and names_something(text)
    name = clean_name(text)
    return Wording(
        name=name,
        prose=False,
        button=is_button(text),
        label=label,
        titled=naming and is_title_case(name) and (not text.endswith((".", "!")) or names_treatment(text)),
        naming=naming,
    )


#: Sentences name nothing and ask for no click, whatever they begin with.
_PROSE = Wording(name="", prose=True, button=False, label=False, titled=False, naming=False)


def is_button(text: str) -> bool:
    """Whether a short line asks for a click.

    >>> is_button("Book this service →"), is_button("→ Réserver"), is_button("Booking fee")
    (True, True, False)
    """
    return len(text) < 50 and _BUTTON.match(text.lstrip(_ARROWS)) is not None


def is_badge(text: str) -> bool:
    """Whether a line only decorates a card (*Most popular*, *New*)."""
    return len(text) < 24 and consists_of(text, "badge")


def is_prose(text: str) -> bool:
    """Whether a line is sentences rather than a title.

    >>> is_prose("We work slowly along the spine until the shoulders come down."), is_prose("Deep Tissue Massage")
    (True, False)
    """
    if len(text) < 36:
        return False
    count = text.count(" ") + 1
    text = _ABBREVIATED.sub("", text)
    return len(text) > 110 or count > 13 or (count > 6 and text.rstrip()[-1] in ".!…")


@lru_cache(maxsize=4096)
def is_title_case(text: str) -> bool:
    """Whether a line is written like a title: its words capitalised but for small ones.

    >>> is_title_case("Warm Bamboo Massage"), is_title_case("Eases stiff shoulders"), is_title_case("Massage")
    (True, False, True)
    """
    if text.count(",") > 2 or any(mark in text for mark in "·•|→"):
        return False
    found = [word for word in LETTERS.findall(text) if word.lower() not in entries("only", "small")]
    return bool(found) and sum(word[0].isupper() for word in found) >= 0.75 * len(found)


def names_something(text: str) -> bool:
    """Whether a line without amounts can be the name of a service or a section.

    >>> [names_something(t) for t in ("Hot Stones", "Sat 10:00 - 17:00", "We match the price you were told before")]
    [True, False, False]
    """
    if (
        consists_of(text, "weekday")
        or _PHONE.search(text)
        or (says("prose", "no_name", text) and not names_treatment(text))
    ):
        return False
    if not has_words(text) or len(text) > _LONGEST_NAME or _TEMPLATE.search(text) or _OPENING_HOURS.search(text):
        return False
    if is_button(text) or is_badge(text) or is_prose(text):
        return False
    return not (describes(_without_bracket(text)) or words_of("opens_details").intersection(words(text)[-1:]))


def _without_bracket(text: str) -> str:
    """A text without a bracket at its end: that may tell of what stands before it."""
    return _BRACKETS.sub("", text) if text.endswith(")") else text


def is_detail(text: str) -> bool:
    """Whether words only tell more of a thing that others name.

    >>> is_detail("each, with hot stones"), is_detail("Hot stones")
    (True, False)
    """
    return begins_part(text) or bool(words_of("begins_details").intersection(words(text)[:1]))


def begins_part(text: str) -> bool:
    """Whether words tell of a part of a thing, or ask for something, so that their minutes are not the thing's.

    >>> begins_part("Includes a 10 minute foot soak"), begins_part("Each 60 minutes")
    (True, False)
    """
    return bool(words_of("begins_part").intersection(words(text)[:1]))


def _is_sentence(text: str) -> bool:
    """Whether words are put as a sentence; a length at their end is a list's, as in *For desks that hurt · 45 min*."""
    if not says("prose", "sentence", text):
        return False
    stated = durations(text)
    return not stated or stated[-1].end < len(text)


@lru_cache(maxsize=4096)
def describes(text: str) -> bool:
    """Whether words tell about a thing, or to its buyer, rather than name it.

    >>> describes("Slow strokes from the neck to the hips"), describes("Deep tissue massage for neck and shoulders")
    (True, False)
    """
    unknown = not names_treatment(text)
    if unknown and (_SLOGAN.search(text) or _ASKS.match(text)):
        return True
    spaces = text.count(" ")
    if spaces and text.split(" ", 1)[0].lower() in entries("only", "speaker"):
        return True
    if not spaces or is_title_case(text):
        return False
    if unknown and (spaces >= _WORDS_OF_A_NAME or text.endswith((".", "!"))):
        return True
    return spaces >= _WORDS_OF_A_CLAUSE and says("prose", "sentence", text)


def is_generic(text: str) -> bool:
    """Whether a name says no more than a length or for whom."""
    return consists_of(text, "generic")


def is_section(text: str) -> bool:
    """Whether a heading opens a part of the menu rather than naming a service.

    >>> is_section("Massage Services & Rates"), is_section("Massage"), is_section("Swedish Massage")
    (True, False, False)
    """
    return consists_of(text, "section") and bool(words_of("section_core").intersection(words(text)))
