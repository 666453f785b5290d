"""What the heads of a table say of the cells below them."""

from __future__ import annotations

import re

from pipelines.classify import names_audience
from pipelines.durations import Duration, bare_length
from pipelines.modality import names_treatment
from pipelines.readers.website.beside import WITH_TAX
from pipelines.readers.website.grid import Cell
from pipelines.readers.website.phrases import clean_name, has_words, is_label
from pipelines.wordlists import consists_of, says

_TAX_COLUMN = re.compile(
    r"(?:price |fee |total )?(?:with|incl\w*|after|plus|w/)\W{0,2}(?:\d\d?\s?%\s)?(?:[ghp]st|tax)", re.IGNORECASE
)


def is_price_head(head: Cell) -> bool:
    """Whether a head calls for prices, so that numbers below it need no sign."""
    return says("prose", "price_head", head.text)


def refusal(head: Cell, *, is_first: bool) -> str:
    """Why the amounts of a column are no prices: taxes, prices with them behind those without, prices of the past."""
    tax = has_words(head.text) and (consists_of(head.text, "tax") or _TAX_COLUMN.match(head.text))
    if tax and not is_first:
        return WITH_TAX
    return "a price of the past" if says("prose", "past", head.text) else ""


def head_length(head: Cell) -> Duration | None:
    """The length that a head states; a number alone is one if sessions last so long."""
    return head.row.durations[0] if head.row.durations else bare_length(head.text.strip().rstrip("'′’"))


def head_of(row: list[Cell], position: int, heads: list[Cell]) -> Cell | None:
    """The column's head; a head row that is one cell short lacks the corner."""
    position -= len(row) == len(heads) + 1
    return heads[position] if 0 <= position < len(heads) else None


def corner(heads: list[Cell], row: list[Cell]) -> str:
    """What the corner names, if the columns are audiences or the rows lengths: the one service of the table."""
    if not len(heads) == len(row) > 1 or not is_name(heads[0]):
        return ""
    lengths_below = bool(row[0].row.durations) and names_treatment(heads[0].text)
    lengths_below = lengths_below and not any(names_treatment(head.text) for head in heads[1:])
    return clean_name(heads[0].text) if lengths_below or all(names_audience(head.text) for head in heads[1:]) else ""


def is_name(cell: Cell) -> bool:
    """Whether a cell names something, whatever length stands with it."""
    return bool(cell.row.own or (clean_name(cell.text) and not cell.row.durations)) and not is_label(cell.text)
