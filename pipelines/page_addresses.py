"""The address lines of a page, each with its place where that is clear."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, islice

from pipelines.address_cues import LONGEST_LINE, POSTAL_CODE, Cues, holds_postal_code, read_cues
from pipelines.address_names import word_set
from pipelines.addresses import locate
from pipelines.folding import plain
from pipelines.place_table import city_of
from pipelines.records import Address
from pipelines.wordlists import entries

_MOST_LINES = 5000
_LETTERS_OF_A_CODE = 3
_WORD = re.compile(r"[^\W_]+")
#: What may be a code, in capitals or behind a comma, or else a postal code.
_CODE = re.compile(rf"(?:(?<![A-Za-z])(?=[A-Z])|,\s*)([A-Za-z]{{2,3}}|A\.B\.)(?![A-Za-z])|{POSTAL_CODE.pattern}")


def addresses_in(lines: Iterable[str]) -> tuple[Address, ...]:
    """The addresses among the first 5,000 lines of a page, each once.

    An address holds a postal code, or a street with its number, a city and a province, here or elsewhere.

    >>> found = addresses_in(["12 Elm Street SW", "Calgary, AB", "60 minutes $110", "9 Oak St, Kelowna, BC"])
    >>> [(address.text, address.place, address.basis) for address in found]
    [('12 Elm Street SW, Calgary, AB', 'Calgary', 'city, province'), ('9 Oak St, Kelowna, BC', None, None)]
    """
    page = list(islice(lines, _MOST_LINES))
    found: dict[str, Address] = {}
    for number in _hinting(page):
        before = next((page[n] for n in range(number - 1, -1, -1) if page[n].strip()), "")
        if address := _address(_start_of(before), _start_of(page[number])):
            found.setdefault(address.text, address)
    return tuple(found.values())


def _start_of(line: str) -> str:
    return " ".join(line[:LONGEST_LINE].split())


def _hinting(page: Sequence[str]) -> list[int]:
    """The numbers of the lines that may end an address: few searches over the whole page, for most lines do not."""
    text = "\n".join(page)
    ends = [found.end() for found in _CODE.finditer(text) if not found[1] or _is_code(found)]
    ends += _name_ends(text.lower())
    begins = [0, *accumulate(len(line) + 1 for line in page)]
    return sorted({min(bisect_left(begins, end), len(page)) - 1 for end in ends})


def _is_code(found: re.Match[str]) -> bool:
    """Whether letters are the code of a province or state; small ones count only behind a comma."""
    return found[1].upper() in _codes() and (found[1].isupper() or found[0].startswith(","))


def _name_ends(text: str) -> Iterator[int]:
    """Where the names of provinces, states and places elsewhere end in a text in small letters."""
    words = set(_WORD.findall(text))
    for name in (name for first, name in _names() if first in words):
        at = text.find(name)
        while at >= 0:
            yield at + len(name)
            at = text.find(name, at + len(name))


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Provinces, states and places elsewhere that are more than a code, with their first words, in small letters."""
    known = entries("address", "elsewhere") | entries("address", "province")
    return tuple((name.lower().split()[0], name.lower()) for name in sorted(known) if len(name) > _LETTERS_OF_A_CODE)


@cache
def _codes() -> frozenset[str]:
    """Codes of provinces, states and countries."""
    short = (
        n for n in entries("address", "elsewhere") | entries("address", "province") if len(n) <= _LETTERS_OF_A_CODE
    )
    return frozenset({*short, *entries("address", "province_code"), *entries("address", "state_code"), "A.B."})


@lru_cache(maxsize=2048)
def _address(before: str, line: str) -> Address | None:
    """The address that a line holds or ends; ``None`` for other lines. A clinic's pages repeat the same few."""
    found = [_located(text) for text in _readings(before, line) if _is_address(text)]
    return next((address for address in found if address.place), found[0] if found else None)


def _located(text: str) -> Address:
    found = locate(text)
    if found is None:
        return Address(text)
    return Address(text, found.place.key, city_of(found.place).key, found.told_by, found.sure)


def _readings(before: str, line: str) -> Iterator[str]:
    """A line by itself, and as the end of an address whose street, or whose city, stands in the line before."""
    if line:
        yield line
        if before and len(before) + len(line) + 2 <= LONGEST_LINE and _may_go_on(before, line):
            yield f"{before}, {line}"


def _may_go_on(before: str, line: str) -> bool:
    """Whether a line may end the address of the line before: with a postal code, or with the city that is missing."""
    if _has_street(line):
        return False
    return not _is_address(before) if _names_city(read_cues(line)) else holds_postal_code(line)


def _is_address(text: str) -> bool:
    return holds_postal_code(text) or (_has_street(text) and _names_province(read_cues(text)))


def _has_street(text: str) -> bool:
    words = _WORD.findall(plain(text))
    return any(word.isdigit() for word in words) and not word_set("street").isdisjoint(words)


def _names_province(cues: Cues) -> bool:
    return cues.abroad or (cues.province and _names_city(cues))


def _names_city(cues: Cues) -> bool:
    return any(mention.names_city for mention in cues.mentions)
