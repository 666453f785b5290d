"""The prices of a table's row: each with its own cell, the head of its column, and the cells without money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.guides.grouping import Stated, barred_by, with_tax
from reports.guides.money import Price, lengths, prices
from reports.guides.placed import Placed
from reports.guides.records import Number, Piece, Tax
from reports.guides.refusals import refusal
from reports.guides.slots import tax_of
from reports.guides.words import pattern

_PRICE_HEAD = re.compile(r"[$]|\b(?:price|cost|rate|fee|cad|low|high|average|typical|from|to)s?\b", re.IGNORECASE)
_BARE = re.compile(r"\s*(\d{2,3}(?:\.\d\d)?)\s*(?:(?:-|–|—|to)\s*(\d{2,3}(?:\.\d\d)?))?\s*")
_LOW, _HIGH = (
    re.compile(r"\b(?:low|lowest|min|minimum|from)\b", re.IGNORECASE),
    re.compile(r"\b(?:high|highest|max|maximum|to)\b", re.IGNORECASE),
)
_PIPE = re.compile(r"[^|]+")
_TAX = re.compile(r"\b(?:gst|hst|pst|tax\w*|total|incl\w*)\b", re.IGNORECASE)


def row_prices(piece: Piece, above: Sequence[str]) -> Iterator[tuple[Placed, Stated]]:
    """Each claim of a row with the cell that it stands in."""
    cells = piece.cells or (piece.placed,)
    parts = [(cell, start, end) for cell in cells for start, end in _parts(cell, split=not piece.cells)]
    labels, priced = [], []
    for column, (cell, start, end) in enumerate(parts):
        head = piece.heads[column] if column < len(piece.heads) else ""
        found = _prices(cell.text[start:end], head)
        priced += [(cell, start, head, price) for price in found]
        labels += [] if found else [cell.text[start:end].strip()]
    label = " ".join(labels)
    for cell, start, head, price, tax in _chosen(priced):
        text = f"{label} {head} {cell.text[start:]}" if piece.cells else f"{label} {cell.text}"
        if refusal(text, text, price, " ".join(above)) is None:
            told = Stated(
                price, (label, head, cell.text), barred_by(text, (0, len(text)), price), tax=tax or tax_of(head)
            )
            yield cell, told.moved(start)


def _parts(cell: Placed, *, split: bool) -> Iterator[tuple[int, int]]:
    if not split:
        yield 0, len(cell.text)
        return
    for match in _PIPE.finditer(cell.text):
        if match.group().strip():
            yield match.span()


def _prices(text: str, head: str) -> list[Price]:
    """The prices of a cell, also bare numbers where the column's head speaks of money."""
    found = prices(text)
    bare = _BARE.fullmatch(text)
    if found or not bare or not _PRICE_HEAD.search(head) or lengths(head):
        return found
    low = Number(round(float(bare[1]) * 100), *bare.span(1))
    if not bare[2]:
        return [Price(low.start, low.end, average=low)]
    high = Number(round(float(bare[2]) * 100), *bare.span(2))
    return [Price(low.start, high.end, low, high)]


_Priced = tuple[Placed, int, str, Price]


def _chosen(priced: list[_Priced]) -> list[tuple[Placed, int, str, Price, Tax | None]]:
    """The prices that count: of two that differ by a tax the one without it, of several audiences the regular."""
    tiers = [pattern("barred", "audience").search(head) is not None for _, _, head, _ in priced]
    if any(tiers) and not all(tiers):
        priced = [one for one, tier in zip(priced, tiers, strict=True) if not tier]
    chosen: list[tuple[Placed, int, str, Price, Tax | None]] = []
    for cell, start, head, price in priced:
        dearer_by_tax = any(with_tax(before, price) for _, _, _, before, _ in chosen)
        if dearer_by_tax and (not head or _TAX.search(head)) and tax_of(head) is not Tax.EXCLUDED:
            chosen = [(*one[:4], one[4] or Tax.EXCLUDED) for one in chosen]
            continue
        chosen.append((cell, start, head, _by_head(price, head), None))
    return chosen


def _by_head(price: Price, head: str) -> Price:
    """A single amount as the end that its column is."""
    if price.average and _LOW.search(head):
        return replace(price, low=price.average, average=None)
    if price.average and _HIGH.search(head):
        return replace(price, high=price.average, average=None)
    return price
