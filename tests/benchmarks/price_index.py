"""How far the index is off after twelve months, on invented markets whose true change is known. Seeded.

    python -m tests.benchmarks.price_index [SAMPLES]

Visits and prices are invented as the warehouse keeps them, so that the queries behind the index are what is measured.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import duckdb
import numpy as np
import pandas as pd

from reports.chain import Point, index_of
from reports.price_panel import CARRY, read_panel

SIZES = (12, 25, 80)
NAMES = ("ratio of medians", "ratio of geometric means", "chained, no carry", "chained, carry 2")
TABLES = """
CREATE TABLE modality_tree (ancestor_id VARCHAR, descendant_id VARCHAR);
CREATE TABLE registry (id VARCHAR, folder VARCHAR);
CREATE TABLE crawls (crawl_id VARCHAR, started_at TIMESTAMP);
CREATE TABLE pages AS SELECT 'page' AS page_digest;
"""
#: What the warehouse makes of sightings: a price lasts until a good visit sees another one.
SEEN = """
CREATE OR REPLACE TABLE visits AS
SELECT clinic AS clinic_id, clinic AS url, month::VARCHAR AS crawl_id, seen_at,
    CASE WHEN seen THEN 'new' ELSE 'failed' END AS outcome, CASE WHEN seen THEN 'page' END AS page_digest
FROM market;
CREATE OR REPLACE TABLE locations AS
SELECT DISTINCT clinic AS location_id, clinic AS clinic_id, 'Calgary' AS place_key, true AS listed FROM market;
CREATE OR REPLACE TABLE voting_prices AS
WITH steps AS (
    SELECT *, cents IS DISTINCT FROM lag(cents) OVER (PARTITION BY clinic ORDER BY month) AS begins FROM market WHERE seen
)
SELECT clinic AS location_id, clinic AS url, 'Massage' AS service, 60 AS duration_min, 60 AS duration_bin,
    'regular' AS audience, 'massage_therapy' AS modality, ['massage_therapy'] AS modalities, cents,
    seen_at AS first_seen_at, lead(seen_at) OVER (PARTITION BY clinic ORDER BY month) AS gone_at
FROM steps WHERE begins;
"""


def market(rng: np.random.Generator, clinics: int, months: int = 13) -> tuple[pd.DataFrame, float]:
    """Monthly sightings of clinics that raise prices by 7 % now and then, come, go and are missed; and the truth."""
    ln, ids, following = np.log(10_500) + 0.2 * rng.standard_normal(clinics), np.arange(clinics), clinics
    rows, truth = [], 0.0
    for month in range(months):
        if month:
            raised = rng.random(clinics) < 0.025
            ln = ln + raised * np.log(1 + np.maximum(0.02, rng.normal(0.07, 0.02, clinics)))
            truth += 0.025 * 0.07 * 0.98
            new = rng.random(clinics) < 0.04
            ln = np.where(new, np.log(10_500) + truth + 0.05 + 0.2 * rng.standard_normal(clinics), ln)
            ids = np.where(new, following + np.arange(clinics), ids)
            following += clinics
        rows += [
            (f"c{i:04}", month, 500 * round(float(np.exp(v)) / 500), bool(m))
            for i, v, m in zip(ids, ln, rng.random(clinics) > 0.1, strict=True)
        ]
    return pd.DataFrame(rows, columns=["clinic", "month", "cents", "seen"]), truth


def index(con: duckdb.DuckDBPyConnection, table: pd.DataFrame, carry: int) -> list[Point]:
    market = table.assign(seen_at=[pd.Timestamp(2025 + m // 12, m % 12 + 1, 15) for m in table["month"]])
    con.register("market", market)
    con.execute(SEEN)
    return index_of(read_panel(con, market["seen_at"].max().date(), carry=carry))


def change_over_time(rng: np.random.Generator, samples: int) -> None:
    con = duckdb.connect()
    con.execute(TABLES)
    offs, covered = defaultdict(list), defaultdict(list)
    for clinics in SIZES:
        for _ in range(samples):
            table, truth = market(rng, clinics)
            seen = table[table["seen"]]
            first, last = (np.log(seen[seen["month"] == month]["cents"]) for month in (0, 12))
            offs["ratio of medians", clinics].append(last.median() - first.median() - truth)
            offs["ratio of geometric means", clinics].append(last.mean() - first.mean() - truth)
            for name, carry in (("chained, no carry", 0), ("chained, carry 2", CARRY)):
                points = index(con, table, carry)
                if [point.chain for point in points] == [1] * 13:
                    offs[name, clinics].append(np.log(points[-1].index / 100) - truth)
                    if carry:
                        covered[clinics].append(points[-1].low <= 100 * np.exp(truth) <= points[-1].high)
    print(f"Error of a twelve months' change in percentage points (true 2.1 %), {samples} samples:")
    print("root mean square (bias) [share of samples with one chain throughout]")
    print(f"{'':28}" + "".join(f"{f'N={n}':>22}" for n in SIZES))
    for name in NAMES:
        print(f"{name:28}" + "".join(f"{told(offs[name, n], samples):>22}" for n in SIZES))
    print(f"{'coverage of its interval':28}" + "".join(f"{np.mean(covered[n]):>22.2f}" for n in SIZES))


def told(offs: list[float], samples: int) -> str:
    if not offs:
        return "-"
    return f"{100 * np.sqrt(np.mean(np.square(offs))):.2f} ({100 * np.mean(offs):+.2f}) [{len(offs) / samples:.2f}]"


def main() -> None:
    change_over_time(np.random.default_rng(3), int(sys.argv[1]) if len(sys.argv) > 1 else 400)


if __name__ == "__main__":
    main()
