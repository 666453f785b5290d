"""Amounts written out: *eighty-five dollars*, *eighty to one hundred and twenty dollars*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reports.guides.records import Number

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_BELOW_TEN = _any(word for word, value in _SMALL.items() if value < 10)
_BELOW_HUNDRED = rf"(?:{_any(_TENS)}(?:[\s-]{_BELOW_TEN})?|{_any(_SMALL)})"
_NUMBER = rf"(?:(?:a|{_BELOW_TEN})[\s-]hundred(?:[\s-](?:and[\s-])?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})\b"
#: One number as long as it can be, before two: *one hundred and fifteen* is no range.
_AMOUNT = re.compile(
    rf"\b(?:({_NUMBER})|(?P<between>between\s+)?({_NUMBER})\s*(?P<mark>-|–|—|to|and)\s*({_NUMBER}))"
    r"\s+(?:canadian\s+)?(?:dollars|bucks)\b",
    re.IGNORECASE,
)
#: Words before an amount that make it the rest of a number that is not read: *two thousand and fifty*, *one twenty*.
_REST = re.compile(
    rf"\b(?:{_any({**_SMALL, **_TENS})}|hundred|thousand|million|point)(?:[\s-]|\sand\s)$", re.IGNORECASE
)


def worded_amounts(text: str) -> Iterator[tuple[Number, Number | None, int]]:
    """Each amount with its lower end first, its higher end if it is a range, and the end of the whole.

    >>> [(low.cents, high.cents) for low, high, _ in worded_amounts("eighty-five to one hundred and twenty dollars")]
    [(8500, 12000)]
    >>> [(low.cents, high) for low, high, _ in worded_amounts("one hundred and fifteen dollars")]
    [(11500, None)]
    """
    if "dollars" not in text.lower() and "bucks" not in text.lower():
        return
    for match in _AMOUNT.finditer(text):
        if _REST.search(text, max(0, match.start() - 20), match.start()):
            continue
        if match[1]:
            yield _number(match, 1), None, match.end()
        elif match["between"] or match["mark"].lower() != "and":
            first, second = _number(match, 3), _number(match, 5)
            yield (first, second, match.end()) if first.cents < second.cents else (second, None, match.end())


def _number(match: re.Match[str], group: int) -> Number:
    return Number(100 * _value(match[group]), *match.span(group), worded=True)


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
