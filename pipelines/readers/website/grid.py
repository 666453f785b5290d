"""A table as rows of cells, each in its column."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.readers.website.outline import SEAM, Line, Outline
from pipelines.readers.website.refusals import refuse
from pipelines.readers.website.rows import read_row
from pipelines.readers.website.units import Row


@dataclass(slots=True, eq=False)
class Cell:
    """One cell as one line, with what it yields; ``block`` is -1 for the rest of a cell that spans several places."""

    line: int
    text: str
    row: Row
    block: int = -1
    columns: int = 1
    """How many columns it spans."""


def grid_of(outline: Outline, numbers: list[int]) -> list[list[Cell]]:
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
            if c.text == outline.lines[c.line].text:  # what several lines say together is no sentence
                c.row.units = [unit for unit in c.row.units if refuse(unit, c.text) is None]
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
    cell.columns = columns
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
