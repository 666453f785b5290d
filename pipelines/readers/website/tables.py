"""Tables with axes: lengths or names as row heads and column heads, prices in the cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.amounts import SESSION_LENGTHS, Duration, bare_numbers
from pipelines.classify import names_audience
from pipelines.modality import names_treatment
from pipelines.readers.website.outline import SEAM, Line, Outline
from pipelines.readers.website.rows import Row, Unit, read_row
from pipelines.readers.website.wording import clean_name, is_generic, is_label
from pipelines.wordlists import consists_of, says

_LONGEST_CELL = 400
_SPACES_OF_A_TALE = 4
_TIMES = re.compile(r"(?<!\d)([2-9]|1\d|20)\s?[x×]\s?(?=\d)")


@dataclass(slots=True, eq=False)
class Cell:
    """One cell as one line, with what it yields; ``block`` is -1 for the rest of a cell that spans several places."""

    line: int
    text: str
    row: Row
    block: int = -1


def read_table(outline: Outline, numbers: list[int]) -> list[Unit] | None:
    """The prices of a table block, or ``None`` if it is no table of data (one that only lays out the page)."""
    grid = _grid(outline, numbers)
    if len(grid) < 1 or max(map(len, grid)) < 2 or any(len(c.text) > _LONGEST_CELL for r in grid for c in r):
        return None
    heads: list[Cell] = []
    units: list[Unit] = []
    section: list[str] = []
    above: Cell | None = None
    for row in grid:
        if not any(cell.row.units for cell in row):
            _price_unsigned(row, heads)
        filled = [cell for cell in row if cell.text]
        if any(cell.row.units for cell in row):
            # an empty first cell goes on with the thing of the row above
            row[0] = above if above and not row[0].text else row[0]
            above = None if row[0].row.units else row[0]
            units += _row_units(row, heads, section)
        elif len(filled) == 1 and not filled[0].row.durations:
            section = [clean_name(filled[0].text)] if clean_name(filled[0].text) else section
            above = None
        elif len(filled) > 1 or filled:
            heads, above = row, None
    return units


def _grid(outline: Outline, numbers: list[int]) -> list[list[Cell]]:
    """Rows of cells by their columns; the lines of one cell are joined with seams."""
    rows: list[list[Cell]] = []
    row_of: int | None = None
    for number in numbers:
        cell, row = _ancestor(outline, number, ("td", "th")), _ancestor(outline, number, ("tr",))
        line = outline.lines[number]
        if row != row_of or row is None:
            rows.append([])
        if cell is not None and rows[-1] and rows[-1][-1].block == cell:
            rows[-1][-1].text += SEAM + line.text
        else:
            rows[-1].append(Cell(number, line.text, Row([], [], ""), -1 if cell is None else cell))
        row_of = row
    for cells in rows:
        for c in cells:
            joined = Line(c.text, outline.lines[c.line].block, "td", 0, outline.lines[c.line].struck)
            c.row = read_row(joined, c.line)
    spread = _spread(rows, outline.spans) if outline.spans else rows
    return [row for row in spread if any(cell.text for cell in row)]


def _spread(rows: list[list[Cell]], spans: dict[int, tuple[int, int]]) -> list[list[Cell]]:
    """Each cell in its column: what a cell spans to the right stays empty, names and lengths go on downwards."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # cells that go on below, by column, with the rows they still fill
    for row in rows:
        placed: list[Cell] = []
        waiting = iter(row)
        while True:
            if len(placed) in hanging:
                above, left = hanging.pop(len(placed))
                if left > 1:
                    hanging[len(placed)] = (above, left - 1)
                placed.append(above)
            elif cell := next(waiting, None):
                placed += _place(cell, spans.get(cell.block, (1, 1)), len(placed), hanging)
            else:
                break
        grid.append(placed)
    return grid


def _place(cell: Cell, spans: tuple[int, int], column: int, hanging: dict[int, tuple[Cell, int]]) -> list[Cell]:
    """A cell and the empty rest of its columns; what spans rows is hung up for those below, prices only once."""
    columns, down = spans
    cells = [cell, *(_empty(cell) for _ in range(columns - 1))]
    if down > 1:
        below = [_empty(c) if c.row.units else c for c in cells]
        hanging.update({column + n: (c, down - 1) for n, c in enumerate(below)})
    return cells


def _empty(cell: Cell) -> Cell:
    return Cell(cell.line, "", Row([], [], ""))


def _ancestor(outline: Outline, number: int, tags: tuple[str, ...]) -> int | None:
    block = outline.lines[number].block
    while block > 0 and outline.tags[block] != "table":
        if outline.tags[block] in tags:
            return block
        block = outline.parents[block]
    return None


def _price_unsigned(row: list[Cell], heads: list[Cell]) -> None:
    """Read bare numbers as prices in cells whose head calls for a price."""
    offset = len(row) - len(heads)
    for n, cell in enumerate(row[1:], 1):
        numbers = bare_numbers(cell.text)
        head = heads[n - offset] if heads and 0 <= n - offset < len(heads) else None
        if len(numbers) == 1 and head and (_head_length(head) or _is_price_head(head)) and not clean_name(cell.text):
            cell.row = Row([Unit(cell.line, numbers[0])], [], "")


def _is_price_head(head: Cell) -> bool:
    return says("prose", "price_head", head.text)


def _lengths(cell: Cell, head: Cell | None) -> list[Duration]:
    """The lengths in a cell; below a head that calls for them a number alone is one."""
    if cell.row.durations or head is None or not consists_of(head.text, "length"):
        return cell.row.durations
    bare = _head_length(cell)
    return [bare] if bare else []


def _head_length(head: Cell) -> Duration | None:
    if head.row.durations:
        return head.row.durations[0]
    bare = head.text.strip().rstrip("'′’")
    return Duration(int(bare), 0, len(bare), inferred=True) if bare.isdigit() and int(bare) in SESSION_LENGTHS else None


def _row_units(row: list[Cell], heads: list[Cell], section: list[str]) -> list[Unit]:
    others = [cell for cell in row if not cell.row.units]
    lengths = [d for n, cell in enumerate(row) if not cell.row.units for d in _lengths(cell, _head(row, n, heads))]
    only = lengths[0] if len({d.minutes for d in lengths}) == 1 else None
    name = next((_cell_name(cell) for cell in others if _names(cell)), "")
    bundle, topic = _bundle(row), _topic(heads, row)
    units: list[Unit] = []
    for position, cell in enumerate(row):
        head = _head(row, position, heads)
        for unit in cell.row.units:
            _complete(unit, name or _corner(heads, row), head, only)
            unit.label = f"{unit.label} {bundle}".strip()
            unit.headings += section or topic
            if position and head is not None and consists_of(head.text, "tax") and units:
                unit.own, unit.names, unit.headings = "", [], [head.text]
            units.append(unit)
    known = frozenset(lengths)
    if len(lengths) == len(units) > 1 and all(unit.duration is None or unit.duration in known for unit in units):
        for unit, length in zip(units, lengths, strict=True):
            unit.duration = length
    return units


def _bundle(row: list[Cell]) -> str:
    """What the row says of several sessions: ``3 x 60 min``."""
    found = next((times for cell in row if (times := _TIMES.search(cell.text))), None)
    return f"set of {found.group(1)}" if found else ""


def _topic(heads: list[Cell], row: list[Cell]) -> list[str]:
    """What the head above the names says of them all: *Facials* beside *30 min* and *60 min*."""
    topic = clean_name(heads[0].text) if len(heads) == len(row) > 1 else ""
    tells = names_treatment(topic) or says("category", "package", topic)
    return [topic] if tells and not is_generic(topic) else []


def _names(cell: Cell) -> bool:
    return bool(cell.row.own or (clean_name(cell.text) and not cell.row.durations)) and not is_label(cell.text)


def _cell_name(cell: Cell) -> str:
    """The name in a cell: its first part, if what follows only describes it."""
    first, _, rest = cell.text.partition(SEAM)
    if first.count(" ") <= _SPACES_OF_A_TALE <= rest.count(" ") and clean_name(first) and not cell.row.durations:
        return clean_name(first)
    return cell.row.own or clean_name(cell.text)


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
