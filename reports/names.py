"""What people call modalities and regions, to what the warehouse calls them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from pipelines import modality as modalities
from pipelines import places
from pipelines.folding import fold
from pipelines.normalize import BINS

ALBERTA = "Alberta"


class UnknownName(ValueError):
    """A name that stands for nothing we know; the message suggests what may be meant."""


def modality_id(text: str) -> str:
    """The modality that an id, a name or a synonym means. Raises ``UnknownName``.

    >>> modality_id("nmt")
    'neuromuscular_therapy'
    """
    found = modalities.find_modality(text)
    if found is None:
        raise UnknownName(f"no modality is called {text!r}{_perhaps(modalities.suggest(text))}")
    return found.id


def region_label(text: str) -> str:
    """The label of the region that a text means: Alberta, a publish region, or a place. Raises ``UnknownName``.

    >>> region_label("alberta"), region_label("calgary cma"), region_label("yeg")
    ('Alberta', 'Calgary CMA', 'Edmonton')
    """
    named = {fold(name): name for name in (*places.regions(), ALBERTA)}
    place = places.find_place(text)
    label = named.get(fold(text)) or (place.key if place else None)
    if label is None:
        raise UnknownName(f"no place or region of Alberta is called {text!r}{_perhaps(places.suggest(text))}")
    return label


def bin_minutes(minutes: int) -> int:
    """A length in minutes that figures are published for. Raises ``UnknownName`` for any other."""
    if minutes not in BINS:
        raise UnknownName(f"no figures for {minutes} minutes; published lengths are {', '.join(map(str, BINS))}")
    return minutes


@cache
def labels_of(place_key: str | None) -> tuple[str, ...]:
    """The labels of all regions that a place counts in: itself, what it lies in, its publish region, Alberta."""
    labels: list[str] = []
    place = places.PLACES.get(place_key) if place_key else None
    region = place.publish_region if place else None
    while place and place.key not in labels:
        labels.append(place.key)
        place = places.PLACES.get(place.parent)
    return tuple(dict.fromkeys([*labels, *([region] if region else []), ALBERTA]))


def joined(labels: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> joined(["Calgary", "Edmonton"]), joined(["a", "b", "c"])
    ('Calgary and Edmonton', 'a, b and c')
    """
    return " and ".join(part for part in (", ".join(labels[:-1]), labels[-1]) if part)


def _perhaps(suggestions: Iterable[str]) -> str:
    listed = ", ".join(suggestions)
    return f"; did you mean {listed}?" if listed else ""
