"""Address lines to the place of Alberta that they lie in. A wrong place is worse than none.

The city that an address names decides, unless something contradicts it. A name that is also one abroad, or an
ordinary word, needs a second cue: the province, a postal code or a phone code of Alberta. A postal code decides alone
only where its area lies in one place; what contradicts another cue, or names another province, decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pipelines.address_cues import Cues, read_cues
from pipelines.address_names import word_set
from pipelines.phone_codes import in_one_half, serves
from pipelines.place_table import Place, best_ranked, city_of, containers
from pipelines.places import PostalArea, postal_area
from pipelines.wordlists import entries


class Cue(StrEnum):
    """What tells of a place."""

    CITY = "city"
    NEIGHBOURHOOD = "neighbourhood"
    POSTAL_CODE = "postal_code"
    PROVINCE = "province"
    PHONE = "phone"
    NONE = "none"


_PART = 2
#: How sure a place is by the cue that names it and the best one that agrees. Judgement, not measured: the order counts.
SURE: Mapping[tuple[Cue, Cue], float] = MappingProxyType(
    {
        (Cue.CITY, Cue.POSTAL_CODE): 0.99,
        (Cue.CITY, Cue.PROVINCE): 0.97,
        (Cue.CITY, Cue.PHONE): 0.9,
        (Cue.CITY, Cue.NONE): 0.8,
        (Cue.NEIGHBOURHOOD, Cue.POSTAL_CODE): 0.97,
        (Cue.NEIGHBOURHOOD, Cue.CITY): 0.95,
        (Cue.NEIGHBOURHOOD, Cue.PROVINCE): 0.75,
        (Cue.POSTAL_CODE, Cue.NONE): 0.95,
    }
)


@dataclass(frozen=True, slots=True)
class Located:
    """A place, the cue that names it, the best cue that agrees, and how sure that makes it (see ``SURE``)."""

    place: Place
    basis: Cue
    support: Cue

    @property
    def sure(self) -> float:
        """From 0 to 1."""
        return SURE[self.basis, self.support]

    @property
    def told_by(self) -> str:
        """The cues in words: ``city, postal_code``."""
        return ", ".join(cue for cue in (self.basis, self.support) if cue is not Cue.NONE)


def locate(text: str) -> Located | None:
    """The place that an address line or another short text lies in; ``None`` for what cannot be decided.

    >>> found = locate("1204 Edmonton Trail NE, Calgary, AB T2E 3K4")
    >>> found.place.key, found.basis.value, found.support.value, found.sure
    ('Calgary', 'city', 'postal_code', 0.99)
    >>> locate("Banff Avenue, AB"), locate("Calgary and Edmonton"), locate("Edmonton AB T2E 3K4")
    (None, None, None)
    """
    cues = read_cues(text)
    if cues.abroad:
        return None
    areas = [area for area in map(postal_area, cues.postal_areas) if area]
    cities = [mention.options for mention in cues.mentions if mention.names_city]
    lies_in = [(area.place,) for area in areas if area.place and area.confidence == "high"]
    if not cities and not lies_in:
        return _by_part(cues, areas)
    place = _agreed([*cities, *lies_in], areas)
    if place is None:
        return None
    support = _support(place, cues, areas)
    if cities and not _enough(place, support, cues):
        return None
    whole = Located(place, Cue.CITY, support) if cities else Located(place, Cue.POSTAL_CODE, Cue.NONE)
    return _narrowed(place, cues, support) or whole


def _agreed(named: Sequence[Sequence[Place]], areas: Sequence[PostalArea]) -> Place | None:
    """The one place that everything named may mean or contain. A name without places agrees with none."""
    best = best_ranked(place for options in named for place in options if _agrees(place, named, areas))
    if len(best) > 1 and len({city_of(place) for place in best}) == 1:
        return city_of(best[0])
    return best[0] if len(best) == 1 else None


def _agrees(place: Place, named: Sequence[Sequence[Place]], areas: Sequence[PostalArea]) -> bool:
    within = all(not set(options).isdisjoint(containers(place)) for options in named)
    return within and all(_fits(place, area) for area in areas)


def _fits(place: Place, area: PostalArea) -> bool:
    """Whether a place may have addresses in a postal area. Rural ones are wide and keep out of cities."""
    if area.confidence == "high":
        return area.place in containers(place)
    if area.confidence == "medium":
        return place.publish_region == area.publish_region
    urban = city_of(place).kind in ("city", "urban_service_area")
    return not urban and in_one_half(place.publish_region, area.publish_region)


def _support(place: Place, cues: Cues, areas: Sequence[PostalArea]) -> Cue:
    """The best cue beside a name; a postal code of a wider area says no more than the province."""
    if any(area.place in containers(place) for area in areas):
        return Cue.POSTAL_CODE
    if cues.province or cues.postal_areas:
        return Cue.PROVINCE
    return Cue.PHONE if any(serves(code, place.publish_region) for code in cues.phone_codes) else Cue.NONE


def _enough(place: Place, support: Cue, cues: Cues) -> bool:
    """Whether a named city needs no further cue."""
    if support in (Cue.POSTAL_CODE, Cue.PROVINCE):
        return True
    if place.name in entries("address", "by_province"):
        return False
    names = {mention.name for mention in cues.mentions if mention.names_city}
    if support is Cue.PHONE:
        return not names <= word_set("ordinary")
    speaks_against = any(serves(code, place.publish_region) is False for code in cues.phone_codes)
    return not speaks_against and not names.isdisjoint(word_set("alone"))


def _narrowed(place: Place, cues: Cues, support: Cue) -> Located | None:
    """The one part of a city that is named beside the city or its postal code."""
    parts = [mention.options for mention in cues.mentions if not mention.names_city]
    inside = {option for options in parts for option in options if place in containers(option)}
    part = place if place.rank == _PART else inside.pop() if len(inside) == 1 else None
    if part is None:
        return None
    return Located(part, Cue.NEIGHBOURHOOD, Cue.POSTAL_CODE if support is Cue.POSTAL_CODE else Cue.CITY)


def _by_part(cues: Cues, areas: Sequence[PostalArea]) -> Located | None:
    """The part of a city, or the reserve, that is named without its city: it needs the province or a postal code.

    A name such as Downtown Calgary has its city in it.
    """
    parts = [mention for mention in cues.mentions if mention.name not in word_set("only_with_city")]
    place = _agreed([part.options for part in parts], areas)
    if place is None:
        return None
    support = _support(place, cues, areas)
    if support in (Cue.POSTAL_CODE, Cue.PROVINCE):
        return Located(place, Cue.NEIGHBOURHOOD, support)
    names_city = any(part.name.endswith(city_of(place).name.lower()) for part in parts)
    return Located(place, Cue.NEIGHBOURHOOD, Cue.CITY) if names_city else None
