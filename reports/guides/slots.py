"""What a price is the price of: modality, length, region, currency, tax, from the words around it outwards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.modality import GENERIC, find_modality
from reports.guides.naming import treatments, without_comparisons
from reports.guides.place_names import CANADIAN, in_alberta, stated_regions
from reports.guides.price import lengths
from reports.guides.regions import named_regions
from reports.guides.site import CAD, Defaults

USUAL_MINUTES = 60
#: What a price is the price of that names no modality, as it is of any.
UNNAMED = "massage_therapy"
_ABROAD_COUNTRY = {"USD": "United States"}
#: Settings that a price is told for as for a modality.
_PRICED_SETTINGS = frozenset({"couples", "chair", "four_hands", "mobile", "back_neck", "foot_massage"})
_POINTS_BACK = re.compile(
    r"\b(?:this|these|that|such|this (?:type|kind|style|form) of)\s+(?:massage|session|treatment|therapy)",
    re.IGNORECASE,
)
_THERAPIST = re.compile(r"\bmassage therapists?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """The minutes that a claim is about. ``barred``: it names several or a range."""

    minutes: int | None
    assumed: bool = False
    barred: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What fills the slots of a claim: the words near it and those above its paragraph, each nearest first, the front
    matter, and the site's defaults.
    """

    near: Sequence[str]
    above: Sequence[str] = ()
    front: Mapping[str, str] = field(default_factory=dict)
    defaults: Defaults = Defaults()  # noqa: RUF009  frozen

    @property
    def texts(self) -> tuple[str, ...]:
        """All words, nearest first."""
        return (*self.near, *self.above)


def modality_of(around: Around) -> str | None:
    """The modality that the nearest text names, several joined with ``; ``; ``None`` without any.

    A general word yields to what the texts around it name only if it points back: *this massage*; one that stands
    above its paragraph yields to the front matter.

    >>> [modality_of(Around(texts)) for texts in (["an hour", "NMT varies"], ["hot stone, deep tissue"], [])]
    ['neuromuscular_therapy', 'hot_stone; deep_tissue', None]
    """
    stated = _stated(around.front.get("modality", ""))
    for n, text in enumerate(around.texts):
        found = _named(text)
        if found and set(found) <= GENERIC and (_POINTS_BACK.search(text) or (stated and n >= len(around.near))):
            continue
        if found:
            return "; ".join(found)
    return "; ".join(stated) or None


def _stated(entry: str) -> tuple[str, ...]:
    """The modalities of an entry, by their ids, names or synonyms, whatever their capitals."""
    known = [find_modality(part.strip()) for part in re.split(r"[;,]", entry) if part.strip()]
    return tuple(kind.id for kind in known if kind) if all(known) else _named(entry)


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[str, ...]:
    """The priced modalities that a text names, but for those that it only compares with."""
    text = _THERAPIST.sub("massage therapy", without_comparisons(text))
    found = [
        m.modality.id
        for m in treatments(text)
        if m.modality.kind in ("modality", "technique") or m.modality.id in _PRICED_SETTINGS
    ]
    special = [name for name in found if name not in GENERIC]
    return tuple(dict.fromkeys(special or found))[: None if special else 1]


def length_of(around: Around, *, several: bool = False) -> Length:
    """The minutes that the nearest text with a length states; without any the usual hour.

    >>> length_of(Around(["at $90", "90 minutes"])).minutes, length_of(Around(["at $90"])).assumed
    (90, True)
    """
    stated = around.front.get("minutes", "")
    for text in (*around.texts, f"{stated} minutes" if stated.isdecimal() else stated):
        found = lengths(text)
        told = list(dict.fromkeys(length.minutes for length in found))
        if any(length.least for length in found) or len(told) > 1:
            return Length(None, barred="it covers several lengths")
        if told:
            return Length(told[0])
    return Length(None) if several else Length(USUAL_MINUTES, assumed=True)


def regions_of(around: Around) -> tuple[str, ...]:
    """The regions that the nearest text with any names, else those of the front matter, else the site's."""
    country = _ABROAD_COUNTRY.get(_front_currency(around) or around.defaults.currency, "Canada")
    named = (named_regions(without_comparisons(text), country) for text in around.texts)
    return next(filter(None, named), ()) or stated_regions(around.front.get("region", "")) or around.defaults.regions


def currency_of(stated: str | None, regions: Sequence[str], around: Around) -> str:
    """The currency that is stated, else that of the front matter, of the regions, of the site.

    >>> currency_of(None, ["Calgary"], Around([], (), {"currency": "usd"}))
    'USD'
    >>> currency_of(None, ["United States"], Around([])), currency_of(None, ["Calgary"], Around([]))
    ('USD', 'CAD')
    """
    known = stated or _front_currency(around)
    if known:
        return known
    if any(in_alberta(region) or region in CANADIAN for region in regions):
        return CAD
    return "USD" if "United States" in regions else around.defaults.currency


def _front_currency(around: Around) -> str:
    return around.front.get("currency", "").upper()
