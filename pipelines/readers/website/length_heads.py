"""Lengths that head several prices: headings, lines and cells of lengths, tabs."""

from __future__ import annotations

from itertools import groupby, pairwise, takewhile

from pipelines.durations import Duration, bare_length
from pipelines.readers.website.items import Group, Item, groups
from pipelines.readers.website.texts import Text
from pipelines.readers.website.wording import is_generic


def from_headings(items: list[Item]) -> None:
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


def from_head_lines(items: list[Item]) -> None:
    """Lengths in a line, or each in a line, above lines of as many prices: the head of a table that is not one."""
    head: list[Duration] = []
    run: list[Duration] = []
    for item in items:
        if isinstance(item, Group):
            run = []
            if item.lacks_length and len(item.units) > 1:
                item.zip_lengths(head)
            continue
        run = [*run, *lengths] if (lengths := _lengths(item)) else []
        if len(run) > 1:
            head = run
        elif len(item.durations) > 1 and not item.is_prose:
            head = item.durations


def from_head_cells(items: list[Item]) -> None:
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
    bare = [length for text in texts if (length := bare_length(text.line.text))]
    rises = all(one.minutes < other.minutes for one, other in pairwise(bare))
    return stated or (bare if rises else [])


def _lengths(text: Text) -> list[Duration]:
    """The lengths of a line that says nothing else; a number alone is one."""
    bare = bare_length(text.line.text)
    return text.durations if text.is_length else [bare] if bare else []


def from_tabs(items: list[Item]) -> None:
    """As many tabs of one length each as there are panels without lengths: the first tab opens the first panel."""
    first = next(n for n, item in enumerate(items) if isinstance(item, Group))
    tabs = [length for item in items[:first] if isinstance(item, Text) and item.is_length for length in item.durations]
    panels = groups(list(takewhile(lambda item: isinstance(item, Group) or not item.is_heading, items[first:])))
    distinct = len({length.minutes for length in tabs}) == len(tabs) == len(panels) > 1
    if distinct and all(panel.lacks_length for panel in panels):
        for tab, panel in zip(tabs, panels, strict=True):
            panel.give_length([tab])
