"""The prices of a table's row: each with its own cell, the head of its column, and the cells without money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.guides.grouping import Stated
from reports.guides.money import bare_price, prices
from reports.guides.placed import Placed
from reports.guides.price import Price, lengths
from reports.guides.records import Piece, Tax
from reports.guides.refusals import barred_by, refusal
from reports.guides.taxes import general_tax, tax_of, with_tax
from reports.guides.words import pattern

_PRICE_HEAD = re.compile(r"[$]|\b(?:price|cost|rate|fee|cad|low|high|average|typical|from|to)s?\b", re.IGNORECASE)
_LOW, _HIGH = (
    re.compile(r"\b(?:low|lowest|min|minimum|from)\b", re.IGNORECASE),
    re.compile(r"\b(?:high|highest|max|maximum|to)\b", re.IGNORECASE),
)
_PIPE = re.compile(r"[^|]+")
_TAX = re.compile(r"\b(?:gst|hst|pst|tax\w*|total|incl\w*)\b", re.IGNORECASE)
#: A number without a unit, which the head of its column may give: *Duration (min)*, *Hours*, *Length*.
_NUMBER = re.compile(r"[\d.½]+(?:\s?(?:/|-|–|to|or)\s?[\d.½]+)*\s*\+?")
_HOURS = re.compile(r"\b(?:hours?|hrs?)\b", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:min(?:ute)?s?|length|duration|time|session)\b", re.IGNORECASE)
#: A bare number of this many digits may be a length.
_DIGITS = 2
UNREAD_LENGTH = "a number in its row may be its length"


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell: where in a placed text it stands, and the head of its column."""

    placed: Placed
    start: int
    end: int
    head: str

    @property
    def text(self) -> str:
        """Its text."""
        return self.placed.text[self.start : self.end]

    @property
    def label(self) -> str:
        """Its text with the unit that its head gives."""
        text = self.text.strip()
        if not _NUMBER.fullmatch(text) or lengths(self.head):
            return text
        unit = "hours" if _HOURS.search(self.head) else "minutes" if _MINUTES.search(self.head) else ""
        return f"{text} {unit}".strip()


_Priced = tuple[_Cell, Price]
#: A price with its cell, and the same price with tax where it has a cell too.
_Chosen = tuple[_Cell, Price, _Priced | None]


def row_prices(piece: Piece, above: Sequence[str]) -> Iterator[tuple[Placed, Stated]]:
    """Each claim of a row with the cell that it stands in."""
    read = [(cell, _prices(cell)) for cell in _cells(piece)]
    labels = [cell.label for cell, found in read if not found]
    priced = [(cell, price) for cell, found in read for price in found]
    for cell, price, taxed in _chosen(priced):
        told = _stated(cell, price, labels, above)
        if told and taxed:
            beside = (taxed[0].placed, taxed[1].moved(taxed[0].start))
            told = replace(told, tax=told.tax or Tax.EXCLUDED, beside=beside)
        if told:
            yield cell.placed, told.moved(cell.start)


def _stated(cell: _Cell, price: Price, labels: Sequence[str], above: Sequence[str]) -> Stated | None:
    """A price with what its row and its column say of it; ``None`` if it is no claim."""
    label = " ".join(labels)
    text = f"{label} {cell.head} {cell.text}"
    if refusal(text, text, price, " ".join(above)) is not None:
        return None
    unread = None if lengths(text) or not any(map(_may_be_length, labels)) else UNREAD_LENGTH
    tax = tax_of(cell.head) or tax_of(cell.text) or tax_of(label) or general_tax(above)
    return Stated(price, (label, *labels, cell.head, cell.text), barred_by(text, text, price) or unread, tax=tax)


def _may_be_length(label: str) -> bool:
    return _NUMBER.fullmatch(label) is not None and len(re.findall(r"\d", label)) >= _DIGITS


def _cells(piece: Piece) -> Iterator[_Cell]:
    """The cells of a row; a text with pipes that is no table is parted at these."""
    if not piece.cells:
        yield from (
            _Cell(piece.placed, *match.span(), "")
            for match in _PIPE.finditer(piece.placed.text)
            if match.group().strip()
        )
        return
    for column, placed in enumerate(piece.cells):
        yield _Cell(placed, 0, len(placed.text), piece.heads[column] if column < len(piece.heads) else "")


def _prices(cell: _Cell) -> list[Price]:
    """The prices of a cell, also bare numbers where the column's head speaks of money."""
    found = prices(cell.text)
    if found or not _PRICE_HEAD.search(cell.head) or lengths(cell.label):
        return found
    bare = bare_price(cell.text)
    return [bare] if bare else []


def _chosen(priced: list[_Priced]) -> list[_Chosen]:
    """The prices that count: of two that differ by a tax the one without it, of several audiences the regular."""
    tiers = [pattern("barred", "audience").search(cell.head) is not None for cell, _ in priced]
    if any(tiers) and not all(tiers):
        priced = [one for one, tier in zip(priced, tiers, strict=True) if not tier]
    chosen: list[_Chosen] = []
    for cell, price in priced:
        same = next((n for n, before in enumerate(chosen) if _is_same_with_tax(before, cell, price)), None)
        if same is None:
            chosen.append((cell, _by_head(price, cell.head), None))
        else:
            before = chosen[same]
            chosen[same] = (*before[:2], (cell, _by_head(price, before[0].head)))
    return chosen


def _is_same_with_tax(before: _Chosen, cell: _Cell, price: Price) -> bool:
    """Whether a price is one before with tax; a column that says nothing of tax may be one of another kind."""
    if before[2] or (cell.head and not _TAX.search(cell.head)) or tax_of(cell.head) is Tax.EXCLUDED:
        return False
    return with_tax(before[1], _by_head(price, before[0].head))


def _by_head(price: Price, head: str) -> Price:
    """A single amount as the end that its column is; *60 min* is no *minimum*."""
    if not price.average or lengths(head):
        return price
    if _LOW.search(head):
        return replace(price, low=price.average, average=None)
    return replace(price, high=price.average, average=None) if _HIGH.search(head) else price
