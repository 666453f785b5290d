"""The desk that figures are made on: votes and models of one day, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources

import duckdb
import numpy as np

from pipelines.places import PLACES, regions
from reports.cells import Cells, Key, cells_of
from reports.estimate import Estimate, blend, modelled
from reports.model import Variances
from reports.names import ALBERTA, labels_of
from reports.province import RESORTS, UNSEEN, UNSEEN_RESORTS, Province, province
from reports.quantiles import Floats, Ints
from reports.votes import VOTING_DAYS, votes

_PARENTS = "SELECT id, parents FROM modalities WHERE rollup"
_LISTED = "SELECT place_key, count(*) FROM locations WHERE listed GROUP BY place_key"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the figures of one day are made from; without a single vote ``found`` is ``None``."""

    as_of: date | None
    found: Province | None
    counted: Cells | None
    stale: Cells | None
    set_aside: Cells | None
    parents: dict[str, list[str]]
    listed: Counter[str | None]
    """Locations that the registry lists, by place."""
    held: dict[tuple[str, int], Counter[str | None]]
    """Flagged prices of a modality and length, by place."""
    _blended: dict[tuple[object, ...], Estimate] = field(default_factory=dict)

    def rows(self, modality: str, minutes: int, labels: Sequence[str]) -> Ints:
        """The rows of ``found.votes`` that vote in a cell, ascending by price."""
        return self.counted.rows(modality, minutes, labels) if self.counted else np.zeros(0, np.int64)

    def blended(self, modality: str, minutes: int, labels: Sequence[str], *, level: bool = False) -> Estimate:
        """The blended estimate of a cell that has votes."""
        key = (modality, minutes, tuple(labels), level)
        if key not in self._blended and self.found:
            rows = self.rows(modality, minutes, labels)
            groups = self._groups(rows, modality, minutes, labels) if level else None
            self._blended[key] = blend(self.found, self.found.votes.where(rows), groups)
        return self._blended[key]

    def _groups(self, rows: Ints, modality: str, minutes: int, labels: Sequence[str]) -> Ints:
        """For each row which of the labels it votes in; of labels that share no vote."""
        member = np.zeros(len(rows), np.int64)
        for n, label in enumerate(labels):
            member[np.isin(rows, self.rows(modality, minutes, [label]))] = n
        return member

    def modelled(self, modality: str, minutes: int, labels: Sequence[str]) -> Estimate | None:
        """The model's estimate of a cell, whoever votes in it."""
        code = self.code(modality)
        if self.found is None or code is None:
            return None
        regions, shares = self.regions(labels)
        return modelled(self.found, regions, shares, code, minutes)

    def code(self, modality: str) -> int | None:
        """The modality's code in the votes."""
        names = self.found.votes.modalities if self.found else ()
        return names.index(modality) if modality in names else None

    def regions(self, labels: Sequence[str]) -> tuple[list[int], Floats]:
        """The model's regions that labels lie in, and what each counts for; negative ones have no votes."""
        if self.found is None:
            return [], np.zeros(0)
        names = self.found.votes.regions
        if ALBERTA in labels:
            members = np.unique(np.column_stack([self.found.votes.region, self.found.votes.location]), axis=0)
            codes, counts = np.unique(members[:, 0], return_counts=True)
            return [int(code) for code in codes], counts.astype(float)
        own = dict.fromkeys(region_of(label) for label in labels)
        unseen = {RESORTS: UNSEEN_RESORTS}
        return [names.index(n) if n in names else unseen.get(n, UNSEEN) for n in own], np.ones(len(own))

    def others(self, modality: str, labels: Sequence[str]) -> int:
        """Brands elsewhere that the model knows the modality's prices from."""
        code, found = self.code(modality), self.found
        if found is None or code is None:
            return 0
        regions, _ = self.regions(labels)
        models = {id(m): m for region in regions if (m := found.model_of(region))}
        return int(sum(m.modality_brands[code] for m in models.values()))

    def wider(self, modality: str) -> Iterator[str]:
        """The modalities that count a modality's prices as theirs, nearest first."""
        found, todo = {modality}, [modality]
        while todo:
            for parent in self.parents.get(todo.pop(0), []):
                if parent not in found:
                    found.add(parent)
                    todo.append(parent)
                    yield parent

    def keys(self, modality: str | None, minutes: int | None, *, modelled: bool) -> list[Key]:
        """The cells with votes, sorted; ``modelled`` adds all that the model knows of, in regions and cities."""
        if self.counted is None or self.found is None:
            return []
        keys = set(self.counted.bounds) | (set(self.stale.bounds) if self.stale else set())
        if modelled:
            labels = {key[2] for key in keys} | set(regions())
            offered = {key[:2] for key in keys}
            keys |= {(m, d, label) for m, d in offered for label in labels}
        return sorted(
            k for k in keys if (modality is None or k[0] == modality) and (minutes is None or k[1] == minutes)
        )

    def offered(self, modality: str | None, minutes: int | None, labels: Sequence[str]) -> list[tuple[str, int]]:
        """The modalities and lengths to make figures of for labels: the asked ones, else those with votes there."""
        if modality is not None and minutes is not None:
            return [(modality, minutes)]
        keys = self.keys(modality, minutes, modelled=False)
        return sorted({key[:2] for key in keys if key[2] in labels})

    def known(self, labels: Sequence[str]) -> int:
        """Locations that the registry lists there."""
        return _within(self.listed, labels)

    def flagged(self, modality: str, minutes: int, labels: Sequence[str]) -> int:
        """Current prices that checks hold back, and that would count in a cell."""
        return _within(self.held.get((modality, minutes), Counter()), labels)

    def no_votes(self, known: int) -> str:
        """Why there is no figure where nobody votes."""
        if self.as_of is None:
            return "no page has been read yet"
        if not known:
            return "no clinic there is known"
        return (
            f"none of the {known} known locations shows a price for it that was seen in the {VOTING_DAYS} days "
            f"to {self.as_of}"
        )


def _within(counts: Counter[str | None], labels: Sequence[str]) -> int:
    """What places count that lie in any of some regions."""
    return sum(count for place, count in counts.items() if not set(labels_of(place)).isdisjoint(labels))


def region_of(label: str) -> str:
    """The publish region that a place lies in, or that a label is."""
    place = PLACES.get(label)
    return (place.publish_region or "") if place and label not in regions() else label


def open_desk(con: duckdb.DuckDBPyConnection, as_of: date | None, variances: Variances | None = None) -> Desk:
    """The desk of a day; ``variances`` given are taken, else estimated."""
    ballot = votes(con, as_of)
    found = province(ballot, variances) if len(ballot) else None
    return Desk(
        as_of=as_of,
        found=found,
        counted=cells_of(found.votes) if found else None,
        stale=cells_of(found.stale) if found else None,
        set_aside=cells_of(found.set_aside) if found else None,
        parents={name: list(parents) for name, parents in con.execute(_PARENTS).fetchall()},
        listed=Counter(dict(con.execute(_LISTED).fetchall())),
        held=_held(con),
    )


def _held(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], Counter[str | None]]:
    query = resources.files("reports").joinpath("flagged.sql").read_text(encoding="utf-8")
    held: dict[tuple[str, int], Counter[str | None]] = {}
    for modality, minutes, place, count in con.execute(query).fetchall():
        held.setdefault((modality, minutes), Counter())[place] = count
    return held
