"""Which duration goes with which amount of a line, and what words are left as a name."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.durations import Duration, durations, without
from pipelines.modality import names_modality
from pipelines.moneys import Money, moneys
from pipelines.readers.website.labels import bundle, label, let_go
from pipelines.readers.website.outline import SEAM
from pipelines.readers.website.phrases import clean_name, has_words
from pipelines.readers.website.regular_prices import WAS_AFTER, sales_of
from pipelines.readers.website.seams import SENTENCE_ENDS, cut, moved
from pipelines.readers.website.units import Row, Unit
from pipelines.readers.website.wording import is_badge, is_prose
from pipelines.wordlists import consists_of

#: Nothing but a bracket before the amount, and marks: it tells of a thing that another line names.
_IN_BRACKETS = re.compile(r"[\W_]{0,9}\([^()]{1,80}\)[\W_]{0,9}")
#: A full stop, no leader of dots, before the amount.
_STOP = re.compile(r"[^\W\d][.!]\s*[-–—:|]?\s*$")
_WORDS_OF_A_SENTENCE = 4
_PRICE_FIRST = re.compile(r"\s{0,2}[-–—:]")


def pair(text: str, lengths: list[Duration], amounts: list[Money], struck: tuple[tuple[int, int], ...]) -> Row:
    """The prices of a line that states some lengths and amounts; ``struck`` are the spans of crossed-out words."""
    lengths = _outside_brackets(lengths, text)
    kept, sales = sales_of(text, amounts, struck)
    units = _timed([Unit(0, money, sale=sales.get(money.start)) for money in kept], lengths, text)
    own, tail = _own_names(text, lengths, amounts)
    _name(units, own, tail, text, amounts[-1])
    for unit in units:
        unit.own_describes = _describes(own, text[: amounts[0].start], lengths)
    label(text, units, lengths)
    let_go(text, units)
    bundle(text, units)
    return Row(units, lengths, own or tail)


def _timed(units: list[Unit], lengths: list[Duration], text: str) -> list[Unit]:
    """Prices with the lengths of their line; one flat price for several lengths is one for each."""
    if len(lengths) == len(units) > 1 and _apart(lengths, [unit.money for unit in units]):
        for unit, length in zip(units, lengths, strict=True):
            unit.duration = length
        return units
    if lengths:
        _alternate(units, lengths, text)
    if len(units) == 1 and _is_summed(lengths, text):
        units[0].duration = None  # the sum is for a person to make
    elif len(units) == 1 and len({d.minutes for d in lengths}) > 1:
        return _for_each_length(units[0], lengths, text)
    return units


def _name(units: list[Unit], own: str, tail: str, text: str, last: Money) -> None:
    """Give prices the words before the first amount, and those behind the last as far as no others part them."""
    leads = not own and bool(tail) and _PRICE_FIRST.match(text, last.end) is not None
    for unit in units:
        unit.own, unit.badge = ("", own) if is_badge(own) else (own, "")
        if not own and WAS_AFTER.match(text[unit.money.end : unit.money.end + 10]):
            unit.badge = "regular"
        between = text[unit.money.end : last.start]
        behind = "" if has_words(without(between, durations(between))) else tail
        unit.tail, unit.label = ("", behind) if behind[:1].islower() and not leads else (behind, "")
        unit.tail_names = not own and (leads or names_modality(unit.tail))


def _describes(own: str, before: str, lengths: list[Duration]) -> bool:
    """Whether the words before an amount tell of a thing rather than name it: a sentence, or nothing but a bracket."""
    said = cut(before, [d for d in lengths if d.end <= len(before)])
    if own.count(" ") >= _WORDS_OF_A_SENTENCE and _STOP.search(said.rstrip(f" {SEAM}")):
        return True
    return _IN_BRACKETS.fullmatch(said) is not None


def _apart(lengths: list[Duration], amounts: list[Money]) -> bool:
    """Whether all durations stand before all amounts, or all after: ``30/60 min $50/$80``."""
    return lengths[-1].end <= amounts[0].start or amounts[-1].end <= lengths[0].start


def _alternate(units: list[Unit], lengths: list[Duration], text: str) -> None:
    """``60 min $80 90 min $110`` or ``$80 60 min $110 90 min``: whichever comes first leads; a length carries on."""
    stated = [length for length in lengths if not length.per_hour]
    free = [unit for unit in units if not any(_is_rate(length, unit) for length in lengths)]
    leads = bool(stated and free) and stated[0].start < free[0].money.start
    borders = [border.end() for border in SENTENCE_ENDS.finditer(text)] if is_prose(text) else []
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


def _outside_brackets(lengths: list[Duration], text: str) -> list[Duration]:
    """The lengths of a line without those that a bracket tells of a part: ``60 min (50 min hands-on) $100``."""
    outside = [one for one in lengths if text.count("(", 0, one.start) <= text.count(")", 0, one.start)]
    return outside or lengths


def _is_summed(lengths: list[Duration], text: str) -> bool:
    """Whether lengths of parts are added to each other: ``30 min foot + 30 min body $60``."""
    gaps = [text[one.end : other.start] for one, other in pairwise(lengths)]
    return bool(gaps) and all("+" in gap and not moneys(gap) for gap in gaps)


def _for_each_length(unit: Unit, lengths: list[Duration], text: str) -> list[Unit]:
    """One flat price for several lengths is one price each; an open one or a range belongs to none of them."""
    if unit.duration is not None and unit.duration.per_hour:
        return [unit]
    each = {d.minutes: d for d in lengths if not d.per_hour}
    if unit.money.is_from or unit.money.most:
        unit.duration, unit.lengths = None, tuple(each)
        return [unit]
    if len({d.start for d in each.values()}) > 1:
        if unit.duration and has_words(text[unit.duration.end : unit.money.start]):
            unit.duration = None  # *60 min massage + 30 min sauna: $115* lasts neither
        return [unit]
    return [Unit(unit.line, unit.money, length, sale=unit.sale) for length in each.values()]


def _own_names(text: str, lengths: list[Duration], amounts: list[Money]) -> tuple[str, str]:
    """The words before the first amount and those behind the last, without lengths."""
    first, last = amounts[0].start, amounts[-1].end
    head = cut(text[:first], [d for d in lengths if d.end <= first])
    tail = cut(text[last:], [moved(d, last) for d in lengths if d.start >= last])
    own = clean_name(head)
    if is_prose(own) and SEAM in head.strip(SEAM):  # a whole cell before the price: only its last piece can name it
        own = clean_name(head.rstrip(SEAM).rpartition(SEAM)[2])
    behind = "" if tail.lstrip().startswith("(") else clean_name(tail)
    return own, "" if consists_of(behind, "tax") else behind
