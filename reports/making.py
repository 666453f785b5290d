"""From a cell to its figure: which estimate it gets, how it is graded, what is said with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import ceil, floor, inf

import numpy as np

from reports.desk import Desk
from reports.estimate import HIGH, LOW, MIDDLE, Z95, Estimate, carried
from reports.figure import Figure
from reports.grades import LEAST_BRANDS, Verdict, judged, judged_model, lower
from reports.names import joined
from reports.quantiles import nearest
from reports.votes import FRESH_DAYS, Votes

#: Fewer votes than this are not blended; the model speaks instead.
LEAST = 3
#: A wider modality with so many votes is drawn on before a nearer one with fewer.
_SOLID = 6
#: The best grade of a figure that draws on a wider modality.
_BEST_CARRIED = "C"
_MID_LOW, _MID_HIGH = 1, 3


def figure(desk: Desk, modality: str, minutes: int, labels: Sequence[str], *, level: bool = False) -> Figure:
    """The figure of a cell: from its own votes if there are three, else from a wider modality there, else the model's.

    ``level`` gives each of several labels' regions the same weight.
    """
    counted = _counted(desk, modality, minutes, labels)
    if counted.n >= LEAST:
        return _blended(desk, counted, labels, level=level)
    if counted.n == 0 and not counted.n_known:
        return replace(counted, reason=desk.no_votes(0))
    return _carried(desk, counted, labels) or _modelled(desk, counted, labels)


def _counted(desk: Desk, modality: str, minutes: int, labels: Sequence[str]) -> Figure:
    """What is counted of a cell, before any estimate."""
    rows = desk.rows(modality, minutes, labels)
    empty = Figure(
        region=joined(labels),
        modality=modality,
        minutes=minutes,
        as_of=desk.as_of,
        flagged=desk.flagged(modality, minutes, labels),
        n_stale=len(desk.stale.rows(modality, minutes, labels)) if desk.stale else 0,
        set_aside=len(desk.set_aside.rows(modality, minutes, labels)) if desk.set_aside else 0,
        n_known=desk.known(labels),
    )
    if not len(rows) or desk.found is None:
        return empty
    return _with_dates(empty, desk.found.votes.where(rows), desk.as_of)


def _with_dates(empty: Figure, cell: Votes, as_of: date | None) -> Figure:
    ages = (np.datetime64(as_of, "D") - cell.newest).astype(int)
    oldest_ages = (np.datetime64(as_of, "D") - cell.oldest).astype(int)
    return replace(
        empty,
        n=len(cell),
        n_basis=len(cell),
        brands=len(np.unique(cell.brand)),
        oldest=_day(cell.oldest.min()),
        newest=_day(cell.newest.max()),
        n_fresh=int((oldest_ages <= FRESH_DAYS).sum()),
        n_exact=int(cell.exact.sum()),
        median_age_days=float(np.median(ages)),
        lowest_cents=float(cell.cents[0]),
        highest_cents=float(cell.cents[-1]),
    )


def _blended(desk: Desk, counted: Figure, labels: Sequence[str], *, level: bool) -> Figure:
    estimate = desk.blended(str(counted.modality), int(counted.minutes or 0), labels, level=level)
    verdict = judged(counted.n, counted.brands, counted.n_stale, float(estimate.errors[MIDDLE]))
    step = "exact" if counted.n_exact == counted.n else "with what belongs to it"
    told = replace(counted, method="blend", step=step)
    if estimate.apart:
        told = replace(told, note="its clinics disagree with the model, which therefore counts for half as much")
    return _published(told, estimate, verdict)


def _carried(desk: Desk, counted: Figure, labels: Sequence[str]) -> Figure | None:
    """The figure from a wider modality there with the modelled difference, where there are votes for both."""
    modality, minutes = str(counted.modality), int(counted.minutes or 0)
    own, found = desk.code(modality), desk.found
    if own is None or found is None or desk.others(modality, labels) < LEAST_BRANDS:
        return None
    sizes = {wider: len(desk.rows(wider, minutes, labels)) for wider in desk.wider(modality)}
    for least in (_SOLID, LEAST):
        wider = next((name for name, n in sizes.items() if n >= least), None)
        if wider is not None:
            break
    else:
        return None
    basis = _counted(desk, wider, minutes, labels)
    parent = desk.blended(wider, minutes, labels)
    estimate = carried(found, parent, *desk.regions(labels), (own, desk.code(wider) or 0), minutes)
    if estimate is None:
        return None
    verdict = judged(basis.n, basis.brands, basis.n_stale, float(estimate.errors[MIDDLE]))
    if verdict.grade is None:
        return None
    words = f"from {basis.n} clinics' prices of {wider} there and the modelled difference"
    told = replace(counted, method="model", step=f"{wider} there with the modelled difference", n_basis=basis.n)
    return _published(told, estimate, Verdict(lower(verdict.grade, _BEST_CARRIED), words))


def _modelled(desk: Desk, counted: Figure, labels: Sequence[str]) -> Figure:
    modality, minutes = str(counted.modality), int(counted.minutes or 0)
    estimate = desk.modelled(modality, minutes, labels)
    others = max(desk.others(modality, labels) - counted.brands, 0)
    error = inf if estimate is None else float(estimate.errors[MIDDLE])
    verdict = judged_model(counted.n, others, counted.n_stale, error)
    if estimate is None or verdict.grade is None:
        blank = not counted.n and not counted.n_stale
        return _hidden(replace(counted, reason=desk.no_votes(counted.n_known) if blank else verdict.reason))
    told = replace(counted, method="model", step="the model of the province", n_basis=others)
    return _published(told, estimate, verdict)


def _published(counted: Figure, estimate: Estimate, verdict: Verdict) -> Figure:
    """The figure with its numbers, or without any where the verdict is against it."""
    if verdict.grade is None:
        return _hidden(replace(counted, reason=verdict.reason, method="none"))
    step = 1_000 if verdict.grade == "D" else 500
    typical, low, high = estimate.interval(MIDDLE), estimate.interval(LOW), estimate.interval(HIGH)
    average, error = estimate.average, estimate.average_error
    ends = rounded_range(estimate.cents(LOW), estimate.cents(MIDDLE), estimate.cents(HIGH), step)
    mid_ends = rounded_range(estimate.cents(_MID_LOW), estimate.cents(MIDDLE), estimate.cents(_MID_HIGH), step)
    return replace(
        counted if counted.n >= LEAST else _unnamed(counted),
        grade=verdict.grade,
        words=verdict.words,
        typical_cents=estimate.cents(MIDDLE),
        typical_low_cents=ends[0],
        typical_high_cents=ends[1],
        mid_low_cents=mid_ends[0],
        mid_high_cents=mid_ends[1],
        unrounded_low_cents=estimate.cents(LOW),
        unrounded_high_cents=estimate.cents(HIGH),
        average_cents=average,
        average_ci_low_cents=_moved(average, error, -Z95),
        average_ci_high_cents=_moved(average, error, Z95),
        typical_rse=float(estimate.errors[MIDDLE]),
        low_rse=float(estimate.errors[LOW]),
        high_rse=float(estimate.errors[HIGH]),
        typical_ci_low_cents=typical[0],
        typical_ci_high_cents=typical[1],
        low_ci_low_cents=low[0],
        low_ci_high_cents=low[1],
        high_ci_low_cents=high[0],
        high_ci_high_cents=high[1],
    )


def rounded_range(low: float, middle: float, high: float, step: int) -> tuple[int, int]:
    """Both ends in cents to the nearest step, to a finer one where that would leave out the middle.

    >>> rounded_range(8_520, 10_000, 11_900, 500), rounded_range(8_650, 8_800, 9_350, 1_000)
    ((8500, 12000), (8500, 9500))
    """
    for coarse in (step, 500):
        ends = nearest(low, coarse), nearest(high, coarse)
        if ends[0] <= middle <= ends[1]:
            return ends
    return floor(low / 100) * 100, ceil(high / 100) * 100


def _unnamed(counted: Figure) -> Figure:
    """Without the prices seen: so few would name the clinics that ask them."""
    return replace(counted, lowest_cents=None, highest_cents=None)


def _hidden(counted: Figure) -> Figure:
    return replace(_unnamed(counted), n_basis=counted.n)


def _moved(middle: float | None, error: float | None, by: float) -> float | None:
    return None if middle is None or error is None else middle + by * error


def _day(moment: np.datetime64) -> date:
    return date.fromisoformat(str(np.datetime_as_string(moment, unit="D")))
