"""Whether figures hold what they promise, on invented provinces whose true prices are known. Seeded.

    python -m tests.benchmarks.figures [PROVINCES]

1  Share of clinics inside the published range, by definition and number of clinics, in one cell.
2  Blend beside its own quantiles and the model, in whole provinces: error, and share of cells whose range truly holds 65
   to 92 % of clinics; coverage of the 95 % intervals; a region that the model does not fit.
3  Clinics left out and foretold by the rest.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable

import numpy as np

from reports.estimate import Z95, Estimate, blend, modelled
from reports.gates import gates
from reports.left_out import left_out
from reports.making import rounded_range
from reports.province import PROBABILITIES, Province, cells, province
from reports.quantiles import quantiles8
from reports.votes import Votes
from tests.benchmarks.provinces import Invented, invent, rounded

SIZES = (5, 10, 20, 40)
GROUPS = ((2, 3), (4, 5), (6, 9), (10, 14), (15, 24), (25, 49))
ENDS = [0, 2, 4]


def share_inside(truth: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The share of ascending true prices within closed ranges."""
    return (np.searchsorted(truth, high, "right") - np.searchsorted(truth, low, "left")) / len(truth)


def law(rng: np.random.Generator, size: tuple[int, ...]) -> np.ndarray:
    """Cents of clinics in one cell."""
    u, z = rng.random(size), rng.standard_normal(size)
    ln = np.where(
        u < 0.85, np.log(10_500) + 0.14 * z, np.where(u < 0.94, np.log(15_000) + 0.15 * z, np.log(7_200) + 0.12 * z)
    )
    return rounded(rng, ln)


def _type7(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.quantile(x, (0.1, 0.9), axis=1)
    return low, high


def _type8(p: float) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    def ends(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = np.array([quantiles8(row, (p, 1 - p)) for row in x])
        return found[:, 0], found[:, 1]

    return ends


def _around(width: float) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    def ends(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        ln = np.log(x)
        middle, half = ln.mean(axis=1), width * ln.std(axis=1, ddof=1)
        return np.exp(middle - half), np.exp(middle + half)

    return ends


def _blended(truth_pool: np.ndarray) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """The blend, where the pool is many clinics of the same law: what it does at its best."""

    def ends(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n, prior = x.shape[1], quantiles8(np.log(truth_pool), (0.1, 0.9))
        own = np.array([quantiles8(row, (0.1, 0.9)) for row in np.log(x)])
        found = np.exp((n * own + 10 * prior) / (n + 10))
        return found[:, 0], found[:, 1]

    return ends


def one_cell(rng: np.random.Generator, samples: int = 4_000) -> None:
    truth = np.sort(law(rng, (1_000_000,)))
    definitions = {
        "min to max (100 %)": lambda x: (x[:, 0], x[:, -1]),
        "P10-P90 type 7 (80 %)": _type7,
        "P10-P90 type 8 (80 %)": _type8(0.1),
        "P25-P75 type 8 (50 %)": _type8(0.25),
        "mean x/: 1.28 sd of ln (80 %)": _around(1.2816),
        "P10-P90 blended (80 %)": _blended(np.sort(law(rng, (300,)))),
    }
    print(f"\n1  Share of clinics inside the range: mean [5th percentile], {samples:,} samples")
    print(f"{'':32}" + "".join(f"{f'n={n}':>14}" for n in SIZES))
    drawn = {n: np.sort(law(rng, (samples, n)), axis=1) for n in SIZES}
    for name, ends in definitions.items():
        inside = [share_inside(truth, *ends(drawn[n])) for n in SIZES]
        print(f"{name:32}" + "".join(f"{one.mean():8.2f} [{np.quantile(one, 0.05):.2f}]" for one in inside))


def measured(rng: np.random.Generator, made: Invented, only: int | None = None) -> list[tuple[str, int, np.ndarray]]:
    """Method, clinics, and of every hour's cell: errors in dollars, shares inside plain and rounded, coverages."""
    found, votes = province(made.votes), made.votes
    rows = []
    for at in cells(found.votes, found.votes.region):
        cell = found.votes.where(at)
        region, modality = int(cell.region[0]), int(cell.modality[0])
        if cell.minutes[0] != 60 or len(cell) < 2 or (only is not None and region != only):
            continue
        kind = int(votes.modalities[modality][1:])
        truth = made.truth(rng, region, kind)
        for name, estimate in methods(found, cell).items():
            rows.append((name, len(cell), scored(truth, estimate)))
    return rows


def methods(found: Province, cell: Votes) -> dict[str, Estimate]:
    """The ways to estimate a cell."""
    own = np.log(cell.cents)
    nothing = np.full(len(PROBABILITIES), np.nan)
    region, modality, minutes = int(cell.region[0]), int(cell.modality[0]), int(cell.minutes[0])
    told = {
        "type 7": Estimate(np.quantile(own, PROBABILITIES), nothing, len(own)),
        "type 8": Estimate(quantiles8(own, PROBABILITIES), nothing, len(own)),
        "blend": blend(found, cell),
    }
    model = modelled(found, [region], np.ones(1), modality, minutes)
    return told | ({"model": model} if model else {})


def scored(truth: np.ndarray, one: Estimate) -> np.ndarray:
    """Errors of P10, P50, P90 in dollars; share inside; share inside the rounded range; whether intervals cover."""
    true = np.log(np.quantile(truth, (0.1, 0.5, 0.9)))
    ours, error = one.log_quantiles[ENDS], one.errors[ENDS]
    ends = np.exp(ours[[0, 2]])
    inside = share_inside(truth, *ends)
    inside5 = share_inside(truth, *rounded_range(ends[0], float(np.exp(ours[1])), ends[1], 500))
    return np.array([*((np.exp(ours) - np.exp(true)) / 100), inside, inside5, *(np.abs(ours - true) <= Z95 * error)])


def provinces(rng: np.random.Generator, count: int) -> None:
    gathered: dict[tuple[str, tuple[int, int]], list[np.ndarray]] = defaultdict(list)
    start, fitted = time.perf_counter(), 0
    for _ in range(count):
        made = invent(rng)
        fitted += len(made.votes)
        for name, n, row in measured(rng, made):
            for group in GROUPS:
                if group[0] <= n <= group[1]:
                    gathered[name, group].append(row)
    print(
        f"\n2  {count} provinces, {fitted // count:,} prices each, {time.perf_counter() - start:.0f} s: root mean square"
    )
    print("   error in $ of P10/P50/P90, share of cells whose range truly holds 65-92 % of clinics (rounded to $5)")
    names = ("type 7", "type 8", "model", "blend")
    print(f"{'n':>8}{'cells':>8}" + "".join(f"{name:>26}" for name in names))
    for group in GROUPS:
        told = [summary(np.array(gathered[name, group])) for name in names]
        print(
            f"{group[0]:>4}-{group[1]:<3}{len(gathered['blend', group]):>8}" + "".join(f"{text:>26}" for text in told)
        )
    print("   coverage of the 95 % interval of P10/P50/P90, and the typical standard error of P50")
    for group in GROUPS:
        scores = np.array(gathered["blend", group])[:, 5:8].mean(axis=0)
        print(f"{group[0]:>4}-{group[1]:<3}" + "/".join(f"{score:.2f}" for score in scores))


def summary(rows: np.ndarray) -> str:
    error = np.sqrt((rows[:, :3] ** 2).mean(axis=0))
    held, rounded_held = (((rows[:, at] >= 0.65) & (rows[:, at] <= 0.92)).mean() for at in (3, 4))
    return "/".join(f"{one:.1f}" for one in error) + f" {held:.2f} ({rounded_held:.2f})"


def wrong_model(rng: np.random.Generator, count: int) -> None:
    gathered: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(count):
        for name, n, row in measured(rng, invent(rng, resort=True), only=10):
            group = "2-5" if n <= 5 else "6-9" if n <= 9 else "10-14" if n <= 14 else "15+"
            gathered[name, group].append(row[3])
    print(
        f"\n   Wrong model, {count} provinces with a region of 55 % hotels: mean share of clinics inside (80 % wanted)"
    )
    for group in ("2-5", "6-9", "10-14", "15+"):
        told = [f"{name} {np.mean(gathered[name, group]):.2f}" for name in ("model", "blend", "type 8")]
        print(f"{group:>8}   " + "   ".join(told))


def foresight(rng: np.random.Generator, count: int) -> None:
    print(f"\n3  Clinics left out and foretold by the rest, {count} provinces")
    inside, ratios = [], []
    for _ in range(count):
        found = province(invent(rng).votes)
        left = left_out(found.fitted, found.main)
        inside.append(
            [
                np.mean((left.foretold[:, a] <= left.actual) & (left.actual <= left.foretold[:, b]))
                for a, b in ((1, 3), (0, 4))
            ]
        )
        ratios.append([gate.value for gate in gates(found) if gate.check.startswith(("pinball", "error"))])
    print("   inside the 80 % range {:.3f}, the 90 % range {:.3f}".format(*np.mean(inside, axis=0)))
    print(
        "   loss beside the province's plain P10/P50/P90 {:.2f}/{:.2f}/{:.2f}; imputed 90 minutes beside 1.5 x 60 {:.2f}".format(
            *np.mean(ratios, axis=0)
        )
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    one_cell(np.random.default_rng(7))
    provinces(np.random.default_rng(11), count)
    wrong_model(np.random.default_rng(13), count)
    foresight(np.random.default_rng(17), max(count // 10, 1))


if __name__ == "__main__":
    main()
