"""Whether a claim still holds: the claim, the figure, and how far they may lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pipelines.tax import rate_on
from reports.guides.measured import Answer, Figures, Measured
from reports.guides.place_names import fault_of, in_alberta
from reports.guides.records import Claim, Tax


class Verdict(StrEnum):
    """What a check comes to."""

    CONSISTENT = "consistent"
    TOO_LOW = "too low"
    TOO_HIGH = "too high"
    LOW_END_OLD = "low end old"
    HIGH_END_OLD = "high end old"
    TOO_NARROW = "too narrow"
    TOO_WIDE = "too wide"
    OUT_OF_DATE = "out of date"
    CANNOT_CHECK = "cannot check"
    IGNORED = "ignored"

    @property
    def is_stale(self) -> bool:
        """Whether somebody has to write something else."""
        return self not in (Verdict.CONSISTENT, Verdict.CANNOT_CHECK, Verdict.IGNORED)


#: What a range holds of the clinics when it is right, and how far its middle may lie from the middle price.
LEAST_SHARE, MOST_SHARE, MIDDLE_WITHIN = 0.65, 0.92, 0.075
WIDE_RATIO = 2.2
TOLERANCE_CENTS = 500.0
NO_WAREHOUSE = "there is no warehouse to check against"


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim with what came of checking it; ``reason`` says why it could not be, or why it is left alone.

    ``fill`` is what belongs between the marks of a sentence that is kept filled; ``faulty`` that its marks are wrong.
    """

    claim: Claim
    verdict: Verdict
    measured: Measured | None = None
    reason: str | None = None
    share: float | None = None
    fill: str | None = None
    faulty: bool = False

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to write something else, or to mend a mark."""
        return self.verdict.is_stale or self.faulty


def check(claim: Claim, figures: Figures | None, tolerance: float = TOLERANCE_CENTS) -> Finding:
    """The verdict on a claim; ``tolerance`` in cents is how far a number may be off. Without figures there is none."""
    if claim.ignored is not None:
        return Finding(claim, Verdict.IGNORED, reason=claim.ignored)
    reason = _uncheckable(claim) or (NO_WAREHOUSE if figures is None else None)
    if reason or figures is None or claim.minutes is None:
        return Finding(claim, Verdict.CANNOT_CHECK, reason=reason)
    answer: Answer = figures(claim.modality, claim.minutes, claim.regions)
    if answer.measured is None:
        return Finding(claim, Verdict.CANNOT_CHECK, reason=answer.reason)
    return _held_against(claim, answer.measured, tolerance)


def _uncheckable(claim: Claim) -> str | None:
    """Why no figure could speak about a claim."""
    if claim.barred:
        return claim.barred
    if claim.currency != "CAD":
        return f"its prices are in {claim.currency}"
    abroad = [region for region in claim.regions if not in_alberta(region)]
    if abroad:
        return fault_of(abroad[0]) or f"{abroad[0]} is not in Alberta"
    if not claim.regions:
        return "it names no region, and no guide_region is set"
    if ";" in claim.modality:
        return "it gives one price for several modalities"
    return None if claim.minutes else "it names no length"


def _held_against(claim: Claim, measured: Measured, tolerance: float) -> Finding:
    if measured.grade == "D" and claim.average and not claim.low:
        return Finding(claim, Verdict.CANNOT_CHECK, measured, "limited data: only a range can be told")
    factor = tax_factor(measured)
    divisor = factor if claim.tax is Tax.INCLUDED else 1.0
    verdict = _verdict(claim, measured, tolerance, divisor)
    share = _share(claim, measured, divisor)
    if verdict.is_stale and claim.tax is None and not _verdict(claim, measured, tolerance, factor).is_stale:
        reason = "right only if its prices include GST; say which"
        return Finding(claim, Verdict.CANNOT_CHECK, measured, reason, share)
    return Finding(claim, verdict, measured, share=share)


def tax_factor(measured: Measured) -> float:
    """What a price before GST is multiplied with to hold it."""
    day = measured.as_of or datetime.now(UTC).date()
    return 1 + rate_on(day).basis_points / 10_000


def _share(claim: Claim, measured: Measured, divisor: float) -> float | None:
    if claim.low is None or claim.high is None:
        return None
    return measured.share_within(claim.low / divisor, claim.high / divisor)


def _verdict(claim: Claim, measured: Measured, tolerance: float, divisor: float) -> Verdict:
    """The verdict when prices of the claim are divided by what GST makes of them."""

    def off(claimed: int | None, found: float, slack: float) -> int:
        """-1 for too low, 1 for too high, 0 for near enough or not claimed."""
        away = 0.0 if claimed is None else claimed / divisor - found
        return 0 if abs(away) <= max(tolerance, slack) else (1 if away > 0 else -1)

    low_slack, high_slack, typical_slack, average_slack = measured.slack
    low = off(claim.low, measured.exact_low or measured.low, low_slack)
    high = off(claim.high, measured.exact_high or measured.high, high_slack)
    if claim.low and claim.high and (low or high):
        ranged = _range_verdict(claim, measured, (low, high), divisor)
        if ranged.is_stale:
            return ranged
    elif low or high:
        return Verdict.LOW_END_OLD if low else Verdict.HIGH_END_OLD
    single = off(claim.average, measured.typical, typical_slack), off(claim.average, measured.average, average_slack)
    if all(single):
        return Verdict.TOO_LOW if single[0] < 0 else Verdict.TOO_HIGH
    return Verdict.CONSISTENT


def _range_verdict(claim: Claim, measured: Measured, off: tuple[int, int], divisor: float) -> Verdict:
    """A range of which at least one end is off."""
    assert claim.low is not None
    assert claim.high is not None
    share = _share(claim, measured, divisor)
    middle = (claim.low + claim.high) / 2 / divisor
    near_middle = abs(middle / measured.typical - 1) <= MIDDLE_WITHIN
    if share is not None and LEAST_SHARE <= share <= MOST_SHARE and near_middle:
        return Verdict.CONSISTENT
    if share is not None and share > MOST_SHARE and claim.high / claim.low > WIDE_RATIO:
        return Verdict.TOO_WIDE
    return _BY_ENDS[off]


#: By which end is too low (-1), right (0) or too high (1).
_BY_ENDS = {
    (-1, -1): Verdict.TOO_LOW,
    (1, 1): Verdict.TOO_HIGH,
    (1, -1): Verdict.TOO_NARROW,
    (-1, 1): Verdict.TOO_WIDE,
    (-1, 0): Verdict.LOW_END_OLD,
    (1, 0): Verdict.LOW_END_OLD,
    (0, -1): Verdict.HIGH_END_OLD,
    (0, 1): Verdict.HIGH_END_OLD,
}
