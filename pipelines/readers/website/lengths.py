"""Lengths that stand on lines of their own: to which prices they belong."""

from __future__ import annotations

import re
from itertools import groupby, pairwise, takewhile

from pipelines.durations import SESSION_LENGTHS, Duration
from pipelines.readers.website import neighbours
from pipelines.readers.website.items import SHORTEST_TOLD, Group, Item, Text, groups
from pipelines.readers.website.wording import is_generic

_NEAR = 3
_SESSION = re.compile(r"[\s)]{0,2}(?:[^\W\d_]+\s){0,3}(?:session|massage|treatment|appointment|visit)\b", re.IGNORECASE)


def give_own(group: Group, before: list[Text], after: list[Text]) -> None:
    """Lengths in a group's own territory: the nearest for one price, as many as there are prices for several."""
    if not group.lacks_length:
        _complete(group, before)
        return
    near = [text for text in (*reversed(before[-_NEAR:]), *after[:_NEAR]) if text.tells_length]
    for text in sorted(near, key=lambda text: not text.is_bare_length):
        is_head = text in before and text.line.is_heading and text.is_bare_length
        if len(group.units) == 1 or (len(text.lengths) == 1 and (group.is_told_apart or is_head)):
            group.give_length(text.lengths, text)
            return
        if group.zip_lengths(text.lengths):
            return
    _zip_columns(group, [text for text in before if text.is_length]) or _zip_columns(
        group, [text for text in after if text.is_length]
    )


def _complete(group: Group, before: list[Text]) -> None:
    """The length of a heading that other prices below it repeat is that of the nameless ones without one, too."""
    stated = {unit.duration.minutes for unit in group.units if unit.duration}
    head = next((text for text in reversed(before) if text.line.level and text.tells_length), None)
    if head is None or {length.minutes for length in head.lengths} != stated:
        return
    for unit in group.units:
        if not unit.is_timed and not unit.money.is_extra and is_generic(unit.own or "session"):
            unit.duration = head.lengths[0]


def give_told(group: Group, texts: list[Text]) -> None:
    """The one length that the sentences of a record tell of, for its one price that has none."""
    if len(group.units) != 1 or not group.lacks_length or group.units[0].money.is_from:
        return
    stated = [(length, text.line.text) for text in texts for length in text.lengths if length.minutes >= SHORTEST_TOLD]
    if len({length.minutes for length, _ in stated}) == 1 and any(_is_of_session(*found) for found in stated):
        group.give_length([stated[0][0]])


def _is_of_session(length: Duration, line: str) -> bool:
    """Whether a length in a sentence is that of the thing sold, not of a notice to give or of a wait."""
    joined = "-" in line[length.start : length.end]
    return joined or length.start == 0 or _SESSION.match(line, length.end) is not None


def _zip_columns(group: Group, lines: list[Text]) -> bool:
    """A column of lengths beside a column of as many prices."""
    column = [text.lengths[0] for text in lines if len(text.lengths) == 1]
    return len(column) == len(lines) > 1 and group.zip_lengths(column)


def give_from_lines(items: list[Item]) -> bool:
    """Lengths of a list of several groups: from headings, a head line, tabs, else from the lines beside each price.

    Whether those lines stand behind their prices.
    """
    _from_headings(items)
    _from_head_lines(items)
    _from_head_cells(items)
    _from_tabs(items)
    behind = neighbours.give(items)
    _from_record(items)
    return behind


def _from_record(items: list[Item]) -> None:
    """The only length among prices without names is that of all of them: one thing, sold in several ways."""
    found = groups(items)
    lengths = {
        text.lengths[0].minutes: text for text in items if isinstance(text, Text) and text.is_length and text.lengths
    }
    lacking = [group for group in found if group.lacks_length]
    if len(lengths) == 1 and len(lacking) < len(found) and not any(group.is_named for group in found):
        for group in lacking:
            group.give_length(next(iter(lengths.values())).lengths)


def _from_headings(items: list[Item]) -> None:
    """A heading that says only a length rules the prices below it, until the next heading of its rank or above."""
    plain = _plain_heads(items)
    ruling: Text | None = None
    for item in items:
        if isinstance(item, Group):
            if ruling is not None and item.lacks_length:
                item.give_length(ruling.lengths, ruling)
        elif (item.line.level or item in plain) and item.lengths and (item.is_length or _heads_a_list(item)):
            ruling = item
        elif ruling is not None and item.rank <= ruling.rank and (item.line.level or item.is_name):
            ruling = None


def _heads_a_list(text: Text) -> bool:
    """Whether a heading speaks of several things of one length: *60-minute massages*."""
    return is_generic(text.name) and text.name.endswith("s")


def _plain_heads(items: list[Item]) -> set[Item]:
    """Plain lines of a length with several named prices below each: heads as well, where the list has more than one."""
    heads: set[Item] = {
        head
        for head, one, other in zip(items, items[1:], items[2:], strict=False)
        if isinstance(head, Text) and head.is_length and _lacks(one) and _lacks(other)
    }
    return heads if len(heads) > 1 else set()


def _lacks(item: Item) -> bool:
    return isinstance(item, Group) and item.is_named and item.lacks_length


def _from_head_lines(items: list[Item]) -> None:
    """Lengths in a line, or each in a line, above lines of as many prices: the head of a table that is not one."""
    head: list[Duration] = []
    run: list[Duration] = []
    for item in items:
        if isinstance(item, Group):
            run = []
            if item.lacks_length and len(item.units) > 1:
                item.zip_lengths(head)
            continue
        run = [*run, *lengths] if (lengths := item.durations if item.is_length else _bare_length(item)) else []
        if len(run) > 1:
            head = run
        elif len(item.durations) > 1 and not item.is_prose:
            head = item.durations


def _from_head_cells(items: list[Item]) -> None:
    """Lengths one below the other, then names with as many prices behind each: a grid whose cells are lines."""
    heads: list[Duration] = []
    for is_price, run in groupby(items, key=lambda item: isinstance(item, Group)):
        cells = list(run)
        if is_price:
            prices = [unit for group in groups(cells) for unit in group.units]
            if len(prices) == len(cells) == len(heads) > 1 and not any(unit.is_timed or unit.own for unit in prices):
                for price, length in zip(prices, heads, strict=True):
                    price.duration = length
            continue
        lengths = _head_lengths(cells)
        if lengths:
            name_follows = isinstance(cells[-1], Text) and not cells[-1].is_length
            heads = lengths if name_follows else []


def _head_lengths(cells: list[Item]) -> list[Duration]:
    """The lengths among lines without prices, one a line; rising numbers without a unit are lengths too."""
    texts = [text for text in cells if isinstance(text, Text)]
    stated = [text.durations[0] for text in texts if text.is_length and len(text.durations) == 1]
    bare = [length for text in texts for length in _bare_length(text)]
    rises = all(one.minutes < other.minutes for one, other in pairwise(bare))
    return stated or (bare if rises else [])


def _bare_length(text: Text) -> list[Duration]:
    """The length that a line is which holds nothing but its number."""
    number = int(text.line.text) if text.line.text.isdecimal() else 0
    return [Duration(number, 0, 0, inferred=True)] if number in SESSION_LENGTHS else []


def _from_tabs(items: list[Item]) -> None:
    """As many tabs of one length each as there are panels without lengths: the first tab opens the first panel."""
    first = next(n for n, item in enumerate(items) if isinstance(item, Group))
    tabs = [length for item in items[:first] if isinstance(item, Text) and item.is_length for length in item.durations]
    panels = groups(list(takewhile(lambda item: isinstance(item, Group) or not item.is_heading, items[first:])))
    distinct = len({length.minutes for length in tabs}) == len(tabs) == len(panels) > 1
    if distinct and all(panel.lacks_length for panel in panels):
        for tab, panel in zip(tabs, panels, strict=True):
            panel.give_length([tab])
