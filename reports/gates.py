"""Whether the model behind the figures foretells prices that it has not seen: the checks before a release.

Each clinic is left out in turn with all its prices (the equations are downdated exactly, variances kept), and its
60-minute price is foretold from the rest: the model's middle and the pool's quantiles. 80 and 90 of 100 prices should
lie in the 80 and 90 % ranges.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import binom, chi2

from reports.model import Model, design
from reports.province import Province, brand_means, residuals
from reports.quantiles import Floats, Ints, quantiles8
from reports.votes import Bools, Votes

#: Clinics below which shares of clinics are too uncertain to pass or fail anything.
ENOUGH_CLINICS = 150
_HOUR = 60
_ENOUGH_OF_REGION = 15
_LUCK = 0.01
_NOMINAL = (0.05, 0.1, 0.5, 0.9, 0.95)
_BINS = np.arange(0, 1.01, 0.1)


@dataclass(frozen=True, slots=True)
class Gate:
    """One check. ``passed`` is ``None`` where chance alone could tell for or against it, for one because n is small."""

    check: str
    value: float | None
    wanted: str
    n: int
    passed: bool | None
    close: bool = False
    """Whether it is undecided because the value lies on the wrong side by no more than chance allows."""

    @property
    def words(self) -> str:
        """The verdict in words."""
        if self.close:
            return "too close to tell"
        if self.passed is None:
            return f"n too small: {self.n} of {ENOUGH_CLINICS}"
        return "passed" if self.passed else "FAILED"


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


def gates(found: Province | None) -> list[Gate]:
    """All checks on a province; too few clinics are said to be so, with the values as far as they go."""
    if found is None or found.main is None:
        return [Gate("clinics", 0, f"at least {ENOUGH_CLINICS}", 0, None)]
    votes = found.fitted
    left = left_out(votes, found.main)
    n = len(left.actual)
    checks = [Gate("clinics", n, f"at least {ENOUGH_CLINICS}", n, True if n >= ENOUGH_CLINICS else None)]
    if n < 3:
        return checks
    inside = [(left.foretold[:, a] <= left.actual) & (left.actual <= left.foretold[:, b]) for a, b in ((1, 3), (0, 4))]
    checks += [
        _gate("left-out clinics inside the 80 % range", float(inside[0].mean()), 0.75, 0.85, n),
        _gate("left-out clinics inside the 90 % range", float(inside[1].mean()), 0.86, 0.94, n),
        *_by_region(votes, left, inside[0]),
        *_pinball(left, n),
        _flat(left, n),
        *_impute(votes, found.main, n),
    ]
    return checks


def frame_of(checks: list[Gate]) -> pd.DataFrame:
    """The checks as people read them."""
    rows = [
        {"check": g.check, "value": None if g.value is None else round(g.value, 4), "wanted": g.wanted, "n": g.n,
         "verdict": g.words}
        for g in checks
    ]  # fmt: skip
    return pd.DataFrame(rows)


def left_out(votes: Votes, model: Model) -> LeftOut:
    """Every clinic with an hour foretold without any of its own prices; ``votes`` are those of the model."""
    brands, means = brand_means(votes, residuals(votes, model))
    rows = np.split(np.argsort(votes.brand, kind="stable"), np.cumsum(np.bincount(votes.brand))[:-1])
    hour = (votes.minutes == _HOUR) & ~votes.short & ~votes.stale
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


def _gate(check: str, value: float, low: float, high: float, n: int) -> Gate:
    passed = bool(low <= value <= high) if n >= ENOUGH_CLINICS else None
    return Gate(check, value, f"{low:g} to {high:g}", n, passed)


def _by_region(votes: Votes, left: LeftOut, inside: Bools) -> list[Gate]:
    found = []
    for region, count in zip(*np.unique(left.region, return_counts=True), strict=True):
        if count >= _ENOUGH_OF_REGION:
            share = float(inside[left.region == region].mean())
            # Fifteen clinics are few: below the line by no more than luck is no failure, but no pass either.
            luck = float(binom.cdf(round(share * count), count, 0.8))
            close = share < 0.65 and luck > _LUCK and len(left.actual) >= ENOUGH_CLINICS
            passed = None if close else _told(share >= 0.65, len(left.actual))
            name = f"left-out clinics inside the 80 % range, {votes.regions[region] or 'unknown place'}"
            found.append(Gate(name, share, "at least 0.65", int(count), passed, close))
    return found


def _pinball(left: LeftOut, n: int) -> list[Gate]:
    """The loss that quantiles are for, as a ratio to that of the province's plain quantiles."""
    found = []
    for p, at in ((0.1, 1), (0.5, 2), (0.9, 3)):
        ours, plain = (_loss(left.actual, q[:, at], p) for q in (left.foretold, left.provincial))
        ratio = float(ours.mean() / plain.mean()) if plain.any() else 1.0
        sure = (ours - plain).mean() > 2 * (ours - plain).std(ddof=1) / n**0.5
        close = bool(ratio >= 1 and not sure and n >= ENOUGH_CLINICS)
        passed = None if close else _told(ratio < 1, n)
        found.append(Gate(f"pinball loss at {p:g} beside the province's quantile", ratio, "below 1", n, passed, close))
    return found


def _loss(actual: Floats, foretold: Floats, p: float) -> Floats:
    off = actual - foretold
    return np.asarray(np.maximum(p * off, (p - 1) * off))


def _flat(left: LeftOut, n: int) -> Gate:
    """The chance of ranks at least this uneven (chi squared over tenths) if the model is right."""
    counts, _ = np.histogram(left.rank, _BINS)
    chance = float(chi2.sf(np.sum((counts - n / 10) ** 2 / (n / 10)), 9))
    return Gate("evenness of ranks among the pool", chance, "chance at least 0.01", n, _told(chance >= 0.01, n))


def _impute(votes: Votes, model: Model, n: int) -> list[Gate]:
    """A clinic's 90 minutes foretold from its other prices, beside its hour times 1.5: root mean square of ln."""
    found = []
    offs = residuals(votes, model)
    for brand in np.unique(votes.brand[votes.minutes == 90]):
        own = votes.brand == brand
        ninety, rest = own & (votes.minutes == 90), own & (votes.minutes != 90)
        hour = own & (votes.minutes == _HOUR)
        if rest.any() and hour.any():
            w = votes.share[rest]
            effect = float(w @ offs[rest]) / (float(w.sum()) + model.variances.error / model.variances.brand)
            ln = np.log(votes.cents)
            found.append((float(offs[ninety].mean()) - effect, float(ln[ninety].mean() - ln[hour].mean()) - log(1.5)))
    if not found:
        return []
    ours, prorated = np.sqrt(np.mean(np.square(found), axis=0))
    passed = _told(bool(ours < prorated), n)
    return [Gate("error of imputed 90 minutes beside 1.5 times an hour", float(ours / prorated), "below 1", n, passed)]


def _told(passed: bool, n: int) -> bool | None:
    return passed if n >= ENOUGH_CLINICS else None
