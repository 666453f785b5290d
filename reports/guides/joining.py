"""Amounts of a sentence that make one price together, and those that give way to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reports.guides.naming import treatments
from reports.guides.price import Price, lengths
from reports.guides.regions import named_regions
from reports.guides.words import pattern

Kept = list[tuple[Price, tuple[int, int]]]
#: The unit of a price right behind it, up to the next mark: *$95 an hour, ...*.
_BEHIND_UNIT = re.compile(r"^[^,;(]{0,40}(?=[,(])")
_RANGING = re.compile(r"\brang\w+\b|\bfrom\b|\bbetween\b", re.IGNORECASE)


def with_averages(text: str, found: Sequence[Price]) -> list[Price]:
    """Prices, each that is told as the average beside a range with that range."""
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
    if ";" in gap or lengths(new) or named_regions(new) or treatments(new) or last.per_minute or price.per_minute:
        return None
    averaging = pattern("before", "average")
    if last.is_range and not last.average and price.average and not price.is_range and averaging.search(gap):
        return replace(last, average=price.average, end=price.end)
    if price.is_range and not price.average and last.average and not last.is_range and _RANGING.search(gap):
        return replace(price, average=last.average, start=last.start)
    return None


def regular(text: str, kept: Kept) -> Kept:
    """Without the prices for members and the like where the regular one stands beside them."""
    if len(kept) < 2:
        return kept
    tiers = [_says(text, part, "barred", "audience") for _, part in kept]
    plain = [_says(text, part, "regular", "words") for _, part in kept]
    if not any(tiers) or not (any(plain) or not all(tiers)):
        return kept
    return [one for one, tier, is_plain in zip(kept, tiers, plain, strict=True) if is_plain or not tier]


def _says(text: str, part: tuple[int, int], topic: str, meaning: str) -> bool:
    return pattern(topic, meaning).search(text[slice(*part)]) is not None


def contrasted(text: str, kept: Kept) -> Kept:
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
    return tuple(mention.modality.id for mention in treatments(text))


def in_order(text: str, kept: Kept) -> bool:
    """Whether as many lengths as prices stand all before or all behind these, so that they go together in order."""
    timed = lengths(text)
    if len(kept) < 2 or len(timed) != len(kept) or len({length.minutes for length in timed}) != len(timed):
        return False
    if any(length.least for length in timed):
        return False
    return timed[-1].start < kept[0][0].start or timed[0].start > kept[-1][0].end
