"""How prices change over time: a chained index of clinics matched from month to month, never a ratio of two averages.

For the clinics that have a price of the same thing in two months running, rho is the mean over a clinic's things of
ln(p_t / p_t-1), the link is J = exp(mean of rho over clinics) (Jevons, one clinic one vote), and the index is the
product of links, 100 in the first month with ten clinics. A price that could not be seen is carried on for at most two
months. The time-product dummy, ln p = month + thing, is fitted beside it as a check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib import resources

import duckdb
import numpy as np
import pandas as pd

from reports.figures import last_day
from reports.names import bin_minutes, labels_of, modality_id, region_label
from reports.quantiles import Floats, Ints, quantiles8
from reports.votes import Bools

CARRY_MONTHS = 2
LEAST_CLINICS = 10
RESAMPLES = 500
_SEED = 20_260_101
#: Relatives are held back beyond these fences, once so many clinics changed their prices in a month.
_ENOUGH_MOVED = 30
_FENCE, _FENCE_FLOOR = 4.0, 0.07
_APART = 0.005
DEFINITION = (
    "Chained index of list prices before GST: the geometric mean over clinics (one vote each) of what their own prices "
    "for the same things changed from month to month, 100 in the first month with ten clinics. change is from the "
    "month before, in percent; low and high are the index's 95 % interval (clinics resampled). n counts clinics "
    "matched with the month before, rises and cuts those whose prices rose or fell, carried those known only from up "
    "to two months before, held those beyond the fences. A month with fewer than ten matched clinics has no index, and "
    "the next one starts at 100 again."
)


@dataclass(frozen=True, slots=True)
class Point:
    """The index in one month; ``None`` where it may not be published, then ``reason`` says why."""

    month: date
    index: float | None
    change: float | None
    low: float | None
    high: float | None
    n: int
    rises: int
    cuts: int
    carried: int
    held: int
    check: float | None
    """The time-product dummy's index."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """ln prices, a row a thing, a column a month; NaN where there is none."""

    months: tuple[date, ...]
    y: Floats
    carried: Bools
    clinic: Ints
    """Whose thing each row is."""


def price_index(
    con: duckdb.DuckDBPyConnection,
    *,
    region: str = "Alberta",
    minutes: int | None = None,
    modality: str | None = None,
    as_of: date | None = None,
) -> list[Point]:
    """The index of a region, by month; of one length or all, one modality or all. Raises ``UnknownName``."""
    asked = {
        "minutes": bin_minutes(minutes) if minutes is not None else None,
        "modality": modality_id(modality) if modality is not None else None,
        "as_of": as_of or last_day(con),
        "carry": CARRY_MONTHS,
        "places": places_in(con, region_label(region)),
    }
    query = resources.files("reports").joinpath("price_index.sql").read_text(encoding="utf-8")
    return index_of(panel(con.execute(query, asked).df()))


def places_in(con: duckdb.DuckDBPyConnection, label: str) -> list[str]:
    """The places of locations that count in a region; the unknown place is an empty text."""
    found = con.execute("SELECT DISTINCT coalesce(place_key, '') FROM locations ORDER BY 1").fetchall()
    return [place for (place,) in found if label in labels_of(place or None)]


def panel(rows: pd.DataFrame) -> Panel:
    """The panel of a table with the columns of ``price_index.sql``."""
    if rows.empty:
        return Panel((), np.zeros((0, 0)), np.zeros((0, 0), bool), np.zeros(0, np.int64))
    thing, _ = pd.factorize(rows["thing"])
    first = ~pd.Series(thing).duplicated().to_numpy()
    clinic, _ = pd.factorize(rows["clinic_id"].to_numpy()[first])
    stamps = pd.DatetimeIndex(rows["month"])
    at = (stamps.year * 12 + stamps.month - 1).to_numpy()
    months = np.arange(at.min(), at.max() + 1)
    shape = (len(clinic), len(months))
    y, carried = np.full(shape, np.nan), np.zeros(shape, bool)
    y[thing, at - at.min()] = rows["y"]
    carried[thing, at - at.min()] = rows["is_carried"]
    return Panel(tuple(date(int(m) // 12, int(m) % 12 + 1, 1) for m in months), y, carried, clinic.astype(np.int64))


def index_of(found: Panel) -> list[Point]:
    """The index of a panel, from the first month with enough matched clinics on."""
    if found.y.shape[1] < 2:
        return []
    rho, carried = relatives(found)
    held = fenced(rho)
    counted = np.where(held, np.nan, rho)
    n = np.isfinite(counted).sum(axis=0)
    links = _means(np.ones((1, len(counted))), counted)[0]
    low, high = _interval(counted, n)
    check = time_product_dummy(found)
    points: list[Point] = []
    level: float | None = None
    for t, month in enumerate(found.months[1:]):
        counts = {
            "n": int(n[t]), "rises": int((counted[:, t] > 0).sum()), "cuts": int((counted[:, t] < 0).sum()),
            "carried": int((carried[:, t] & np.isfinite(counted[:, t])).sum()), "held": int(held[:, t].sum()),
        }  # fmt: skip
        if n[t] < LEAST_CLINICS:
            level = None
            reason = f"{n[t]} clinics have prices of the same things in both months; {LEAST_CLINICS} are needed"
            points.append(Point(month, None, None, None, None, **counts, check=None, reason=reason))
            continue
        if level is None:
            level, base = 100.0, t
            _start(points, found.months[t])
        level *= float(np.exp(links[t]))
        dummy = float(100 * np.exp(check[t + 1] - check[base]))
        apart = abs(dummy / level - 1) > _APART
        note = "the time-product dummy differs by more than half a percent" if apart else None
        change = 100 * (float(np.exp(links[t])) - 1)
        points.append(Point(month, level, change, float(low[t]), float(high[t]), **counts, check=dummy, reason=note))
    return _without_idle_start(points)


def _start(points: list[Point], month: date) -> None:
    """100 in a month: a new point, or in place of the one that says why the chain broke there."""
    if points and points[-1].month == month:
        points[-1] = replace(points[-1], index=100.0, check=100.0, reason=f"starts anew: {points[-1].reason}")
    else:
        points.append(Point(month, 100.0, None, None, None, 0, 0, 0, 0, 0, 100.0))


def relatives(found: Panel) -> tuple[Floats, Bools]:
    """The mean change in ln price of each clinic's matched things by month, and whether any of it was carried."""
    steps = np.diff(found.y, axis=1)
    matched = np.isfinite(steps)
    clinics = int(found.clinic.max()) + 1
    sums, counts = np.zeros((clinics, steps.shape[1])), np.zeros((clinics, steps.shape[1]))
    np.add.at(sums, found.clinic, np.where(matched, steps, 0.0))
    np.add.at(counts, found.clinic, matched)
    carried = np.zeros((clinics, steps.shape[1]))
    np.add.at(carried, found.clinic, matched & found.carried[:, 1:])
    with np.errstate(invalid="ignore"):
        rho = np.where(counts > 0, sums / counts, np.nan)
    return np.where(np.abs(rho) < 1e-12, 0.0, rho), carried > 0


def fenced(rho: Floats) -> Bools:
    """Relatives beyond the quartile fences, which may differ above and below (Saidi & Rubin-Bleuer 2005)."""
    held = np.zeros(rho.shape, bool)
    for t in range(rho.shape[1]):
        moved = np.sort(rho[:, t][np.isfinite(rho[:, t]) & (rho[:, t] != 0)])
        if len(moved) >= _ENOUGH_MOVED:
            q1, middle, q3 = quantiles8(moved, (0.25, 0.5, 0.75))
            low = middle - _FENCE * max(middle - q1, _FENCE_FLOOR)
            high = middle + _FENCE * max(q3 - middle, _FENCE_FLOOR)
            held[:, t] = (rho[:, t] != 0) & ((rho[:, t] < low) | (rho[:, t] > high))
    return held


def time_product_dummy(found: Panel) -> Floats:
    """ln index by ln p = month + thing, least squares, every clinic one vote a month; carried prices are not in it."""
    seen = np.isfinite(found.y) & ~found.carried
    rows = np.zeros((int(found.clinic.max()) + 1, found.y.shape[1]))
    np.add.at(rows, found.clinic, seen)
    w = np.where(seen, 1 / np.maximum(rows[found.clinic], 1), 0.0)
    y = np.where(seen, found.y, 0.0)
    totals = np.maximum(w.sum(axis=1), 1e-300)
    a = np.diag(w.sum(axis=0)) - w.T @ (w / totals[:, None])
    b = (w * y).sum(axis=0) - w.T @ ((w * y).sum(axis=1) / totals)
    # The first month is the base; a month that nothing links to the others stays at it.
    months, *_ = np.linalg.lstsq(a[1:, 1:], b[1:], rcond=None)
    return np.concatenate([[0.0], months])


def _means(weights: Floats, rho: Floats) -> Floats:
    """Weighted means of each month's relatives, a row a set of weights; 0 where there are none."""
    known = np.isfinite(rho)
    sums, totals = weights @ np.where(known, rho, 0.0), weights @ known
    return np.asarray(np.divide(sums, totals, out=np.zeros_like(sums), where=totals > 0))


def _interval(rho: Floats, n: Ints) -> tuple[Floats, Floats]:
    """The index's 95 % interval from resampled clinics, by month, counted from the last start of the chain."""
    rng = np.random.default_rng(_SEED)
    weights = rng.multinomial(len(rho), np.full(len(rho), 1 / len(rho)), RESAMPLES).astype(float)
    links = _means(weights, rho)
    level = np.zeros(RESAMPLES)
    ends = np.full((2, rho.shape[1]), np.nan)
    for t in range(rho.shape[1]):
        if n[t] < LEAST_CLINICS:
            level = np.zeros(RESAMPLES)
            continue
        level = level + links[:, t]
        ends[:, t] = 100 * np.exp(np.quantile(level, (0.025, 0.975)))
    return ends[0], ends[1]


def _without_idle_start(points: list[Point]) -> list[Point]:
    """The months from the first with an index on; all of them if there is none, so that the reason shows."""
    first = next((at for at, point in enumerate(points) if point.index is not None), 0)
    return points[first:]


def frame(points: list[Point]) -> pd.DataFrame:
    """Points as a table, a column a field."""
    names = list(Point.__slots__)
    return pd.DataFrame([{name: getattr(point, name) for name in names} for point in points], columns=names)
