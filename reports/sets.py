"""Whether regions that somebody names together may be one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log

import numpy as np

from reports.desk import Desk
from reports.estimate import MIDDLE, Z95, Estimate

#: Middle prices further apart than this are two figures.
_APART = log(1.05)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """The verdict, and what to say with the figures."""

    alike: bool
    level: bool = False
    """Whether each region gets the same weight."""
    note: str | None = None


def alike(desk: Desk, modality: str, minutes: int, labels: Sequence[str]) -> Alike:
    """Whether the labels' middle prices differ by less than 5 %, and by no more than chance.

    A region with fewer than three votes cannot be shown to be like another, so that one figure would speak for a place
    that it was not made of. Regions of which one lies in another are taken together with one vote a location.
    """
    rows = [desk.rows(modality, minutes, [label]) for label in labels]
    if len(np.unique(np.concatenate(rows))) < sum(map(len, rows)):
        return Alike(True)
    few = next((label for label, own in zip(labels, rows, strict=True) if len(own) < _LEAST), None)
    if few is not None:
        n = len(desk.rows(modality, minutes, [few]))
        return Alike(False, note=f"not one figure: only {n} location{'s' * (n != 1)} of {few} vote{'s' * (n == 1)}")
    estimates = {label: desk.blended(modality, minutes, [label]) for label in labels}
    for one, other in combinations(labels, 2):
        ratio, certain = difference(estimates[one], estimates[other])
        if abs(log(ratio)) >= _APART or certain:
            more, less = (one, other) if ratio > 1 else (other, one)
            share = max(ratio, 1 / ratio) - 1
            note = f"not one figure: the middle price of {more} is {share:.0%} above that of {less}"
            return Alike(False, note=note)
    return Alike(True, level=True)


def difference(one: Estimate, other: Estimate) -> tuple[float, bool]:
    """The ratio of two typical prices, and whether its 95 % interval excludes 1."""
    step = float(one.log_quantiles[MIDDLE] - other.log_quantiles[MIDDLE])
    error = float((one.errors[MIDDLE] ** 2 + other.errors[MIDDLE] ** 2) ** 0.5)
    return exp(step), abs(step) > Z95 * error
