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

from reports.model_columns import Columns, columns_of, design
from reports.quantiles import Floats, Ints
from reports.reml import VAGUE, Equations, Variances, equations_of, solve
from reports.votes import Votes

__all__ = ["Centre", "Model", "Variances", "fit"]
#: Variance of what a model's lengths and modalities differ from those of its prior: 5 %.
_NEAR = 0.0025


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
    vague: float = VAGUE

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


def fit(votes: Votes, variances: Variances | None = None, prior: Model | None = None) -> Model:
    """The model of some votes; ``variances`` given are taken, else estimated.

    With ``prior``, lengths and modalities are those of that model but for small differences; level, regions and brands
    are these votes' own. Raises ``ValueError`` on no votes.
    """
    if not len(votes):
        raise ValueError("no votes to fit a model to")
    columns = columns_of(votes)
    known = np.zeros(columns.size) if prior is None else _carried(prior, columns)
    equations = equations_of(votes, columns, design(votes, columns) @ known)
    vague = VAGUE if prior is None else _NEAR
    found, effects, brands, inverse = solve(equations, columns, variances, vague)
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


def _brands_of(votes: Votes) -> Ints:
    """Number of brands behind each modality."""
    pairs = np.unique(votes.modality * len(votes.brands) + votes.brand)
    return np.bincount(pairs // len(votes.brands), minlength=len(votes.modalities))
