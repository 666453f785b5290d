"""What people call a place, a postal area or a region of Alberta, to what the tables call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rapidfuzz import process

from pipelines.datafile import rows
from pipelines.folding import fold
from pipelines.place_table import PLACES, Place, best_ranked, containers, only_with_city

__all__ = [
    "PLACES", "PROVINCE", "Place", "PostalArea", "cmas", "find_place", "place_of_postal_code", "postal_area",
    "regions", "regions_of", "suggest",
]  # fmt: skip

PROVINCE = "Alberta"
#: Stands in the table for a place outside all census areas.
_NO_CMA = "non-CMA"


@cache
def _by_name() -> dict[str, list[Place]]:
    index: dict[str, list[Place]] = {}
    for place in PLACES.values():
        for name in {fold(n) for n in (place.name, *place.aliases)} - only_with_city():
            index.setdefault(name, []).append(place)
    # a key means its own place; keys that are plain names come last and win over "Downtown (Edmonton)"
    keys = sorted(PLACES.values(), key=lambda place: place.key == place.name)
    return index | {fold(place.key): [place] for place in keys}


def find_place(text: str) -> Place | None:
    """The place that a key, name or alias means, municipalities before their parts; ``None`` if unknown or ambiguous.

    >>> find_place("yeg").name, find_place("St Albert").name, find_place("Parkdale"), find_place("Toronto")
    ('Edmonton', 'St. Albert', None, None)
    """
    if text in PLACES:
        return PLACES[text]
    best = best_ranked(_by_name().get(fold(text), []))
    return best[0] if len(best) == 1 else None


@dataclass(frozen=True, slots=True)
class PostalArea:
    """A forward sortation area, the first half of a postal code.

    ``confidence`` is high where it lies in one place for sure, medium where parts of it lie in others, low where it
    is rural: then it serves many towns and ``place`` is ``None``.
    """

    fsa: str
    place: Place | None
    publish_region: str
    confidence: str


@cache
def _postal_areas() -> Mapping[str, PostalArea]:
    table = (
        PostalArea(row["fsa"], PLACES.get(row["place"]), row["publish_region"], row["confidence"])
        for row in rows("postal_areas.csv")
    )
    return MappingProxyType({area.fsa: area for area in table})


def postal_area(postal_code: str) -> PostalArea | None:
    """The postal area of a whole postal code or its first half; ``None`` if it is not of Alberta.

    >>> postal_area("t8n 1a1").place.name, postal_area("T0J").confidence, postal_area("V6B 1A1")
    ('St. Albert', 'low', None)
    """
    return _postal_areas().get(postal_code[:3].upper())


def place_of_postal_code(postal_code: str) -> Place | None:
    """The place that a postal code lies in; ``None`` for rural and mixed areas, which say too little.

    >>> place_of_postal_code("T6E 4E2").name, place_of_postal_code("T0J 0Y0")
    ('Edmonton', None)
    """
    area = postal_area(postal_code)
    return area.place if area and area.confidence == "high" else None


def regions() -> tuple[str, ...]:
    """The names of the publish regions, in alphabetical order."""
    return tuple(sorted({place.publish_region for place in PLACES.values()}))


def cmas() -> tuple[str, ...]:
    """The names of the census metropolitan areas and agglomerations, in alphabetical order."""
    return tuple(sorted({place.cma for place in PLACES.values()} - {_NO_CMA}))


def regions_of(place: Place) -> tuple[str, ...]:
    """The names of all regions that a place counts in: itself, what it lies in, its census area, its publish region.

    >>> regions_of(PLACES["Beltline"])
    ('Beltline', 'Calgary', 'Calgary CMA', 'Alberta')
    >>> regions_of(PLACES["Banff"])
    ('Banff', 'Rockies resorts', 'Alberta')
    """
    around = [place.cma] if place.cma != _NO_CMA else []
    names = [*(outer.key for outer in containers(place)), *around, place.publish_region, PROVINCE]
    return tuple(dict.fromkeys(names))


def suggest(text: str, limit: int = 3) -> tuple[str, ...]:
    """Names of the municipalities that come nearest to an unknown one, best first; a hint, never a decision."""
    names = [place.name for place in PLACES.values() if place.rank == 0]
    near = process.extract(fold(text), {name: fold(name) for name in names}, limit=limit, score_cutoff=60)
    return tuple(str(key) for _, _, key in near)
