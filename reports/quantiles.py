"""The sample quantile behind every published range, weighted and plain, and its standard error."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import floor

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def quantile8(ordered: Sequence[float] | Floats, p: float) -> float:
    """The p-quantile of ascending values by Hyndman and Fan's type 8 (1996), which is about median-unbiased.

    The usual type 7 gives ranges that are too narrow in small samples. Between the outermost values and beyond them
    nothing is invented: the result is clamped to the sample. Raises ``ValueError`` on no values or p outside 0 to 1.

    >>> quantile8([100, 110, 120, 130], 0.5), quantile8([100], 0.9)
    (115.0, 100.0)
    """
    if not len(ordered) or not 0 <= p <= 1:
        raise ValueError(f"no {p}-quantile of {len(ordered)} values")
    n = len(ordered)
    rank = n * p + (1 + p) / 3
    below = floor(rank)
    low = ordered[min(max(below, 1), n) - 1]
    high = ordered[min(max(below + 1, 1), n) - 1]
    # Written so that equal neighbours give that value exactly.
    return float(low + (rank - below) * (high - low))


def quantiles8(ordered: Floats, probabilities: Sequence[float], weights: Floats | None = None) -> Floats:
    """Several type-8 quantiles of ascending values; ``weights`` sum to the number of independent values.

    Without weights these are ``quantile8``. With them a value of weight w stands where w equal ones would stand, so
    that whole-numbered weights give the quantiles of the sample with each value repeated.

    >>> quantiles8(np.array([1.0, 2.0, 4.0]), [0.5], np.array([2.0, 1.0, 1.0])).tolist()
    [1.5]
    """
    if weights is None:
        weights = np.ones(len(ordered))
    total = weights.sum()
    middle = np.cumsum(weights) - weights / 2 + 0.5
    flat = np.maximum(weights - 1, 0) / 2
    ranks = [total * p + (1 + p) / 3 for p in probabilities]
    if not flat.any():
        return np.asarray(np.interp(ranks, middle, ordered))
    at = np.column_stack([middle - flat, middle + flat]).ravel()
    return np.asarray(np.interp(ranks, at, np.repeat(ordered, 2)))


def quantile_variances(ordered: Floats, probabilities: Sequence[float], weights: Floats | None = None) -> Floats:
    """The bootstrap variance of ``quantiles8``, without drawing: its limit for endless resamples.

    A resample's k-th value lies at or below the j-th of n values with probability I(j/n; k, n-k+1), the regularised
    incomplete beta function, so mean and variance follow in closed form (Maritz & Jarrett 1978; Hutson & Ernst 2000).
    Between two ranks k is the fractional rank. Weighted values count as so many independent ones as weights sum to.
    """
    if weights is None:
        shares = _resample_shares(len(ordered), tuple(probabilities))
    else:
        total = float(weights.sum())
        # Sums of fractions may end a hair above 1, where the beta function is not defined.
        edges = np.concatenate([[0.0], np.minimum(np.cumsum(weights) / total, 1.0)])
        shares = np.array([np.diff(betainc(*_beta(total, p), edges)) for p in probabilities])
    centred = ordered - ordered.mean()
    means = shares @ centred
    return np.asarray(np.maximum(shares @ centred**2 - means**2, 0.0))


@lru_cache(maxsize=4096)
def _resample_shares(n: int, probabilities: tuple[float, ...]) -> Floats:
    """How often each of n values is the quantile of a resample, a row a probability."""
    edges = np.linspace(0, 1, n + 1)
    return np.array([np.diff(betainc(*_beta(n, p), edges)) for p in probabilities])


def _beta(n: float, p: float) -> tuple[float, float]:
    """The parameters of the beta law of the type-8 rank among n values."""
    rank = min(max(n * p + (1 + p) / 3, 1.0), max(n, 1.0))
    return rank, n + 1 - rank


def nearest(cents: float, step: int = 500) -> int:
    """Cents rounded to the nearest step, halves up.

    >>> nearest(11_249.9), nearest(11_250)
    (11000, 11500)
    """
    return floor(cents / step + 0.5) * step
