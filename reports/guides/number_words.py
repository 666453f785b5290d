"""Amounts written out: *eighty-five dollars*, *eighty to one hundred and twenty dollars*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.guides.records import Number

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONE = "|".join(sorted({*_SMALL, *_TENS, "hundred", "a"}, key=len, reverse=True))
_NUMBER = rf"\b(?:{_ONE})(?:(?:\s?-\s?|\s(?:and\s)?)(?:{_ONE})){{0,5}}\b"
_AMOUNT = re.compile(
    rf"(?:({_NUMBER})\s*(?:-|–|—|to|and)\s*)?({_NUMBER})\s+(?:canadian\s+)?(?:dollars|bucks)\b", re.IGNORECASE
)


def worded_amounts(text: str) -> Iterator[tuple[Number, Number | None, int]]:
    """Each amount with its lower end first, its higher end if it is a range, and the end of the whole.

    >>> [(low.cents, high.cents) for low, high, _ in worded_amounts("eighty-five to one hundred and twenty dollars")]
    [(8500, 12000)]
    """
    if "dollars" not in text.lower() and "bucks" not in text.lower():
        return
    for match in _AMOUNT.finditer(text):
        second = _number(match, 2)
        first = _number(match, 1) if match[1] else None
        if second and first and first.cents < second.cents:
            yield first, second, match.end()
        elif second:
            yield second, None, match.end()


def _number(match: re.Match[str], group: int) -> Number | None:
    value = _value(match[group])
    return Number(100 * value, *match.span(group), worded=True) if value else None


def _value(words: str) -> int:
    """The number that some words mean, 0 if none.

    >>> _value("one hundred and twenty"), _value("eighty-five"), _value("a hundred")
    (120, 85, 100)
    """
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return total
