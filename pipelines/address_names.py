"""The place names of an address line that stand where an address has its city, not within a street or a business."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pipelines.folding import plain
from pipelines.place_table import PLACES, Place, containers
from pipelines.wordlists import entries

Words = tuple[str, ...]

_TOKEN = re.compile(r"[^\W_]+|[,;:|()\[\]•·/&\n\t–—]|(?<=\s)-(?=\s)")
_INITIALS = re.compile(r"\b([A-Za-z])\.\s?([A-Za-z])\.")
_NO_APOSTROPHES = str.maketrans("", "", "'’`")
_SPELLINGS = {"saint": "st", "fort": "ft", "mount": "mt", "center": "centre"}
_BREAK = ","
#: Streets have these too, so a city beside one is the city.
_CORNERS = frozenset({"nw", "ne", "sw", "se"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where an address names its city or, standing alone between commas, a part of it.

    ``options`` are the places that it may mean; none if it lies outside Alberta.
    """

    name: str
    options: tuple[Place, ...]

    @property
    def names_city(self) -> bool:
        """Whether it may name a municipality, here or elsewhere, rather than only a part of one."""
        return not self.options or any(place.rank < 2 for place in self.options)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in the tokens of a text: the half-open range it takes and the places it may mean."""

    start: int
    end: int
    options: tuple[Place, ...]


def read_names(text: str) -> tuple[tuple[Mention, ...], bool]:
    """The names that stand where a city does, and whether the province is named.

    >>> mentions, province = read_names("12 Red Deer St, Airdrie AB")
    >>> [mention.name for mention in mentions], province
    (['airdrie'], True)
    """
    tokens = [_BREAK, *_tokens(text), _BREAK]
    names = list(_names(tokens))
    return tuple(_mentions(tokens, names)), _says_province(tokens, names)


@cache
def word_set(meaning: str) -> frozenset[str]:
    """The entries of one list of ``[address]`` in the spelling of mentions.

    >>> "ft mcmurray" in word_set("alone")
    True
    """
    return frozenset(" ".join(_words(entry)) for entry in entries("address", meaning))


def _tokens(text: str) -> list[str]:
    """The words of a text, with a break wherever something sets them apart."""
    return [token for word in _spelt(text) for token in _parted(word)]


def _words(text: str) -> Words:
    return tuple(word for word in _spelt(text) if word[0].isalnum())


def _spelt(text: str) -> Iterator[str]:
    found = _TOKEN.findall(plain(_INITIALS.sub(r"\1\2", text).translate(_NO_APOSTROPHES)))
    return (_SPELLINGS.get(word, word) for word in found)


def _parted(word: str) -> Words:
    if not word[0].isalnum() or word in word_set("joint"):
        return (_BREAK,)
    return (_BREAK, word) if word in word_set("beside") else (word,)


@cache
def _index() -> Mapping[str, Mapping[Words, tuple[Place, ...]]]:
    """By first word all names, the longest first, with the places that each may mean: none if outside Alberta."""
    bearers: dict[Words, list[Place]] = {tuple(_tokens(name)): [] for name in entries("address", "elsewhere")}
    for place in PLACES.values():
        for name in filter(_tells, dict.fromkeys((place.name, *place.aliases))):
            bearers.setdefault(tuple(_tokens(name)), []).append(place)
    index: dict[str, dict[Words, tuple[Place, ...]]] = {}
    for words in sorted(bearers, key=len, reverse=True):
        index.setdefault(words[0], {})[words] = _owners(words, dict.fromkeys(bearers[words]))
    return MappingProxyType(index)


def _tells(name: str) -> bool:
    """Whether a name of the table may name a place in an address: no street, no two names, no city with its setting."""
    words = _words(name)
    return (
        words[-1] not in word_set("street") | word_set("province") | _CORNERS
        and words[0] not in _CORNERS
        and "(" not in name
    )


def _owners(words: Words, bearers: Collection[Place]) -> tuple[Place, ...]:
    """The bearers of a name, without those for which it is an alias and which adjoin a place that bears it as name."""
    own = [place for place in bearers if tuple(_tokens(place.name)) == words]
    return tuple(place for place in bearers if place in own or not any(_adjoin(place, other) for other in own))


def _adjoin(place: Place, other: Place) -> bool:
    """Whether one of two places lies in the other, or both in one."""
    return not set(containers(place)).isdisjoint(containers(other))


def _names(tokens: Sequence[str]) -> Iterator[_Name]:
    """The names in a text, at each word the longest; they do not overlap."""
    at = 0
    while at < len(tokens):
        known = _index().get(tokens[at], {})
        words = next((words for words in known if tuple(tokens[at : at + len(words)]) == words), None)
        if words:
            yield _Name(at, at + len(words), known[words])
        at += len(words) if words else 1


def _mentions(tokens: Sequence[str], names: Sequence[_Name]) -> Iterator[Mention]:
    """The names at the end of a part of the text; a part of a city must be all of it."""
    ends = {name.end for name in names}
    closed: set[int] = set()
    for name in reversed(names):
        behind = _behind(tokens, name.end)
        if tokens[behind] != _BREAK and behind not in closed:
            continue
        closed.add(name.start)
        mention = Mention(" ".join(tokens[name.start : name.end]), name.options)
        before = tokens[name.start - 1]
        if before == _BREAK or name.start in ends or _is_town_of(tokens, name.start):
            yield mention
        elif mention.names_city and _city_may_follow(before, mention, province_follows=behind > name.end):
            yield Mention(mention.name, tuple(place for place in name.options if place.rank < 2))


def _behind(tokens: Sequence[str], at: int) -> int:
    """Where what may follow a city ends: its quadrant, province and country."""
    while tokens[at] in _followers():
        at += 1
    return at


@cache
def _followers() -> frozenset[str]:
    return word_set("quadrant") | word_set("province") | word_set("country")


def _is_town_of(tokens: Sequence[str], start: int) -> bool:
    """Whether a name stands behind "town of"; "of" has its own break."""
    return tokens[start - 1] == "of" and tokens[max(0, start - 3)] in word_set("kind_of_place")


def _city_may_follow(before: str, city: Mention, *, province_follows: bool) -> bool:
    """Whether a word may stand before a city without a comma: one of a street, or any if the province comes behind."""
    if before in word_set("beside"):
        return False
    openers = word_set("street") | word_set("before_city") | word_set("quadrant")
    is_plain = city.name not in word_set("ordinary")
    return before.isdigit() or before in openers or (province_follows and is_plain)


def _says_province(tokens: Sequence[str], names: Iterable[_Name]) -> bool:
    """Whether the province is named as such, not within the name of a place, a street or a body."""
    taken = {at for name in names for at in range(name.start, name.end)}
    return any(
        token in word_set("province") and at not in taken and tokens[_behind(tokens, at)] == _BREAK
        for at, token in enumerate(tokens)
    )
