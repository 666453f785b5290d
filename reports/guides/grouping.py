"""The prices of one sentence that are claims, with the words that belong to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.guides.joining import Kept, contrasted, in_order, regular, with_averages
from reports.guides.money import prices
from reports.guides.naming import treatments
from reports.guides.placed import Placed
from reports.guides.price import Price, lengths
from reports.guides.records import Tax
from reports.guides.refusals import barred_by, refusal, without_quotes
from reports.guides.segments import clause, segments, shared_behind
from reports.guides.taxes import tax_of_one, told_twice
from reports.guides.words import first_meaning

#: No sentence is longer, and none states more prices; what goes on is a list without marks, or made to harm.
_LONGEST, _MOST = 3_000, 24


@dataclass(frozen=True, slots=True)
class Stated:
    """A price in a sentence; ``texts`` are the words about it, nearest first. ``minutes`` if the order tells them.

    ``beside`` is the same price with tax in another cell, in the text of that.
    """

    price: Price
    texts: tuple[str, ...]
    barred: str | None = None
    minutes: int | None = None
    tax: Tax | None = None
    beside: tuple[Placed, Price] | None = None

    def moved(self, offset: int) -> Stated:
        """The same in a text that begins so much earlier."""
        return replace(self, price=self.price.moved(offset))


def stated_prices(sentence: str, context: str = "") -> list[Stated]:
    """The claims of a sentence.

    >>> [(s.price.average.cents, s.texts[0]) for s in stated_prices("An hour costs $90, half an hour $50, tips $10.")]
    [(9000, 'An hour costs $90'), (5000, 'half an hour $50')]
    """
    if len(sentence) > _LONGEST:
        return []
    text = without_quotes(sentence)
    found = _parted(text)
    if not 0 < len(found) <= _MOST:
        return []
    kept = regular(text, list(_accepted(text, found, context)))
    kept = kept if in_order(text, kept) else contrasted(text, kept)
    timed = [length.minutes for length in lengths(text)] if in_order(text, kept) else [None] * len(kept)
    return [replace(one, minutes=minutes) for one, minutes in zip(_told(text, kept), timed, strict=True)]


def _parted(text: str) -> Kept:
    """The prices of a text, each with the part of the text that is about it."""
    timed = lengths(text)
    found = with_averages(text, told_twice(text, prices(text, timed)))
    first = bool(timed) and bool(found) and timed[0].start < found[0].start
    return list(zip(found, segments(text, found, timed_first=first), strict=True)) if found else []


def _accepted(text: str, found: Kept, context: str) -> Iterator[tuple[Price, tuple[int, int]]]:
    """The prices that are claims. What goes on from a refused one is of its kind: *a salary of $A or $B an hour*."""
    refused = False
    for price, part in found:
        own = text[slice(*clause(text, part, price))]
        goes_on = refused and not first_meaning("evidence", own) and not treatments(own)
        refused = goes_on or refusal(text, own, price, context) is not None
        if not refused:
            yield price, part


def _told(text: str, kept: Kept) -> Iterator[Stated]:
    parts = [part for _, part in kept]
    for n, (price, part) in enumerate(kept):
        own = clause(text, part, price)
        tax, unknown = (Tax.EXCLUDED, None) if price.taxed else tax_of_one(text, parts, n)
        barred = barred_by(text[slice(*part)], text[slice(*own)], price) or unknown
        yield Stated(price, _texts(text, own, kept, n), barred, tax=tax)


def _texts(text: str, own: tuple[int, int], kept: Kept, n: int) -> tuple[str, ...]:
    """The words about a price, nearest first: its clause, its part, what stands before, what is for all behind."""
    price, part = kept[n]
    if len(kept) == 1:
        return (text[slice(*own)], text[slice(*part)], text[: part[0]], text)
    return (text[slice(*own)], text[slice(*part)], text[: part[0]], shared_behind(text, price, kept[-1][0]))
