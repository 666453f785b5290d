"""Amounts that are no prices of this clinic, told by the line they stand on."""

from __future__ import annotations

import re

from pipelines.classify import speaks_of_tax
from pipelines.durations import durations
from pipelines.moneys import moneys
from pipelines.readers.website.regular_prices import is_reduction
from pipelines.readers.website.sentences import is_list, is_sentence, is_set_off, opens_sentence, sentence_of
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_title_case
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
_IN_GENERAL = re.compile(r"\b(?:about|around|usually|average|up to|between)\b\W*$", re.IGNORECASE)
_PRINTED_ZERO = re.compile(r"\b0")
_INSTEAD = re.compile(r"\b(?:(?:an)?statt|au lieu de|en vez de|in plaats van|invece di)\W{0,3}$", re.IGNORECASE)
_TAX = r"(?:gst|hst|pst|qst|tax(?:es)?|tps|tvq|tvh)\b"
_TAX_BEHIND = re.compile(rf"\)?\s{{0,2}}(?:of\s)?{_TAX}", re.IGNORECASE)
_WITH_TAX_BEHIND = re.compile(rf"\s?(?:with|incl\w*\.?|after|w/)\s{_TAX}", re.IGNORECASE)
_TOGETHER = re.compile(rf"=\s{{0,2}}$|{_TAX}\s?[(:]\s?=?\s?$", re.IGNORECASE)
#: A tax is less than one part in so many of its price.
_TAX_SHARE = 5
_LONG, _SEVERAL = 70, 2
_WORDS_OF_A_SENTENCE = 3
IN_PROSE = "an amount in prose without a length"
WITH_TAX = "a tax, or a price with its tax beside the price without"
NOT_KEPT = "what an appointment costs that is not kept"
IN_GENERAL = "prose that speaks of prices in general"


def refuse(unit: Unit, text: str) -> str | None:
    """Why an amount on a line is no price to read, or ``None``.

    >>> from pipelines.readers.website.rows import read_row
    >>> from pipelines.readers.website.outline import Line
    >>> line = Line("Save $15 today", 0, "p")
    >>> refuse(read_row(line, 0).units[0], line.text)
    'a discount or credit, not a price'
    """
    start, end = unit.money.start, unit.money.end
    if unit.money.cents == 0 and not _PRINTED_ZERO.search(text, start, end):
        return "no amount"
    if _PERCENT.match(text, end):
        return "a percentage"
    if _A_MINUTE.match(text, end):
        return "a rate for each minute"
    if is_reduction(text, unit.money):
        return "a discount or credit, not a price"
    if _is_share(unit, text):
        return "what is left to pay, or paid back, by an insurer's rule"
    if _is_of_several(unit, text):
        return "what one of several costs"
    if unit.sale is None and (_VALUE.match(text, end) or _WORTH.search(text, max(0, start - 16), start)):
        return "what a thing is worth, not its price"
    if _is_tax(unit, text):
        return WITH_TAX
    if _INSTEAD.search(text, max(0, start - 16), start):
        return "a price that another one beside it replaces"
    if is_sentence(unit, text) or (len(text) > _LONG and not (is_set_off(unit, text) or is_list(text))):
        return None if opens_sentence(unit, text) else _refuse_in_prose(unit, text)
    if _is_short_sentence(unit, text):
        return IN_PROSE
    if _IN_GENERAL.search(text, max(0, start - 16), start):
        return IN_GENERAL
    return None


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


def _is_short_sentence(unit: Unit, text: str) -> bool:
    """Whether an amount without a length stands amid few words that make a sentence: ``The hire of it costs $5.``"""
    amid = unit.duration is None and text.rstrip().endswith(".") and not is_title_case(text)
    return amid and unit.own.count(" ") >= _WORDS_OF_A_SENTENCE


def _refuse_in_prose(unit: Unit, text: str) -> str | None:
    sentence = sentence_of(unit, text)
    if says("prose", "missed", sentence) and says("prose", "charged", sentence):
        return NOT_KEPT
    if says("prose", "hedged", sentence):
        return IN_GENERAL
    saved = any(is_reduction(sentence, money) for money in moneys(sentence))  # then the word is of that amount
    if says("prose", "discount", sentence) and not saved:
        return "a discount or credit, not a price"
    if unit.money.is_from:
        return "prose with a from-price"
    return IN_PROSE if unit.duration is None else None
