"""Which part of a sentence speaks of which of its prices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reports.guides.listing import joins_list
from reports.guides.price import Price

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
_CONTRAST = re.compile(r"\b(?:while|whereas|but|versus|vs|compared|against|although|though)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;—(]\s|\)|\s(?:but|while|whereas|although|so)\s|\s[–-]\s", re.IGNORECASE)
_WITH = re.compile(
    r"\b(?:with|includ(?:es|ing)) [a-z-]+(?: [a-z-]+)?(?:, [a-z-]+(?: [a-z-]+)?){1,4},? (?:and|or) [a-z]+"
)
_LIST = 80


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
        for match in mark.finditer(text, start, end):
            if not joins_list(text, match.start(), match.end()):
                return match.start()
    return start if timed_first else end


def shared_behind(text: str, price: Price, last: Price) -> str:
    """What stands behind the last price and holds for an earlier one too, unless the two are contrasted.

    >>> from reports.guides.money import prices
    >>> text = "60 minutes cost $90 and 90 minutes $130 in Banff"
    >>> shared_behind(text, *prices(text))
    ' in Banff'
    """
    return "" if _CONTRAST.search(text, price.end, last.start) else text[last.end :]


def clause(text: str, segment: tuple[int, int], price: Price) -> tuple[int, int]:
    """The part of a segment between the marks next to its price."""
    start, end = segment
    before = [m for m in _CLAUSE.finditer(text, start, price.start) if m.end() <= price.start and _parts(text, m)]
    behind = (
        m.start()
        for m in _CLAUSE.finditer(text, price.end, end)
        if not _in_brackets(text, price.end, m.start()) and _parts(text, m)
    )
    return (before[-1].end() if before else start), next(behind, end)


def _parts(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark parts statements; the commas of a list do not."""
    return not joins_list(text, mark.start(), mark.end()) and not _of_list(text, mark)


def _of_list(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark is a comma of what comes with something: *with lunch, facial and massage*."""
    return any(
        found.start() < mark.start() < found.end()
        for found in _WITH.finditer(text, max(0, mark.start() - _LIST), mark.end() + _LIST)
    )


def _in_brackets(text: str, start: int, at: int) -> bool:
    """Whether a place lies in brackets that open behind the start: *$85 (hot stone, deep tissue)*."""
    return text.count("(", start, at) > text.count(")", start, at)
