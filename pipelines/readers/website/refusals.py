"""Amounts that are no prices of this clinic, told by the line they stand on."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from pipelines.classify import speaks_of_tax
from pipelines.durations import durations, without
from pipelines.folding import words
from pipelines.moneys import moneys
from pipelines.readers.website.pairing import SENTENCE_ENDS, cut
from pipelines.readers.website.regular_prices import is_reduction
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import has_words, is_prose, is_title_case
from pipelines.wordlists import pattern, says, words_of

_A_MINUTE = re.compile(r"\s{0,2}(?:/|per|a)\s?min(?:ute)?\b", re.IGNORECASE)
_EACH = re.compile(r"\s?(?:each\b|(?:/|per|a)\s?(?:session|visit|massage|treatment)\b)", re.IGNORECASE)
_VALUE = re.compile(r"\s?value\b", re.IGNORECASE)
_WORTH = re.compile(r"\b(?:worth|valued at|value of|a value)\W{0,3}$", re.IGNORECASE)
_PERCENT = re.compile(r"\s?%")
_IN_GENERAL = re.compile(r"\b(?:about|around|usually|average|up to|between)\b\W*$", re.IGNORECASE)
_PRINTED_ZERO = re.compile(r"\b0")
_MARK = re.compile(r"[-–—:.…|)\u2003]\s?$")
_NOTE = re.compile(r"\s?\([^()]{1,40}\)\s?")
_INSTEAD = re.compile(r"\b(?:(?:an)?statt|au lieu de|en vez de|in plaats van|invece di)\W{0,3}$", re.IGNORECASE)
_TAX = r"(?:gst|hst|pst|qst|tax(?:es)?|tps|tvq|tvh)\b"
_TAX_BEHIND = re.compile(rf"\)?\s{{0,2}}(?:of\s)?{_TAX}", re.IGNORECASE)
_WITH_TAX_BEHIND = re.compile(rf"\s?(?:with|incl\w*\.?|after|w/)\s{_TAX}", re.IGNORECASE)
_TOGETHER = re.compile(rf"=\s{{0,2}}$|{_TAX}\s?[(:]\s?=?\s?$", re.IGNORECASE)
#: A tax is less than one part in so many of its price.
_TAX_SHARE = 5
#: Stands between the things of a list, hardly in a sentence.
_LIST_MARK = re.compile(r"\s[|·•]\s")
_LONG = 70
_WORDS_OF_A_SENTENCE = 3
_WORDS_OF_A_LIST = 6
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
    if _is_of_several(unit, text):
        return "what one of several costs"
    if unit.sale is None and (_VALUE.match(text, end) or _WORTH.search(text, max(0, start - 16), start)):
        return "what a thing is worth, not its price"
    if _is_tax(unit, text):
        return WITH_TAX
    if _INSTEAD.search(text, max(0, start - 16), start):
        return "a price that another one beside it replaces"
    if is_sentence(unit, text) or (len(text) > _LONG and not (_set_off(unit, text) or _is_list(text))):
        return None if opens_sentence(unit, text) else _refuse_in_prose(unit, text)
    if _is_short_sentence(unit, text):
        return IN_PROSE
    if _IN_GENERAL.search(text, max(0, start - 16), start):
        return IN_GENERAL
    return None


def _is_of_several(unit: Unit, text: str) -> bool:
    """Whether an amount is what each of several sessions comes to: ``5 x 60 min $500 ($100 each)``."""
    first = next(iter(moneys(text)), None)
    later = first is not None and first.start < unit.money.start and first.cents > unit.money.cents
    return (
        later
        and _EACH.match(text, unit.money.end) is not None
        and pattern("category", "package").search(text) is not None
    )


def _is_tax(unit: Unit, text: str) -> bool:
    """Whether an amount is the tax on another one of its line, or both together: ``$90 + $4.50 GST = $94.50``."""
    start, end = unit.money.start, unit.money.end
    first = moneys(text[:start]) if speaks_of_tax(text) else []
    if first and _TOGETHER.search(text, max(0, start - 12), start):
        return True
    if first and _WITH_TAX_BEHIND.match(text, end) and first[-1].cents < unit.money.cents:
        return True
    return bool(first) and _TAX_BEHIND.match(text, end) is not None and unit.money.cents * _TAX_SHARE < first[0].cents


def is_sentence(unit: Unit, text: str) -> bool:
    """Whether an amount stands in running text; one set off at a line's end is a list's, however long.

    >>> from pipelines.readers.website.rows import read_row
    >>> from pipelines.readers.website.outline import Line
    >>> long = "An hour of slow and careful work on everything that a week at a desk has done to you"
    >>> [is_sentence(read_row(Line(t, 0, "p"), 0).units[0], t) for t in (f"{long} - $90", f"{long} costs $90.")]
    [False, True]
    """
    return is_prose(text) and not (_set_off(unit, text) or _is_list(text))


def opens_sentence(unit: Unit, text: str) -> bool:
    """Whether a sentence opens with a length and an amount, as a line of a list does, and words only tell of them.

    Where a verb follows they are its subject, and the sentence may speak of anybody's prices.

    >>> from pipelines.readers.website.rows import read_row
    >>> from pipelines.readers.website.outline import Line
    >>> texts = "60 min $85 with hot towels and oil", "60 min for $85 is what the neighbours ask"
    >>> [opens_sentence(read_row(Line(text, 0, "p"), 0).units[0], text) for text in texts]
    [True, False]
    """
    if unit.duration is None or unit.duration.per_hour:
        return False
    opens = max((end.end() for end in SENTENCE_ENDS.finditer(text, 0, unit.money.start)), default=0)
    closes = max(unit.money.end, unit.duration.end)
    stated = text[opens:closes]
    said, follows = words(cut(stated, [*durations(stated), *moneys(stated)])), words(text[closes:])[:1]
    return words_of("small").issuperset(said) and words_of("sentence", "prose").isdisjoint(follows)


def is_clause(text: str) -> bool:
    """Whether a line is a sentence, however short.

    >>> is_clause("House calls are $150 for an hour."), is_clause("60 minutes - $90.")
    (True, False)
    """
    return text.rstrip().endswith((".", "!")) and says("prose", "sentence", text)


def _is_list(text: str) -> bool:
    """Whether a line is little else than lengths and amounts: ``30 min $55 | 60 min $95 | 90 min $135``."""
    amounts = moneys(text)
    if len(amounts) == 1 or is_clause(text):
        return False
    if all(_LIST_MARK.search(text, one.end, other.start) for one, other in pairwise(amounts)):
        return True
    others = (word for word in words(text) if word[0].isalpha() and word not in words_of("length"))
    return len(list(islice(others, _WORDS_OF_A_LIST))) < _WORDS_OF_A_LIST


def _is_short_sentence(unit: Unit, text: str) -> bool:
    """Whether an amount without a length stands amid few words that make a sentence: ``The hire of it costs $5.``"""
    amid = unit.duration is None and text.rstrip().endswith(".") and not is_title_case(text)
    return amid and unit.own.count(" ") >= _WORDS_OF_A_SENTENCE


def _set_off(unit: Unit, text: str) -> bool:
    rest = text[unit.money.end :].rstrip()
    if rest and not _NOTE.fullmatch(rest) and has_words(without(rest, durations(rest))):
        return False
    return _MARK.search(text, max(0, unit.money.start - 4), unit.money.start) is not None


def _sentence_of(unit: Unit, text: str) -> str:
    """The sentence of a line that an amount stands in."""
    ends = [end.end() for end in SENTENCE_ENDS.finditer(text)]
    begins = max((end for end in ends if end <= unit.money.start), default=0)
    return text[begins : next((end for end in ends if end > unit.money.start), len(text))]


def _refuse_in_prose(unit: Unit, text: str) -> str | None:
    sentence = _sentence_of(unit, text)
    if says("prose", "missed", sentence) and says("prose", "charged", sentence):
        return NOT_KEPT
    if says("prose", "hedged", sentence):
        return IN_GENERAL
    if says("prose", "discount", sentence):
        return "a discount or credit, not a price"
    if unit.money.is_from:
        return "prose with a from-price"
    return IN_PROSE if unit.duration is None else None
