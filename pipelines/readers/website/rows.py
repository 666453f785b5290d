"""One line to the prices on it: which duration goes with which amount, and what words are left as a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from pipelines.amounts import SESSION_LENGTHS, Duration, Money, durations, moneys, to_cents, without
from pipelines.classify import tells_kind
from pipelines.modality import names_modality
from pipelines.readers.website.outline import SEAM, Line
from pipelines.readers.website.wording import clean_name, is_badge, is_generic, is_prose
from pipelines.wordlists import pattern


@dataclass(slots=True, eq=False)
class Unit:
    """One amount on its way to an offer. Contexts run from the nearest outwards."""

    line: int
    money: Money
    duration: Duration | None = None
    own: str = ""
    """The name on the amount's own line, before it."""
    badge: str = ""
    """Words before it that only decorate (*Most popular*) or compare (*Regular rate*)."""
    length_text: str = ""
    """The line that its length was taken from, if that is another one."""
    length_name: str = ""
    """What that line says besides the length."""
    tail: str = ""
    """Words on the amount's line behind the last amount; a name only where nothing else is."""
    label: str = ""
    """Words on that line that belong to this amount alone, as *Couple* or *member*."""
    names: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    sale: int | None = None
    own_describes: bool = False
    """Whether its name is a sentence or a bracket, and so describes rather than names."""
    tail_names: bool = False
    """Whether that tail names a kind of treatment."""
    rank: int = 9
    """Level of the heading that names it, 9 for lines that are no headings; only higher ones can stand over it."""
    lengths: tuple[int, ...] = ()
    """Several lengths that one open price is for."""

    def on(self, line: int) -> Unit:
        """The same amount on a line of a page, ready to be given its context."""
        return Unit(
            line, self.money, self.duration, self.own, self.badge, "", "", self.tail, self.label,
            sale=self.sale, own_describes=self.own_describes, tail_names=self.tail_names, lengths=self.lengths,
        )  # fmt: skip


@dataclass(slots=True)
class Row:
    """What one line yields."""

    units: list[Unit]
    durations: list[Duration]
    own: str
    crowd: int = 0
    """How many amounts it holds, if they are too many for one line of a price list; then none is read."""
    refused: bool = False
    """Whether it held amounts that are no prices; then it names nothing either."""


#: No line of a price list holds more amounts; reading one costs their number squared.
_MOST_ON_A_LINE = 60
_DIGIT = re.compile(r"\d")
_UNSIGNED = re.compile(
    r"(?<![\w$€£/.,:-])(?P<minutes>\d{2,3})(?P<unit>\s?(?:minutes?|mins?|m|['′’])?\.?)\s?(?P<mark>[-–—:|·=/.…\s\u2003)]{1,12})"
    r"(?P<price>\d{2,3}(?:\.\d{2})?)(?![\d%:/]|\s?(?:min|hour|hr|am|pm|-|–))",
    re.IGNORECASE,
)
_BARE_LIST = re.compile(r"(?<![\w$€£/.,:-])(\d{2,3}(?:/\d{2,3}){1,4})(?![\w/.,:%])")
_BARE_LENGTH = re.compile(r"(?<![\w$€£/.,:-])(\d{2,3})\s?[·|:–—-]?\s?(?=[$€£])")


def read_row(line: Line, number: int) -> Row:
    """Pair the durations and amounts of one line.

    >>> row = read_row(Line("Swedish 60 min $80 90 min $110", 0, "p"), 0)
    >>> row.own, [(u.duration.minutes, u.money.cents) for u in row.units]
    ('Swedish', [(60, 8000), (90, 11000)])
    """
    row = _read(line.text, line.struck)
    return Row([unit.on(number) for unit in row.units], row.durations, row.own) if row.units else row


@lru_cache(maxsize=8192)
def _read(text: str, struck: tuple[tuple[int, int], ...]) -> Row:
    """A line read by its words alone; remembered, for the same few words recur on every page."""
    lengths = durations(text)
    amounts = moneys(without(text, lengths))
    if amounts and not lengths:
        lengths = _bare_lengths(text, len(amounts))
    if not amounts and _DIGIT.search(text):
        lengths, amounts = _unsigned(text, lengths)
    if len(amounts) > _MOST_ON_A_LINE:
        return Row([], [], "", crowd=len(amounts))
    if not amounts:
        return Row([], lengths, clean_name(_cut(text, lengths)) if lengths else "")
    return _pair(text, lengths, amounts, struck)


def _bare_lengths(text: str, amounts: int) -> list[Duration]:
    """Numbers without a unit that are lengths: each before a sign, or a rising list of as many as there are amounts."""
    found = _BARE_LIST.search(text)
    numbers = [int(number) for number in found.group(1).split("/")] if found else []
    if found and len(numbers) == amounts and SESSION_LENGTHS.issuperset(numbers) and numbers == sorted(set(numbers)):
        return [Duration(number, *found.span(1), inferred=True) for number in numbers]
    return [
        Duration(int(m.group(1)), *m.span(1), inferred=True)
        for m in _BARE_LENGTH.finditer(text)
        if int(m.group(1)) in SESSION_LENGTHS
    ]


def _unsigned(text: str, lengths: list[Duration]) -> tuple[list[Duration], list[Money]]:
    """``60 min - 85`` without a currency sign: a session length, a mark, a number higher than the length is likely."""
    found_lengths: list[Duration] = []
    found: list[Money] = []
    for m in _UNSIGNED.finditer(text):
        minutes, price = int(m["minutes"]), to_cents(m["price"])
        inside_length = any(length.start < m.end("price") <= length.end for length in lengths)
        if minutes in SESSION_LENGTHS and price > 1500 and not inside_length and m["unit"].strip():
            found_lengths.append(Duration(minutes, m.start("minutes"), m.end("unit")))
            found.append(Money(price, m.start("price"), m.end("price"), bare=True))
    return (found_lengths, found) if found else (lengths, [])


def _pair(text: str, lengths: list[Duration], amounts: list[Money], struck: tuple[tuple[int, int], ...]) -> Row:
    printed = amounts
    amounts, sales = _sales(text, amounts, struck)
    units = [Unit(0, money, sale=sales.get(money.start)) for money in amounts]
    if len(lengths) == len(units) > 1 and _apart(lengths, amounts):
        for unit, length in zip(units, lengths, strict=True):
            unit.duration = length
    elif lengths:
        _alternate(units, lengths, text)
        if len(units) == 1 and len({d.minutes for d in lengths}) > 1:
            units = _for_each_length(units[0], lengths)
    own, tail = _own_names(text, lengths, printed)
    sentence = _describes(own, text[: printed[0].start], lengths)
    leads = not own and bool(tail) and _PRICE_FIRST.match(text, printed[-1].end) is not None
    for unit in units:
        unit.own, unit.badge = ("", own) if is_badge(own) else (own, "")
        unit.own_describes = sentence
        if not own and _WAS_AFTER.match(text[unit.money.end : unit.money.end + 10]):
            unit.badge = "regular"
        unit.tail, unit.label = ("", tail) if tail[:1].islower() and not leads else (tail, "")
        unit.tail_names = not own and (leads or names_modality(unit.tail))
    _label(text, units, lengths)
    _bundle(text, units)
    return Row(units, lengths, own or tail)


#: Nothing but a bracket before the amount, and marks: it tells of a thing that another line names.
_IN_BRACKETS = re.compile(r"[\W_]{0,9}\([^()]{1,80}\)[\W_]{0,9}")
_DETAIL = re.compile(r"\s{0,2}\([^()]{1,60}\)")
#: A full stop, no leader of dots, before the amount.
_STOP = re.compile(r"[^\W\d][.!]\s*[-–—:|]?\s*$")
_WORDS_OF_A_SENTENCE = 4
_SENTENCE_ENDS = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ])")
_PRICE_FIRST = re.compile(r"\s{0,2}[-–—:]")
_BUNDLE = re.compile(r"\b([2-9]|1\d|20)\s{0,2}(?:for|x|×)\s{0,2}$", re.IGNORECASE)


def _describes(own: str, before: str, lengths: list[Duration]) -> bool:
    """Whether the words before an amount tell of a thing rather than name it: a sentence, or nothing but a bracket."""
    if own.count(" ") >= _WORDS_OF_A_SENTENCE and _STOP.search(before):
        return True
    return _IN_BRACKETS.fullmatch(_cut(before, [d for d in lengths if d.end <= len(before)])) is not None


def _bundle(text: str, units: list[Unit]) -> None:
    """Mark amounts for several at once: ``3 for $240``."""
    for unit in units:
        several = _BUNDLE.search(text, max(0, unit.money.start - 10), unit.money.start)
        if several:
            unit.label = f"{unit.label} set of {several.group(1)}".strip()


def _apart(lengths: list[Duration], amounts: list[Money]) -> bool:
    """Whether all durations stand before all amounts, or all after: ``30/60 min $50/$80``."""
    return lengths[-1].end <= amounts[0].start or amounts[-1].end <= lengths[0].start


def _alternate(units: list[Unit], lengths: list[Duration], text: str) -> None:
    """``60 min $80 90 min $110`` or ``$80 60 min $110 90 min``: whichever comes first leads; a length carries on."""
    stated = [length for length in lengths if not length.per_hour]
    free = [unit for unit in units if not any(_is_rate(length, unit) for length in lengths)]
    leads = bool(stated and free) and stated[0].start < free[0].money.start
    borders = [border.end() for border in _SENTENCE_ENDS.finditer(text)] if is_prose(text) else []
    for n, unit in enumerate(units):
        start, end = unit.money.start, unit.money.end
        near = [d for d in lengths if not _parted(d, start, borders)]
        following = units[n + 1].money.start if n + 1 < len(units) else 10**9
        rate = [d for d in near if _is_rate(d, unit)]
        before = [d for d in near if d.end <= start and not d.per_hour]
        after = [d for d in near if end <= d.start < following]
        unit.duration = rate[0] if rate else (before[-1] if leads and before else after[0] if after else None)
        if unit.duration is None and before and not leads and n + 1 == len(units) == 1:
            unit.duration = before[-1]


def _is_rate(length: Duration, unit: Unit) -> bool:
    """Whether an amount is one for each hour, as it says right behind it."""
    return length.per_hour and 0 <= length.start - unit.money.end <= 3


def _parted(length: Duration, amount: int, borders: list[int]) -> bool:
    """Whether the end of a sentence stands between a length and an amount."""
    low, high = sorted((length.start, amount))
    return any(low < border <= high for border in borders)


def _for_each_length(unit: Unit, lengths: list[Duration]) -> list[Unit]:
    """One flat price for several lengths is one price each; an open one or a range belongs to none of them."""
    if unit.duration is not None and unit.duration.per_hour:
        return [unit]
    each = {d.minutes: d for d in lengths if not d.per_hour}
    if unit.money.is_from or unit.money.most:
        unit.duration, unit.lengths = None, tuple(each)
        return [unit]
    if len({d.start for d in each.values()}) > 1:
        return [unit]
    return [Unit(unit.line, unit.money, length, sale=unit.sale) for length in each.values()]


_WAS = re.compile(
    r"(?:\bwas|\breg(?:ular)?(?:\s+(?:price|rate))?|\bvalued?(?: at)?|\bnormally|\binstead of|\boriginally)\W{0,4}$",
    re.IGNORECASE,
)
_MINUS = re.compile(r"−$|\(-$")
_REDUCTION = re.compile(r"\W{0,3}(?:off|discount|credit|savings?)\b", re.IGNORECASE)
#: Letters between a regular price and its sale price, and before an amount, that may still tell of it.
_BESIDE, _BEFORE = 60, 18
_WAS_AFTER = re.compile(r"^\s?(?:regular|value)\b", re.IGNORECASE)


def _sales(text: str, amounts: list[Money], struck: tuple[tuple[int, int], ...]) -> tuple[list[Money], dict[int, int]]:
    """Regular prices with their sale price beside them: the regular one stays, the sale is noted under its start."""
    if len(amounts) < 2:
        return amounts, {}
    sales: dict[int, int] = {}
    amounts = _without_worth(text, amounts)
    old = [m for m in amounts if _is_old(m, text, struck)]
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
    if not any(_BUNDLE.search(text, max(0, money.start - 10), money.start) for money in amounts):
        return amounts
    return [money for money in amounts if not _WAS_AFTER.match(text[money.end : money.end + 10])]


def is_reduction(text: str, money: Money) -> bool:
    """Whether an amount is what one saves, not what one pays.

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
        or _WAS_AFTER.match(text[money.end : money.end + 10]) is not None
    )


def _cut(text: str, spans: Sequence[Duration | Money]) -> str:
    """The text with a seam in the place of every duration and amount, and of what a bracket behind one tells of it.

    >>> _cut("60 min (full body) Swedish", durations("60 min"))
    '\u2003 Swedish'
    """
    for start, end in sorted({(span.start, span.end) for span in spans}, reverse=True):
        detail = _DETAIL.match(text, end)
        behind = detail.end() if detail and not tells_kind(detail.group()) else end
        text = text[:start] + SEAM + text[behind:]
    return text


def _own_names(text: str, lengths: list[Duration], amounts: list[Money]) -> tuple[str, str]:
    """The words before the first amount and those behind the last, without lengths."""
    first, last = amounts[0].start, amounts[-1].end
    head = _cut(text[:first], [d for d in lengths if d.end <= first])
    tail = _cut(text[last:], [_moved(d, last) for d in lengths if d.start >= last])
    own = clean_name(head)
    if is_prose(own) and SEAM in head.strip(SEAM):  # a whole cell before the price: only its last piece can name it
        own = clean_name(head.rstrip(SEAM).rpartition(SEAM)[2])
    return own, "" if tail.lstrip().startswith("(") else clean_name(tail)


def _moved(span: Duration, by: int) -> Duration:
    return replace(span, start=span.start - by, end=span.end - by)


def _label(text: str, units: list[Unit], lengths: list[Duration]) -> None:
    """Words between one amount and the next that single an amount out, when a line holds several."""
    if len(units) < 2:
        return
    for before, unit in pairwise(units):
        gap_start, gap_end = before.money.end, unit.money.start
        if gap_start >= gap_end:
            continue
        inside = [_moved(d, gap_start) for d in lengths if gap_start <= d.start and d.end <= gap_end]
        unit.label = clean_name(_cut(text[gap_start:gap_end], inside))
        if unit.label and is_generic(unit.own):
            unit.own = unit.label  # *Single: $60 / Couple: $110*
