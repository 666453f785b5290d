"""The address lines of a page, each with its place where that is clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from pipelines.address_cues import LONGEST_LINE, Cues, holds_postal_code, read_cues
from pipelines.address_names import word_set
from pipelines.addresses import locate
from pipelines.folding import plain
from pipelines.place_table import city_of
from pipelines.records import Address
from pipelines.wordlists import entries

_MOST_LINES = 5000
_WORD = re.compile(r"[^\W_]+")


def addresses_in(lines: Iterable[str]) -> tuple[Address, ...]:
    """The addresses among the first 5,000 lines of a page, each once.

    An address holds a postal code, or a street with its number, a city and a province, here or elsewhere.

    >>> found = addresses_in(["12 Elm Street SW", "Calgary, AB", "60 minutes $110", "9 Oak St, Kelowna, BC"])
    >>> [(address.text, address.place, address.basis) for address in found]
    [('12 Elm Street SW, Calgary, AB', 'Calgary', 'city, province'), ('9 Oak St, Kelowna, BC', None, None)]
    """
    found: dict[str, Address] = {}
    before = ""
    for line in (" ".join(line[:LONGEST_LINE].split()) for line in islice(lines, _MOST_LINES)):
        if _hints(line) and (address := _address(before, line)):
            found.setdefault(address.text, address)
        before = line or before
    return tuple(found.values())


def _hints(line: str) -> bool:
    """Whether a line may end an address, for little: most lines of a page do not."""
    return holds_postal_code(line) or _province_words().search(line) is not None


@cache
def _province_words() -> re.Pattern[str]:
    """Names of provinces, states and places elsewhere in any letters, their codes in capitals or behind a comma."""
    names = "|".join(map(re.escape, sorted(entries("address", "elsewhere") | entries("address", "province"))))
    codes = "|".join(sorted(entries("address", "province_code") | entries("address", "state_code")))
    return re.compile(rf"\b(?:(?i:{names})|A\.B\.|{codes})\b|,\s*(?i:{codes})\b")


def _address(before: str, line: str) -> Address | None:
    """The address that a line holds or ends; ``None`` for other lines."""
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
