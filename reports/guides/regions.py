"""The places that a sentence names: those of Alberta by the label that figures have, others by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from pipelines.folding import fold
from pipelines.places import PLACES, find_place, regions
from pipelines.wordlists import entries
from reports.names import ALBERTA, labels_of

_WORD = re.compile(r"[^\W\d_][\w’'.]*")
_MOST_WORDS = 4
_JOINED = re.compile(r"[\s-]{1,2}$")
#: Behind one of these a name that is also an ordinary word, or a part of a city, is a place.
_PREPOSITION = re.compile(
    r"\b(?:in|around|near|across|throughout|within|at|outside|for|of|between|as|like|including)\s+(?:the\s+|downtown\s+)?$|(?:\band|\bor|,|['’]s)\s+$",
    re.IGNORECASE,
)
_PROVINCE_BEHIND = re.compile(r",?\s+(?:AB|Alta|Alberta)\b")
_AREA = re.compile(r"\s+(?:area|region|metro|CMA|metropolitan area)\b", re.IGNORECASE)
_GREATER = re.compile(r"\b(?:greater|metro|metropolitan)\s+$", re.IGNORECASE)
_DIRECTION = re.compile(r"\b(central|southern|northern)\s+$", re.IGNORECASE)
_DIRECTED = {"central": "Red Deer & Central", "southern": "Lethbridge & South", "northern": "North"}
_ABROAD = {
    "canada": "Canada", "united states": "United States", "us": "United States", "usa": "United States",
    "america": "United States", "the states": "United States", "north america": "North America",
    "great britain": "United Kingdom", "uk": "United Kingdom", "europe": "Europe", "asia": "Asia",
}  # fmt: skip
#: Upper-case abbreviations only; the same letters are words otherwise.
_CAPITALS = frozenset({"us", "uk", "usa"})
CANADIAN = frozenset({
    "Canada", "British Columbia", "Saskatchewan", "Manitoba", "Ontario", "Quebec", "New Brunswick", "Nova Scotia",
    "Prince Edward Island", "Newfoundland", "Labrador", "Yukon", "Northwest Territories", "Nunavut", "Vancouver",
    "Victoria", "Kelowna", "Toronto", "Ottawa", "Montreal", "Winnipeg", "Regina", "Saskatoon", "Halifax",
})  # fmt: skip
_NATIONAL = re.compile(
    r"\bnation(?:al|ally|wide)\b|\b(?:across|around|throughout) the (?:country|nation)\b|\bcountry-?\s?wide\b",
    re.IGNORECASE,
)


def in_alberta(label: str) -> bool:
    """Whether figures can exist for a label."""
    return label == ALBERTA or label in PLACES or label in regions()


@lru_cache(maxsize=2048)
def named_regions(text: str, country: str = "Canada") -> tuple[str, ...]:
    """The regions that a text names, in order; what only holds another one that is named is left out.

    >>> named_regions("in Calgary and Edmonton, Alberta"), named_regions("the Calgary area"), named_regions("Standard")
    (('Calgary', 'Edmonton'), ('Calgary CMA',), ())
    """
    found = list(dict.fromkeys(_labels(text)))
    if not found and _NATIONAL.search(text):
        return (country,)
    if not found:
        return ()
    wider = {outer for label in found for outer in _around(label)}
    return tuple(label for label in found if label not in wider)


def is_region(text: str) -> bool:
    """Whether a text is the name of a place and nothing else.

    >>> is_region("Red Deer"), is_region("in Red Deer"), is_region("standard")
    (True, False, False)
    """
    return text[:1].isupper() and fold(_bare(text)) in _known()


def _bare(name: str) -> str:
    return re.sub(r"['’]s$|\.$", "", name)


def _around(label: str) -> set[str]:
    if label in PLACES:
        return {*labels_of(label), "Canada"} - {label}
    if label in CANADIAN or in_alberta(label):
        return {"Canada", *([ALBERTA] if in_alberta(label) else [])} - {label}
    return set()


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
        name = _bare(phrase)
        label = _known().get(fold(name))
        if label and _sure(text, start, end, name, label):
            return count, _widened(text, start, end, label)
    return 0, None


@cache
def _known() -> Mapping[str, str]:
    """Labels by folded name; municipalities win over parts, and what is ambiguous is not in it."""
    names = {fold(name): name for name in entries("address", "elsewhere")} | _ABROAD
    for place in PLACES.values():
        for name in (place.name, *place.aliases):
            found = find_place(name)
            if found is not None and len(name) > 2:
                names[fold(name)] = found.key
    return names | {fold(name): name for name in regions()} | {fold(ALBERTA): ALBERTA}


@cache
def _plain_names() -> frozenset[str]:
    return frozenset(map(fold, entries("address", "alone")))


def _sure(text: str, start: int, end: int, name: str, label: str) -> bool:
    key = fold(name)
    if key in _CAPITALS and not name.replace(".", "").isupper():
        return False
    if label not in PLACES or key in _plain_names():
        return True
    if _PROVINCE_BEHIND.match(text, end):
        return True
    return PLACES[label].name == name.strip(".") and _PREPOSITION.search(text, max(0, start - 24), start) is not None


def _widened(text: str, start: int, end: int, label: str) -> str:
    """The region around a city when the text says so: *the Calgary area*, *southern Alberta*."""
    before = text[max(0, start - 16) : start]
    direction = _DIRECTION.search(before)
    if label == ALBERTA and direction:
        return _DIRECTED[direction[1].lower()]
    if f"{label} CMA" in regions() and (_AREA.match(text, end) or _GREATER.search(before)):
        return f"{label} CMA"
    return label
