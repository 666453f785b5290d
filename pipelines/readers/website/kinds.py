"""What a price of the page buys: told by the words beside its amount, else by its name and the sections over it."""

from __future__ import annotations

import re

from pipelines.categories import category, purpose
from pipelines.readers.website.facts import PageFacts
from pipelines.readers.website.outline import SEAM
from pipelines.readers.website.regular_prices import SESSIONS_AT_ONCE
from pipelines.readers.website.units import Unit
from pipelines.records import Category
from pipelines.treatments import says_massage
from pipelines.wordlists import pattern

_NEAR = 60
#: So near to an amount stands what says that it is for one of two.
_CLOSE = 14
_BUNDLE = re.compile(r"^\W{0,4}with\s(?!tax|gst)|\bbuy\s\d", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"(?<!\d)(?:{SESSIONS_AT_ONCE})\s?[x×]\s?\d"
    r"|\b(?<!no )(?<!first )(?<!next )(?:two|three|four|five|six|eight|ten)\s"
    r"(?:(?!therap|hand|people|person)[\w-]{1,20}\s){0,3}(?:sessions|treatments|massages|visits|classes|evenings)\b",
    re.IGNORECASE,
)
_FEE_BEHIND = re.compile(r"\s(?:[a-z]{3,12}\s)?(?:fee|surcharge|deposit|penalty)\b", re.IGNORECASE)
_GAP, _AN_AMOUNT_NEXT = re.compile(r"[\W_]{0,3}"), re.compile(r"\s{0,2}[$€£\d]")
_A_MONTH = re.compile(r"\W{0,3}(?:/|per |a )\s?mo(?:nth)?\b|\W{0,3}monthly", re.IGNORECASE)


def kind_of(unit: Unit, text: str, service: str, sections: tuple[str, ...], facts: PageFacts) -> Category | None:
    """The category of a price on a line of text; ``None`` when nothing says what it is for."""
    kind = _category(unit, text, service, (*sections, facts.title), facts)
    if (
        service
        and kind is Category.MASSAGE
        and not unit.is_timed
        and not says_massage(service, unit.label, *sections[:1])
    ):
        return None  # a page about massage sells insoles too
    return kind


def _category(unit: Unit, text: str, service: str, sections: tuple[str, ...], facts: PageFacts) -> Category | None:
    if _A_MONTH.match(text, unit.money.end) or _BUNDLE.search(text):
        return Category.PACKAGE
    if _FEE_BEHIND.match(text, unit.money.end):
        return Category.FEE
    stated = purpose(text[unit.money.end : unit.money.end + _NEAR])
    if stated and not (stated is Category.COUPLES and unit.money.is_extra):
        return stated
    kind = category(
        service,
        unit.label,
        sections,
        is_extra=unit.money.is_extra,
        timed=unit.is_timed,
        sells_massage=facts.sells_massage,
    )
    if kind is Category.MASSAGE and _is_of_several(unit, text):
        return Category.PACKAGE
    return Category.MASSAGE if kind is Category.COUPLES and _is_for_each(unit, text) else kind


def _is_of_several(unit: Unit, text: str) -> bool:
    """Whether the line of a price, or of its length, counts sessions: ``3 x 60 min``."""
    return _SEVERAL.search(text, 0, unit.money.start) is not None or _SEVERAL.search(unit.length_text) is not None


def _is_for_each(unit: Unit, text: str) -> bool:
    """Whether an amount is for one of two: ``$130 each``, ``each $130``."""
    each, start, end = pattern("prose", "each"), unit.money.start, unit.money.end
    before = each.search(text, max(0, start - _CLOSE), start)
    if before and not text[before.end() : start].strip(f" :{SEAM}"):
        return True
    gap = _GAP.match(text, end)
    behind = each.match(text, gap.end()) if gap else None
    return behind is not None and not _AN_AMOUNT_NEXT.match(text, behind.end())
