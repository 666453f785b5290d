"""Whether the model behind the figures foretells prices that it has not seen: the checks before a release.

Clinics are left out in turn and their hours foretold: 80 and 90 of 100 prices should lie in the 80 and 90 % ranges.
"""

from __future__ import annotations

from math import log

import numpy as np
from scipy.stats import binom, chi2

from reports.gate import ENOUGH_CLINICS, Gate
from reports.left_out import HOUR, LeftOut, left_out
from reports.model import Model
from reports.province import Province, residuals
from reports.quantiles import Floats
from reports.votes import Bools, Votes

_ENOUGH_OF_REGION = 15
_LUCK = 0.01
_BINS = np.arange(0, 1.01, 0.1)


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


def _gate(check: str, value: float, low: float, high: float, n: int) -> Gate:
    passed = bool(low <= value <= high) if n >= ENOUGH_CLINICS else None
    return Gate(check, value, f"{low:g} to {high:g}", n, passed)


def _by_region(votes: Votes, left: LeftOut, inside: Bools) -> list[Gate]:
    found, n = [], len(left.actual)
    for region, count in zip(*np.unique(left.region, return_counts=True), strict=True):
        if count >= _ENOUGH_OF_REGION:
            share = float(inside[left.region == region].mean())
            # Fifteen clinics are few: below the line by no more than luck is no failure, but no pass either.
            luck = float(binom.cdf(round(share * count), count, 0.8))
            close = share < 0.65 and luck > _LUCK and n >= ENOUGH_CLINICS
            passed = None if close else _told(share >= 0.65, n)
            name = f"left-out clinics inside the 80 % range, {votes.regions[region] or 'unknown place'}"
            found.append(Gate(name, share, "at least 0.65", int(count), passed, close, in_all=n))
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
    offs, ln = residuals(votes, model), np.log(votes.cents)
    found = []
    for brand in np.unique(votes.brand[votes.minutes == 90]):
        own = votes.brand == brand
        ninety, hour, rest = own & (votes.minutes == 90), own & (votes.minutes == HOUR), own & (votes.minutes != 90)
        if hour.any():
            prorated = float(ln[ninety].mean() - ln[hour].mean()) - log(1.5)
            found.append((float(offs[ninety].mean()) - _effect(votes.share[rest], offs[rest], model), prorated))
    if not found:
        return []
    ours, prorated = np.sqrt(np.mean(np.square(found), axis=0))
    name = "error of imputed 90 minutes beside 1.5 times an hour"
    return [Gate(name, float(ours / prorated), "below 1", len(found), _told(bool(ours < prorated), n), in_all=n)]


def _effect(share: Floats, offs: Floats, model: Model) -> float:
    """A brand's effect, as its distances from the model tell it."""
    return float(share @ offs) / (float(share.sum()) + model.variances.error / model.variances.brand)


def _told(passed: bool, n: int) -> bool | None:
    return passed if n >= ENOUGH_CLINICS else None
