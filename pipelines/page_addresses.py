"""The address lines of a page, and the one place that they agree on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from pipelines.address_cues import LONGEST_LINE, Cues, holds_postal_code, read_cues
from pipelines.address_names import word_set
from pipelines.addresses import Located, locate
from pipelines.folding import plain
from pipelines.place_table import city_of

_MOST_LINES = 5000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Address:
    """An address line as the page has it, with the line before it where it goes on, and its place if that is clear."""

    text: str
    located: Located | None


def addresses_in(lines: Iterable[str]) -> tuple[Address, ...]:
    """The addresses among the first 5,000 lines of a page, each once.

    An address holds a postal code, or a street with its number, a city and a province, here or elsewhere.

    >>> found = addresses_in(["12 Elm Street SW", "Calgary, AB", "60 minutes $110", "9 Oak St, Kelowna, BC"])
    >>> [(address.text, address.located and address.located.place.key) for address in found]
    [('12 Elm Street SW, Calgary, AB', 'Calgary'), ('9 Oak St, Kelowna, BC', None)]
    """
    found: dict[str, Address] = {}
    before = ""
    for line in (" ".join(line[:LONGEST_LINE].split()) for line in islice(lines, _MOST_LINES)):
        if address := _address(before, line):
            found.setdefault(address.text, address)
        before = line or before
    return tuple(found.values())


def agreed_place(addresses: Iterable[Address]) -> Located | None:
    """The place of all addresses of a page, the city if they name several of its parts.

    ``None`` if there is no address, if they lie in several cities, or if one of them cannot be placed.

    >>> agreed_place(addresses_in(["Inglewood, Calgary AB T2G 1A1", "9 Oak Street, Calgary, AB"])).place.key
    'Calgary'
    >>> agreed_place(addresses_in(["9 Oak Street, Calgary, AB", "1 Elm Road, Edmonton, AB"])) is None
    True
    """
    located = [address.located for address in addresses]
    known = [place for place in located if place]
    cities = {city_of(found.place) for found in known}
    if len(known) < len(located) or len(cities) != 1:
        return None
    surest = max(known, key=lambda found: found.sure)
    return surest if len({found.place for found in known}) == 1 else replace(surest, place=cities.pop())


def _address(before: str, line: str) -> Address | None:
    """The address that a line holds or ends; ``None`` for other lines."""
    found = [Address(text, locate(text)) for text in _readings(before, line) if _is_address(text)]
    return next((address for address in found if address.located), found[0] if found else None)


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
