"""What the cells of a table hold: prices without a sign, lengths, names, counts of sessions."""

from __future__ import annotations

import re

from pipelines.durations import Duration, bare_lengths
from pipelines.modality import names_modality
from pipelines.moneys import bare_numbers
from pipelines.readers.website.grid import Cell
from pipelines.readers.website.heads import head_length, is_price_head
from pipelines.readers.website.outline import SEAM
from pipelines.readers.website.phrases import clean_name, has_words
from pipelines.readers.website.regular_prices import SESSIONS_AT_ONCE
from pipelines.readers.website.seams import cut
from pipelines.readers.website.units import Row, Unit
from pipelines.readers.website.wording import is_title_case
from pipelines.wordlists import consists_of

_LONGEST_CELL, _LONGEST_TALE = 400, 1_500
_SPACES_OF_A_TALE = 4
_TIMES = re.compile(rf"(?<!\d)({SESSIONS_AT_ONCE})\s?[x×]\s?(?=\d)")


def holds_a_page(cell: Cell) -> bool:
    """Whether a cell is so long that its table only lays out the page; a mere description may be long."""
    return len(cell.text) > (_LONGEST_CELL if cell.row.units or cell.row.crowd else _LONGEST_TALE)


def price_unsigned(row: list[Cell], heads: list[Cell]) -> None:
    """Read bare numbers as prices in cells whose head calls for a price."""
    offset = len(row) - len(heads)
    for n, cell in enumerate(row[1:], 1):
        numbers = bare_numbers(cell.text)
        head = heads[n - offset] if heads and 0 <= n - offset < len(heads) else None
        if head and (head_length(head) or is_price_head(head)) and not clean_name(cell.text):
            cell.row = Row([Unit(cell.line, number) for number in numbers], [], "")


def is_price_cell(cell: Cell) -> bool:
    """Whether a cell holds a price; what is added for an extra may stand beside numbers without a sign."""
    return any(not unit.money.is_extra for unit in cell.row.units)


def lengths_of(cell: Cell, head: Cell | None) -> list[Duration]:
    """The lengths in a cell; below a head that calls for them, or below an empty corner, a number alone is one."""
    called_for = head is not None and (not head.text or consists_of(head.text, "length"))
    if cell.row.durations or not called_for:
        return cell.row.durations
    bare = head_length(cell)
    return [bare] if bare else bare_lengths(cell.text)


def the_only(lengths: list[Duration]) -> Duration | None:
    """The length of a row whose cells state no other."""
    return lengths[0] if len({length.minutes for length in lengths}) == 1 else None


def is_length(cell: Cell) -> bool:
    """Whether a cell states a length and says nothing else; a description may speak of the minutes of a part."""
    return bool(cell.row.durations) and not cell.row.units and not has_words(cut(cell.text, cell.row.durations))


def several_of(row: list[Cell]) -> str:
    """What the row says of several sessions: ``3 x 60 min``."""
    found = next((times for cell in row if (times := _TIMES.search(cell.text))), None)
    return f"set of {found.group(1)}" if found else ""


def cell_name(cell: Cell) -> str:
    """The name in a cell: its first part, if what follows only describes it."""
    first, _, rest = cell.text.partition(SEAM)
    if first.count(" ") <= _SPACES_OF_A_TALE <= rest.count(" ") and clean_name(first) and not cell.row.durations:
        return clean_name(first)
    if is_title_case(first) and names_modality(first) and rest and not is_title_case(rest):
        return clean_name(first)
    return cell.row.own or clean_name(cell.text)
