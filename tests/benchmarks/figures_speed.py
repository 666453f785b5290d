"""Time and memory of all figures of the province, from many clinics with three years of monthly crawls.

    python -m tests.benchmarks.figures_speed [CLINICS] [FOLDER]

Makes the crawl folders and the warehouse (kept in FOLDER if one is named), then asks for every figure with votes, and for
every figure that the model knows of, and says where the time went. Seconds are of this process (CPU), not of the clock.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from pipelines.modality import MODALITIES
from pipelines.normalize import BINS
from pipelines.places import PLACES, regions
from reports.desk import open_desk
from reports.figure import frame
from reports.figures import figures_of, last_day
from reports.gates import gates
from reports.price_index import index_rows, price_index
from reports.province import province
from reports.votes import votes
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect

T = TypeVar("T")
MONTHS = 36
CURVE = {15: 0.35, 20: 0.45, 30: 0.6, 45: 0.8, 60: 1.0, 75: 1.22, 90: 1.42, 120: 1.85}


def places() -> list[str]:
    """One or two places of each region, the big cities many times."""
    own = {
        region: [p.key for p in PLACES.values() if p.publish_region == region and p.kind in ("city", "town")]
        for region in regions()
    }
    return [
        name
        for region, names in own.items()
        for name in names[:2] * (20 if region in ("Calgary CMA", "Edmonton CMA") else 1)
    ]


def menu(rng: np.random.Generator, kinds: list[str]) -> list[tuple[str, int, float]]:
    """Modality, minutes and dollars of a clinic's services."""
    level = 105 * np.exp(rng.normal(0, 0.17))
    lengths = [d for d, p in zip(BINS, (0.1, 0.1, 0.6, 0.45, 0.97, 0.3, 0.85, 0.2), strict=True) if rng.random() < p]
    sold = rng.choice(kinds, size=int(rng.integers(2, 6)), replace=False)
    return [
        (str(kind), d, float(5 * round(level * CURVE[d] * np.exp(rng.normal(0, 0.04)) / 5)))
        for kind in sold
        for d in lengths
    ]


def make(folder: Path, clinics: int) -> None:
    rng = np.random.default_rng(1)
    kinds = [m.id for m in MODALITIES.values() if m.kind in ("modality", "technique")][:50]
    towns = places()
    rows = [clinic(f"c{n:05}", str(rng.choice(towns))) for n in range(clinics)]
    menus = [menu(rng, kinds) for _ in rows]
    digests = [""] * clinics
    for month in range(MONTHS):
        crawl = Crawl(folder, 1 + 30 * month, rows)
        for n, row in enumerate(rows):
            raised = month and rng.random() < 0.025
            if raised:
                menus[n] = [(kind, d, float(5 * round(price * 1.07 / 5))) for kind, d, price in menus[n]]
            if not month or raised:
                offers = [offer(p, d, service=k, modality=k, modalities=[k]) for k, d, p in menus[n]]
                digests[n] = crawl.saw(row["id"], offers)
            else:
                crawl.saw_again(row["id"], digests[n])
        crawl.write()


def timed(name: str, work: Callable[[], T]) -> T:
    start, clock = time.process_time(), time.perf_counter()
    found = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {name:44}{time.process_time() - start:8.1f} s CPU {time.perf_counter() - clock:8.1f} s{peak:8} MB peak")
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as fresh:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(fresh)
        if not (folder / "crawls").exists():
            make(folder, count)
        if not (folder / "ratecard.duckdb").exists():
            timed("build", lambda: build(folder))
        with connect(folder / "ratecard.duckdb") as con:
            day = last_day(con)
            ballot = timed("votes: SQL", lambda: votes(con, day))
            timed("model, fence, pools", lambda: province(ballot))
            desk = timed("desk: the above and the cells", lambda: open_desk(con, day))
            found = timed("all figures with votes", lambda: figures_of(desk))
            every = timed("all figures that the model knows of", lambda: figures_of(desk, modelled=True))
            timed("as a table", lambda: frame(found))
            timed("one question", lambda: figures_of(desk, modality="nmt", minutes=60, regions=["Calgary", "Edmonton"]))
            timed("checks before a release", lambda: gates(desk.found))
            timed("index of the province, all lengths", lambda: price_index(con))
            timed("index of all regions and lengths", lambda: index_rows(con))
        print(f"  {count:,} clinics, {len(ballot):,} votes, {len(found):,} figures with votes, {len(every):,} in all")


if __name__ == "__main__":
    main()
