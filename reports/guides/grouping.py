"""The prices of one sentence that are claims, with the words that belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.modality import mentions
from reports.guides.money import Price, lengths, prices
from reports.guides.records import Number, Tax
from reports.guides.refusals import refusal, without_quotes
from reports.guides.regions import named_regions
from reports.guides.segments import clause, segments
from reports.guides.words import first_meaning, pattern

_REASONS = {
    "audience": "a price for some clients only",
    "one_clinic": "it speaks of one clinic",
    "part_of_market": "it speaks of a part of the market",
    "past": "it speaks of another time",
    "hypothetical": "an example, not a statement",
    "contrast": "it contrasts two points",
}
#: No sentence is longer, and none states more prices; what goes on is a list without marks, or made to harm.
_LONGEST, _MOST = 3_000, 24
_Kept = list[tuple[Price, tuple[int, int]]]
_TAX = re.compile(r"\b(?:gst|hst|pst|tax\w*)\b", re.IGNORECASE)
_SALES_TAXES = (0.05, 0.11, 0.12, 0.13, 0.14, 0.14975, 0.15)
_NEARLY = 0.003
#: The unit of a price right behind it, up to the next mark: *$95 an hour, ...*.
_BEHIND_UNIT = re.compile(r"^[^,;(]{0,40}(?=[,(])")
_RANGING = re.compile(r"\brang\w+\b|\bfrom\b|\bbetween\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A price in a sentence; ``texts`` are the words about it, nearest first. ``minutes`` if the order tells them."""

    price: Price
    texts: tuple[str, ...]
    barred: str | None = None
    minutes: int | None = None
    tax: Tax | None = None

    def moved(self, offset: int) -> Stated:
        """The same in a text that begins so much earlier."""
        price = replace(
            self.price,
            start=self.price.start + offset,
            end=self.price.end + offset,
            low=_moved(self.price.low, offset),
            high=_moved(self.price.high, offset),
            average=_moved(self.price.average, offset),
        )
        return replace(self, price=price)


def _moved(number: Number | None, offset: int) -> Number | None:
    return replace(number, start=number.start + offset, end=number.end + offset) if number else None


def stated_prices(sentence: str, context: str = "") -> list[Stated]:
    """The claims of a sentence.

    >>> [(s.price.average.cents, s.texts[0]) for s in stated_prices("An hour costs $90, half an hour $50, tips $10.")]
    [(9000, 'An hour costs $90'), (5000, 'half an hour $50')]
    """
    if len(sentence) > _LONGEST:
        return []
    text = without_quotes(sentence)
    timed = lengths(text)
    found = _joined(text, prices(text, timed))
    if not 0 < len(found) <= _MOST:
        return []
    first = bool(timed) and bool(found) and timed[0].start < found[0].start
    parts = segments(text, found, timed_first=first)
    kept = _regular(text, list(_accepted(text, list(zip(found, parts, strict=True)), context)))
    untaxed = _untaxed(text, kept)
    kept = untaxed or kept
    kept = kept if _ordered(text, kept) else _contrasted(text, kept)
    told = [Stated(price, _texts(text, part, price, sentence), barred_by(text, part, price)) for price, part in kept]
    timed_in_order = [length.minutes for length in timed] if _ordered(text, kept) else [None] * len(told)
    tax = Tax.EXCLUDED if untaxed else None
    return [replace(one, minutes=minutes, tax=tax) for one, minutes in zip(told, timed_in_order, strict=True)]


def _accepted(text: str, found: _Kept, context: str) -> Iterator[tuple[Price, tuple[int, int]]]:
    """The prices that are claims. What goes on from a refused one is of its kind: *a salary of $A or $B an hour*."""
    refused = False
    for price, part in found:
        own = text[slice(*clause(text, part, price))]
        goes_on = refused and not first_meaning("evidence", own) and not mentions(own)
        refused = goes_on or refusal(text, own, price, context) is not None
        if not refused:
            yield price, part


def _texts(text: str, part: tuple[int, int], price: Price, sentence: str) -> tuple[str, ...]:
    """The words about a price: its clause, its part of the sentence, what stands before, then all of it."""
    return (text[slice(*clause(text, part, price))], text[slice(*part)], text[: part[0]], sentence)


def _joined(text: str, found: Sequence[Price]) -> list[Price]:
    """A price that is told as the average beside a range, with that range."""
    joined: list[Price] = []
    for price in found:
        last = joined[-1] if joined else None
        merged = _merged(text, last, price) if last else None
        if merged:
            joined[-1] = merged
        else:
            joined.append(price)
    return joined


def _merged(text: str, last: Price, price: Price) -> Price | None:
    gap = text[last.end : price.start]
    new = _BEHIND_UNIT.sub("", gap)
    if ";" in gap or lengths(new) or named_regions(new) or mentions(new) or last.per_minute or price.per_minute:
        return None
    averaging = pattern("before", "average")
    if last.is_range and not last.average and price.average and not price.is_range and averaging.search(gap):
        return replace(last, average=price.average, end=price.end)
    if price.is_range and not price.average and last.average and not last.is_range and _RANGING.search(gap):
        return replace(price, average=last.average, start=last.start)
    return None


def _regular(text: str, kept: _Kept) -> _Kept:
    """Without the prices for members and the like where the regular one stands beside them."""
    if len(kept) < 2:
        return kept
    tiers = [_is_tier(text, part) for _, part in kept]
    regular = [pattern("regular", "words").search(text[slice(*part)]) is not None for _, part in kept]
    if not any(tiers) or not (any(regular) or not all(tiers)):
        return kept
    return [one for one, tier, plain in zip(kept, tiers, regular, strict=True) if plain or not tier]


def _untaxed(text: str, kept: _Kept) -> _Kept | None:
    """Of one price told without and with tax the one without; ``None`` if they are no such pair."""
    if len(kept) != 2 or not _TAX.search(text):
        return None
    (first, _), (second, _) = kept
    return kept[:1] if with_tax(first, second) else kept[1:] if with_tax(second, first) else None


def with_tax(before: Price, price: Price) -> bool:
    """Whether a price is another one with a sales tax of some province on it."""
    if not before.average or not price.average:
        return False
    ratio = price.average.cents / before.average.cents - 1
    return any(abs(ratio - tax) <= _NEARLY for tax in _SALES_TAXES)


def _is_tier(text: str, part: tuple[int, int]) -> bool:
    own = text[slice(*part)]
    return pattern("barred", "audience").search(own) is not None


def _contrasted(text: str, kept: _Kept) -> _Kept:
    """Two single prices that nothing tells apart but the kind of place, or that are two ends, as one."""
    if len(kept) != 2 or any(price.is_range or price.per_minute for price, _ in kept):
        return kept
    (first, a), (second, b) = kept
    low, high = first.low or first.average, second.high or second.average or second.low
    if low is None or high is None or low.cents >= high.cents or _told_apart(text, a, b):
        return kept
    price = Price(first.start, second.end, low, high, currency=first.currency or second.currency, extreme=True)
    return [(price, (a[0], b[1]))]


def _told_apart(text: str, a: tuple[int, int], b: tuple[int, int]) -> bool:
    one, other = text[slice(*a)], text[slice(*b)]
    both = [
        (tuple(length.minutes for length in lengths(part)), named_regions(part), _kinds(part)) for part in (one, other)
    ]
    return any(x and y and x != y for x, y in zip(*both, strict=True))


def _kinds(text: str) -> tuple[str, ...]:
    return tuple(mention.modality.id for mention in mentions(text))


def barred_by(text: str, part: tuple[int, int], price: Price) -> str | None:
    """Why a price cannot be compared with what clinics ask any adult now."""
    if price.per_minute:
        return "a price by the minute"
    kind = first_meaning("barred", text[slice(*part)]) or first_meaning(
        "barred", text[slice(*clause(text, part, price))]
    )
    if kind == "audience" and pattern("regular", "words").search(text[slice(*part)]):
        kind = None
    if kind:
        return _REASONS[kind]
    return "an open end or an extreme, no typical range" if price.extreme else None


def _ordered(text: str, kept: _Kept) -> bool:
    """Whether as many lengths as prices stand all before or all behind these, so that they go together in order."""
    timed = lengths(text)
    if len(kept) < 2 or len(timed) != len(kept) or len({length.minutes for length in timed}) != len(timed):
        return False
    if any(length.least for length in timed):
        return False
    return timed[-1].start < kept[0][0].start or timed[0].start > kept[-1][0].end
