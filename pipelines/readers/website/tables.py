"""Tables with axes: lengths or names as row heads and column heads, prices in the cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.categories import tells_offer
from pipelines.classify import names_audience
from pipelines.durations import Duration, bare_lengths
from pipelines.modality import names_modality, names_treatment
from pipelines.moneys import bare_numbers
from pipelines.readers.website.grid import Cell, grid_of
from pipelines.readers.website.heads import corner, head_length, head_of, is_name, is_price_head, refusal
from pipelines.readers.website.outline import SEAM, Outline
from pipelines.readers.website.phrases import clean_name, has_words, is_label
from pipelines.readers.website.seams import cut
from pipelines.readers.website.units import Row, Unit
from pipelines.readers.website.wording import is_generic, is_title_case
from pipelines.wordlists import consists_of

_LONGEST_CELL, _LONGEST_TALE = 400, 1_500
_SPACES_OF_A_TALE = 4
_TIMES = re.compile(r"(?<!\d)([2-9]|1\d|20)\s?[x×]\s?(?=\d)")


def read_table(outline: Outline, numbers: list[int]) -> list[Unit] | None:
    """The prices of a table block, or ``None`` if it is no table of data (one that only lays out the page)."""
    grid = grid_of(outline, numbers)
    if len(grid) < 1 or max(map(len, grid)) < 2 or any(_holds_a_page(cell) for row in grid for cell in row):
        return None
    table = _Table(outline)
    return [unit for row in grid for unit in table.read(row)]


@dataclass(slots=True)
class _Table:
    """What the rows so far say of those to come."""

    outline: Outline
    heads: list[Cell] = field(default_factory=list)
    upper: list[Cell] = field(default_factory=list)
    """The row of heads right above the heads."""
    section: list[str] = field(default_factory=list)
    """Names from cells that stand alone in their row, nearest first."""
    lone: Cell | None = None
    """Such a cell in the row before."""
    above: Cell | None = None
    """The first cell of the row before, if that has prices."""
    is_head_before: bool = False

    def read(self, row: list[Cell]) -> list[Unit]:
        """The prices of a row; one without any is kept for what it says of the next."""
        if not any(_is_price_cell(cell) for cell in row):
            _price_unsigned(row, self.heads)
        filled = [cell for cell in row if cell.text]
        follows_heads, self.is_head_before = self.is_head_before, False
        if any(cell.row.units for cell in row):
            # an empty first cell goes on with the thing of the row above
            row[0] = self.above if self.above and not row[0].text else row[0]
            self.above, self.lone = None if row[0].row.units else row[0], None
            return _row_units(row, self)
        if len(filled) == 1 and not filled[0].row.durations:
            self.section = self._section_of(filled[0])
            self.lone, self.above = filled[0], None
        else:
            self.upper = self.heads if follows_heads else []
            self.heads, self.above, self.lone, self.is_head_before = row, None, None, True
        return []

    def _section_of(self, cell: Cell) -> list[str]:
        """The names over the rows below a lone cell; what stands below a heading only adds to it."""
        name = clean_name(cell.text)
        if not name:
            return self.section
        if self.lone is None:
            return [name]
        above, level = self.outline.lines[self.lone.line].level, self.outline.lines[cell.line].level
        if level and not above:
            return [name]
        return [*self.section, name] if above and not level else [name, *self.section]

    def group_head(self, position: int) -> list[str]:
        """What the row above the heads says of a column: its cell there, or the last one before that is not empty."""
        name = next((clean_name(cell.text) for cell in reversed(self.upper[: position + 1]) if cell.text), "")
        return [name] if names_treatment(name) and not is_generic(name) else []


def _holds_a_page(cell: Cell) -> bool:
    """Whether a cell is so long that its table only lays out the page; a mere description may be long."""
    return len(cell.text) > (_LONGEST_CELL if cell.row.units or cell.row.crowd else _LONGEST_TALE)


def _price_unsigned(row: list[Cell], heads: list[Cell]) -> None:
    """Read bare numbers as prices in cells whose head calls for a price."""
    offset = len(row) - len(heads)
    for n, cell in enumerate(row[1:], 1):
        numbers = bare_numbers(cell.text)
        head = heads[n - offset] if heads and 0 <= n - offset < len(heads) else None
        if head and (head_length(head) or is_price_head(head)) and not clean_name(cell.text):
            cell.row = Row([Unit(cell.line, number) for number in numbers], [], "")


def _is_price_cell(cell: Cell) -> bool:
    """Whether a cell holds a price; what is added for an extra may stand beside numbers without a sign."""
    return any(not unit.money.is_extra for unit in cell.row.units)


def _lengths(cell: Cell, head: Cell | None) -> list[Duration]:
    """The lengths in a cell; below a head that calls for them, or below an empty corner, a number alone is one."""
    called_for = head is not None and (not head.text or consists_of(head.text, "length"))
    if cell.row.durations or not called_for:
        return cell.row.durations
    bare = head_length(cell)
    return [bare] if bare else bare_lengths(cell.text)


def _row_units(row: list[Cell], table: _Table) -> list[Unit]:
    heads = table.heads
    lengths = [d for n, cell in enumerate(row) if not cell.row.units for d in _lengths(cell, head_of(row, n, heads))]
    only = _only(lengths) or _only([d for cell in row if _is_length(cell) for d in cell.row.durations])
    names = _names_of(row)
    bundle, topic = _bundle(row), _topic(heads, row)
    units: list[Unit] = []
    for position, cell in enumerate(row):
        head = head_of(row, position, heads)
        if head is not None and cell.columns > head.columns:
            head = None  # it stands under several heads
        for unit in cell.row.units:
            _complete(unit, names[position] or corner(heads, row), head, only)
            unit.label = f"{unit.label} {bundle}".strip()
            (unit.headings if unit.own else unit.names).extend(table.section or topic or table.group_head(position))
            if head is not None:
                unit.refusal = refusal(head, is_first=not units)
            units.append(unit)
    known = frozenset(lengths)
    if len(lengths) == len(units) > 1 and all(unit.duration is None or unit.duration in known for unit in units):
        for unit, length in zip(units, lengths, strict=True):
            unit.duration = length
    return units


def _only(lengths: list[Duration]) -> Duration | None:
    return lengths[0] if len({length.minutes for length in lengths}) == 1 else None


def _is_length(cell: Cell) -> bool:
    """Whether a cell states a length and says nothing else; a description may speak of the minutes of a part."""
    return bool(cell.row.durations) and not cell.row.units and not has_words(cut(cell.text, cell.row.durations))


def _names_of(row: list[Cell]) -> list[str]:
    """The name that each cell's prices take from their row: the first; if others stand amid the prices, the last."""
    priced = [n for n, cell in enumerate(row) if cell.row.units]
    named = [n for n, cell in enumerate(row) if not cell.row.units and is_name(cell)]
    named = [n for n in named if n < priced[-1] or names_modality(row[n].text)]  # a note stands behind the prices
    if not named or not any(priced[0] < n < priced[-1] for n in named):
        return [_cell_name(row[named[0]]) if named else ""] * len(row)
    last = [max((n for n in named if n < position), default=None) for position in range(len(row))]
    return ["" if n is None else _cell_name(row[n]) for n in last]


def _bundle(row: list[Cell]) -> str:
    """What the row says of several sessions: ``3 x 60 min``."""
    found = next((times for cell in row if (times := _TIMES.search(cell.text))), None)
    return f"set of {found.group(1)}" if found else ""


def _topic(heads: list[Cell], row: list[Cell]) -> list[str]:
    """What the head above the names says of them all: *Facials* beside *30 min* and *60 min*."""
    topic = clean_name(heads[0].text) if len(heads) == len(row) > 1 else ""
    tells = names_treatment(topic) or tells_offer(topic)
    return [topic] if tells and not is_generic(topic) else []


def _cell_name(cell: Cell) -> str:
    """The name in a cell: its first part, if what follows only describes it."""
    first, _, rest = cell.text.partition(SEAM)
    if first.count(" ") <= _SPACES_OF_A_TALE <= rest.count(" ") and clean_name(first) and not cell.row.durations:
        return clean_name(first)
    if is_title_case(first) and names_modality(first) and rest and not is_title_case(rest):
        return clean_name(first)
    return cell.row.own or clean_name(cell.text)


def _complete(unit: Unit, name: str, head: Cell | None, only_length: Duration | None) -> None:
    """Give an amount the length and names of its row and column."""
    if unit.duration is None and head is not None:
        unit.duration = head_length(head)
    if unit.duration is None:
        unit.duration = only_length
    title = clean_name(head.text) if head is not None and not head.row.durations and not is_label(head.text) else ""
    if unit.own and name and unit.own != name:
        unit.label = unit.label or unit.own
    unit.own = name or unit.own or ("" if names_audience(title) or consists_of(title, "tier") else title)
    if title and title != unit.own:
        unit.label = f"{unit.label} {title}".strip()
