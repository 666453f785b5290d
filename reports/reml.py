"""The variances of the price model by REML: EM on Henderson's mixed-model equations, the brands absorbed.

Henderson (1975); Searle, Casella & McCulloch (1992). EM leaps two steps ahead (SQUAREM, Varadhan & Roland 2008).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from reports.model_columns import Columns, design
from reports.quantiles import Floats
from reports.votes import Votes

_ROUNDS = 40
_SETTLED = 1e-4
_LEAST = 1e-5
#: Variance of the fixed effects on the log scale: so vague that it only keeps a confounded one from being undefined.
VAGUE = 100.0


@dataclass(frozen=True, slots=True)
class Variances:
    """Variances of ln price. The defaults are where EM starts, and what it keeps where the data do not tell."""

    region: float = 0.003
    region_modality: float = 0.001
    brand: float = 0.03
    error: float = 0.003


@dataclass(frozen=True, slots=True)
class Equations:
    """Henderson's equations before the variances: X'WX, X'WZ, Z'WZ (a diagonal), X'Wy, Z'Wy and y'Wy."""

    xx: Floats
    xz: sparse.csr_array
    zz: Floats
    xy: Floats
    zy: Floats
    yy: float
    weight: float
    middle: float
    """Mean of y, taken out of it beforehand."""


def equations_of(votes: Votes, columns: Columns, offset: Floats) -> Equations:
    """The equations of some votes, ``offset`` taken from their ln prices beforehand."""
    y = np.log(votes.cents) - offset
    middle = float(np.average(y, weights=votes.share))
    y = y - middle
    x, w = design(votes, columns), votes.share
    weighted = (x * w[:, None]).T.tocsr()
    row = np.arange(len(votes))
    z = sparse.csr_array((np.ones(len(votes)), (row, votes.brand)), shape=(len(votes), len(votes.brands)))
    return Equations(
        xx=(weighted @ x).toarray(),
        xz=(weighted @ z).tocsr(),
        zz=np.bincount(votes.brand, w, len(votes.brands)).astype(np.float64),
        xy=weighted @ y,
        zy=np.bincount(votes.brand, w * y, len(votes.brands)).astype(np.float64),
        yy=float(w @ y**2),
        weight=float(w.sum()),
        middle=middle,
    )


@dataclass(frozen=True, slots=True)
class _Solved:
    """Effects, brands' effects, the inverse of the equations with the brands absorbed, and EM's next variances."""

    effects: Floats
    brands: Floats
    inverse: Floats
    following: Variances


def solve(
    e: Equations, columns: Columns, given: Variances | None, vague: float
) -> tuple[Variances, Floats, Floats, Floats]:
    """Variances, effects, brands' effects and the inverse; EM, leaping two steps ahead (SQUAREM, Varadhan & Roland)."""
    v = given or Variances()
    for _ in range(1 if given else _ROUNDS):
        found = _step(e, columns, v, vague)
        first = found.following
        if given or _change(v, first) < _SETTLED:
            break
        v = _leapt(v, first, _step(e, columns, first, vague).following)
    else:
        found = _step(e, columns, v, vague)
    return v, found.effects, found.brands, found.inverse


def _step(e: Equations, columns: Columns, v: Variances, vague: float) -> _Solved:
    d = np.where(e.zz > 0, e.zz + v.error / v.brand, 1.0)
    once = e.xz * (1 / d)[None, :]
    s = e.xx + np.diag(ridge(columns, v, vague)) - (once @ e.xz.T).toarray()
    inverse = _inverse(s)
    effects = inverse @ (e.xy - once @ e.zy)
    brands = (e.zy - e.xz.T @ effects) / d
    # tr of the brands' block of the whole inverse: sum 1/d + sum of inverse * (xz d^-2 xz')
    across = (once @ once.T).tocoo()
    trace = float(np.sum(1 / d[e.zz > 0]) + np.sum(inverse[across.row, across.col] * across.data))
    return _Solved(effects, brands, inverse, _updated(e, columns, v, effects, brands, inverse, trace))


def _leapt(start: Variances, first: Variances, second: Variances) -> Variances:
    """Where two steps of EM on ln variances are heading, no further than a factor of ten from the second."""
    x, y, z = (np.log([getattr(v, name) for name in Variances.__slots__]) for v in (start, first, second))
    r, bend = y - x, z - 2 * y + x
    length = float(np.sqrt(bend @ bend))
    if length < 1e-12:
        return second
    stride = max(float(np.sqrt(r @ r)) / length, 1.0)
    leap = np.clip(x + 2 * stride * r + stride**2 * bend, z - np.log(10), z + np.log(10))
    return Variances(*(float(v) for v in np.exp(np.maximum(leap, np.log(_LEAST)))))


def _inverse(s: Floats) -> Floats:
    """Inverse of a symmetric positive definite matrix."""
    factor, _ = linalg.cho_factor(s, lower=True, check_finite=False)
    upper, _ = linalg.lapack.dpotri(factor, lower=1)
    return np.asarray(np.tril(upper) + np.tril(upper, -1).T)


def ridge(columns: Columns, v: Variances, vague: float) -> Floats:
    """What the priors add to the diagonal of the equations."""
    precisions = [1 / VAGUE, *[1 / vague] * (columns.fixed - 1)]
    precisions += [1 / v.region] * columns.regions + [1 / v.region_modality] * len(columns.pairs)
    return v.error * np.array(precisions)


def _updated(
    e: Equations, columns: Columns, v: Variances, effects: Floats, brands: Floats, inverse: Floats, trace: float
) -> Variances:
    """One step of EM: each variance is the mean square of its effects and of what is uncertain about them."""
    diagonal = np.diagonal(inverse)
    regions = slice(columns.fixed, columns.fixed + columns.regions)
    pairs = slice(columns.fixed + columns.regions, columns.size)
    used = int(np.sum(e.zz > 0))
    # Aliases: the lengths and the modalities each repeat m.
    rank = np.sum(np.diagonal(e.xx)[: columns.fixed] > 0) - 2
    error = (e.yy - effects @ e.xy - brands @ e.zy) / max(e.weight - rank, 1.0)
    return Variances(
        region=max(float(np.mean(effects[regions] ** 2 + v.error * diagonal[regions])), _LEAST),
        region_modality=max(float(np.mean(effects[pairs] ** 2 + v.error * diagonal[pairs])), _LEAST),
        brand=max(float((brands @ brands + v.error * trace) / used), _LEAST),
        error=max(float(error), _LEAST),
    )


def _change(before: Variances, after: Variances) -> float:
    pairs = [(getattr(before, name), getattr(after, name)) for name in Variances.__slots__]
    return float(max(abs(new / old - 1) for old, new in pairs))
