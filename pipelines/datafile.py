"""Reading the data files that people edit and that lie beside the code which uses them."""

from __future__ import annotations

import csv
from importlib import resources


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``pipelines/<name>``, a CSV file with a header line."""
    text = resources.files("pipelines").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def listed(cell: str) -> tuple[str, ...]:
    """The values of a cell that separates them with bars.

    >>> listed("NMT| neuromuscular therapy|")
    ('NMT', 'neuromuscular therapy')
    """
    return tuple(value.strip() for value in cell.split("|") if value.strip())
