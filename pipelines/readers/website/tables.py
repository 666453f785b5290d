"""Tables with axes: lengths or names as row heads and column heads, prices in the cells."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.amounts import SESSION_LENGTHS, Duration, bare_numbers
from pipelines.classify import names_audience
from pipelines.readers.website.outline import SEAM, Line, Outline
from pipelines.readers.website.rows import Row, Unit, read_row
from pipelines.readers.website.wording import clean_name, is_label

_LONGEST_CELL = 400


@dataclass(slots=True, eq=False)
class Cell:
    """One cell as one line, with what it yields."""

    line: int
    text: str
    row: Row


def read_table(outline: Outline, numbers: list[int]) -> list[Unit] | None:
    """The prices of a table block, or ``None`` if it is no table of data (one that only lays out the page)."""
    grid = _grid(outline, numbers)
    if len(grid) < 1 or max(map(len, grid)) < 2 or any(len(c.text) > _LONGEST_CELL for r in grid for c in r):
        return None
    heads: list[Cell] = []
    units: list[Unit] = []
    section: list[str] = []
    for row in grid:
        priced = [cell for cell in row if cell.row.units]
        if not priced:
            priced = _unsigned_prices(row, heads)
        if priced:
            units += _row_units(row, heads, section)
        elif len(row) == 1:
            section = [clean_name(row[0].text)] if clean_name(row[0].text) else section
        elif len(row) > 1:
            heads = row
    return units


def _grid(outline: Outline, numbers: list[int]) -> list[list[Cell]]:
    """Rows of cells; the lines of one cell are joined with seams."""
    grid: list[list[Cell]] = []
    row_of: int | None = None
    cell_of: int | None = None
    for number in numbers:
        cell, row = _ancestor(outline, number, ("td", "th")), _ancestor(outline, number, ("tr",))
        line = outline.lines[number]
        if row != row_of or row is None:
            grid.append([])
        if cell is not None and cell == cell_of and row == row_of:
            grid[-1][-1].text += SEAM + line.text
        else:
            grid[-1].append(Cell(number, line.text, Row([], [], "")))
        row_of, cell_of = row, cell
    for cells in grid:
        for c in cells:
            joined = Line(c.text, outline.lines[c.line].block, "td", 0, outline.lines[c.line].struck)
            c.row = read_row(joined, c.line)
    return grid


def _ancestor(outline: Outline, number: int, tags: tuple[str, ...]) -> int | None:
    block = outline.lines[number].block
    while block > 0 and outline.tags[block] != "table":
        if outline.tags[block] in tags:
            return block
        block = outline.parents[block]
    return None


def _unsigned_prices(row: list[Cell], heads: list[Cell]) -> list[Cell]:
    """Cells that hold a bare number under a head that calls for a price."""
    found = []
    offset = len(row) - len(heads)
    for n, cell in enumerate(row[1:], 1):
        numbers = bare_numbers(cell.text)
        head = heads[n - offset] if heads and 0 <= n - offset < len(heads) else None
        if len(numbers) == 1 and head and (_head_length(head) or _is_price_head(head)) and not clean_name(cell.text):
            cell.row = Row([Unit(cell.line, numbers[0])], [], "")
            found.append(cell)
    return found


def _is_price_head(head: Cell) -> bool:
    return any(word in head.text.lower() for word in ("price", "cost", "rate", "fee", "$", "€", "£"))


def _head_length(head: Cell) -> Duration | None:
    if head.row.durations:
        return head.row.durations[0]
    bare = head.text.strip().rstrip("'′’")
    return Duration(int(bare), 0, len(bare)) if bare.isdigit() and int(bare) in SESSION_LENGTHS else None


def _row_units(row: list[Cell], heads: list[Cell], section: list[str]) -> list[Unit]:
    others = [cell for cell in row if not cell.row.units]
    lengths = [d for cell in others for d in cell.row.durations]
    only = lengths[0] if len({d.minutes for d in lengths}) == 1 else None
    name = next((cell.row.own or clean_name(cell.text) for cell in others if _names(cell)), "")
    units: list[Unit] = []
    for position, cell in enumerate(row):
        head = _head(row, position, heads)
        for unit in cell.row.units:
            _complete(unit, name or _corner(heads, row), head, only)
            unit.headings += section
            units.append(unit)
    known = frozenset(lengths)
    if len(lengths) == len(units) > 1 and all(unit.duration is None or unit.duration in known for unit in units):
        for unit, length in zip(units, lengths, strict=True):
            unit.duration = length
    return units


def _names(cell: Cell) -> bool:
    return bool(cell.row.own or (clean_name(cell.text) and not cell.row.durations)) and not is_label(cell.text)


def _head(row: list[Cell], position: int, heads: list[Cell]) -> Cell | None:
    """The column's head; a head row that is one cell short lacks the corner."""
    position -= len(row) == len(heads) + 1
    return heads[position] if 0 <= position < len(heads) else None


def _corner(heads: list[Cell], row: list[Cell]) -> str:
    """What the corner names, if the columns are audiences and the rows lengths: the one service of the table."""
    if len(heads) == len(row) > 1 and all(names_audience(head.text) for head in heads[1:]) and _names(heads[0]):
        return clean_name(heads[0].text)
    return ""


def _complete(unit: Unit, name: str, head: Cell | None, only_length: Duration | None) -> None:
    """Give an amount the length and names of its row and column."""
    if unit.duration is None and head is not None:
        unit.duration = _head_length(head)
    if unit.duration is None:
        unit.duration = only_length
    title = clean_name(head.text) if head is not None and not head.row.durations and not is_label(head.text) else ""
    if unit.own and name and unit.own != name:
        unit.label = unit.label or unit.own
    unit.own = name or unit.own or ("" if names_audience(title) else title)
    if title and title != unit.own:
        unit.label = f"{unit.label} {title}".strip()
