"""Regular and reduced prices beside each other, and amounts that tell what is saved."""

from __future__ import annotations

import re

from pipelines.moneys import Money
from pipelines.wordlists import pattern

_WAS = re.compile(
    r"(?:\bwas|\bformerly|\bpreviously|\bup from|\breg(?:ular)?(?:\s+(?:price|rate))?|\bvalued?(?: at)?"
    r"|\bnormally|\binstead of|\boriginally)\W{0,4}$",
    re.IGNORECASE,
)
_MINUS = re.compile(r"−$|\(-$")
_REDUCTION = re.compile(r"\W{0,3}(?:off|discount|credit|savings?)\b", re.IGNORECASE)
#: Letters between a regular price and its sale price, and before an amount, that may still tell of it.
_BESIDE, _BEFORE = 60, 18
_PAIR = 2
WAS_AFTER = re.compile(r"^\s?(?:regular|value)\b", re.IGNORECASE)
_BRACKETED_VALUE = re.compile(r"\([$€£]?\s?[\d.,]{1,9}\s(?:value|worth)\)", re.IGNORECASE)
#: How many sessions are sold at once.
SESSIONS_AT_ONCE = r"[2-9]|1\d|20"
BUNDLE = re.compile(rf"\b({SESSIONS_AT_ONCE})\s{{0,2}}(?:for|x|×)\s{{0,2}}$", re.IGNORECASE)


def sales_of(
    text: str, amounts: list[Money], struck: tuple[tuple[int, int], ...]
) -> tuple[list[Money], dict[int, int]]:
    """Regular prices with their sale price beside them: the regular one stays, the sale is noted under its start."""
    if len(amounts) < 2:
        return amounts, {}
    sales: dict[int, int] = {}
    amounts = _without_worth(text, amounts)
    old = [m for m in amounts if _is_old(m, text, struck)]
    if len(amounts) == _PAIR and len(old) == 1 and min(amounts, key=lambda m: m.cents) is old[0]:
        return [m for m in amounts if m is not old[0]], {}  # the price went up
    if not old:
        return amounts, {}
    kept = list(old)
    starts = {money.start for money in old}
    for money in amounts:
        if money.start not in starts:
            regular = min(old, key=lambda m: abs(m.start - money.start))
            near = abs(money.start - regular.start) < _BESIDE and regular.start not in sales
            if near and money.cents < regular.cents and not is_reduction(text, money):
                sales[regular.start] = money.cents
            else:
                kept.append(money)
    return sorted(kept, key=lambda m: m.start), sales


def _without_worth(text: str, amounts: list[Money]) -> list[Money]:
    """Amounts without what several things would cost one by one: ``5 for $300 ($350 value)``."""
    amounts = [money for money in amounts if not _BRACKETED_VALUE.match(text, max(0, money.start - 1))]
    bundled = any(BUNDLE.search(text, max(0, money.start - 10), money.start) for money in amounts)
    if not (bundled or pattern("category", "package").search(text)):
        return amounts
    return [money for money in amounts if not WAS_AFTER.match(text[money.end : money.end + 10])]


def is_reduction(text: str, money: Money) -> bool:
    """Whether an amount is what one saves, not what one pays.

    >>> from pipelines.moneys import moneys
    >>> text = "Save $15 today"
    >>> is_reduction(text, moneys(text)[0])
    True
    """
    if _MINUS.search(text, max(0, money.start - 2), money.start) or _REDUCTION.match(text, money.end):
        return True
    return pattern("prose", "discount").search(text, max(0, money.start - _BEFORE), money.start) is not None


def _is_old(money: Money, text: str, struck: tuple[tuple[int, int], ...]) -> bool:
    return (
        any(start <= money.start < end for start, end in struck)
        or _WAS.search(text, max(0, money.start - 24), money.start) is not None
        or WAS_AFTER.match(text[money.end : money.end + 10]) is not None
    )
