"""The hierarchical price model: what a clinic would ask, learnt from all clinics at once.

    ln price = m + d(length) + s(short hour) + a(modality) + u(region) + v(region, modality) + c(brand) + e

Lengths, short hours and modalities are fixed effects; u, v, c and e are normal with variances estimated by REML, by EM
on Henderson's mixed-model equations (Henderson 1975; Searle, Casella & McCulloch 1992). The predictions are empirical
Bayes estimates: a region with few clinics leans on the others. A row counts for its ``share``, so its error variance
is var(e) / share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from reports.quantiles import Floats, Ints
from reports.votes import Votes

_ROUNDS = 40
_SETTLED = 1e-4
_LEAST = 1e-5
#: Variance of the fixed effects on the log scale: so vague that it only keeps a confounded one from being undefined.
_VAGUE = 100.0
#: Variance of what a model's lengths and modalities differ from those of its prior: 5 %.
_NEAR = 0.0025


@dataclass(frozen=True, slots=True)
class Variances:
    """Variances of ln price. The defaults are where EM starts, and what it keeps where the data do not tell."""

    region: float = 0.003
    region_modality: float = 0.001
    brand: float = 0.03
    error: float = 0.003


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model. Codes are those of the votes that it was fitted to."""

    variances: Variances
    effects: Floats
    """All effects but the brands', in the order of ``_Columns``."""
    inverse: Floats
    """Inverse of the equations with the brands absorbed; times var(error) the variance of errors of ``effects``."""
    columns: Columns
    brand_effects: Floats
    modality_brands: Ints
    """Brands behind each modality."""
    equations: Equations
    vague: float = _VAGUE

    def locations(self, region: Ints, modality: Ints, minutes: Ints) -> Floats:
        """The model's middle ln price of cells: all effects but brand, short hour and error."""
        at = self.columns.cells(region, modality, minutes)
        return np.asarray(np.append(self.effects, 0.0)[at].sum(axis=1))

    def variance(self, cells: Ints, weights: Floats, centre: Centre | None = None) -> float:
        """Variance of the prediction error of a weighted sum of cells, rows of region, modality and minutes.

        With ``centre`` it is that of the difference from what the weights' sum times the centre is.
        """
        at = self.columns.cells(*cells.T)
        # A combination that nobody offers has no column; its effect is the prior's, with the prior's variance.
        unseen = float((weights**2) @ (at[:, 4] < 0)) * self.variances.region_modality
        unseen += float((weights**2) @ (at[:, 3] < 0)) * self.variances.region
        known = at.ravel() >= 0
        columns, loads = at.ravel()[known], np.repeat(weights, at.shape[1])[known]
        total = float(loads @ self.inverse[np.ix_(columns, columns)] @ loads)
        if centre is not None:
            share = float(weights.sum())
            total += share**2 * centre.own - 2 * share * float(loads @ centre.across[columns])
        return max(total, 0.0) * self.variances.error + unseen

    def centre(self, votes: Votes) -> Centre:
        """The columns' mean weights over brands, of votes that the model knows: what a pool of them is centred on."""
        x = design(votes, self.columns)
        weight = np.bincount(votes.brand, votes.share)
        brands = np.count_nonzero(weight)
        means = x.T @ (votes.share / weight[votes.brand]) / brands
        means[self.columns.short] = 0.0
        across = self.inverse @ means
        return Centre(across, float(means @ across))


@dataclass(frozen=True, slots=True)
class Centre:
    """Mean weights of a model's columns, as the products with its inverse that variances take."""

    across: Floats
    own: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the effects stand: m, lengths, short hour, modalities, regions, combinations of region and modality."""

    minutes: Ints
    modalities: int
    regions: int
    pairs: Ints
    """Combinations that occur, as region * modalities + modality, ascending."""

    @property
    def size(self) -> int:
        """Number of effects."""
        return 2 + len(self.minutes) + self.modalities + self.regions + len(self.pairs)

    @property
    def fixed(self) -> int:
        """Number of fixed effects; they stand first."""
        return 2 + len(self.minutes) + self.modalities

    def cells(self, region: Ints, modality: Ints, minutes: Ints) -> Ints:
        """The five columns of each cell, a row a cell; -1 for an effect that no data tell of."""
        length = np.searchsorted(self.minutes, minutes)
        known = np.take(self.minutes, length, mode="clip") == minutes
        pair = region * self.modalities + modality
        at = np.searchsorted(self.pairs, pair)
        met = (np.take(self.pairs, at, mode="clip") == pair) & (region >= 0) if len(self.pairs) else np.zeros(0, bool)
        first = 2 + len(self.minutes)
        return np.column_stack(
            [
                np.zeros(len(region), np.int64),
                np.where(known, 1 + length, -1),
                first + modality,
                np.where(region >= 0, first + self.modalities + region, -1),
                np.where(met, self.fixed + self.regions + at, -1),
            ]
        )

    @property
    def short(self) -> int:
        """The column of the short hour."""
        return 1 + len(self.minutes)


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


def fit(votes: Votes, variances: Variances | None = None, prior: Model | None = None) -> Model:
    """The model of some votes; ``variances`` given are taken, else estimated.

    With ``prior``, lengths and modalities are those of that model but for small differences; level, regions and brands
    are these votes' own. Raises ``ValueError`` on no votes.
    """
    if not len(votes):
        raise ValueError("no votes to fit a model to")
    columns = _columns(votes)
    known = np.zeros(columns.size) if prior is None else _carried(prior, columns)
    equations = _equations(votes, columns, design(votes, columns) @ known)
    vague = _VAGUE if prior is None else _NEAR
    found, effects, brands, inverse = _solve(equations, columns, variances, vague)
    effects = effects + known
    effects[0] += equations.middle
    return Model(found, effects, inverse, columns, brands, _brands_of(votes), equations, vague)


def _carried(prior: Model, columns: Columns) -> Floats:
    """The prior's effects of lengths, short hours and modalities in these columns."""
    known = np.zeros(columns.size)
    at = np.searchsorted(prior.columns.minutes, columns.minutes)
    met = np.take(prior.columns.minutes, at, mode="clip") == columns.minutes
    known[1 : 1 + len(columns.minutes)][met] = prior.effects[1 + at[met]]
    known[columns.short : columns.fixed] = prior.effects[prior.columns.short : prior.columns.fixed]
    return known


def design(votes: Votes, columns: Columns) -> sparse.csr_array:
    """A row a vote, a column an effect."""
    at = columns.cells(votes.region, votes.modality, votes.minutes)
    rows = np.repeat(np.arange(len(votes)), at.shape[1])[at.ravel() >= 0]
    entries = at.ravel()[at.ravel() >= 0]
    short = np.flatnonzero(votes.short)
    rows = np.concatenate([rows, short])
    entries = np.concatenate([entries, np.full(len(short), columns.short)])
    return sparse.csr_array((np.ones(len(rows)), (rows, entries)), shape=(len(votes), columns.size))


def _columns(votes: Votes) -> Columns:
    modalities = len(votes.modalities)
    pairs = np.unique(votes.region * modalities + votes.modality)
    return Columns(np.unique(votes.minutes), modalities, len(votes.regions), pairs)


def _equations(votes: Votes, columns: Columns, offset: Floats) -> Equations:
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


def _solve(
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
    precisions = [1 / _VAGUE, *[1 / vague] * (columns.fixed - 1)]
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


def _brands_of(votes: Votes) -> Ints:
    """Number of brands behind each modality."""
    pairs = np.unique(votes.modality * len(votes.brands) + votes.brand)
    return np.bincount(pairs // len(votes.brands), minlength=len(votes.modalities))
