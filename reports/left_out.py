"""Prices foretold of clinics that the model has not seen.

Each clinic is left out in turn with all its prices (the equations are downdated exactly, variances kept), and its
60-minute price is foretold from the rest: the model's middle and the pool's quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from reports.model import Model
from reports.model_columns import design
from reports.province import brand_means, residuals
from reports.quantiles import Floats, Ints, quantiles8
from reports.votes import Bools, Votes

HOUR = 60
_NOMINAL = (0.05, 0.1, 0.5, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was foretold of each clinic left out. All arrays have a row a clinic."""

    region: Ints
    actual: Floats
    """ln price of its hour, the mean over its modalities."""
    foretold: Floats
    """Quantiles of it at ``_NOMINAL``, foretold by the others."""
    provincial: Floats
    """The same quantiles of all other clinics' hours, whatever region and modality."""
    rank: Floats
    """Where it lies among the pool of the others: 0 to 1, evenly if the model is right."""


def left_out(votes: Votes, model: Model) -> LeftOut:
    """Every clinic with an hour foretold without any of its own prices; ``votes`` are those of the model."""
    brands, means = brand_means(votes, residuals(votes, model))
    rows = np.split(np.argsort(votes.brand, kind="stable"), np.cumsum(np.bincount(votes.brand))[:-1])
    hour = (votes.minutes == HOUR) & ~votes.short & ~votes.stale
    x = design(votes, model.columns)
    found = [
        _one(votes, hour, x, own, model, np.sort(means[brands != brand]))
        for brand, own in enumerate(rows)
        if hour[own].any() and len(brands) > 1
    ]
    actual = np.array([one[1] for one in found])
    return LeftOut(
        region=np.array([one[0] for one in found], np.int64),
        actual=actual,
        foretold=np.array([one[2] for one in found]).reshape(-1, len(_NOMINAL)),
        provincial=np.array(
            [quantiles8(np.sort(np.delete(actual, at)), _NOMINAL) for at in range(len(found)) if len(found) > 1]
        ).reshape(-1, len(_NOMINAL)),
        rank=np.array([one[3] for one in found]),
    )


def _one(
    votes: Votes, hour: Bools, x: sparse.csr_array, rows: Ints, model: Model, pool: Floats
) -> tuple[int, float, Floats, float]:
    """Region, ln price, foretold quantiles and rank of one brand's hour."""
    own = votes.where(rows)
    at, effects = _without(own, x[rows], model)
    hours = hour[rows]
    middle = (np.asarray(x[rows][:, at].toarray()) @ effects)[hours]
    actual = float(np.average(np.log(own.cents[hours]), weights=own.share[hours]))
    location = float(np.average(middle, weights=own.share[hours]))
    rank = float(np.searchsorted(pool, actual - location) / len(pool))
    return int(own.region[0]), actual, location + quantiles8(pool, _NOMINAL), rank


def _without(own: Votes, x: sparse.csr_array, model: Model) -> tuple[Ints, Floats]:
    """The columns that one brand's votes touch, and their effects as they would be without these votes.

    With the brands absorbed the equations are S b = r. The brand adds E M E' to S and E q to r, on few columns E, so
    that without it b on E is t + G (I - M G)^-1 M t with G = E' S^-1 E and t = E'b - G q.
    """
    at = np.unique(x.indices).astype(np.int64)
    part = np.asarray(x[:, at].toarray())
    w = own.share
    y = np.log(own.cents) - model.equations.middle
    d = float(w.sum()) + model.variances.error / model.variances.brand
    sums = part.T @ w
    m = part.T @ (w[:, None] * part) - np.outer(sums, sums) / d
    q = part.T @ (w * y) - sums * float(w @ y) / d
    g = model.inverse[np.ix_(at, at)]
    solved = model.effects[at] - np.where(at == 0, model.equations.middle, 0.0)
    t = solved - g @ q
    effects = t + g @ np.linalg.solve(np.eye(len(at)) - m @ g, m @ t)
    return at, effects + np.where(at == 0, model.equations.middle, 0.0)
