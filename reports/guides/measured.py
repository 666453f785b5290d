"""The figure that a claim is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from reports.figure import DEFINITION
from reports.names import joined


@dataclass(frozen=True, slots=True)
class Measured:
    """What clinics list in one cell, in cents before GST.

    ``low`` and ``high`` are as published, ``exact_low`` and ``exact_high`` before rounding; ``slack`` is half the width
    of the confidence interval of low, high, typical and average where the figures tell one. ``prices`` are the votes.
    ``widened_from`` is the region that was asked for, where a wider one answers; ``apart`` the regions one by one,
    where they are better told so.
    """

    modality: str
    minutes: int
    regions: tuple[str, ...]
    low: float
    high: float
    typical: float
    average: float
    n: int
    grade: str | None = None
    as_of: date | None = None
    newest: date | None = None
    basis: str = ""
    definition: str = DEFINITION
    release: str | None = None
    exact_low: float | None = None
    exact_high: float | None = None
    slack: tuple[float, float, float, float] = (0, 0, 0, 0)
    prices: tuple[float, ...] = ()
    widened_from: str | None = None
    apart: tuple[Measured, ...] = ()

    @property
    def region(self) -> str:
        """The regions as a sentence lists them."""
        return joined(self.regions)

    def share_within(self, low: float, high: float) -> float | None:
        """The share of locations whose price lies in a range."""
        inside = sum(low <= price <= high for price in self.prices)
        return inside / len(self.prices) if self.prices else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A measured figure, or the reason why there is none."""

    measured: Measured | None = None
    reason: str | None = None


class Figures(Protocol):
    """Anything that can say what clinics list."""

    def __call__(self, modality: str, minutes: int, regions: Sequence[str]) -> Answer:
        """The figure for a modality id, a length and region labels."""
