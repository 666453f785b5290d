"""The sample quantile behind every published range."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def quantile8(ordered: Sequence[float], p: float) -> float:
    """The p-quantile of ascending values by Hyndman and Fan's type 8, which is about median-unbiased.

    The usual type 7 gives ranges that are too narrow in small samples. Between the outermost values and beyond them
    nothing is invented: the result is clamped to the sample. Raises ``ValueError`` on no values or p outside 0 to 1.

    >>> quantile8([100, 110, 120, 130], 0.5), quantile8([100], 0.9)
    (115.0, 100.0)
    """
    if not ordered or not 0 <= p <= 1:
        raise ValueError(f"no {p}-quantile of {len(ordered)} values")
    n = len(ordered)
    rank = n * p + (1 + p) / 3
    below = floor(rank)
    low = ordered[min(max(below, 1), n) - 1]
    high = ordered[min(max(below + 1, 1), n) - 1]
    # Written so that equal neighbours give that value exactly.
    return low + (rank - below) * (high - low)


def nearest(cents: float, step: int = 500) -> int:
    """Cents rounded to the nearest step, halves up.

    >>> nearest(11_249.9), nearest(11_250)
    (11000, 11500)
    """
    return floor(cents / step + 0.5) * step
