"""How prices change over time: a chained index of clinics matched from month to month, never a ratio of two averages.

For the clinics that have a price of the same thing in two months running, rho is the mean over a clinic's things of
ln(p_t / p_t-1), the link is J = exp(mean of rho over clinics) (Jevons, one clinic one vote), and the index is the
product of links, 100 in the first month with ten clinics. A price that could not be seen is carried on for at most two
months. The time-product dummy, ln p = month + thing, is fitted beside it as a check. All rules: docs/figures.md.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import duckdb
import pandas as pd

from pipelines.normalize import BINS
from pipelines.places import regions
from reports.chain import Point, index_of
from reports.names import ALBERTA, bin_minutes, modality_id, region_label
from reports.price_panel import read_panel

__all__ = ["DEFINITION", "NO_INDEX", "Point", "frame", "index_of", "index_rows", "price_index"]

NO_INDEX = "no index: it takes two months with ten clinics that have prices of the same things in both"
DEFINITION = (
    "Chained index of list prices before GST: the geometric mean over clinics (one vote each) of what their own prices "
    "for the same things changed from month to month, 100 in the first month with ten clinics. A month with fewer than "
    "ten matched clinics has no index, and the next one starts another chain at 100: levels compare only within one "
    "chain. change is from the month before, in percent; low and high are the index's 95 % interval (clinics "
    "resampled). n counts clinics matched with the month before, rises and cuts those whose prices rose or fell, "
    "carried those with prices that were not seen in the month and are known from up to two months before, held those "
    "beyond the fences. check is the time-product dummy's index. The newest month may change until it is over."
)


def price_index(
    con: duckdb.DuckDBPyConnection,
    *,
    region: str = ALBERTA,
    minutes: int | None = None,
    modality: str | None = None,
    as_of: date | None = None,
) -> list[Point]:
    """The index of a region by month, up to a day, that of the newest visit unless given; also of one that failed.

    ``minutes`` and ``modality`` restrict it to one length and one modality. Raises ``UnknownName``.
    """
    label, length = region_label(region), bin_minutes(minutes) if minutes is not None else None
    kind = modality_id(modality) if modality is not None else None
    return index_of(read_panel(con, as_of or _last_visit(con), kind).of(label, length))


def index_rows(con: duckdb.DuckDBPyConnection, as_of: date | None = None) -> pd.DataFrame:
    """The index of Alberta and of each publish region, of all lengths together and of each: what a release freezes.

    Columns: ``region``, ``minutes`` (missing for all lengths), and those of ``frame``.
    """
    whole = read_panel(con, as_of or _last_visit(con))
    asked = [(label, minutes) for label in (ALBERTA, *regions()) for minutes in (None, *BINS)]
    found = [(label, minutes, index_of(whole.of(label, minutes))) for label, minutes in asked]
    rows = frame([point for _, _, points in found for point in points])
    rows.insert(0, "region", [label for label, _, points in found for _ in points])
    rows.insert(1, "minutes", [minutes for _, minutes, points in found for _ in points])
    return rows.astype({"minutes": "Int64"})


def frame(points: list[Point]) -> pd.DataFrame:
    """Points as a table, a column a field; levels to three digits, as the last bits depend on the processors."""
    rows = pd.DataFrame([asdict(point) for point in points], columns=list(Point.__slots__))
    counts = dict.fromkeys(("n", "rises", "cuts", "carried", "held"), "int64")
    levels = dict.fromkeys(("index", "change", "low", "high", "check"), "float64")
    return rows.astype({"chain": "Int64", "reason": "str", **counts, **levels}).round(3)


def _last_visit(con: duckdb.DuckDBPyConnection) -> date | None:
    """The UTC day of the newest visit, also of one that failed: a month in which all did is a month of the index."""
    row = con.execute("SELECT max(seen_at)::DATE FROM visits").fetchone()
    return row[0] if row else None
