"""Invented provinces whose true prices are known, to measure figures by. All is seeded.

The price law: 85 % ordinary clinics, 9 % spas, 6 % student clinics, log-normal, rounded to $5 four times in five; regions
differ in level, spread and mix; half of the clinics charge nearly one price whatever the modality.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.votes import Votes, of_frame

REGIONS = np.array([120, 110, 25, 20, 20, 15, 15, 15, 15, 12, 12])
LISTS = np.array([0.8, 0.55, 0.45, 0.35, 0.30, 0.25, 0.2, 0.15, 0.1, 0.06])
MINUTES = np.array([30, 45, 60, 75, 90, 120])
SELLS = np.array([0.6, 0.45, 0.97, 0.35, 0.85, 0.2])
CURVE = np.log(np.array([0.60, 0.80, 1.0, 1.22, 1.42, 1.85]))
MIDDLE = np.log(10_500)
HOUR = 2


@dataclass(frozen=True)
class Invented:
    """One province: its votes, and what it was made with."""

    votes: Votes
    region: np.ndarray
    modality: np.ndarray
    pair: np.ndarray
    spread: np.ndarray
    spas: np.ndarray
    students: np.ndarray

    def truth(self, rng: np.random.Generator, region: int, modality: int, size: int = 40_000) -> np.ndarray:
        """Cents that clinics of a cell ask for an hour: very many of them, ascending."""
        same = rng.random(size) < 0.5
        level = (
            MIDDLE
            + self.region[region]
            + np.where(same, 0.3, 1) * self.modality[modality]
            + self.pair[region, modality]
        )
        own = clinics(rng, size, self.spread[region], self.spas[region], self.students[region])
        return np.sort(rounded(rng, level + own + rng.normal(0, 1, size) * np.where(same, 0.02, 0.07)))


def clinics(rng: np.random.Generator, n: int, spread: float, spas: float, students: float) -> np.ndarray:
    """ln price of clinics less their region's level."""
    u, z = rng.random(n), rng.standard_normal(n)
    ordinary = u < 1 - spas - students
    return np.where(ordinary, spread * z, np.where(u < 1 - students, 0.36 + 0.15 * z, -0.38 + 0.12 * z))


def rounded(rng: np.random.Generator, ln_cents: np.ndarray) -> np.ndarray:
    """Cents, to $5 four times in five, else to $1."""
    cents = np.exp(ln_cents)
    return np.where(rng.random(cents.shape) < 0.8, 500 * np.round(cents / 500), 100 * np.round(cents / 100))


def invent(rng: np.random.Generator, *, resort: bool = False) -> Invented:
    """A province; with ``resort`` its last region has 30 clinics of which 55 % are hotels, and a name like any other."""
    sizes = np.append(REGIONS[:-1], 30) if resort else REGIONS
    k, m = len(sizes), len(LISTS)
    region, modality, pair = rng.normal(0, 0.06, k), rng.normal(0, 0.07, m), rng.normal(0, 0.025, (k, m))
    modality[0] = 0
    spread = 0.14 * np.exp(rng.normal(0, 0.2, k))
    spas, students = np.clip(rng.normal(0.09, 0.05, k), 0, 0.3), np.clip(rng.normal(0.06, 0.03, k), 0, 0.2)
    if resort:
        spas[-1], spread[-1] = 0.55, 0.2
    rows = []
    for at, size in enumerate(sizes):
        for n, own in enumerate(clinics(rng, size, spread[at], spas[at], students[at])):
            slope, same = rng.normal(0, 0.05), rng.random() < 0.5
            sold = np.flatnonzero(rng.random(len(MINUTES)) < SELLS)
            for kind in np.flatnonzero(rng.random(m) < LISTS):
                level = MIDDLE + region[at] + modality[kind] * (0.3 if same else 1.0) + pair[at, kind] + own
                level += rng.normal(0, 0.02 if same else 0.07)
                rows += [
                    (f"c{at:02}-{n:03}", f"r{at:02}", f"m{kind}", int(MINUTES[d]), level + CURVE[d] * (1 + slope))
                    for d in sold
                ]
    return Invented(votes_of(rng, rows), region, modality, pair, spread, spas, students)


def votes_of(rng: np.random.Generator, rows: list[tuple[str, str, str, int, float]]) -> Votes:
    """Votes of clinics, regions, modalities, lengths and ln cents."""
    table = pd.DataFrame(rows, columns=["clinic_id", "region", "modality", "minutes", "ln"])
    table["cents"] = rounded(rng, table.pop("ln").to_numpy())
    day = np.datetime64("2026-01-01", "us")
    table = table.assign(location_id=table["clinic_id"], place_key="", oldest=day, newest=day, is_exact=True)
    return of_frame(table.assign(is_kept=False, is_stale=False, is_short=False, share=1.0))
