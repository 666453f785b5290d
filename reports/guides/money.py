"""The prices of a sentence: amounts, and which of them make a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.durations import Duration, without
from pipelines.moneys import Money, moneys, to_cents
from reports.guides.number_words import worded_amounts
from reports.guides.price import Price, lengths
from reports.guides.records import Number
from reports.guides.roles import in_role

HINT = re.compile(r"[$]|\b(?:dollars|bucks|CAD)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CURRENCIES = {"cad": "CAD", "cdn": "CAD", "can": "CAD", "ca": "CAD", "c": "CAD", "usd": "USD", "us": "USD"}
_LETTERS = re.compile(r"\b(CAD|CDN|Cdn|Can|CA|C|USD|US)\s?$")
_LETTERS_BEHIND = re.compile(r"\s?(CAD|USD|CDN)\b")
_BARE_ALONE = re.compile(r"\s*(\d{2,3}(?:\.\d\d)?)\s*(?:(?:-|–|—|to)\s*(\d{2,3}(?:\.\d\d)?))?\s*")
_BARE_BEFORE = re.compile(r"(?<![\d.,$/:-])(\d{2,3}(?:\.\d\d)?)\s*(?:-|–|—|to|and)\s*$")
_BARE_BEHIND = re.compile(
    r"\s*(?:and|to|-|–|—)\s*(\d{2,3}(?:\.\d\d)?)(?![\d/:%]|\s*-?\s*(?:min|hour|hr|clinic|people|session|of\b))"
)
_HEDGE = (
    r"(?:(?:all the way )?(?:up )?(?:about|around|over|more than|well over|upwards of|nearly|almost"
    r"|as (?:high|much) as|roughly)\s*)?"
)
_UNIT = r"(?:\s*(?:cad|cdn|usd|dollars))?(?:\s*(?:per|an?|/)\s?(?:hour|hr|session|treatment|visit|massage))?"
_TO = re.compile(rf"{_UNIT}\s*(?:-|–|—|~|(?:all the way )?(?:up )?to|through)\s*{_HEDGE}$", re.IGNORECASE)
_AND = re.compile(rf"{_UNIT}\s*(?:and|&)\s*{_HEDGE}$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from|within)\s*(?:about|around|roughly|approximately)?\s*$", re.IGNORECASE)
_OPEN_END = re.compile(r"\b(?:over|more than|upwards of|well over)\s*$", re.IGNORECASE)


def prices(text: str, timed: Sequence[Duration] | None = None) -> list[Price]:
    """The prices that a sentence states, in order, whatever they are prices of.

    >>> [(p.low.cents, p.high.cents) for p in prices("between $85 to $120, or 90–130 dollars")]
    [(8500, 12000), (9000, 13000)]
    >>> [(p.low and p.low.cents, p.high and p.high.cents) for p in prices("from $85; $150 or more; up to $9")]
    [(8500, None), (15000, None), (None, 900)]
    """
    plain = without(text, list(lengths(text) if timed is None else timed))
    return [in_role(plain, one) for one in _paired(plain, _with_bare_ends(plain, _amounts(plain)))]


def bare_price(text: str) -> Price | None:
    """The price that a text without any sign is, where a price is called for.

    >>> [(p.low and p.low.cents, p.average and p.average.cents) for p in map(bare_price, ("85–120", "95")) if p]
    [(8500, None), (None, 9500)]
    """
    match = _BARE_ALONE.fullmatch(text)
    if not match:
        return None
    first = _bare(match, 1)
    high = _bare(match, 2) if match[2] else None
    return Price(first.start, high.end, first, high) if high else Price(first.start, first.end, average=first)


def _bare(match: re.Match[str], group: int) -> Number:
    return Number(to_cents(match[group]), *match.span(group))


def _amounts(text: str) -> list[Price]:
    found = [_amount(text, money) for money in moneys(text) if not money.is_extra]
    found += [Price(n[0].start, n[1].end if n[1] else n[2], n[0], n[1]) for n in worded_amounts(text)]
    return sorted(found, key=lambda price: price.start)


def _amount(text: str, money: Money) -> Price:
    numbers = [
        Number(to_cents(match.group()), match.start(), match.end())
        for match in _NUMBER.finditer(text, money.start, money.end)
    ]
    high = numbers[1] if money.most and len(numbers) > 1 else None
    before = _LETTERS.search(text, max(0, money.start - 5), money.start)
    start = before.start() if before else money.start
    end = money.end - (1 if text[money.end - 1] == "+" else 0)
    currency = money.currency or _CURRENCIES.get(before[1].lower() if before else _letters_behind(text, money))
    return Price(start, end, numbers[0], high, currency=currency)


def _letters_behind(text: str, money: Money) -> str:
    """The letters of a currency at the end of an amount or behind it: *90 CAD*, *$90 CAD*."""
    behind = _LETTERS_BEHIND.match(text, money.end)
    return (behind[1] if behind else re.sub(r"[^A-Za-z]", "", text[money.start : money.end][-3:])).lower()


def _with_bare_ends(text: str, found: Sequence[Price]) -> list[Price]:
    """Amounts with the number before or behind that shares their sign: *85 to 120 dollars*, *between $85 and 120*."""
    taken = [(price.start, price.end) for price in found]
    ended = [(price, _with_bare_end(text, price)) for price in found]
    return [
        new if not any(_overlaps((new.start, new.end), span) for span in taken if span != (old.start, old.end)) else old
        for old, new in ended
    ]


def _overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _with_bare_end(text: str, price: Price) -> Price:
    if price.high or not price.low:
        return price
    before = _BARE_BEFORE.search(text, max(0, price.start - 16), price.start)
    if before and _bare(before, 1).cents < price.low.cents:
        return replace(price, start=before.start(1), low=_bare(before, 1), high=price.low)
    behind = _BARE_BEHIND.match(text, price.end)
    if (
        behind
        and _bare(behind, 1).cents > price.low.cents
        and ("and" not in behind.group() or _BETWEEN.search(text, 0, price.start))
    ):
        return replace(price, high=_bare(behind, 1), end=behind.end(1))
    return price


def _paired(text: str, found: Sequence[Price]) -> list[Price]:
    """Neighbours that are the two ends of a range as one."""
    joined: list[Price] = []
    for price in found:
        last = joined[-1] if joined else None
        if last and _is_range(text, last, price):
            opened = _OPEN_END.search(text, last.end, price.start) is not None
            joined[-1] = replace(
                last, end=price.end, high=price.low, currency=last.currency or price.currency, extreme=opened
            )
        else:
            joined.append(price)
    return joined


def _is_range(text: str, first: Price, second: Price) -> bool:
    if first.high or second.high or not first.low or not second.low or first.low.cents >= second.low.cents:
        return False
    gap = text[first.end : second.start]
    return bool(_TO.fullmatch(gap) or (_AND.fullmatch(gap) and _BETWEEN.search(text, 0, first.start)))
