"""The places that a sentence names: those of Alberta by the label that figures have, others by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipelines.folding import fold
from pipelines.places import PLACES
from pipelines.wordlists import entries
from reports.guides.naming import treatments
from reports.guides.place_names import bare, innermost, is_region, labels_by_name, publish_regions
from reports.names import ALBERTA

_WORD = re.compile(r"[^\W\d_][\w’'.]*")
_MOST_WORDS = 4
_JOINED = re.compile(r"[\s-]{1,2}$")
#: Behind one of these a name that is also an ordinary word, or a part of a city, is a place.
_PREPOSITION = re.compile(
    r"\b(?:in|around|near|across|throughout|within|at|outside|for|of|between|as|like|including)\s+(?:the\s+|downtown\s+)?$|(?:\band|\bor|,|['’]s)\s+$",
    re.IGNORECASE,
)
#: What may stand before a label that is nothing but a place, and behind it.
_AROUND = " \t*_#([•–—-"
_LABEL_END = re.compile(r"[\s*_)]*(?:[:–—|]|-\s|$)")
_NAMED_AFTER = re.compile(r"\b(?:University|College|Bank|Archdiocese)\s+of\s+$")
_CAPITALISED = re.compile(r" [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?")
#: Words with a capital that leave a place what it is: *Calgary Spas*, *Edmonton NW*.
_OF_THE_TRADE = re.compile(
    r"(?:spas?|clinics?|therap\w+|rmts?|massages?|studios?|prices?|pricing|rates?|area|region|metro|cma|canada|ab|alta"
    r"|[ns][ew]|north|south|east|west|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|i)\b.*",
    re.IGNORECASE,
)
_SMALL_IN_TITLES = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "per", "the", "to", "vs", "with",
    "your", "you",
})  # fmt: skip
#: Places that stand alone for themselves; smaller ones, and these few, are ordinary words as often as not.
_ALONE = frozenset({"city", "town", "specialized_municipality", "urban_service_area"})
_WORDS_TOO = frozenset({"High Level", "Legal", "Viking", "Castor", "Coronation"})
_PROVINCE_BEHIND = re.compile(r",?\s+(?:AB|Alta|Alberta)\b")
_AREA = re.compile(r"\s+(?:area|region|metro|CMA|metropolitan area)\b", re.IGNORECASE)
_GREATER = re.compile(r"\b(?:greater|metro|metropolitan)\s+$", re.IGNORECASE)
_DIRECTION = re.compile(r"\b(central|southern|northern)\s+$", re.IGNORECASE)
_DIRECTED = {"central": "Red Deer & Central", "southern": "Lethbridge & South", "northern": "North"}
#: Upper-case abbreviations only; the same letters are words otherwise.
_CAPITALS = frozenset({"us", "uk", "usa"})
_NATIONAL = re.compile(
    r"\bnation(?:al|ally|wide)\b|\b(?:across|around|throughout) the (?:country|nation)\b|\bcountry-?\s?wide\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def named_regions(text: str, country: str = "Canada") -> tuple[str, ...]:
    """The regions that a text names, in order; what only holds another one that is named is left out.

    >>> named_regions("in Calgary and Edmonton, Alberta"), named_regions("the Calgary area"), named_regions("Standard")
    (('Calgary', 'Edmonton'), ('Calgary CMA',), ())
    """
    found = innermost(_labels(text))
    return found or ((country,) if _NATIONAL.search(text) else ())


def _labels(text: str) -> Iterator[str]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        taken, label = _at(text, words, at)
        if label:
            yield label
        at += max(taken, 1)


def _at(text: str, words: list[re.Match[str]], at: int) -> tuple[int, str | None]:
    """How many words from one on name a region, and its label."""
    start = words[at].start()
    if not text[start].isupper():
        return 0, None
    for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        end = words[at + count - 1].end()
        phrase = text[start:end]
        name = bare(phrase)
        label = labels_by_name().get(fold(name))
        if label and _sure(text, start, end, name, label):
            return count, _widened(text, start, end, label)
    return 0, None


@cache
def _plain_names() -> frozenset[str]:
    return frozenset(map(fold, entries("address", "alone")))


def _sure(text: str, start: int, end: int, name: str, label: str) -> bool:
    key = fold(name)
    if key in _CAPITALS and not name.replace(".", "").isupper():
        return False
    if _is_part_of_a_name(text, start, end):
        return False
    if label not in PLACES or key in _plain_names():
        return True
    if _PROVINCE_BEHIND.match(text, end) or _is_label(text, start, end, label):
        return True
    return PLACES[label].name == name.strip(".") and _PREPOSITION.search(text, max(0, start - 24), start) is not None


def _is_label(text: str, start: int, end: int, label: str) -> bool:
    """Whether a text, or what stands before its colon, is nothing but a place: *Red Deer: $90*."""
    if PLACES[label].kind not in _ALONE or label in _WORDS_TOO:
        return False
    return not text[:start].strip(_AROUND) and _LABEL_END.match(text, end) is not None


def _is_part_of_a_name(text: str, start: int, end: int) -> bool:
    """Whether a place only stands in the name of something else: *the Calgary Flames*, *University of Calgary*.

    Where every word of a text has a capital, as in titles, that cannot be told.
    """
    if _NAMED_AFTER.search(text, max(0, start - 40), start):
        return True
    behind = _CAPITALISED.match(text, end)
    if not behind or text[end - 2 : end] in ("'s", "’s") or not _plain_words(text):
        return False
    words = [word[0] for word in _WORD.finditer(behind[0])]
    return not any(
        is_region(first) or treatments(first) or _OF_THE_TRADE.fullmatch(first) for first in (words[0], " ".join(words))
    )


@lru_cache(maxsize=2048)
def _plain_words(text: str) -> bool:
    """Whether a text has words in small letters that titles would write with a capital."""
    return any(word[0][0].islower() and word[0] not in _SMALL_IN_TITLES for word in _WORD.finditer(text))


def _widened(text: str, start: int, end: int, label: str) -> str:
    """The region around a city when the text says so: *the Calgary area*, *southern Alberta*."""
    before = text[max(0, start - 16) : start]
    direction = _DIRECTION.search(before)
    if label == ALBERTA and direction:
        return _DIRECTED[direction[1].lower()]
    if f"{label} CMA" in publish_regions() and (_AREA.match(text, end) or _GREATER.search(before)):
        return f"{label} CMA"
    return label
