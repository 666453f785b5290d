"""Figures asked of a source once for each cell, and what is answered where a cell has too few prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from reports.figure import Figure
from reports.guides.measured import Answer, Measured
from reports.guides.place_names import publish_regions
from reports.names import UnknownName, bin_minutes, modality_id, region_label

#: Fewer locations than this carry no figure of their own; with fewer than ``FIRM`` a wider region may speak.
LEAST, FIRM = 3, 6


class Source(Protocol):
    """Where figures come from: the newest warehouse, or a release. Labels are those of ``region_label``."""

    def pooled(self, modality: str, minutes: int, labels: tuple[str, ...]) -> Figure:
        """The figure of regions as one, as the sentence tells it, even where they are better told apart."""

    def prices(self, modality: str, minutes: int, labels: tuple[str, ...]) -> tuple[float, ...]:
        """The votes behind it, in cents."""

    def alike(self, modality: str, minutes: int, labels: tuple[str, ...]) -> bool:
        """Whether the regions may be told as one."""


@dataclass(slots=True)
class Cells:
    """Figures of a source, remembered by cell."""

    source: Source
    known: dict[tuple[str, int, tuple[str, ...]], Answer] = field(default_factory=dict)

    def __call__(self, modality: str, minutes: int, regions: Sequence[str]) -> Answer:
        """The figure of a cell; a city with few clinics is answered for by its census area."""
        cell = (modality, minutes, tuple(regions))
        if cell not in self.known:
            try:
                self.known[cell] = self._asked(*cell)
            except UnknownName as error:
                self.known[cell] = Answer(reason=str(error))
        return self.known[cell]

    def _asked(self, modality: str, minutes: int, regions: tuple[str, ...]) -> Answer:
        length, kind = bin_minutes(minutes), modality_id(modality)
        labels = tuple(dict.fromkeys(region_label(region) for region in regions))
        lacking = self._lacking(kind, length, labels)
        if lacking:
            return Answer(reason=lacking)
        own = self._figure(kind, length, labels)
        if len(labels) == 1 and f"{labels[0]} CMA" in publish_regions() and not _firm(own.measured):
            wider = self._figure(kind, length, (f"{labels[0]} CMA",))
            if wider.measured and _firm(wider.measured):
                return Answer(replace(wider.measured, widened_from=labels[0]))
        if own.measured and len(labels) > 1:
            return Answer(replace(own.measured, apart=self._apart(kind, length, labels)))
        return own

    def _lacking(self, modality: str, minutes: int, labels: tuple[str, ...]) -> str | None:
        """Which of several regions has too few prices for a figure of them all; the others cannot answer for it."""
        if len(labels) == 1:
            return None
        counts = [(label, len(self.source.prices(modality, minutes, (label,)))) for label in labels]
        few = [f"{label} has {n} price{'s' * (n != 1)} for it" for label, n in counts if n < LEAST]
        return "; ".join(few) or None

    def _figure(self, modality: str, minutes: int, labels: tuple[str, ...]) -> Answer:
        found = self.source.pooled(modality, minutes, labels)
        measured = _measured(found, labels)
        if measured is None:
            return Answer(reason=found.reason or "no figure is published")
        if measured.n < LEAST or measured.grade == "E":
            return Answer(reason=f"only {measured.n} location{'s' * (measured.n != 1)} there: too few for numbers")
        return Answer(replace(measured, prices=self.source.prices(modality, minutes, labels)))

    def _apart(self, modality: str, minutes: int, labels: tuple[str, ...]) -> tuple[Measured, ...]:
        """The regions one by one, if their prices are too far apart to be told as one."""
        found = [self._figure(modality, minutes, (label,)).measured for label in labels]
        each = [one for one in found if one is not None and _firm(one)]
        if len(each) < len(labels) or len({(one.low, one.high) for one in each}) == 1:
            return ()
        return () if self.source.alike(modality, minutes, labels) else tuple(each)


def _firm(measured: Measured | None) -> bool:
    if measured is None:
        return False
    return measured.grade in ("A", "B", "C") if measured.grade else measured.n >= FIRM


def _measured(told: Figure, labels: tuple[str, ...]) -> Measured | None:
    ends = (told.typical_low_cents, told.typical_high_cents, told.typical_cents, told.average_cents)
    low, high, typical, average = ends
    if low is None or high is None or typical is None or average is None or not told.modality or not told.minutes:
        return None
    return Measured(
        modality=told.modality,
        minutes=told.minutes,
        regions=labels,
        low=low,
        high=high,
        typical=typical,
        average=average,
        n=told.n,
        grade=told.grade,
        as_of=told.as_of,
        newest=told.newest,
        basis=told.basis,
        release=told.release,
        exact_low=told.unrounded_low_cents,
        exact_high=told.unrounded_high_cents,
        slack=(
            _half(told.low_ci_low_cents, told.low_ci_high_cents),
            _half(told.high_ci_low_cents, told.high_ci_high_cents),
            _half(told.typical_ci_low_cents, told.typical_ci_high_cents),
            _half(told.average_ci_low_cents, told.average_ci_high_cents),
        ),
    )


def _half(low: float | None, high: float | None) -> float:
    """Half the width of an interval; none where there is none."""
    return (high - low) / 2 if low is not None and high is not None else 0.0
