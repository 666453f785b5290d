"""How the reader sees a page: the lines near its amounts, as deep as they are nested, with what each says by itself."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.readers.website.outline import SEAM, Line, Outline
from pipelines.readers.website.rows import read_rows
from pipelines.readers.website.units import Row
from pipelines.readers.website.wording import wording

_NEAR = 4
_WIDTH = 100


def sketch_of(outline: Outline) -> Iterator[str]:
    """The lines that stand near an amount, a row of dots for those left out.

    >>> from pipelines.readers.website.plaintext import of_text
    >>> print("\\n".join(sketch_of(of_text("# Deep tissue\\n60 min $85"))))
        1  heading  Deep tissue
        2  price    60 min $85
    """
    rows = read_rows(outline)
    near = sorted({at for n, row in enumerate(rows) if row.units for at in range(n - _NEAR, n + _NEAR + 1)})
    shown = [number for number in near if 0 <= number < len(rows)]
    depths = {number: outline.depth(outline.lines[number].block) for number in shown}
    least = min(depths.values(), default=0)
    last = -1
    for number in shown:
        if number > last + 1:
            yield "      …"
        line = outline.lines[number]
        indent = "  " * min(8, depths[number] - least)
        yield f"{number + 1:>5}  {_says(line, rows[number]):<7}  {indent}{line.text.replace(SEAM, ' | ')[:_WIDTH]}"
        last = number


def _says(line: Line, row: Row) -> str:
    """One word for what a line says."""
    words = wording(line.text)
    kinds = (
        ("price", bool(row.units)),
        ("prose", words.prose),
        ("button", words.button),
        ("label", words.label),
        ("length", bool(row.durations) and not row.own),
        ("heading", words.naming and 0 < line.level < 8),
        ("name", words.naming),
    )
    return next((kind for kind, holds in kinds if holds), "")
