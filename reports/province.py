"""What all clinics of the province tell of one cell: where its prices lie, and how they spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from reports.model import Centre, Model, Variances, fit
from reports.quantiles import Floats, Ints, quantile_variances, quantiles8
from reports.votes import Votes, brand_weights

RESORTS = "Rockies resorts"
#: In the place of a region's code: a region without a vote, and that of the resorts without one.
UNSEEN, UNSEEN_RESORTS = -1, -2
#: The quantiles of a figure: typical range, mid range, typical.
PROBABILITIES = (0.1, 0.25, 0.5, 0.75, 0.9)
#: What the shape of one cell differs from the pool's, as a standard deviation of ln quantile, until the data tell it.
USUAL_SPREAD = np.array([0.070, 0.056, 0.042, 0.057, 0.075])
#: A price this far from the model's, in ln: three standard deviations of clinics, 1.82 times dearer or cheaper.
FENCE = 0.6
#: Brands that it takes for the fence, and for a pool to stand alone.
_ENOUGH_FOR_FENCE = 8
_ENOUGH_FOR_POOL = 10
#: Votes of independent brands that make a cell well sampled, and what the usual spread counts for beside such cells.
_WELL_SAMPLED = 25
_PRIOR_CELLS = 10
_GRID = np.arange(1, 200) / 200


@dataclass(frozen=True, slots=True)
class Pool:
    """The clinics' own mean distance from the model, ascending: one value a brand."""

    values: Floats
    grid: Floats
    """Its quantiles on a fixed grid, for mixing with other pools."""
    centre: Centre
    """The mean weights of the model's columns over its brands."""


@dataclass(frozen=True, slots=True)
class Province:
    """Models and pools. The resorts have their own, which feed no other region."""

    votes: Votes
    """The votes that count: not stale, and not set aside by the fence."""
    set_aside: Votes
    """Votes that lie too far from the model for nobody to have looked at them."""
    stale: Votes
    fitted: Votes
    """The votes that ``main`` learnt from: the resorts' not, stale ones too."""
    main: Model | None
    resorts: Model | None
    main_pool: Pool | None
    resort_pool: Pool | None
    spread: Floats
    """Standard deviation between cells of their shapes about the pool's, at each of ``PROBABILITIES``."""

    def model_of(self, region: int) -> Model | None:
        """The model for a region."""
        return self.resorts if self.is_resort(region) else self.main

    def is_resort(self, region: int) -> bool:
        """Whether a region is that of the resorts."""
        return region == UNSEEN_RESORTS or (region >= 0 and self.votes.regions[region] == RESORTS)

    def location(self, region: int, modality: int, minutes: int) -> float | None:
        """Middle ln price of a cell by the model, ``None`` where the model does not know the modality or length."""
        model = self.model_of(region)
        if model is None or not model.modality_brands[modality] or minutes not in model.columns.minutes:
            return None
        return float(model.locations(np.array([region]), np.array([modality]), np.array([minutes]))[0])

    def uncertainty(self, regions: Sequence[int], weights: Floats, modality: int, minutes: int) -> float:
        """Variance of the model's middle, less the level that it shares with its pool and the pool makes good."""
        shares, total = weights / weights.sum(), 0.0
        for model, pool in ((self.main, self.main_pool), (self.resorts, self.resort_pool)):
            own = [n for n, region in enumerate(regions) if self.model_of(region) is model]
            if model is not None and own:
                cells = np.array([[regions[n], modality, minutes] for n in own])
                total += model.variance(cells, shares[own], pool.centre if pool else None)
        return total

    def quantiles(self, regions: Sequence[int], weights: Floats, locations: Floats) -> Floats:
        """Quantiles of ln price by the model where some regions count with some weights."""
        pools = [self.resort_pool if self.is_resort(region) else self.main_pool for region in regions]
        if len(regions) == 1:
            return np.asarray(locations[0] + _own(pools[0], self.main_pool))
        known = [n for n, pool in enumerate(pools) if pool]
        values = np.concatenate([locations[n] + pool.grid for n, pool in enumerate(pools) if pool])
        order = np.argsort(values, kind="stable")
        mass = np.repeat(weights[known] / weights[known].sum(), len(_GRID))[order]
        middle = (np.cumsum(mass) - mass / 2) / mass.sum()
        return np.asarray(np.interp(PROBABILITIES, middle, values[order]))


def province(votes: Votes, variances: Variances | None = None) -> Province:
    """Models and pools from votes, with what lies beyond the fence set aside and the model fitted anew without it."""
    resort = np.array([name == RESORTS for name in votes.regions], bool)[votes.region]
    main, resorts = _models(votes, resort, variances)
    beyond = _beyond(votes, resort, main, resorts)
    if beyond.any():
        main, resorts = _models(votes.where(~beyond), resort[~beyond], variances)
    counted = ~beyond & ~votes.stale
    main_pool = _pool(votes.where(counted & ~resort), main)
    resort_pool = _pool(votes.where(counted & resort), resorts)
    found = Province(
        votes=votes.where(counted),
        set_aside=votes.where(beyond & ~votes.stale),
        stale=votes.where(votes.stale & ~beyond),
        fitted=votes.where(~beyond & ~resort),
        main=main,
        resorts=resorts,
        main_pool=main_pool,
        resort_pool=resort_pool,
        spread=USUAL_SPREAD,
    )
    return found if main is None else _with_spread(found, votes.where(counted & ~resort), main)


def residuals(votes: Votes, model: Model) -> Floats:
    """ln price less the model's middle of the cell."""
    return np.asarray(np.log(votes.cents) - model.locations(votes.region, votes.modality, votes.minutes))


def brand_means(votes: Votes, distances: Floats) -> tuple[Ints, Floats]:
    """Brands, and the mean distance of each one's prices from the model, unshrunk."""
    weight = np.bincount(votes.brand, votes.share)
    brands = np.flatnonzero(weight)
    return brands, np.bincount(votes.brand, votes.share * distances)[brands] / weight[brands]


def _models(votes: Votes, resort: Ints, variances: Variances | None) -> tuple[Model | None, Model | None]:
    ours, theirs = votes.where(~resort), votes.where(resort)
    main = fit(ours, variances) if len(ours) else None
    return main, fit(theirs, variances, main) if len(theirs) else None


def _beyond(votes: Votes, resort: Ints, main: Model | None, resorts: Model | None) -> Ints:
    """Which votes lie beyond the fence and were not kept by a person."""
    far = np.zeros(len(votes), bool)
    for model, rows in ((main, ~resort), (resorts, resort)):
        if model is not None and len(np.unique(votes.brand[rows])) >= _ENOUGH_FOR_FENCE:
            far[rows] = np.abs(residuals(votes.where(rows), model)) > FENCE
    return np.asarray(far & ~votes.kept)


def _pool(votes: Votes, model: Model | None) -> Pool | None:
    if model is None or not len(votes):
        return None
    values = np.sort(brand_means(votes, residuals(votes, model))[1])
    return Pool(values, quantiles8(values, _GRID.tolist()), model.centre(votes))


def _own(pool: Pool | None, others: Pool | None) -> Floats:
    """The pool's quantiles; a pool of few brands is filled up with the others'."""
    pool = pool or others
    if pool is None:
        raise ValueError("no clinic has a price")
    own = quantiles8(pool.values, PROBABILITIES)
    if others is None or pool is others or len(pool.values) >= _ENOUGH_FOR_POOL:
        return own
    lean = len(pool.values) / _ENOUGH_FOR_POOL
    return np.asarray(lean * own + (1 - lean) * quantiles8(others.values, PROBABILITIES))


def _with_spread(found: Province, votes: Votes, model: Model) -> Province:
    """The spread between well-sampled cells, beside which the usual one counts for some cells more.

    Cells of one region share their clinics, so a region counts once, with the mean over its cells.
    """
    if found.main_pool is None:
        return found
    pool = quantiles8(found.main_pool.values, PROBABILITIES)
    squares: dict[int, list[Floats]] = {}
    for rows in cells(votes, votes.region):
        group = votes.where(rows)
        weights = brand_weights(group.brand)
        if (len(group) if weights is None else weights.sum()) < _WELL_SAMPLED:
            continue
        distances = residuals(group, model)
        order = np.argsort(distances)
        held = None if weights is None else weights[order]
        error = quantile_variances(distances[order], PROBABILITIES, held)
        # The cell's own error and the model's are related: see ``estimate``.
        region, modality, minutes = (int(column[0]) for column in (group.region, group.modality, group.minutes))
        error = error - found.uncertainty([region], np.ones(1), modality, minutes)
        squares.setdefault(region, []).append((quantiles8(distances[order], PROBABILITIES, held) - pool) ** 2 - error)
    own = [np.mean(cell, axis=0) for cell in squares.values()]
    spread = (_PRIOR_CELLS * USUAL_SPREAD**2 + np.sum(own, axis=0)) / (_PRIOR_CELLS + len(own))
    return replace(found, spread=np.sqrt(np.maximum(spread, (USUAL_SPREAD / 2) ** 2)))


def cells(votes: Votes, label: Ints) -> list[Ints]:
    """The rows of each cell of modality, length and label, in that order, each by price."""
    order = np.lexsort((votes.cents, label, votes.minutes, votes.modality))
    keys = np.column_stack([votes.modality, votes.minutes, label])[order]
    edges = np.flatnonzero((np.diff(keys, axis=0) != 0).any(axis=1)) + 1
    return np.split(order, edges) if len(order) else []
