"""Regular and reduced prices of one thing on lines of their own: ``$99`` above ``Regular rate $115``."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pipelines.readers.website.outline import Outline
from pipelines.readers.website.phrases import has_words
from pipelines.readers.website.units import Unit
from pipelines.wordlists import consists_of

_NEAR = 3


def join(units: list[Unit], outline: Outline) -> list[Unit]:
    """Prices with each regular one joined to the reduced one beside it: the regular stays, the other is its sale."""
    gone: set[int] = set()
    for one, other in pairwise(units):
        replaced = _replaces(other, one) and not any(has_words(outline.lines[unit.line].text) for unit in (one, other))
        regular, reduced = (one, other) if replaced or _is_regular(one) else (other, one)
        pair = replaced or (_is_regular(regular) and not _is_regular(reduced))
        near = abs(one.line - other.line) <= _NEAR and regular.money.cents > reduced.money.cents
        if pair and near and _may_be_one(one, other) and id(one) not in gone and _is_open(regular, reduced):
            _join(regular, reduced)
            gone.add(id(reduced))
    return [unit for unit in units if id(unit) not in gone]


def _may_be_one(one: Unit, other: Unit) -> bool:
    """Whether two prices may be of one thing: neither a length nor a name tells them apart."""
    timed = one.duration is None or other.duration is None or one.duration.minutes == other.duration.minutes
    return timed and (not one.names or not other.names or one.names[0] == other.names[0])


def _replaces(reduced: Unit, regular: Unit) -> bool:
    """Whether a lower price beside or right below another may be of the same record: ``$60`` / ``$50``.

    Not where columns of a table say for whom each is.
    """
    alike = reduced.names == regular.names and reduced.duration == regular.duration and bool(reduced.names)
    return alike and reduced.label == regular.label and reduced.line - regular.line in (0, 1)


def _is_open(regular: Unit, reduced: Unit) -> bool:
    """Whether a regular price has no sale price yet; what it saves may stand beside it."""
    return regular.sale in (None, regular.money.cents - reduced.money.cents)


def _is_regular(unit: Unit) -> bool:
    return consists_of(unit.own or unit.badge, "regular")


def _join(regular: Unit, reduced: Unit) -> None:
    """Give the regular price what the reduced one knows of the thing."""
    regular.sale = reduced.money.cents
    regular.duration = regular.duration or reduced.duration
    regular.own = "" if consists_of(reduced.own, "sale") else reduced.own
    regular.names = regular.names if regular.names and not regular.own else reduced.names or regular.names
    regular.headings = [*regular.headings, *reduced.headings]
    regular.money = replace(regular.money, is_from=False)
