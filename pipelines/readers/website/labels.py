"""Several amounts on one line: which words between them name or single out which."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.categories import tells_offer
from pipelines.classify import names_audience
from pipelines.durations import Duration
from pipelines.modality import names_treatment
from pipelines.readers.website.phrases import clean_name, has_words
from pipelines.readers.website.regular_prices import BUNDLE
from pipelines.readers.website.seams import cut, moved
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_generic
from pipelines.treatments import says_massage
from pipelines.wordlists import consists_of, pattern

#: What parts two things on a line.
_PARTED = re.compile(r"\s{0,2}(?:[|·•;,/\u2003]|\.\s)")


def bundle(text: str, units: list[Unit]) -> None:
    """Mark amounts for several at once: ``3 for $240``."""
    for unit in units:
        several = BUNDLE.search(text, max(0, unit.money.start - 10), unit.money.start)
        if several:
            unit.label = f"{unit.label} set of {several.group(1)}".strip()


def label(text: str, units: list[Unit], lengths: list[Duration]) -> None:
    """Words between one amount and the next that single an amount out, when a line holds several."""
    if len(units) < 2:
        return
    for before, unit in pairwise(units):
        gap_start, gap_end = before.money.end, unit.money.start
        if gap_start >= gap_end:
            continue
        inside = [moved(d, gap_start) for d in lengths if gap_start <= d.start and d.end <= gap_end]
        words = clean_name(cut(text[gap_start:gap_end], inside))
        unit.label = "" if consists_of(words, "tax") else words
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


def let_go(text: str, units: list[Unit]) -> None:
    """A length that a second price only carries on is not its own, if no word says what that price is for."""
    for before, unit in reversed(list(pairwise(units))):
        carried = unit.duration is not None and unit.duration == before.duration and not unit.duration.per_hour
        told = unit.money.is_extra or names_audience(unit.label)
        if carried and not told and not has_words(text[before.money.end : unit.money.start]):
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
    names = [*(unit.label for unit in units[1:]), units[-1].tail]
    if has_words(text[: units[0].money.start]) or not all(names_treatment(name) for name in names):
        return
    for unit, name in zip(units, names, strict=True):
        unit.tail, unit.label, unit.tail_names = name, "", True


def _is_another(label: str, own: str, gap: str) -> bool:
    """Whether words between two amounts name another thing than those before the first, not for whom or how it is."""
    if not label or label[0].islower() or (names_audience(label) and not names_audience(own)):
        return False
    if says_massage(label) or names_treatment(label):
        return True
    return _PARTED.match(gap) is not None and not tells_offer(label) and not names_treatment(own)
