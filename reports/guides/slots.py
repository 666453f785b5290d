"""What a price is the price of: modality, length, region, currency, tax, from the words around it outwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.modality import GENERIC
from reports.guides.money import lengths
from reports.guides.naming import treatments, without_comparisons
from reports.guides.regions import CANADIAN, in_alberta, named_regions

USUAL_MINUTES = 60
UNNAMED = "massage_therapy"
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


def modality_of(texts: Iterable[str]) -> str:
    """The modality that the nearest text names, several joined with ``; ``; without any, massage therapy.

    A general word yields to what the texts around it name only if it points back: *this massage*.

    >>> [modality_of(texts) for texts in (["a 60-minute session", "NMT varies"], ["hot stone, deep tissue"], [])]
    ['neuromuscular_therapy', 'hot_stone; deep_tissue', 'massage_therapy']
    """
    for text in texts:
        found = _named(text)
        if found and (set(found) - GENERIC or not _POINTS_BACK.search(text)):
            return "; ".join(found)
    return UNNAMED


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


def length_of(texts: Sequence[str], *, several: bool = False) -> Length:
    """The minutes that the nearest text with a length states; without any the usual hour.

    >>> length_of(["at $90", "90 minutes"]).minutes, length_of(["at $90"]).assumed, length_of(["60-90 min"]).minutes
    (90, True, None)
    """
    for text in texts:
        found = lengths(text)
        stated = list(dict.fromkeys(length.minutes for length in found))
        if any(length.least for length in found) or len(stated) > 1:
            return Length(None, barred="it covers several lengths")
        if stated:
            return Length(stated[0])
    return Length(None) if several else Length(USUAL_MINUTES, assumed=True)


def regions_of(texts: Iterable[str], default: str, country: str) -> tuple[str, ...]:
    """The regions that the nearest text with any names, else the site's."""
    for text in texts:
        found = named_regions(without_comparisons(text), country)
        if found:
            return found
    return tuple(part for part in re.split(r"\s*(?:[;+]|\band\b)\s*", default) if part)


def currency_of(stated: str | None, regions: Sequence[str], default: str) -> str:
    """The currency that is stated, else that of the regions, else the site's.

    >>> currency_of(None, ["Calgary"], "USD"), currency_of(None, ["United States"], "CAD"), currency_of(None, [], "EUR")
    ('CAD', 'USD', 'EUR')
    """
    if stated:
        return stated
    if any(in_alberta(region) or region in CANADIAN for region in regions):
        return "CAD"
    return "USD" if "United States" in regions else default
