"""Where the figures come from that claims are held against: the warehouse as it is now, or a release."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import duckdb
import pandas as pd

from reports.desk import Desk, open_desk
from reports.figure import Figure
from reports.figures import figures_of, last_day
from reports.making import figure
from reports.names import joined, labels_of
from reports.releases import Release
from reports.sets import alike


@dataclass(slots=True)
class FromWarehouse:
    """Figures made of a warehouse's votes."""

    con: duckdb.DuckDBPyConnection
    _desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        """What the figures are made on; read when the first claim asks for one."""
        if self._desk is None:
            self._desk = open_desk(self.con, last_day(self.con))
        return self._desk

    def pooled(self, modality: str, minutes: int, labels: tuple[str, ...]) -> Figure:
        """See ``Source``."""
        found = figures_of(self.desk, modality=modality, minutes=minutes, regions=labels)
        return found[0] if len(found) == 1 else figure(self.desk, modality, minutes, labels)

    def prices(self, modality: str, minutes: int, labels: tuple[str, ...]) -> tuple[float, ...]:
        """See ``Source``."""
        voting = self.desk.found
        return tuple(voting.votes.cents[self.desk.rows(modality, minutes, labels)]) if voting else ()

    def alike(self, modality: str, minutes: int, labels: tuple[str, ...]) -> bool:
        """See ``Source``."""
        return alike(self.desk, modality, minutes, labels).alike


@dataclass(slots=True)
class FromRelease:
    """Figures as a release froze them; a set of regions that it does not hold has none."""

    release: Release
    _figures: dict[tuple[str, str, int], Figure] = field(default_factory=dict)
    _votes: pd.DataFrame | None = None

    def pooled(self, modality: str, minutes: int, labels: tuple[str, ...]) -> Figure:
        """See ``Source``."""
        region, name = self._name(labels), self.release.release_id
        missing = Figure(region, modality, minutes, reason=f"release {name} holds no figure for it")
        return replace(self.figures.get((region, modality, minutes), missing), release=name)

    @property
    def figures(self) -> dict[tuple[str, str, int], Figure]:
        """All figures of the release by region, modality and length."""
        if not self._figures:
            made = [_figure_of(row) for row in self.release.table("figures").to_dict("records")]
            self._figures = {(f.region, str(f.modality), int(f.minutes or 0)): f for f in made}
        return self._figures

    def prices(self, modality: str, minutes: int, labels: tuple[str, ...]) -> tuple[float, ...]:
        """See ``Source``."""
        if self._votes is None:
            self._votes = self.release.table("votes")
        rows = self._votes[(self._votes["modality"] == modality) & (self._votes["minutes"] == minutes)]
        keys = (key if isinstance(key, str) else None for key in rows["place_key"])
        there = [bool(set(labels_of(key)) & set(labels)) for key in keys]
        return tuple(float(cents) for cents in rows["cents"][pd.Series(there, index=rows.index, dtype=bool)])

    def alike(self, modality: str, minutes: int, labels: tuple[str, ...]) -> bool:
        """See ``Source``; regions that were not alike have no figure as one."""
        return (self._name(labels), modality, minutes) in self.figures

    def _name(self, labels: tuple[str, ...]) -> str:
        """What the release calls regions that are named together, in whatever order."""
        same = (name for name, members in self.release.sets.items() if set(members) == set(labels))
        return next(same, joined(labels))


def _figure_of(row: Mapping[Hashable, Any]) -> Figure:
    """A row of a release's figures; what is missing in a table is absent."""
    known = {f.name for f in fields(Figure)}
    values: dict[str, Any] = {
        str(name): None if pd.isna(value) else value for name, value in row.items() if name in known
    }
    return Figure(**values)
