"""What belongs together: walks the tree of blocks from the prices upwards and gives each its length, name and headings.

Inside the largest block that holds one price alone, everything belongs to that price. Where a block holds several,
the lines between them belong to the one before or the one after, whichever the whole list shows; headings rule
what follows them until the next heading of their rank.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.readers.website import lengths, titles
from pipelines.readers.website.items import Group, Item, Text, groups
from pipelines.readers.website.outline import Outline
from pipelines.readers.website.rows import Row, Unit
from pipelines.readers.website.tables import read_table

_DEEPEST = 110


@dataclass(slots=True)
class _Tree:
    outline: Outline
    rows: list[Row]
    kids: list[list[int]]
    """What each block holds, in order: line numbers as they are, blocks as ``-1 - number``."""
    priced: list[bool]
    """Whether each block holds a price somewhere below."""


def group(outline: Outline, rows: list[Row]) -> list[Unit]:
    """All prices of a page with their contexts, in the order of the page; ``rows`` are its lines as read alone."""
    if not any(row.units for row in rows):
        return []
    tree = _plant(outline, rows)
    return [unit for found in groups(_resolve(tree, 0, 0)) for unit in found.units]


def _plant(outline: Outline, rows: list[Row]) -> _Tree:
    """Note for every block what it holds, and whether it holds prices. Blocks are numbered after those around them."""
    parents = outline.parents
    kids: list[list[int]] = [[] for _ in parents]
    priced = [False] * len(parents)
    for number, (line, row) in enumerate(zip(outline.lines, rows, strict=True)):
        child, block = number, line.block
        while block >= 0:
            held = kids[block]
            held.append(child)
            if len(held) > 1:
                break
            child, block = -1 - block, parents[block]
        if row.units:
            block = line.block
            while block >= 0 and not priced[block]:
                priced[block] = True
                block = parents[block]
    return _Tree(outline, rows, kids, priced)


def _resolve(tree: _Tree, block: int, depth: int) -> list[Item]:
    """The items of a block; where it holds prices, one group that has all the context the block can give."""
    if tree.outline.tags[block] == "table":
        units = read_table(tree.outline, _lines(tree, block))
        if units is not None:
            return [Group(units)] if units else []
    items: list[Item] = []
    for kid in tree.kids[block]:
        if kid >= 0:
            items.append(_line_item(tree, kid))
        elif tree.priced[-1 - kid] and depth < _DEEPEST:
            items += _resolve(tree, -1 - kid, depth + 1)
        else:
            items += [_line_item(tree, number) for number in _lines(tree, -1 - kid)]
    return _settle(items)


def _lines(tree: _Tree, block: int) -> list[int]:
    """The numbers of all lines below a block, in order."""
    found: list[int] = []
    waiting = [-1 - block]
    while waiting:
        kid = waiting.pop()
        if kid >= 0:
            found.append(kid)
        else:
            waiting += reversed(tree.kids[-1 - kid])
    return found


def _line_item(tree: _Tree, number: int) -> Item:
    row, line = tree.rows[number], tree.outline.lines[number]
    return Group(row.units) if row.units else Text(line, row)


def _settle(items: list[Item]) -> list[Item]:
    """Give the prices of a block what the block's texts say of them; the texts are used up by it."""
    found = groups(items)
    if not found or len(items) == 1:
        return items
    if len(found) == 1:
        at = items.index(found[0])
        before = [item for item in items[:at] if isinstance(item, Text)]
        after = [item for item in items[at + 1 :] if isinstance(item, Text)]
        lengths.give_own(found[0], before, after)
        titles.give_own(found[0], before, after)
    else:
        details_follow = lengths.give_from_lines(items)
        titles.give_from_lines(items, details_follow=details_follow)
    return [Group([unit for one in found for unit in one.units])]
