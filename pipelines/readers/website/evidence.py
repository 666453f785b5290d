"""Where a page says something, and in which words."""

from __future__ import annotations

from pipelines.readers.website.outline import SEAM, Outline
from pipelines.readers.website.units import Unit

_LONGEST_SNIPPET = 300


def snippet(outline: Outline, unit: Unit) -> str:
    """The line of an amount as evidence."""
    return outline.lines[unit.line].text.replace(SEAM, " ")[:_LONGEST_SNIPPET]


def where(outline: Outline, unit: Unit) -> str:
    """Where on the page an amount stands: element path and number of its line."""
    return f"{outline.path(outline.lines[unit.line].block)} line {unit.line + 1}".strip()
