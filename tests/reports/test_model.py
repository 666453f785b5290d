"""The mixed model, against its definition computed the long way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reports.model import Model, Variances, fit
from reports.votes import Votes


def a_province(seed: int = 1, brands: int = 40) -> Votes:
    """Random votes of some brands in three regions, four modalities and three lengths."""
    rng = np.random.default_rng(seed)
    home = rng.integers(0, 3, brands)
    rows = [(b, m, d) for b in range(brands) for m in range(4) for d in (30, 60, 90) if rng.random() < 0.5]
    brand, modality, minutes = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    region = home[brand]
    y = 4.6 + np.log(minutes / 60) * 0.8 + rng.normal(0, 0.07, 3)[region] + rng.normal(0, 0.05, 4)[modality]
    y += rng.normal(0, 0.15, brands)[brand] + rng.normal(0, 0.05, len(rows))
    day = np.full(len(rows), "2026-01-01", "datetime64[D]")
    no, yes = np.zeros(len(rows), bool), np.ones(len(rows), bool)
    return Votes(
        modality=modality, minutes=minutes, location=brand, brand=brand, region=region, cents=np.exp(y) * 100,
        oldest=day, newest=day, exact=yes, kept=no, stale=no, short=rng.random(len(rows)) < 0.1,
        share=rng.choice([1.0, 0.5, 0.25], len(rows)), modalities=tuple("abcd"),
        locations=tuple(f"l{n}" for n in range(brands)), brands=tuple(f"b{n}" for n in range(brands)),
        regions=("x", "y", "z"), places=(None,) * brands,
    )  # fmt: skip


def parts(votes: Votes, v: Variances) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """y, the fixed effects' design, the covariance of regions and combinations alone, and that of y."""
    n = len(votes)
    fixed = [np.ones(n), *(votes.minutes == d for d in (60, 90)), votes.short]
    fixed += [votes.modality == m for m in range(1, 4)]
    same_region = votes.region[:, None] == votes.region
    same_pair = same_region & (votes.modality[:, None] == votes.modality)
    shared = v.region * same_region + v.region_modality * same_pair
    whole = shared + v.brand * (votes.brand[:, None] == votes.brand) + np.diag(v.error / votes.share)
    return np.log(votes.cents), np.column_stack(fixed).astype(float), shared, whole


def test_predictions_are_the_best_linear_unbiased_ones() -> None:
    votes, v = a_province(), Variances(0.005, 0.002, 0.02, 0.004)
    y, x, shared, whole = parts(votes, v)
    inverse = np.linalg.inv(whole)
    beta = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ y)
    expected = x @ beta + shared @ inverse @ (y - x @ beta)
    at = ~votes.short
    ours = fit(votes, v).locations(votes.region, votes.modality, votes.minutes)
    np.testing.assert_allclose(ours[at], expected[at], atol=1e-5)


def test_prediction_variance_is_the_one_of_the_definition() -> None:
    votes, v = a_province(), Variances(0.005, 0.002, 0.02, 0.004)
    _, x, shared, whole = parts(votes, v)
    inverse = np.linalg.inv(whole)
    row = int(np.flatnonzero(~votes.short)[0])
    k = shared[row]
    gap = x[row] - x.T @ inverse @ k
    expected = shared[row, row] - k @ inverse @ k + gap @ np.linalg.solve(x.T @ inverse @ x, gap)
    cell = np.array([[votes.region[row], votes.modality[row], votes.minutes[row]]])
    model = fit(votes, v)
    assert model.variance(cell, np.ones(1)) == pytest.approx(float(expected), rel=1e-3)
    assert model.variance(cell[[0, 0]], np.array([1.0, -1.0])) == pytest.approx(0, abs=1e-9)
    own = model.centre(votes.where(np.array([row])))
    assert model.variance(cell, np.ones(1), own) == pytest.approx(0, abs=1e-9)


def test_variances_maximise_the_restricted_likelihood() -> None:
    votes = a_province(3, brands=80)
    votes = replace(votes, short=np.zeros(len(votes), bool), share=np.ones(len(votes)))
    y, x, _, _ = parts(votes, Variances())
    x, found = x[:, [0, 1, 2, 4, 5, 6]], fit(votes).variances

    def likelihood(v: Variances) -> float:
        _, _, _, whole = parts(votes, v)
        inverse = np.linalg.inv(whole)
        bread = x.T @ inverse @ x
        rest = y - x @ np.linalg.solve(bread, x.T @ inverse @ y)
        return -float(np.linalg.slogdet(whole)[1] + np.linalg.slogdet(bread)[1] + rest @ inverse @ rest) / 2

    best = likelihood(found)
    for name in ("brand", "error"):
        for factor in (0.8, 1.25):
            assert likelihood(replace(found, **{name: getattr(found, name) * factor})) < best


def test_a_prior_lends_lengths_and_modalities_but_not_the_level() -> None:
    votes = a_province()
    main: Model = fit(votes)
    few = votes.where(np.arange(3))
    dear = fit(replace(few, cents=few.cents * 2), prior=main)
    cell = (few.region[:1], few.modality[:1], few.minutes[:1])
    ninety = (few.region[:1], few.modality[:1], np.array([int(few.minutes[0])]))
    assert dear.locations(*cell)[0] - main.locations(*cell)[0] > 0.4
    assert dear.locations(*ninety)[0] == dear.locations(*cell)[0]


def test_nothing_to_fit() -> None:
    with pytest.raises(ValueError, match="no votes"):
        fit(a_province().where(np.zeros(0, np.int64)))
