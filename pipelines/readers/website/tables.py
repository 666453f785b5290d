"""Tables with axes: lengths or names as row heads and column heads, prices in the cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.categories import tells_offer
from pipelines.classify import names_audience
from pipelines.durations import Duration
from pipelines.modality import names_modality, names_treatment
from pipelines.readers.website.cells import (
    cell_name,
    holds_a_page,
    is_length,
    is_price_cell,
    lengths_of,
    price_unsigned,
    several_of,
    the_only,
)
from pipelines.readers.website.grid import Cell, grid_of
from pipelines.readers.website.heads import corner, head_length, head_of, is_name, refusal
from pipelines.readers.website.outline import Outline
from pipelines.readers.website.phrases import clean_name, is_label
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_generic
from pipelines.wordlists import consists_of


def read_table(outline: Outline, numbers: list[int]) -> list[Unit] | None:
    """The prices of a table block, or ``None`` if it is no table of data (one that only lays out the page)."""
    grid = grid_of(outline, numbers)
    if len(grid) < 1 or max(map(len, grid)) < 2 or any(holds_a_page(cell) for row in grid for cell in row):
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
        if not any(is_price_cell(cell) for cell in row):
            price_unsigned(row, self.heads)
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


def _row_units(row: list[Cell], table: _Table) -> list[Unit]:
    heads = table.heads
    lengths = [d for n, cell in enumerate(row) if not cell.row.units for d in lengths_of(cell, head_of(row, n, heads))]
    only = the_only(lengths) or the_only([d for cell in row if is_length(cell) for d in cell.row.durations])
    names = _names_of(row)
    several, topic = several_of(row), _topic(heads, row)
    units: list[Unit] = []
    for position, cell in enumerate(row):
        head = head_of(row, position, heads)
        if head is not None and cell.columns > head.columns:
            head = None  # it stands under several heads
        for unit in cell.row.units:
            _complete(unit, names[position] or corner(heads, row), head, only)
            unit.label = f"{unit.label} {several}".strip()
            (unit.headings if unit.own else unit.names).extend(table.section or topic or table.group_head(position))
            if head is not None:
                unit.refusal = refusal(head, is_first=not units)
            units.append(unit)
    known = frozenset(lengths)
    if len(lengths) == len(units) > 1 and all(unit.duration is None or unit.duration in known for unit in units):
        for unit, length in zip(units, lengths, strict=True):
            unit.duration = length
    return units


def _names_of(row: list[Cell]) -> list[str]:
    """The name that each cell's prices take from their row: the first; if others stand amid the prices, the last."""
    priced = [n for n, cell in enumerate(row) if cell.row.units]
    named = [n for n, cell in enumerate(row) if not cell.row.units and is_name(cell)]
    named = [n for n in named if n < priced[-1] or names_modality(row[n].text)]  # a note stands behind the prices
    if not named or not any(priced[0] < n < priced[-1] for n in named):
        return [cell_name(row[named[0]]) if named else ""] * len(row)
    last = [max((n for n in named if n < position), default=None) for position in range(len(row))]
    return ["" if n is None else cell_name(row[n]) for n in last]


def _topic(heads: list[Cell], row: list[Cell]) -> list[str]:
    """What the head above the names says of them all: *Facials* beside *30 min* and *60 min*."""
    topic = clean_name(heads[0].text) if len(heads) == len(row) > 1 else ""
    tells = names_treatment(topic) or tells_offer(topic)
    return [topic] if tells and not is_generic(topic) else []


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
