"""Lengths from the lines beside prices: whether they stand before them or behind is read off the list, part by part."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipelines.durations import Duration
from pipelines.readers.website.items import Group, Item, gaps, groups
from pipelines.readers.website.length_lines import heads, is_open, length_line
from pipelines.readers.website.texts import Text

_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class _Beside:
    """The length lines next to prices that lack a length, by the prices' places in the list."""

    items: list[Item]
    lacking: list[int]
    before: Mapping[int, Text]
    after: Mapping[int, Text]


def give(items: list[Item]) -> bool:
    """Give each price the length in the line before or behind it; whether lengths stand behind on the whole."""
    if prices_lead(items):
        for group, gap in zip(groups(items), gaps(items)[1:], strict=True):
            told = next((text for text in gap if text.tells_length), None)
            if group.lacks_length and told:
                group.give_length(told.lengths, told)
        return True
    lacking = [n for n, item in enumerate(items) if isinstance(item, Group) and item.lacks_length]
    page = _Beside(items, lacking, _found(items, lacking, -1), _found(items, lacking, 1))
    usual = _stand_behind(page)
    for part in _parts(page):
        own = _shows(part)
        behind = usual if own is None else own
        if behind is not None or _has_one_length(part):
            _assign(part, behind=behind is not False)
    return bool(usual) and bool(page.after)


def prices_lead(items: list[Item]) -> bool:
    """Whether each price stands before the heading that names it: one behind each, none of its rank before all."""
    between = gaps(items)
    ranks = [[text.rank for text in gap if heads(text)] for gap in between]
    rank = ranks[-1][0] if len(ranks[-1]) == 1 else None
    return len(ranks) > _SEVERAL and all(found == [rank] for found in ranks[1:]) and rank not in ranks[0]


def _found(items: list[Item], lacking: list[int], step: int) -> dict[int, Text]:
    return {n: text for n in lacking if (text := length_line(items, n, step))}


def _parts(page: _Beside) -> list[_Beside]:
    """The prices that lack a length, from heading to heading."""
    headings = [n for n, item in enumerate(page.items) if isinstance(item, Text) and item.is_heading]
    parts = (list(lacking) for _, lacking in groupby(page.lacking, key=lambda n: bisect_left(headings, n)))
    return [_Beside(page.items, part, _of(page.before, part), _of(page.after, part)) for part in parts]


def _of(found: Mapping[int, Text], places: list[int]) -> dict[int, Text]:
    return {n: found[n] for n in places if n in found}


def _has_one_length(part: _Beside) -> bool:
    """Whether there is but one length to give, whose price can be no other's."""
    return len({id(text) for text in (*part.before.values(), *part.after.values())}) == 1


def _shows(beside: _Beside) -> bool | None:
    """Whether lengths stand behind their prices, where several prices show it beyond doubt.

    Every price has a length on one side only; or one price has none, and only in one reading longer sessions cost more.
    """
    before, after, several = beside.before, beside.after, len(beside.lacking) > 1
    if several and (len(before) == len(beside.lacking)) != (len(after) == len(beside.lacking)):
        return len(after) > len(before)
    if several and len(before) == len(after) > 1:
        rises = _rises(beside.items, after)
        return rises if rises != _rises(beside.items, before) else None
    return None


def _stand_behind(page: _Beside) -> bool | None:
    """Whether lengths stand behind their prices on the whole; ``None`` if both readings go.

    A list that opens with a length has them before its prices, one that opens with a named price behind.
    """
    shown = _shows(page)
    if shown is not None or len(page.before) != len(page.after) or not page.before:
        return len(page.after) > len(page.before) if shown is None else shown
    first = page.lacking[0]
    opens = page.items[first]
    if first in page.before:
        return False
    return True if isinstance(opens, Group) and opens.is_named else None


def _rises(items: list[Item], lengths: Mapping[int, Text]) -> bool:
    """Whether every longer length has a higher price, if each price has the one that is found for it."""
    pairs = sorted(
        (text.lengths[0].minutes, group.units[0].money.cents)
        for n, text in lengths.items()
        if isinstance(group := items[n], Group)
    )
    return all(one[1] < other[1] for one, other in pairwise(pairs))


def _assign(part: _Beside, *, behind: bool) -> None:
    """Lengths from the usual side, and from the other for prices that have none there, if it is not another's."""
    usual, other = (part.after, part.before) if behind else (part.before, part.after)
    taken = {id(text) for text in usual.values()}
    spare = {n: text for n, text in other.items() if n not in usual and id(text) not in taken}
    for n, text in (spare | dict(usual)).items():
        group = part.items[n]
        if isinstance(group, Group):
            group.give_length([*text.lengths, *_further(part.items, n, text)], text)


def _further(items: list[Item], at: int, text: Text) -> list[Duration]:
    """The lengths in the line beyond, if a range or an open price is for them too: ``$80 - $150``, 60 min, 120 min."""
    if not is_open(items[at]):
        return []
    for beside in (items[at + 1 : at + 3], items[at - 2 : at][::-1]):
        other = beside[1] if len(beside) > 1 and beside[0] is text else None
        if isinstance(other, Text) and other.is_length and text.is_length:
            return other.lengths
    return []
