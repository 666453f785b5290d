"""Amounts that are no prices of this clinic, told by the line they stand on."""

from __future__ import annotations

import re

from pipelines.moneys import moneys
from pipelines.readers.website.beside import refuse_beside
from pipelines.readers.website.regular_prices import is_reduction
from pipelines.readers.website.sentences import is_list, is_sentence, is_set_off, opens_sentence, sentence_of
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_title_case
from pipelines.wordlists import says

_ROUGHLY = re.compile(r"\b(?:about|around|usually|average|up to|between)\b\W*$", re.IGNORECASE)
_NEAR = 16
_LONG = 70
_WORDS_OF_A_SENTENCE = 3
IN_PROSE = "an amount in prose without a length"
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
    beside = refuse_beside(unit, text)
    if beside:
        return beside
    if is_sentence(unit, text) or (len(text) > _LONG and not (is_set_off(unit, text) or is_list(text))):
        return None if opens_sentence(unit, text) else _refuse_in_prose(unit, text)
    if _is_short_sentence(unit, text):
        return IN_PROSE
    start = unit.money.start
    return IN_GENERAL if _ROUGHLY.search(text, max(0, start - _NEAR), start) else None


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
