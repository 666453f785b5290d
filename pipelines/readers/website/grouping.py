"""What belongs together: walks the tree of blocks from the prices upwards and gives each its length, name and headings.

Inside the largest block that holds one price alone, everything belongs to that price. Where a block holds several,
the lines between them belong to the one before or the one after, whichever the whole list shows; headings rule
what follows them until the next heading of their rank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipelines.readers.website import columns, lengths, titles
from pipelines.readers.website.items import Group, Item, gaps, groups
from pipelines.readers.website.outline import Outline
from pipelines.readers.website.tables import read_table
from pipelines.readers.website.texts import Text
from pipelines.readers.website.units import Row, Unit

_DEEPEST = 110
_SEVERAL = 2
#: A number alone in a cell; whether it is a price only the heads of its table tell.
_UNSIGNED = re.compile(r"\d{2,3}(?:[.,]\d{2})?")


@dataclass(slots=True)
class _Tree:
    outline: Outline
    rows: list[Row]
    kids: list[list[int]]
    """What each block holds, in order: line numbers as they are, blocks as ``-1 - number``."""
    first: list[int]
    """The number of each block's first line; its lines follow each other."""
    priced: list[bool]
    """Whether each block holds a price somewhere below."""

    def begins(self, kid: int) -> int:
        """The number of the first line of what a block holds."""
        return kid if kid >= 0 else self.first[-1 - kid]


def group(outline: Outline, rows: list[Row]) -> list[Unit]:
    """All prices of a page with their contexts, in the order of the page; ``rows`` are its lines as read alone."""
    tree = _plant(outline, rows)
    if not tree.priced[0]:
        return []
    items = _resolve(tree, 0, len(rows), 0)
    return [unit for found in groups(items) for unit in found.units]


def _plant(outline: Outline, rows: list[Row]) -> _Tree:
    """Note for every block what it holds, and whether it holds prices. Blocks are numbered after those around them."""
    parents = outline.parents
    kids: list[list[int]] = [[] for _ in parents]
    first = [0] * len(parents)
    priced = [False] * len(parents)
    for number, line in enumerate(outline.lines):
        child, block = number, line.block
        while block >= 0:
            held = kids[block]
            held.append(child)
            if len(held) > 1:
                break
            first[block] = number
            child, block = -1 - block, parents[block]
        if rows[number].units or (line.tag == "td" and _UNSIGNED.fullmatch(line.text)):
            block = line.block
            while block >= 0 and not priced[block]:
                priced[block] = True
                block = parents[block]
    return _Tree(outline, rows, kids, first, priced)


def _resolve(tree: _Tree, block: int, stop: int, depth: int) -> list[Item]:
    """The items of a block that holds prices and ends before line ``stop``: one group with all the context it gives."""
    while len(kids := tree.kids[block]) == 1 and kids[0] < 0 and tree.outline.tags[block] != "table":
        block = -1 - kids[0]
    if tree.outline.tags[block] == "table":
        units = read_table(tree.outline, list(range(tree.first[block], stop)))
        if units is not None:
            return [Group(units, is_table=True)] if units else []
    items: list[Item] = []
    for kid, end in zip(kids, [*map(tree.begins, kids[1:]), stop], strict=True):
        while items and tree.outline.lines[tree.begins(kid)].level and _ends_block(items[-1]):
            items.pop()  # what comes has a heading of its own
        if kid < 0 and tree.priced[-1 - kid] and depth < _DEEPEST:
            items += _resolve(tree, -1 - kid, end, depth + 1)
        elif kid < 0 and not tree.priced[-1 - kid]:
            items += _aside([_text(tree, number) for number in _shown(tree, kid, end)])
        else:
            items += [_line_item(tree, number) for number in _shown(tree, kid, end)]
    return _settle(items)


def _ends_block(item: Item) -> bool:
    return isinstance(item, Text) and item.ends_block


def _shown(tree: _Tree, kid: int, end: int) -> Iterator[int]:
    """The lines of what a block holds that say anything; empty table cells do not."""
    return (number for number in range(tree.begins(kid), end) if tree.outline.lines[number].text)


def _aside(texts: list[Text]) -> list[Text]:
    """The lines of a block without prices; where it holds several records, their headings head nothing beyond it."""
    heads = [text for text, after in pairwise(texts) if text.is_heading and not after.is_heading]
    ranks = Counter(text.rank for text in heads)
    for text in heads:
        if ranks[text.rank] >= _SEVERAL:
            text.is_name = False
    if any(text.is_length for text in texts) and any(text.is_name for text in texts):
        for text in texts:
            text.of_record = True
    return texts


def _line_item(tree: _Tree, number: int) -> Item:
    row = tree.rows[number]
    if not row.units:
        return _text(tree, number)
    title = tree.outline.lines[number].level and row.own
    return Group(row.units, _text(tree, number) if title else None)


def _text(tree: _Tree, number: int) -> Text:
    return Text(tree.outline.lines[number], tree.rows[number])


def _settle(items: list[Item]) -> list[Item]:
    """Give the prices of a block what the block's texts say of them; the texts are used up by it."""
    found = groups(items)
    if not found or len(items) == 1:
        return items
    if len(found) == 1:
        at = items.index(found[0])
        before = [item for item in items[:at] if isinstance(item, Text)]
        after = [item for item in items[at + 1 :] if isinstance(item, Text)]
        if not columns.join(found[0], before):
            lengths.give_own(found[0], before, after)
            lengths.give_told(found[0], [*before, *after])
            titles.give_own(found[0], before, after)
    else:
        for one, gap in zip(found, gaps(items), strict=False):
            columns.join(one, gap)
        details_follow = lengths.give_from_lines(items)
        titles.give_from_lines(items, details_follow=details_follow)
    return [Group([unit for one in found for unit in one.units]), *_heads_of_next(items, found)]


def _heads_of_next(items: list[Item], found: list[Group]) -> list[Text]:
    """The headings that end a block and name none of its prices: they head what stands behind the block."""
    last: list[Text] = []
    for item in reversed(items):
        if not (isinstance(item, Text) and item.is_heading):
            break
        last.insert(0, item)
    told = {name for group in found for unit in group.units for name in (*unit.names, *unit.headings)}
    heads = [text for text in last if text.is_name and text.name not in told]
    for text in heads:
        text.ends_block = True
    return heads
