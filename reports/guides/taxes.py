"""What a sentence says of GST, and prices that it tells twice: without and with the tax."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from reports.guides.naming import treatments
from reports.guides.price import Price, lengths
from reports.guides.records import Number, Tax
from reports.guides.regions import named_regions
from reports.guides.words import pattern

_TAX = re.compile(r"\b(?:gst|hst|pst|tax\w*)\b", re.IGNORECASE)
#: The sales taxes of the provinces.
_RATES = (0.05, 0.11, 0.12, 0.13, 0.14, 0.14975, 0.15)
#: Prices with tax are told to the dollar or to the cent.
_ROUNDED = 51
#: Behind one of these, words about a tax are about all prices before: *$90 and $130, GST included*.
_FOR_ALL = re.compile(r"(?:[,;—–-]|\b(?:all|both|each))\s[^,;$()]{0,40}$")
_PRICES = re.compile(r"\b(?:prices|rates|fees|costs|amounts|figures|numbers)\b", re.IGNORECASE)
#: Words that leave open whether a price holds the tax: *ask whether prices include GST*.
_UNSURE = re.compile(
    r"\?|\b(?:whether|if|may|might|can|some|sometimes|not all|ask|check|often|usually|many|most|other|others)\b",
    re.IGNORECASE,
)
OTHER_TAX = "only another price beside it says that it includes GST"


@lru_cache(maxsize=2048)
def tax_of(text: str) -> Tax | None:
    """What a text says of GST.

    >>> tax_of("$120 + GST"), tax_of("$120, GST included"), tax_of("$120")
    (<Tax.EXCLUDED: 'excluded'>, <Tax.INCLUDED: 'included'>, None)
    """
    if pattern("tax", "excluded").search(text):
        return Tax.EXCLUDED
    return Tax.INCLUDED if pattern("tax", "included").search(text) else None


def general_tax(texts: Iterable[str]) -> Tax | None:
    """What the nearest text says of GST that names no amount but prices as such: *All prices include GST.*

    >>> general_tax(["It costs $90, tax in.", "Prices are before tax."])
    <Tax.EXCLUDED: 'excluded'>
    """
    sure = (text for text in texts if "$" not in text and _PRICES.search(text) and not _UNSURE.search(text))
    return next(filter(None, map(tax_of, sure)), None)


def tax_of_one(text: str, parts: Sequence[tuple[int, int]], own: int) -> tuple[Tax | None, str | None]:
    """What a sentence says of GST for one of its prices, by the part of each; or why that is not known."""
    said = tax_of(text[slice(*parts[own])])
    if said or len(parts) == 1:
        return said or tax_of(text), None
    words = pattern("tax", "included").search(text)
    if tax_of(text) is not Tax.INCLUDED or not words:
        return tax_of(text), None
    return (Tax.INCLUDED, None) if _FOR_ALL.search(text, 0, words.start()) else (None, OTHER_TAX)


def told_twice(text: str, found: Sequence[Price]) -> list[Price]:
    """Prices, each that is told without and with tax as one.

    >>> from reports.guides.money import prices
    >>> text = "$60 to $75 ($63 to $79 with GST)"
    >>> [(p.low.cents, p.taxed.low.cents) for p in told_twice(text, prices(text))]
    [(6000, 6300)]
    """
    if len(found) < 2 or not _TAX.search(text):
        return list(found)
    ends = [price.start for price in found[1:]] + [len(text)]
    told: list[Price] = []
    for price, end in zip(found, ends, strict=True):
        one = _as_one(text, told[-1], price, end) if told else None
        told[-1:] = [one] if one else [*told[-1:], price]
    return told


def _as_one(text: str, last: Price, price: Price, end: int) -> Price | None:
    gap = text[last.end : price.start]
    if last.taxed or ";" in gap or lengths(gap) or named_regions(gap) or treatments(gap):
        return None
    if not _TAX.search(text, last.end, end) or last.per_minute != price.per_minute:
        return None
    if with_tax(last, price):
        return replace(last, end=price.end, taxed=price)
    return replace(price, start=last.start, taxed=last) if with_tax(price, last) else None


def with_tax(before: Price, price: Price) -> bool:
    """Whether a price is another one with a sales tax of some province on it."""
    own, other = before.named_numbers(), price.named_numbers()
    pairs = [(own[name], other[name]) for name in own if name in other]
    return bool(pairs) and own.keys() == other.keys() and any(_all_with(pairs, rate) for rate in _RATES)


def _all_with(pairs: Sequence[tuple[Number, Number]], rate: float) -> bool:
    return all(abs(before.cents * (1 + rate) - after.cents) < _ROUNDED for before, after in pairs)
