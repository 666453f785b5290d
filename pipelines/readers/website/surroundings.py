"""Amounts that are no prices of this clinic, told by what stands over or around their line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from pipelines.folding import words
from pipelines.modality import names_treatment
from pipelines.readers.website.beside import WITH_TAX
from pipelines.readers.website.outline import Outline
from pipelines.readers.website.units import Unit
from pipelines.wordlists import consists_of, entries, occurs, says, words_of

_QUOTES = ("“", '"', "«", "„", "‟")
_CLOSING = re.compile(r"[”\"»“]")
#: A clinic speaks of its own fees: *Our fees follow the guide*; *not our price list* says the contrary.
_OURS = re.compile(r"\b(?<!not )our\b", re.IGNORECASE)
_LONGEST_LABEL = 40
_QUOTING = frozenset({"blockquote", "q", "cite"})
_WORDS_OF_A_SENTENCE = 5
#: So many lines back may stand whose prices a list shows.
_NEAR = 40


class Surroundings:
    """The headings over each line of a page, and what they say of the amounts below them."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        #: The heading right above each line, and the one of a higher rank above each heading; -1 where there is none.
        self._above: list[int] = []
        self._parents: dict[int, int] = {}
        self._headed_by_others: dict[int, bool] = {}
        open_headings: list[int] = []
        for number, line in enumerate(outline.lines):
            self._above.append(open_headings[-1] if open_headings else -1)
            if line.is_heading:
                while open_headings and outline.lines[open_headings[-1]].level >= line.level:
                    open_headings.pop()
                self._parents[number] = open_headings[-1] if open_headings else -1
                open_headings.append(number)

    def refuse(self, unit: Unit) -> str | None:
        """Why an amount is no price to read, or ``None``.

        >>> from pipelines.readers.website.plaintext import of_text
        >>> from pipelines.readers.website.rows import read_row
        >>> page = of_text("# Reviews\\nI paid $90 for 60 minutes")
        >>> Surroundings(page).refuse(read_row(page.lines[1], 1).units[0])
        'money under a heading of what others say, pay or earn'
        """
        if unit.refusal:
            return unit.refusal
        if self._is_quoted(unit):
            return "the words of somebody else"
        if self._is_of_others(unit.line):
            return "money under a heading of what others say, pay or earn"
        return _refuse_by_name(unit)

    def _is_of_others(self, line: int) -> bool:
        """Whether words above say that a price list is not the clinic's, or a heading that it is of others."""
        heading = self._above[line]
        begins = bisect_right(self._introductions, max(heading, line - _NEAR - 1))
        return bisect_left(self._introductions, line) > begins or self._is_headed_by_others(heading)

    @cached_property
    def _introductions(self) -> list[int]:
        """The numbers of the lines that introduce a list of others' prices; few pages have any."""
        if not occurs("prose", "market", self._outline.text):
            return []
        return [number for number, line in enumerate(self._outline.lines) if _introduces_others(line.text)]

    def _is_headed_by_others(self, heading: int) -> bool:
        """Whether a heading, or one above it, is of others; nearer ones about prices or treatments rule those out."""
        if heading < 0:
            return False
        if heading not in self._headed_by_others:
            told = _speaks_of_others(self._outline.lines[heading].text)
            above = self._parents[heading]
            self._headed_by_others[heading] = self._is_headed_by_others(above) if told is None else told
        return self._headed_by_others[heading]

    def _is_quoted(self, unit: Unit) -> bool:
        """Whether an amount stands in a quotation; lists are set in quoting blocks too, to stand further in."""
        text = self._outline.lines[unit.line].text
        if text.startswith(_QUOTES):
            closed = _CLOSING.search(text, 1, unit.money.start)
            return closed is None and text.count(" ") >= _WORDS_OF_A_SENTENCE
        speaks = not entries("only", "speaker").isdisjoint(text.lower().split())
        return speaks and self._is_in_quotes(self._outline.lines[unit.line].block)

    def _is_in_quotes(self, block: int) -> bool:
        while block > 0:
            if self._outline.tags[block] in _QUOTING:
                return True
            block = self._outline.parents[block]
        return False


def _speaks_of_others(heading: str) -> bool | None:
    """Whether a heading is about others; ``None`` if it does not tell, so that the one above it may."""
    if says("prose", "market", heading):
        return True
    if not words_of("price_list").isdisjoint(words(heading)):
        return False
    if says("prose", "others", heading):
        return True
    return False if names_treatment(heading) else None


def _introduces_others(text: str) -> bool:
    """Whether a label, or words before a list, say that its prices are not the clinic's: *Suggested fees*."""
    introduces = len(text) < _LONGEST_LABEL or text.endswith(":")
    return introduces and says("prose", "market", text) and not _OURS.search(text)


def _refuse_by_name(unit: Unit) -> str | None:
    """Why the heading that names an amount makes it no price, or ``None``; a timed treatment is one under any."""
    nearest = (unit.names or unit.headings)[:1]
    if any(consists_of(heading, "tax") for heading in nearest):
        return WITH_TAX
    if unit.duration is not None and (names_treatment(unit.own) or not unit.duration.per_hour):
        return None
    if any(says("prose", "not_prices", heading) for heading in nearest):
        return "money under a heading that is not about prices"
    return None
