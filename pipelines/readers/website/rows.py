"""One line to the prices on it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pipelines.durations import SESSION_LENGTHS, Duration, bare_length, bare_lengths, durations, without
from pipelines.moneys import Money, moneys, to_cents
from pipelines.readers.website.outline import SEAM, Line, Outline
from pipelines.readers.website.pairing import pair
from pipelines.readers.website.phrases import clean_name
from pipelines.readers.website.seams import cut
from pipelines.readers.website.units import Row

#: No line of a price list holds more amounts; reading one costs their number squared.
_MOST_ON_A_LINE = 60
_UNIT = re.compile(r"min(?:ute)?s?\.?", re.IGNORECASE)
#: A bare number below is rather a count: ``10 - $900``.
_SHORTEST = 15
#: Cents below which no session costs.
_LEAST = 1_500
_DIGIT = re.compile(r"\d")
_UNSIGNED = re.compile(
    r"(?<![\w$€£/.,:-])(?P<minutes>\d{2,3})(?P<unit>\s?(?:minutes?|mins?|m|['′’])?\.?)\s?(?P<mark>[-–—:|·=/.…\s\u2003)]{1,80})"
    r"(?P<price>\d{2,3}(?:\.\d{2})?)(?![\d%:/]|\s?(?:min|hour|hr|am|pm|-|–))",
    re.IGNORECASE,
)
#: Behind the only length of a line a mark and the number that ends it: ``(1 hr) ..... 110``.
_LAST_NUMBER = re.compile(r"\s?(?:[-–—:|=…)~\u2003]|\.{2,80})[.…\s]{0,80}(?P<price>\d{2,3}(?:\.\d{2})?)")
_BARE_LIST = re.compile(r"(?<![\w$€£/.,:-])(\d{2,3}(?:/\d{2,3}){1,4})(?![\w/.,:%])")
_BARE_LENGTH = re.compile(r"(?<![\w$€£/.,:-])(?<!\bmay )(?<!\bmarch )(\d{2,3})\s?[·|:–—/-]?\s?(?=[$€£])", re.IGNORECASE)
#: ``$70 for 30 minutes, $95 for 45``.
_FOR = re.compile(r"\bfor (\d{2,3})(?=\s?(?:[,.;]|and\b|or\b|$))", re.IGNORECASE)
#: Cents set smaller and higher than their amount; numbers that are lengths as well are left alone.
_CENTS, _ENDS_WHOLE = re.compile(r"00|49|50|9[5-9]"), re.compile(r"[$€£]\s?\d{1,4}$")
_RAISED_CENTS = re.compile(rf"([$€£]\s?\d{{1,4}}){SEAM}(?!15|20|30|45|50|60|75|90)(\d{{2}})(?![\d%:/–-]|\s?[^\W\d])")
_SAID = re.compile(r"[^\W_]")


def read_row(line: Line, number: int) -> Row:
    """Pair the durations and amounts of one line.

    >>> row = read_row(Line("Swedish 60 min $80 90 min $110", 0, "p"), 0)
    >>> row.own, [(u.duration.minutes, u.money.cents) for u in row.units]
    ('Swedish', [(60, 8000), (90, 11000)])
    """
    row = _read(line.text, line.struck)
    return Row([unit.on(number) for unit in row.units], row.durations, row.own) if row.units else row


def read_rows(outline: Outline) -> list[Row]:
    """Every line of a page read alone; only a number and its unit, an amount and its cents are read together.

    >>> page = Outline()
    >>> for text in ("60", "minutes", "$85"):
    ...     page.add(text, 0, 0)
    >>> rows = read_rows(page)
    >>> [length.minutes for length in rows[1].durations]
    [60]
    """
    rows = [read_row(line, number) for number, line in enumerate(outline.lines)]
    for number, (line, below) in enumerate(pairwise(outline.lines)):
        if _UNIT.fullmatch(below.text) and (length := bare_length(line.text)):
            rows[number + 1] = Row([], [Duration(length.minutes, 0, len(below.text))], "")
        elif rows[number].units and _CENTS.fullmatch(below.text) and _is_inside(outline, below.block, line):
            unit = rows[number].units[-1]
            unit.money = replace(unit.money, cents=unit.money.cents + int(below.text))
    return rows


def _is_inside(outline: Outline, block: int, line: Line) -> bool:
    """Whether a block stands in the one whose line ends with a whole amount, as its raised cents do."""
    return outline.parents[block] == line.block and _ENDS_WHOLE.search(line.text) is not None


@lru_cache(maxsize=8192)
def _read(text: str, struck: tuple[tuple[int, int], ...]) -> Row:
    """A line read by its words alone; remembered, for the same few words recur on every page."""
    if SEAM in text:
        text = _RAISED_CENTS.sub(r"\1.\2", text)
    lengths = durations(text)
    amounts = _once(moneys(without(text, lengths)), text)
    if len(lengths) < len(amounts):
        lengths = sorted([*lengths, *_bare_lengths(text, lengths, amounts)], key=lambda length: length.start)
    if not amounts and _DIGIT.search(text):
        lengths, amounts = _unsigned(text, lengths)
    if len(amounts) > _MOST_ON_A_LINE:
        return Row([], [], "", crowd=len(amounts))
    if not amounts:
        return Row([], lengths, clean_name(cut(text, lengths)) if lengths else "")
    return pair(text, lengths, amounts, struck)


def _once(amounts: list[Money], text: str) -> list[Money]:
    """Amounts without those that only say the one before again, in words or for a screen reader."""
    return [
        money
        for before, money in zip([None, *amounts], amounts, strict=False)
        if before is None or before.cents != money.cents or _SAID.search(text, before.end, money.start)
    ]


def _bare_lengths(text: str, lengths: list[Duration], amounts: list[Money]) -> list[Duration]:
    """Numbers without a unit that are lengths: each before a sign, or a rising list of as many as there are amounts."""
    found = _BARE_LIST.search(text)
    listed = bare_lengths(found.group(1)) if found and not lengths else []
    if found and len(listed) == len(amounts):
        start, end = found.span(1)
        return [replace(length, start=start, end=end, inferred=True) for length in listed]
    found_bare = [*_BARE_LENGTH.finditer(text), *(_FOR.finditer(text) if lengths else ())]
    bare = [Duration(int(m.group(1)), m.start(1), m.end(1), inferred=True) for m in found_bare]
    taken = [*((one.start, one.end) for one in lengths), *((one.start, one.end) for one in amounts)]
    return [
        one
        for one in bare
        if one.minutes >= _SHORTEST
        and one.minutes in SESSION_LENGTHS
        and not any(start < one.end and one.start < end for start, end in taken)
    ]


def _unsigned(text: str, lengths: list[Duration]) -> tuple[list[Duration], list[Money]]:
    """``60 min - 85`` without a currency sign: a session length, a mark, a number higher than the length is likely."""
    found_lengths: list[Duration] = []
    found: list[Money] = []
    for m in _UNSIGNED.finditer(text):
        minutes, price = int(m["minutes"]), to_cents(m["price"])
        inside_length = any(length.start < m.end("price") <= length.end for length in lengths)
        if minutes in SESSION_LENGTHS and price > _LEAST and not inside_length and m["unit"].strip():
            found_lengths.append(Duration(minutes, m.start("minutes"), m.end("unit")))
            found.append(Money(price, m.start("price"), m.end("price"), bare=True))
    last = _LAST_NUMBER.fullmatch(text, lengths[0].end) if len(lengths) == 1 and not found else None
    if last and to_cents(last["price"]) > _LEAST:
        return lengths, [Money(to_cents(last["price"]), last.start("price"), last.end("price"), bare=True)]
    return (found_lengths, found) if found else (lengths, [])
