"""Amounts that are no prices, told by the words right beside them: shares, taxes, savings, what a thing is worth."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.classify import speaks_of_tax
from pipelines.durations import durations
from pipelines.moneys import moneys
from pipelines.readers.website.regular_prices import is_reduction
from pipelines.readers.website.units import Unit
from pipelines.wordlists import pattern, says

_A_MINUTE = re.compile(r"\s{0,2}(?:/|per|a)\s?min(?:ute)?\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:you(?:'ll| will| only)? pay|out[ -]of[ -]pocket|rebate(?: of| from)?|co-?pay|gap)\W{0,3}$", re.IGNORECASE
)
_SHARE_BEHIND = re.compile(
    r"\s?(?:rebate|back from|co-?pay|after (?:your )?(?:insurance|rebate|coverage))\b", re.IGNORECASE
)
_NEAR = 24
_EACH = re.compile(r"\s?(?:each\b|(?:/|per|a)\s?(?:session|visit|massage|treatment)\b)", re.IGNORECASE)
_VALUE = re.compile(r"\s?(?:value|VALUE)\b(?!\s[A-Z])")
_WORTH = re.compile(r"\b(?:worth|valued at|value of|a value)\W{0,3}$", re.IGNORECASE)
_PERCENT = re.compile(r"\s?%")
_PRINTED_ZERO = re.compile(r"\b0")
_INSTEAD = re.compile(
    r"\b(?:(?:an)?statt|au lieu de|en vez de|in plaats van|invece di|anzich[eé])\W{0,3}$", re.IGNORECASE
)
_TAX = r"(?:gst|hst|pst|qst|tax(?:es)?|tps|tvq|tvh)\b"
_TAX_BEHIND = re.compile(rf"\)?\s{{0,2}}(?:of\s)?{_TAX}", re.IGNORECASE)
_WITH_TAX_BEHIND = re.compile(rf"\s?(?:with|incl\w*\.?|after|w/)\s{_TAX}", re.IGNORECASE)
_TOGETHER = re.compile(rf"=\s{{0,2}}$|{_TAX}\s?[(:]\s?=?\s?$", re.IGNORECASE)
#: A tax is less than one part in so many of its price.
_TAX_SHARE = 5
_SEVERAL = 2
WITH_TAX = "a tax, or a price with its tax beside the price without"


def refuse_beside(unit: Unit, text: str) -> str | None:
    """Why the words beside an amount make it no price, or ``None``.

    >>> from pipelines.readers.website.outline import Line
    >>> from pipelines.readers.website.rows import read_row
    >>> text = "60 min $110 (you pay $22)"
    >>> [refuse_beside(unit, text) for unit in read_row(Line(text, 0, "p"), 0).units]
    [None, "what is left to pay, or paid back, by an insurer's rule"]
    """
    return next((reason for reason, holds in _REASONS if holds(unit, text)), None)


def _is_nothing(unit: Unit, text: str) -> bool:
    return unit.money.cents == 0 and not _PRINTED_ZERO.search(text, unit.money.start, unit.money.end)


def _is_earned(_: Unit, text: str) -> bool:
    return says("prose", "wage", text)


def _is_percentage(unit: Unit, text: str) -> bool:
    return _PERCENT.match(text, unit.money.end) is not None


def _is_for_a_minute(unit: Unit, text: str) -> bool:
    return _A_MINUTE.match(text, unit.money.end) is not None


def _is_saved(unit: Unit, text: str) -> bool:
    return is_reduction(text, unit.money)


def _is_share(unit: Unit, text: str) -> bool:
    """Whether an amount behind the price is what an insurer leaves to pay, or pays back: ``$110 (you pay $22)``."""
    start, end = unit.money.start, unit.money.end
    if not any(money.start < start for money in moneys(text)):
        return False
    return _SHARE.search(text, max(0, start - _NEAR), start) is not None or _SHARE_BEHIND.match(text, end) is not None


def _is_of_several(unit: Unit, text: str) -> bool:
    """Whether an amount is what each of several sessions comes to: ``5 x 60 min $500 ($100 each)``."""
    first = next(iter(moneys(text)), None)
    if first is None or first.start >= unit.money.start or not _EACH.match(text, unit.money.end):
        return False
    if durations(text[first.end : unit.money.start]):
        return False  # it has a length of its own
    several = first.cents >= _SEVERAL * unit.money.cents
    return several or (first.cents > unit.money.cents and pattern("category", "package").search(text) is not None)


def _is_tax(unit: Unit, text: str) -> bool:
    """Whether an amount is the tax on another one of its line, or both together: ``$90 + $4.50 GST = $94.50``."""
    start, end = unit.money.start, unit.money.end
    first = moneys(text[:start]) if speaks_of_tax(text) else []
    if first and durations(text[first[-1].end : start]):
        return False  # it has a length of its own
    if first and _TOGETHER.search(text, max(0, start - 12), start):
        return True
    if first and _WITH_TAX_BEHIND.match(text, end) and first[-1].cents < unit.money.cents:
        return True
    return bool(first) and _TAX_BEHIND.match(text, end) is not None and unit.money.cents * _TAX_SHARE < first[0].cents


def _is_worth(unit: Unit, text: str) -> bool:
    """Whether an amount is what a thing is worth, with no price beside it: ``Stretching guide ($15 value)``."""
    before = _WORTH.search(text, max(0, unit.money.start - _NEAR), unit.money.start)
    return unit.sale is None and (before is not None or _VALUE.match(text, unit.money.end) is not None)


def _is_replaced(unit: Unit, text: str) -> bool:
    return _INSTEAD.search(text, max(0, unit.money.start - _NEAR), unit.money.start) is not None


#: Asked in this order; the first that holds is the reason.
_REASONS: tuple[tuple[str, Callable[[Unit, str], bool]], ...] = (
    ("no amount", _is_nothing),
    ("what is earned here, not paid", _is_earned),
    ("a percentage", _is_percentage),
    ("a rate for each minute", _is_for_a_minute),
    ("a discount or credit, not a price", _is_saved),
    ("what is left to pay, or paid back, by an insurer's rule", _is_share),
    ("what one of several costs", _is_of_several),
    ("what a thing is worth, not its price", _is_worth),
    (WITH_TAX, _is_tax),
    ("a price that another one beside it replaces", _is_replaced),
)
