"""Names of Alberta places to the place they mean, from ``places.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rapidfuzz import process

from pipelines.datafile import listed, rows
from pipelines.folding import fold

#: Kinds that a postal address names as its city; the others only say where in or around one.
_MUNICIPAL = frozenset({"city", "town", "village", "summer_village", "urban_service_area", "hamlet"})
_COUNTRYSIDE = frozenset({"specialized_municipality", "municipal_district", "improvement_district", "special_area"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of Alberta. ``key`` is unique: the name, with its parent or kind where the name alone is not."""

    key: str
    name: str
    kind: str
    parent: str
    cma: str
    publish_region: str
    population: int | None
    aliases: tuple[str, ...]
    lat: float | None
    lon: float | None


def _key(row: Mapping[str, str], taken: set[str]) -> str:
    for key in (row["place"], f"{row['place']} ({row['parent'] or row['kind']})", f"{row['place']} ({row['kind']})"):
        if key not in taken:
            return key
    raise ValueError(f"places.csv: {row['place']!r} of kind {row['kind']!r} stands twice; give one another name")


def _load() -> Mapping[str, Place]:
    places: dict[str, Place] = {}
    taken: set[str] = set()
    for row in rows("places.csv"):
        key = _key(row, taken)
        taken.add(key)
        places[key] = Place(
            key=key,
            name=row["place"],
            kind=row["kind"],
            parent=row["parent"],
            cma=row["cma"],
            publish_region=row["publish_region"],
            population=int(row["population"]) if row["population"] else None,
            aliases=listed(row["aliases"]),
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
        )
    return MappingProxyType(places)


PLACES: Mapping[str, Place] = _load()


def _rank(place: Place) -> int:
    return 0 if place.kind in _MUNICIPAL else 1 if place.kind in _COUNTRYSIDE else 2


@cache
def _by_name() -> dict[str, list[Place]]:
    index: dict[str, list[Place]] = {}
    for place in PLACES.values():
        for name in {fold(n) for n in (place.key, place.name, *place.aliases)}:
            index.setdefault(name, []).append(place)
    return index


def find_place(text: str) -> Place | None:
    """The place that a name or alias means, municipalities before neighbourhoods; ``None`` if unknown or ambiguous.

    >>> find_place("yeg").name, find_place("St Albert").name, find_place("Parkdale"), find_place("Toronto")
    ('Edmonton', 'St. Albert', None, None)
    """
    found = _by_name().get(fold(text), [])
    best = [place for place in found if _rank(place) == min(map(_rank, found))]
    return best[0] if len(best) == 1 else None


@cache
def _postal_areas() -> dict[str, str]:
    """Forward sortation areas that lie in one place for sure, and that place's name."""
    return {row["fsa"]: row["place"] for row in rows("postal_areas.csv") if row["confidence"] == "high"}


def place_of_postal_code(postal_code: str) -> Place | None:
    """The place that a postal code lies in; ``None`` for rural and mixed areas, which say too little.

    >>> place_of_postal_code("T6E 4E2").name, place_of_postal_code("T0J 0Y0")
    ('Edmonton', None)
    """
    name = _postal_areas().get(postal_code[:3].upper())
    return find_place(name) if name else None


def regions() -> tuple[str, ...]:
    """The names of the publish regions, in alphabetical order."""
    return tuple(sorted({place.publish_region for place in PLACES.values()}))


def suggest(text: str, limit: int = 3) -> tuple[str, ...]:
    """Names of the municipalities that come nearest to an unknown one, best first; a hint, never a decision."""
    names = [place.name for place in PLACES.values() if _rank(place) == 0]
    near = process.extract(fold(text), {name: fold(name) for name in names}, limit=limit, score_cutoff=60)
    return tuple(str(key) for _, _, key in near)
