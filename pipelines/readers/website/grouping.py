"""What belongs together: walks the tree of blocks from the prices upwards and gives each its length, name and headings.

Inside the largest block that holds one price alone, everything belongs to that price. Where a block holds several,
the lines between them belong to the one before or the one after, whichever the whole list shows; headings rule
what follows them until the next heading of their rank.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
    kids: dict[int, list[int]] = field(default_factory=lambda: {0: []})
    """Blocks to what they hold in order: line numbers as they are, blocks as ``-1 - number``."""
    priced: set[int] = field(default_factory=set)
    """Blocks that hold a price somewhere below."""


def group(outline: Outline, rows: list[Row]) -> list[Unit]:
    """All prices of a page with their contexts, in the order of the page; ``rows`` are its lines as read alone."""
    tree = _Tree(outline, rows)
    _plant(tree)
    return [unit for found in groups(_resolve(tree, 0, 0)) for unit in found.units]


def _plant(tree: _Tree) -> None:
    """Note for every block that holds lines what it holds, and which blocks hold prices."""
    parents, seen = tree.outline.parents, {0}
    for number, line in enumerate(tree.outline.lines):
        block, child = line.block, number
        while True:
            known = block in seen
            seen.add(block)
            tree.kids.setdefault(block, []).append(child)
            if known:
                break
            child, block = -1 - block, parents[block]
        if tree.rows[number].units:
            block = line.block
            while block >= 0 and block not in tree.priced:
                tree.priced.add(block)
                block = parents[block]


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
        elif -1 - kid in tree.priced and depth < _DEEPEST:
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
            waiting += reversed(tree.kids.get(-1 - kid, ()))
    return found


def _line_item(tree: _Tree, number: int) -> Item:
    row, line = tree.rows[number], tree.outline.lines[number]
    return Group(row.units) if row.units else Text(line, row)


def _settle(items: list[Item]) -> list[Item]:
    """Give the prices of a block what the block's texts say of them; the texts are used up by it."""
    found = groups(items)
    if not found:
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
