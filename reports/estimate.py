"""The blended quantile of one cell: its own clinics, and as much of the whole province as they leave room for.

    ln q(p) = [n Q8(p; y) + k (m + P(p))] / (n + k),   k = 10

y are the ln prices of the cell, Q8 the type-8 quantile, m the model's middle of the cell, P the pool's quantile. With
many clinics this is Q8, with none the model. Where the cell's mean is more than two standard errors from the model's,
k = 5. With w = n / (n + k) the squared standard error is

    s(p)^2 = w^2 [B(p) + G(p)] + (1 - w)^2 [S(p)^2 + V(p)] + (1 - w^2) U

B is the bootstrap variance of Q8 (clinics resampled, brands together), G that of a price between two steps of $5, on
which most prices stand, so that resamples of many clinics may all give the same step; S is the spread between the
shapes of cells, V the pool's bootstrap variance, U the variance of the error of m. Q8 and m come from the same clinics,
so their errors are not independent; but the error of a best prediction is uncorrelated with all data, so that
Cov(Q8 - q, m - mu) = U, and w^2 B + (1 - w)^2 U + 2 w (1 - w) U gives the above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from reports.province import PROBABILITIES, Province
from reports.quantiles import Floats, Ints, quantile_variances, quantiles8
from reports.votes import Votes, brand_weights

KAPPA = 10.0
KAPPA_APART = 5.0
_APART = 2.0
_APART_FROM = 6
#: Most prices are whole multiples of so many cents.
_STEP = 500.0
LOW, MIDDLE, HIGH = 0, 2, 4
#: So much of a cell must lie where the model knows both modalities for the difference to be the cell's.
_MOST = 0.5
#: Half the width of a 95 % interval in standard errors.
Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Estimate:
    """Quantiles of ln cents at ``PROBABILITIES``, their standard errors, and the mean in cents."""

    log_quantiles: Floats
    errors: Floats
    independent: float
    """Votes that are independent of each other: brands count once, the more of one brand the less."""
    apart: bool = False
    """Whether the cell's own mean disagrees with the model's."""
    average: float | None = None
    average_error: float | None = None
    """Standard error of the average in cents."""

    def cents(self, at: int) -> float:
        """A quantile in cents."""
        return exp(self.log_quantiles[at])

    def interval(self, at: int) -> tuple[float, float]:
        """Its 95 % interval in cents."""
        half = Z95 * float(self.errors[at])
        return exp(self.log_quantiles[at] - half), exp(self.log_quantiles[at] + half)


def blend(found: Province, cell: Votes, groups: Ints | None = None) -> Estimate:
    """The estimate of a cell from its votes, ascending by price; each of the votes' ``groups`` has the same weight."""
    wanted = None if groups is None else _levelled(groups)
    weights = brand_weights(cell.brand, wanted)
    own = np.log(cell.cents)
    n = float(len(cell) if weights is None else weights.sum())
    regions, prior, middle, uncertain = _prior(found, cell, weights)
    kappa, apart = _kappa(found, regions, own, weights, n, middle)
    lean = kappa / (n + kappa)
    quantiles = (1 - lean) * quantiles8(own, PROBABILITIES, weights) + lean * prior
    heaping = (_STEP / np.exp(quantiles)) ** 2 / 12
    variances = (1 - lean) ** 2 * (quantile_variances(own, PROBABILITIES, weights) + heaping)
    variances = variances + lean**2 * (found.spread**2 + pool_variances(found, regions))
    variances = variances + (1 - (1 - lean) ** 2) * uncertain
    average, error = _average(cell, weights)
    return Estimate(quantiles, np.sqrt(variances), n, apart, average, error)


def modelled(found: Province, regions: Sequence[int], shares: Floats, modality: int, minutes: int) -> Estimate | None:
    """The model's estimate of a cell without votes of its own; ``None`` where the model knows nothing of it."""
    middles = [found.location(region, modality, minutes) for region in regions]
    if not middles or any(middle is None for middle in middles) or not (found.main_pool or found.resort_pool):
        return None
    prior = found.quantiles(regions, shares, np.array(middles, float))
    variances = found.spread**2 + pool_variances(found, regions)
    variances = variances + found.uncertainty(regions, shares, modality, minutes)
    return Estimate(prior, np.sqrt(variances), 0.0)


def carried(
    found: Province, parent: Estimate, regions: Sequence[int], shares: Floats, codes: tuple[int, int], minutes: int
) -> Estimate | None:
    """A parent's estimate moved by what the model says that a modality costs more or less than the parent there.

    ``codes`` are those of the modality and of the parent; the difference is the mean of the regions where the model
    knows both, by their shares. ``None`` where that is less than half of the cell.
    """
    known = [n for n, r in enumerate(regions) if all(found.location(r, code, minutes) is not None for code in codes)]
    if float(shares[known].sum()) < _MOST * float(shares.sum()):
        return None
    weights = shares[known] / shares[known].sum()
    there = [regions[n] for n in known]
    own, others = (np.array([found.location(r, code, minutes) for r in there], float) for code in codes)
    error = _error_of_difference(found, there, weights, codes, minutes)
    quantiles = parent.log_quantiles + weights @ (own - others)
    return Estimate(quantiles, np.sqrt(parent.errors**2 + error), parent.independent)


def _error_of_difference(
    found: Province, regions: Sequence[int], weights: Floats, codes: tuple[int, int], minutes: int
) -> float:
    """Variance of the mean difference of two modalities in some regions."""
    error = 0.0
    for model in (found.main, found.resorts):
        at = [n for n, region in enumerate(regions) if model is not None and found.model_of(region) is model]
        if model is not None and at:
            cells = np.array([[regions[n], code, minutes] for code in codes for n in at])
            error += model.variance(cells, np.concatenate([weights[at], -weights[at]]))
    return error


def pool_variances(found: Province, regions: Sequence[int]) -> Floats:
    """The variance of the pool's quantiles for want of clinics, at each of ``PROBABILITIES``."""
    own = found.resort_pool if all(found.is_resort(region) for region in regions) else found.main_pool
    pool = own or found.main_pool
    return quantile_variances(pool.values, PROBABILITIES) if pool else np.zeros(len(PROBABILITIES))


def _levelled(groups: Ints) -> Floats:
    """Weights that make every group weigh the same, and sum to the number of votes."""
    _, member, counts = np.unique(groups, return_inverse=True, return_counts=True)
    return np.asarray((len(groups) / len(counts) / counts)[member])


def _prior(found: Province, cell: Votes, weights: Floats | None) -> tuple[list[int], Floats, float, float]:
    """The cell's regions, the model's quantiles for their mixture, its middle, and how uncertain that is."""
    codes, member = np.unique(cell.region, return_inverse=True)
    shares = np.bincount(member, weights).astype(np.float64)
    regions = [int(code) for code in codes]
    modality, minutes = int(cell.modality[0]), int(cell.minutes[0])
    middles = np.array([found.location(region, modality, minutes) for region in regions], float)
    middle = float(np.average(middles, weights=shares))
    uncertain = found.uncertainty(regions, shares, modality, minutes)
    return regions, found.quantiles(regions, shares, middles), middle, uncertain


def _kappa(
    found: Province, regions: Sequence[int], own: Floats, weights: Floats | None, n: float, middle: float
) -> tuple[float, bool]:
    """What the pool counts for, less where the model disagrees with the cell's mean."""
    pool = found.main_pool if not all(found.is_resort(region) for region in regions) else found.resort_pool
    if pool is None or n < _APART_FROM or len(pool.values) < 2:
        return KAPPA, False
    distance = float(np.average(own, weights=weights)) - middle - float(pool.values.mean())
    apart = abs(distance) > _APART * float(pool.values.std(ddof=1)) / n**0.5
    return (KAPPA_APART if apart else KAPPA), apart


def _average(cell: Votes, weights: Floats | None) -> tuple[float, float | None]:
    """The weighted mean of prices and its standard error, brands being the clusters."""
    held = np.ones(len(cell)) if weights is None else weights
    mean = float(np.average(cell.cents, weights=held))
    _, member = np.unique(cell.brand, return_inverse=True)
    offs = np.bincount(member, held * (cell.cents - mean))
    if len(offs) < 2:
        return mean, None
    return mean, float(np.sqrt(np.sum(offs**2) * len(offs) / (len(offs) - 1)) / held.sum())
