"""Which part of a sentence speaks of which of its prices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reports.guides.money import Price

#: What parts two prices, the strongest first; the part before the mark goes with the price before.
_MARKS = tuple(
    re.compile(mark, re.IGNORECASE)
    for mark in (
        r";",
        r",?\s(?:while|whereas|but|versus|vs\.?|compared (?:to|with)|against|although|though)\s",
        r"[,—]\s|\s[–-]\s",
        r"\s(?:and|or|plus)\s",
        r"\(",
    )
)
_CLAUSE = re.compile(r"[,;—(]\s|\)|\s(?:but|while|whereas|although|so)\s|\s[–-]\s", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d,$")


def segments(text: str, prices: Sequence[Price], *, timed_first: bool) -> list[tuple[int, int]]:
    """The stretch of the sentence that belongs to each price; together they are the sentence.

    >>> from reports.guides.money import prices
    >>> text = "30 minutes cost $50, while 60 minutes cost $90"
    >>> [text[a:b] for a, b in segments(text, prices(text), timed_first=True)]
    ['30 minutes cost $50', ', while 60 minutes cost $90']
    """
    cuts = [0]
    for price, following in pairwise(prices):
        cuts.append(_cut(text, price.end, following.start, timed_first=timed_first))
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _cut(text: str, start: int, end: int, *, timed_first: bool) -> int:
    for mark in _MARKS:
        match = mark.search(text, start, end)
        if match:
            return match.start()
    return start if timed_first else end


def clause(text: str, segment: tuple[int, int], price: Price) -> tuple[int, int]:
    """The part of a segment between the marks next to its price."""
    start, end = segment
    before = [m for m in _CLAUSE.finditer(text, start, price.start) if m.end() <= price.start]
    behind = (m.start() for m in _CLAUSE.finditer(text, price.end, end) if not _in_brackets(text, price.end, m.start()))
    return (before[-1].end() if before else start), next(behind, end)


def _in_brackets(text: str, start: int, at: int) -> bool:
    """Whether a place lies in brackets that open behind the start: *$85 (hot stone, deep tissue)*."""
    return text.count("(", start, at) > text.count(")", start, at)
