"""Figures without a warehouse, and guides made of parts that are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports.guides.checking import Checker
from reports.guides.measured import Answer, Measured
from reports.guides.records import Claim
from reports.guides.site import site_defaults

TODAY = date(2026, 11, 21)
USUAL = Measured(
    modality="neuromuscular_therapy",
    minutes=60,
    regions=("Calgary", "Edmonton"),
    low=9_000,
    high=13_500,
    typical=11_000,
    average=11_240,
    n=34,
    grade="A",
    as_of=date(2026, 11, 1),
    basis="before GST",
    prices=tuple(range(8_500, 14_500, 250)),
)


def measured(low: int, high: int, **other: object) -> Measured:
    """A figure in dollars, its middle price in the middle."""
    middle = 50 * (low + high)
    spread = tuple(100 * (low + (high - low) * step / 20) for step in range(-2, 23))
    known = replace(USUAL, low=100 * low, high=100 * high, typical=middle, average=middle, prices=spread)
    return replace(known, **other)


def always(found: Measured | None, reason: str = "no clinic there is known") -> Callable[..., Answer]:
    """Figures that say the same of every cell."""

    def answer(modality: str, minutes: int, regions: Sequence[str]) -> Answer:
        if found is None:
            return Answer(reason=reason)
        return Answer(replace(found, modality=modality, minutes=minutes, regions=tuple(regions)))

    return answer


def checker(found: Measured | None = USUAL, *, region: str = "", tolerance: float = 500) -> Checker:
    """A checker over figures that say the same of every cell."""
    return Checker(always(found), site_defaults(region, "CAD"), tolerance)


def told(claim: Claim) -> str:
    """A claim as ``sentences.txt`` writes it."""
    low, high, average = (f"{cents / 100:g}" if cents else "" for cents in (claim.low, claim.high, claim.average))
    ends = f"{low}-{high}" if low or high else "-"
    where = " and ".join(claim.regions) or "-"
    return f"{claim.modality} {claim.minutes or '-'} {ends} {average or '-'} {where}"


@dataclass(frozen=True)
class Slot:
    """A part of a guide that refresh may change: a number of a claim, or the date of the last change."""

    text: str
    is_date: bool = False
