"""Names of places, alone as in a setting, an entry or the head of a section: the label that each stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pipelines.folding import fold
from pipelines.places import PLACES, find_place, regions
from pipelines.wordlists import entries
from reports.names import ALBERTA, UnknownName, labels_of, region_label

_ABROAD = {
    "canada": "Canada", "united states": "United States", "us": "United States", "usa": "United States",
    "america": "United States", "the states": "United States", "north america": "North America",
    "great britain": "United Kingdom", "uk": "United Kingdom", "europe": "Europe", "asia": "Asia",
}  # fmt: skip
CANADIAN = frozenset({
    "Canada", "British Columbia", "Saskatchewan", "Manitoba", "Ontario", "Quebec", "New Brunswick", "Nova Scotia",
    "Prince Edward Island", "Newfoundland", "Labrador", "Yukon", "Northwest Territories", "Nunavut", "Vancouver",
    "Victoria", "Kelowna", "Toronto", "Ottawa", "Montreal", "Winnipeg", "Regina", "Saskatoon", "Halifax",
})  # fmt: skip
_LISTED = re.compile(r"\s*[;+,]\s*")
_LISTED_AND = re.compile(r"\s+and\s+|\s*[&/]\s*")
_SHORT = frozenset({"AB", "Alta", "Alta."})


@cache
def publish_regions() -> frozenset[str]:
    """The regions that figures are published for."""
    return frozenset(regions())


def in_alberta(label: str) -> bool:
    """Whether figures can exist for a label."""
    return label == ALBERTA or label in PLACES or label in publish_regions()


@cache
def labels_by_name() -> Mapping[str, str]:
    """Labels by folded name; municipalities win over parts, and what is ambiguous is not in it."""
    names = {fold(name): name for name in entries("address", "elsewhere")} | _ABROAD
    for place in PLACES.values():
        for name in (place.name, *place.aliases):
            found = find_place(name)
            if found is not None and len(name) > 2:
                names[fold(name)] = found.key
    return names | {fold(name): name for name in regions()} | {fold(ALBERTA): ALBERTA}


def stated_regions(text: str) -> tuple[str, ...]:
    """The regions that a setting or an entry lists; what is no place that we know stays as it is written.

    >>> stated_regions("Calgary, AB"), stated_regions("calgary + Red Deer & Central"), stated_regions("Atlantis")
    (('Calgary',), ('Calgary', 'Red Deer & Central'), ('Atlantis',))
    """
    parts = [part.strip() for part in _LISTED.split(text) if part.strip()]
    labels = [label for part in parts for label in _stated(part)]
    return innermost(labels)


def _stated(text: str) -> tuple[str, ...]:
    label = _label(text)
    if label is None and _LISTED_AND.search(text):
        return tuple(name for part in _LISTED_AND.split(text) for name in _stated(part.strip()))
    return (label or text,)


def _label(name: str) -> str | None:
    if name in _SHORT:
        return ALBERTA
    try:
        return region_label(name)
    except UnknownName:
        return labels_by_name().get(fold(name))


def fault_of(label: str) -> str | None:
    """What is wrong with a label that is no place that we know, with what may be meant; ``None`` for all others."""
    if in_alberta(label) or fold(label) in labels_by_name():
        return None
    try:
        region_label(label)
    except UnknownName as error:
        return str(error)
    return None


def is_region(text: str) -> bool:
    """Whether a text is the name of a place and nothing else.

    >>> is_region("Red Deer"), is_region("in Red Deer"), is_region("standard")
    (True, False, False)
    """
    return text[:1].isupper() and fold(bare(text)) in labels_by_name()


def bare(name: str) -> str:
    """A name without what may hang on it."""
    return re.sub(r"['’]s$|\.$", "", name)


def innermost(labels: Iterable[str]) -> tuple[str, ...]:
    """Labels, each once, without those that only hold another one.

    >>> innermost(["Calgary", "Alberta", "Calgary"])
    ('Calgary',)
    """
    found = tuple(dict.fromkeys(labels))
    wider = {outer for label in found for outer in _around(label)}
    return tuple(label for label in found if label not in wider)


def _around(label: str) -> set[str]:
    if label in PLACES:
        return {*labels_of(label), "Canada"} - {label}
    if label in CANADIAN or in_alberta(label):
        return {"Canada", *([ALBERTA] if in_alberta(label) else [])} - {label}
    return set()
