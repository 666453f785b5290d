"""What clinics changed from month to month, from their own prices for the same things."""

from __future__ import annotations

import numpy as np

from reports.price_panel import Panel
from reports.quantiles import Floats, quantiles8
from reports.votes import Bools

RESAMPLES = 500
_SEED = 20_260_101
#: Relatives are held back beyond these fences, once so many clinics changed their prices in a month.
_ENOUGH_MOVED = 30
_FENCE, _FENCE_FLOOR = 4.0, 0.07


def relatives(found: Panel) -> tuple[Floats, Bools]:
    """The mean change in ln price of each clinic's matched things by month, and whether any of it was carried."""
    steps = np.diff(found.y, axis=1)
    matched = np.isfinite(steps)
    sums, counts = found.by_clinic(np.where(matched, steps, 0.0)), found.by_clinic(matched)
    carried = found.by_clinic(matched & found.carried[:, 1:])
    with np.errstate(invalid="ignore"):
        rho = np.where(counts > 0, sums / counts, np.nan)
    return np.where(np.abs(rho) < 1e-12, 0.0, rho), carried > 0


def fenced(rho: Floats) -> Bools:
    """Relatives beyond the quartile fences, which may differ above and below (Saidi & Rubin-Bleuer 2005).

    Of the relatives that moved in a month, once there are thirty: beyond the median by more than four times the
    distance to the quartile of that side, which counts as 0.07 at least.
    """
    held = np.zeros(rho.shape, bool)
    for t in range(rho.shape[1]):
        moved = np.sort(rho[:, t][np.isfinite(rho[:, t]) & (rho[:, t] != 0)])
        if len(moved) >= _ENOUGH_MOVED:
            q1, middle, q3 = quantiles8(moved, (0.25, 0.5, 0.75))
            low = middle - _FENCE * max(middle - q1, _FENCE_FLOOR)
            high = middle + _FENCE * max(q3 - middle, _FENCE_FLOOR)
            held[:, t] = (rho[:, t] != 0) & ((rho[:, t] < low) | (rho[:, t] > high))
    return held


def links(rho: Floats) -> Floats:
    """The mean relative of each month, 0 where there is none."""
    return np.asarray(_means(np.ones((1, len(rho))), rho)[0])


def interval(rho: Floats, chained: Bools) -> tuple[Floats, Floats]:
    """The index's 95 % interval from resampled clinics, by month, counted from the last start of the chain."""
    rng = np.random.default_rng(_SEED)
    weights = rng.multinomial(len(rho), np.full(len(rho), 1 / len(rho)), RESAMPLES).astype(float)
    steps = _means(weights, rho)
    level = np.zeros(RESAMPLES)
    ends = np.full((2, rho.shape[1]), np.nan)
    for t in np.flatnonzero(chained):
        level = (level if t and chained[t - 1] else 0) + steps[:, t]
        ends[:, t] = 100 * np.exp(np.quantile(level, (0.025, 0.975)))
    return ends[0], ends[1]


def _means(weights: Floats, rho: Floats) -> Floats:
    """Weighted means of each month's relatives, a row a set of weights; 0 where there are none."""
    known = np.isfinite(rho)
    sums, totals = weights @ np.where(known, rho, 0.0), weights @ known
    return np.asarray(np.divide(sums, totals, out=np.zeros_like(sums), where=totals > 0))
