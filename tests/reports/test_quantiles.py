"""The quantiles and their errors, against numpy, scipy and drawn resamples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mstats

from reports.quantiles import nearest, quantile8, quantile_variances, quantiles8

AMOUNTS = st.lists(st.integers(1_000, 100_000), min_size=1, max_size=40)
PROBABILITIES = (0.1, 0.25, 0.5, 0.75, 0.9)


@given(AMOUNTS, st.floats(0, 1))
def test_quantile_is_numpys_median_unbiased(amounts: list[int], p: float) -> None:
    expected = float(np.quantile(amounts, p, method="median_unbiased"))
    assert quantile8(sorted(amounts), p) == pytest.approx(expected)


def test_ten_thousand_samples_as_numpy_and_scipy_have_them() -> None:
    rng = np.random.default_rng(1)
    for n in range(1, 51):
        samples = np.sort(rng.lognormal(4.6, 0.2, (200, n)), axis=1)
        numpys = np.quantile(samples, PROBABILITIES, axis=1, method="median_unbiased").T
        ours = np.array([quantiles8(sample, PROBABILITIES) for sample in samples])
        np.testing.assert_allclose(ours, numpys, rtol=1e-12)
        scipys = mstats.mquantiles(samples, PROBABILITIES, alphap=1 / 3, betap=1 / 3, axis=1)
        np.testing.assert_allclose(ours, scipys, rtol=1e-12)
        plain = [[quantile8(sample, p) for p in PROBABILITIES] for sample in samples[:20]]
        np.testing.assert_allclose(ours[:20], plain, rtol=1e-12)


@given(st.lists(st.tuples(st.integers(1, 1_000), st.integers(1, 4)), min_size=1, max_size=12))
def test_a_weight_of_two_is_the_value_twice(pairs: list[tuple[int, int]]) -> None:
    values, weights = np.array(sorted(pairs), float).T
    repeated = np.repeat(values, weights.astype(int))
    expected = np.quantile(repeated, PROBABILITIES, method="median_unbiased")
    np.testing.assert_allclose(quantiles8(values, PROBABILITIES, weights), expected, rtol=1e-9)


@pytest.mark.parametrize(("amounts", "p"), [([], 0.5), ([1], -0.1), ([1], 1.1)])
def test_quantile_of_nothing(amounts: list[int], p: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        quantile8(amounts, p)


@pytest.mark.parametrize("n", [3, 8, 20, 60])
def test_the_variance_is_that_of_endless_resamples(n: int) -> None:
    rng = np.random.default_rng(n)
    sample = np.sort(rng.normal(0, 0.15, n))
    drawn = np.sort(sample[rng.integers(0, n, (20_000, n))], axis=1)
    expected = np.quantile(drawn, PROBABILITIES, axis=1, method="median_unbiased").std(axis=1)
    ours = np.sqrt(quantile_variances(sample, PROBABILITIES))
    # Between two ranks the closed form is a little wide, never narrow.
    assert (ours > 0.97 * expected).all()
    assert (ours < 1.25 * expected).all()


def test_weights_lower_what_counts_as_independent() -> None:
    values = np.log(np.arange(80.0, 120, 4))
    plain = quantile_variances(values, [0.5])
    assert quantile_variances(values, [0.5], np.full(10, 1.0)) == pytest.approx(plain)
    assert quantile_variances(values, [0.5], np.full(10, 0.5)) > 1.5 * plain


def test_rounding_to_five_dollars() -> None:
    assert [nearest(cents) for cents in (10_249, 10_250, 10_500, 10_749.9)] == [10_000, 10_500, 10_500, 10_500]
