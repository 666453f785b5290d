"""The places of Alberta as ``places.csv`` lists them: their keys, their ranks and what lies in what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pipelines.datafile import listed, rows
from pipelines.folding import fold
from pipelines.wordlists import entries

#: Kinds that a postal address names as its city; the others only say where in or around one.
_MUNICIPAL = frozenset({"city", "town", "village", "summer_village", "urban_service_area", "hamlet"})
_COUNTRYSIDE = frozenset({"specialized_municipality", "municipal_district", "improvement_district", "special_area"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of Alberta. ``key`` is unique: the name, with its parent or kind where the name alone is not.

    ``parent`` is the key of the place that it lies in, empty for one that is part of no other.
    """

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

    @property
    def rank(self) -> int:
        """0 for what an address names as its city, 1 for counties, 2 for parts of cities and reserves."""
        return _rank(self.kind)


def _load() -> Mapping[str, Place]:
    table = rows("places.csv")
    homes = _homes(table)
    keys: dict[str, int] = {}
    # municipalities have the first choice of a key, and the order of the file stays
    for position in sorted(range(len(table)), key=lambda position: _rank(table[position]["kind"])):
        keys[_key(table[position], homes, keys)] = position
    in_order = sorted(keys, key=keys.__getitem__)
    return MappingProxyType({key: _place(key, table[keys[key]]) for key in in_order})


def _homes(table: Iterable[Mapping[str, str]]) -> Mapping[tuple[str, int], set[str]]:
    """In which parents a name is borne, as name or alias, by places of one rank."""
    homes: dict[tuple[str, int], set[str]] = {}
    for row in table:
        for name in (row["place"], *listed(row["aliases"])):
            homes.setdefault((fold(name), _rank(row["kind"])), set()).add(row["parent"])
    return homes


def _key(row: Mapping[str, str], homes: Mapping[tuple[str, int], set[str]], taken: Collection[str]) -> str:
    name, parent, kind = row["place"], row["parent"], row["kind"]
    shared = len(homes[fold(name), _rank(kind)]) > 1 or fold(name) in only_with_city()
    for key in ([] if shared and parent else [name]) + [f"{name} ({parent or kind})", f"{name} ({kind})"]:
        if key not in taken:
            return key
    raise ValueError(f"places.csv: {name!r} of kind {kind!r} stands twice; give one another name")


def _place(key: str, row: Mapping[str, str]) -> Place:
    return Place(
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


def _rank(kind: str) -> int:
    return 0 if kind in _MUNICIPAL else 1 if kind in _COUNTRYSIDE else 2


@cache
def only_with_city() -> frozenset[str]:
    """The folded names of parts that many cities have; without their city they mean none."""
    return frozenset(map(fold, entries("address", "only_with_city")))


PLACES: Mapping[str, Place] = _load()


def best_ranked(places: Iterable[Place]) -> list[Place]:
    """Of the places that a name may mean the likeliest: municipalities, or else counties, or else parts of cities."""
    found = list(dict.fromkeys(places))
    best = min((place.rank for place in found), default=0)
    return [place for place in found if place.rank == best]


@cache
def containers(place: Place) -> tuple[Place, ...]:
    """A place and the places that it lies in, the smallest first.

    >>> [place.key for place in containers(PLACES["Beltline"])]
    ['Beltline', 'Calgary']
    """
    chain = [place]
    while (outer := PLACES.get(chain[-1].parent)) and outer not in chain:
        chain.append(outer)
    return tuple(chain)


def city_of(place: Place) -> Place:
    """The municipality of a part of a city; any other place itself.

    >>> city_of(PLACES["Beltline"]).key, city_of(PLACES["Sherwood Park"]).key
    ('Calgary', 'Sherwood Park')
    """
    return next((outer for outer in containers(place) if outer.rank < 2), place)
