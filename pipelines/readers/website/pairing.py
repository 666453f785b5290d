"""Which duration goes with which amount of a line, and what words are left as a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.classify import names_audience, says_massage, tells_kind, tells_offer
from pipelines.durations import Duration
from pipelines.modality import names_modality, names_treatment
from pipelines.moneys import Money, moneys
from pipelines.readers.website.outline import SEAM
from pipelines.readers.website.regular_prices import BUNDLE, WAS_AFTER, sales_of
from pipelines.readers.website.units import Row, Unit
from pipelines.readers.website.wording import clean_name, has_words, is_badge, is_generic, is_prose
from pipelines.wordlists import pattern

#: Nothing but a bracket before the amount, and marks: it tells of a thing that another line names.
_IN_BRACKETS = re.compile(r"[\W_]{0,9}\([^()]{1,80}\)[\W_]{0,9}")
_DETAIL = re.compile(r"\s{0,2}\([^()]{1,60}\)")
#: A full stop, no leader of dots, before the amount.
_STOP = re.compile(r"[^\W\d][.!]\s*[-–—:|]?\s*$")
_WORDS_OF_A_SENTENCE = 4
SENTENCE_ENDS = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ])")
#: What parts two things on a line.
_PARTED = re.compile(r"\s{0,2}(?:[|·•;,/\u2003]|\.\s)")
_PRICE_FIRST = re.compile(r"\s{0,2}[-–—:]")


def pair(text: str, lengths: list[Duration], amounts: list[Money], struck: tuple[tuple[int, int], ...]) -> Row:
    """The prices of a line that states some lengths and amounts; ``struck`` are the spans of crossed-out words."""
    printed = amounts
    amounts, sales = sales_of(text, amounts, struck)
    units = [Unit(0, money, sale=sales.get(money.start)) for money in amounts]
    if len(lengths) == len(units) > 1 and _apart(lengths, amounts):
        for unit, length in zip(units, lengths, strict=True):
            unit.duration = length
    elif lengths:
        _alternate(units, lengths, text)
        if len(units) == 1 and _is_summed(lengths, text):
            units[0].duration = None  # the sum is for a person to make
        elif len(units) == 1 and len({d.minutes for d in lengths}) > 1:
            units = _for_each_length(units[0], lengths, text)
    own, tail = _own_names(text, lengths, printed)
    sentence = _describes(own, text[: printed[0].start], lengths)
    leads = not own and bool(tail) and _PRICE_FIRST.match(text, printed[-1].end) is not None
    for unit in units:
        unit.own, unit.badge = ("", own) if is_badge(own) else (own, "")
        unit.own_describes = sentence
        if not own and WAS_AFTER.match(text[unit.money.end : unit.money.end + 10]):
            unit.badge = "regular"
        behind = "" if SENTENCE_ENDS.search(text, unit.money.end, printed[-1].start) else tail
        unit.tail, unit.label = ("", behind) if behind[:1].islower() and not leads else (behind, "")
        unit.tail_names = not own and (leads or names_modality(unit.tail))
    _label(text, units, lengths)
    _let_go(text, units)
    _bundle(text, units)
    return Row(units, lengths, own or tail)


def _describes(own: str, before: str, lengths: list[Duration]) -> bool:
    """Whether the words before an amount tell of a thing rather than name it: a sentence, or nothing but a bracket."""
    said = cut(before, [d for d in lengths if d.end <= len(before)])
    if own.count(" ") >= _WORDS_OF_A_SENTENCE and _STOP.search(said.rstrip(f" {SEAM}")):
        return True
    return _IN_BRACKETS.fullmatch(said) is not None


def _bundle(text: str, units: list[Unit]) -> None:
    """Mark amounts for several at once: ``3 for $240``."""
    for unit in units:
        several = BUNDLE.search(text, max(0, unit.money.start - 10), unit.money.start)
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


def cut(text: str, spans: Sequence[Duration | Money]) -> str:
    """The text with a seam in the place of every duration and amount, and of what a bracket behind one tells of it.

    >>> from pipelines.durations import durations
    >>> cut("60 min (full body) Swedish", durations("60 min"))
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
    head = cut(text[:first], [d for d in lengths if d.end <= first])
    tail = cut(text[last:], [_moved(d, last) for d in lengths if d.start >= last])
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
        unit.label = clean_name(cut(text[gap_start:gap_end], inside))
        if unit.label and is_generic(unit.own):
            unit.own = unit.label  # *Single: $60 / Couple: $110*
        if pattern("category", "addon").match(unit.label):
            _come_on_top(unit, before)
    if not units[0].own:
        _name_behind(text, units)
    elif not is_generic(units[0].own):
        _name_before(text, units)


def _come_on_top(unit: Unit, before: Unit) -> None:
    """What is added to the thing before it has its own name, and that thing's length is not its own."""
    unit.own, unit.label = unit.label, ""
    if unit.duration and unit.duration.end <= before.money.end:
        unit.duration = None


def _let_go(text: str, units: list[Unit]) -> None:
    """A length that a second price only carries on is not its own, if no word says what that price is for."""
    for before, unit in reversed(list(pairwise(units))):
        carried = unit.duration is not None and unit.duration == before.duration and not unit.duration.per_hour
        if carried and not unit.money.is_extra and not has_words(text[before.money.end : unit.money.start]):
            unit.duration = None


def _name_before(text: str, units: list[Unit]) -> None:
    """Several things on one line, each named before its amount: ``Swedish $80 | Hot Stone $95``."""
    named = units[0].own
    for before, unit in pairwise(units):
        if unit.own != units[0].own:
            continue
        if _is_another(unit.label, unit.own, text[before.money.end : unit.money.start]):
            if unit.duration and text.find(named) < unit.duration.start < before.money.end:
                unit.duration = None  # it stands with the name of the thing before
            named, unit.label, unit.own_describes = unit.label, "", False
        unit.own = "" if names_audience(unit.label) and names_audience(named) else named


def _name_behind(text: str, units: list[Unit]) -> None:
    """Several things on one line, each named behind its amount: ``$80 Swedish | $95 Hot Stone``."""
    names = [*(unit.label for unit in units[1:]), units[0].tail]
    if has_words(text[: units[0].money.start]) or not all(names_treatment(name) for name in names):
        return
    for unit, name in zip(units, names, strict=True):
        unit.tail, unit.label, unit.tail_names = name, "", True


def _is_another(label: str, own: str, gap: str) -> bool:
    """Whether words between two amounts name another thing than those before the first, not for whom or how it is."""
    if not label or label[0].islower() or (names_audience(label) and not names_audience(own)):
        return False
    return says_massage(label) or names_treatment(label) or (_PARTED.match(gap) is not None and not tells_offer(label))
