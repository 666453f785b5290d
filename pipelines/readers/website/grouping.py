"""What belongs together: walks the tree of blocks from the prices upwards and gives each its length, name and headings.

Inside the largest block that holds one price alone, everything belongs to that price. Where a block holds several,
the lines between them belong to the one before or the one after, whichever the whole list shows; headings rule
what follows them until the next heading of their rank.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.amounts import Duration
from pipelines.modality import names_modality
from pipelines.readers.website.outline import Line, Outline
from pipelines.readers.website.rows import Row, Unit, read_row
from pipelines.readers.website.tables import read_table
from pipelines.readers.website.wording import clean_name, is_button, is_label, is_prose, names_something

_RECURSION = 110


@dataclass(slots=True)
class Text:
    """A line without a price."""

    line: Line
    durations: list[Duration]
    name: str

    @property
    def is_length(self) -> bool:
        """Whether it states a length and names nothing."""
        return bool(self.durations) and not self.name and not is_prose(self.line.text)

    @property
    def is_name(self) -> bool:
        """Whether it can name a service or a section."""
        menu_entry = self.line.link and self.line.tag in ("li", "nav", "ul") and not 0 < self.line.level < 8
        return bool(self.name) and names_something(self.line.text) and not is_label(self.line.text) and not menu_entry


@dataclass(slots=True)
class Group:
    """Prices that one block holds."""

    units: list[Unit]
    block: int


Item = Text | Group


@dataclass(slots=True)
class _Tree:
    outline: Outline
    rows: list[Row]
    kids: dict[int, list[int]] = field(default_factory=dict)
    """Blocks to what they hold in order: line numbers as they are, blocks as ``-1 - number``."""
    priced: set[int] = field(default_factory=set)


def group(outline: Outline) -> list[Unit]:
    """All prices of a page with their contexts, in the order of the page."""
    tree = _Tree(outline, [read_row(line, n) for n, line in enumerate(outline.lines)])
    _plant(tree)
    items = _resolve(tree, 0, 0)
    return [unit for item in items if isinstance(item, Group) for unit in item.units]


def _plant(tree: _Tree) -> None:
    """Note for every block that holds lines what it holds, and which blocks hold prices."""
    parents, seen = tree.outline.parents, {0}
    tree.kids[0] = []
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
    """The items of a block: its texts, and its prices with all context that the block can give."""
    if tree.outline.tags[block] == "table" and (units := read_table(tree.outline, _lines(tree, block))) is not None:
        return [Group(units, block)] if units else []
    items: list[Item] = []
    for kid in tree.kids[block]:
        if kid >= 0:
            items += _line_item(tree, kid)
        elif -1 - kid in tree.priced and depth < _RECURSION:
            items += _resolve(tree, -1 - kid, depth + 1)
        else:
            for number in _lines(tree, -1 - kid):
                items += _line_item(tree, number)
    if sum(isinstance(item, Group) for item in items) == 0:
        return items
    return _settle(items, block)


def _lines(tree: _Tree, block: int) -> list[int]:
    found: list[int] = []
    waiting = [-1 - block]
    while waiting:
        kid = waiting.pop()
        if kid >= 0:
            found.append(kid)
        else:
            waiting += reversed(tree.kids.get(-1 - kid, ()))
    return found


def _line_item(tree: _Tree, number: int) -> list[Item]:
    row, line = tree.rows[number], tree.outline.lines[number]
    if row.units:
        return [Group(row.units, line.block)]
    return [Text(line, row.durations, row.own if row.durations else clean_name(line.text))]


def _settle(items: list[Item], block: int) -> list[Item]:
    """Give the prices of a block what the block's texts say of them; the texts are used up by it."""
    groups = [item for item in items if isinstance(item, Group)]
    if len(groups) == 1:
        _settle_one(items, groups[0])
    else:
        _zip_header_lengths(items)
        _zip_tabs(items)
        _give_lengths(items)
        _give_names(items)
    return [Group([unit for group_ in groups for unit in group_.units], block)]


def _settle_one(items: list[Item], only: Group) -> None:
    """All texts of a block with one group are about that group: its length, its title, what describes it."""
    position = next(n for n, item in enumerate(items) if item is only)
    before = [item for item in items[:position] if isinstance(item, Text)]
    after = [item for item in items[position + 1 :] if isinstance(item, Text)]
    open_units = [unit for unit in only.units if unit.duration is None and not unit.lengths]
    if open_units and len(only.units) == 1:
        _length_nearby(only.units[0], before, after)
    elif open_units and len(open_units) == len(only.units):
        _zip_nearby(only.units, before, after)
    titles = _titles(before)
    rank = min((text.line.level for text in before if text.is_name and 0 < text.line.level < 7), default=9)
    for unit in only.units:
        named = bool(unit.own or unit.names)
        (unit.headings if named else unit.names).extend(titles)
        unit.rank = min(unit.rank, rank)
        if not named and not titles:
            unit.names += _titles(after)[:1]
        unit.notes += [text.line.text for text in (*after, *before) if is_prose(text.line.text) or not text.is_name]


def _titles(texts: list[Text]) -> list[str]:
    """The names among the lines of one record, likeliest title first: the last real heading, else the first line."""
    named = [text for text in texts if text.is_name and not text.is_length]
    ranked = sorted(named, key=lambda text: min(text.line.level or 9, 9))
    headings = [text for text in reversed(ranked) if 0 < text.line.level < 7]
    others = [text for text in ranked if not 0 < text.line.level < 7]
    return [text.name for text in (*headings, *others)]


def _length_nearby(unit: Unit, before: list[Text], after: list[Text]) -> None:
    """The nearest stated length in the price's own territory."""
    for text in (*reversed(before[-3:]), *after[:3]):
        lengths = [d for d in text.durations if not d.per_hour]
        if lengths and not is_prose(text.line.text):
            several = tuple(dict.fromkeys(d.minutes for d in lengths))
            if len(several) > 1:
                unit.lengths = several
            else:
                unit.duration = lengths[0]
            return


def _zip_nearby(units: list[Unit], before: list[Text], after: list[Text]) -> None:
    """``60/90 min`` on one line and ``$80 / $110`` on the next."""
    for text in (*reversed(before[-2:]), *after[:2]):
        lengths = [d for d in text.durations if not d.per_hour]
        if len(lengths) == len(units):
            for unit, length in zip(units, lengths, strict=True):
                unit.duration = length
            return


def _zip_header_lengths(items: list[Item]) -> None:
    """A line of lengths above lines of as many prices is the head of a table set in plain lines."""
    head: list[Duration] = []
    for item in items:
        if isinstance(item, Text):
            if len(item.durations) > 1 and not is_prose(item.line.text):
                head = item.durations
        elif len(item.units) == len(head) and all(unit.duration is None for unit in item.units):
            for unit, length in zip(item.units, head, strict=True):
                unit.duration = length


def _zip_tabs(items: list[Item]) -> None:
    """As many tabs of one length each as there are panels without lengths: the first tab opens the first panel."""
    groups = [item for item in items if isinstance(item, Group)]
    first = next(n for n, item in enumerate(items) if isinstance(item, Group))
    tabs = [item.durations[0] for item in items[:first] if isinstance(item, Text) and item.is_length]
    if len(tabs) == len(groups) > 1 and len({d.minutes for d in tabs}) == len(tabs) and all(map(_lacks_length, groups)):
        for length, panel in zip(tabs, groups, strict=True):
            for unit in panel.units:
                unit.duration = length


def _give_lengths(items: list[Item]) -> None:
    """Lengths on lines of their own go to the price after or before them, as the list as a whole has it."""
    lacking = [n for n, item in enumerate(items) if isinstance(item, Group) and _lacks_length(item)]
    if not lacking:
        return
    before = {n: found for n in lacking if (found := _length_line(items, n, -1))}
    after = {n: found for n in lacking if (found := _length_line(items, n, 1))}
    chosen = (
        after
        if len(after) > len(before) or (len(after) == len(before) and _starts_with_price(items, before))
        else before
    )
    for n, text in chosen.items():
        group_ = items[n]
        assert isinstance(group_, Group)
        lengths = list({d.minutes: d for d in text.durations if not d.per_hour}.values())
        for unit in group_.units:
            if len(lengths) > 1:
                unit.lengths = tuple(d.minutes for d in lengths)
            elif lengths:
                unit.duration = lengths[0]


def _lacks_length(item: Group) -> bool:
    return all(unit.duration is None and not unit.lengths for unit in item.units)


def _length_line(items: list[Item], at: int, step: int) -> Text | None:
    """The nearest line of a length in one direction, before any other price and not beyond prose or a second name."""
    names = 0
    position = at + step
    while 0 <= position < len(items) and names < 2:
        item = items[position]
        if isinstance(item, Group):
            return None
        if item.durations and not is_prose(item.line.text) and not all(d.per_hour for d in item.durations):
            return item
        names += item.is_name
        position += step
    return None


def _starts_with_price(items: list[Item], before: dict[int, Text]) -> bool:
    first = next(n for n, item in enumerate(items) if isinstance(item, Group))
    return first not in before


def _give_names(items: list[Item]) -> None:
    nameless = [item for item in items if isinstance(item, Group) and not _is_named(item)]
    if nameless and _names_follow(items):
        _names_after(items)
    else:
        _names_before(items)


def _is_named(item: Group) -> bool:
    return any(unit.own or unit.names or names_modality(unit.tail) for unit in item.units)


def _names_follow(items: list[Item]) -> bool:
    """Whether each price's name stands after it: the list opens with a price, or all that precedes prices is
    prose and buttons while names come right after."""
    first = next(n for n, item in enumerate(items) if isinstance(item, Group))
    gaps = _gaps(items)
    following = [next((t for t in gap if not t.is_length), None) for gap in gaps[1:]]
    right_after = [t for t in following if t is not None and t.is_name]
    preceding = [gap[-1] for gap in gaps[1:-1] if gap]
    closes = [t for t in preceding if is_button(t.line.text) or is_prose(t.line.text)]
    if first == 0 or not any(t.is_name for t in gaps[0]):
        return len(right_after) >= 0.7 * len(following) and any(t.is_name for t in gaps[-1])
    return bool(preceding) and len(closes) >= 0.7 * len(preceding) and len(right_after) >= 0.8 * len(following)


def _gaps(items: list[Item]) -> list[list[Text]]:
    gaps: list[list[Text]] = [[]]
    for item in items:
        if isinstance(item, Group):
            gaps.append([])
        else:
            gaps[-1].append(item)
    return gaps


def _names_after(items: list[Item]) -> None:
    gaps = _gaps(items)
    groups = [item for item in items if isinstance(item, Group)]
    heading: list[str] = [t.name for t in reversed(gaps[0]) if t.is_name]
    for group_, gap in zip(groups, gaps[1:], strict=True):
        named = [t for t in gap if t.is_name and not t.is_length]
        for unit in group_.units:
            if not _is_named(group_) and named:
                unit.names.append(named[0].name)
            unit.headings += heading
            unit.notes += [t.line.text for t in gap if t not in named[:1]]
        later = [t.name for t in named[1:] if t.line.level in range(1, 8)]
        heading = later[::-1] or heading


def _names_before(items: list[Item]) -> None:
    """Names and headings stand above: a stack by rank, the last of a gap naming the prices below it."""
    stack: list[tuple[int, str]] = []
    gaps = _gaps(items)
    groups = [item for item in items if isinstance(item, Group)]
    for gap, group_, following in zip(gaps, groups, gaps[1:], strict=False):
        _push(stack, [t for t in gap if t.is_name and not t.is_length], named=_is_named(group_))
        for unit in group_.units:
            above = [name for rank, name in reversed(stack) if rank < unit.rank or unit.rank == 9]
            if unit.own or unit.names:
                unit.headings += above
            else:
                unit.names += above[:1]
                unit.headings += above[1:]
                unit.rank = min(unit.rank, stack[-1][0] if stack and stack[-1][0] < 7 else 9)
            unit.notes += [t.line.text for t in gap if is_prose(t.line.text)]
            unit.notes += [t.line.text for t in following if not t.is_name]


def _push(stack: list[tuple[int, str]], texts: list[Text], *, named: bool) -> None:
    """Put the names of a gap on the stack; real headings displace those of their rank and below."""
    for position, text in enumerate(texts):
        last = position == len(texts) - 1
        rank = text.line.level if 0 < text.line.level < 8 else (10 if last and not named else 9)
        if rank >= 9 and last and not named and len(texts) == 1:
            rank = 10
        while stack and stack[-1][0] >= rank:
            stack.pop()
        stack.append((rank, text.name))
