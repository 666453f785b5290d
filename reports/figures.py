"""The published numbers: for a region, a modality and a length, what clinics typically ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from statistics import fmean, median

import duckdb
import pandas as pd

from reports.names import ALBERTA, bin_minutes, joined, labels_of, modality_id, region_label
from reports.quantiles import nearest, quantile8

#: A price that nobody has seen for longer than this many days has no vote.
FRESH_DAYS = 180
BASIS = "before GST"
DEFINITION = (
    "One location, one vote: the median of its current regular list prices of one massage for one person, before GST. "
    "Typical is the median of the locations and average their mean. Typical range is the 10th to the 90th percentile "
    "(Hyndman-Fan type 8), rounded to the nearest $5: about 8 in 10 locations list a price within it. "
    "n counts locations; flagged counts prices that a check holds back until a person has looked at them. "
    f"Prices not seen for {FRESH_DAYS} days, and clinics without public prices, are not in it."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell says. Amounts in cents, ``None`` where there is no figure; then ``reason`` says why."""

    region: str
    modality: str | None
    minutes: int | None
    typical_cents: float | None = None
    typical_low_cents: int | None = None
    typical_high_cents: int | None = None
    average_cents: float | None = None
    n: int = 0
    clinics: int = 0
    flagged: int = 0
    """Current prices of the cell that a check holds back until a person has decided."""
    oldest: date | None = None
    """When the vote that was seen longest ago was last seen."""
    newest: date | None = None
    as_of: date | None = None
    basis: str = BASIS
    unrounded_low_cents: float | None = None
    unrounded_high_cents: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """What one location says in one cell."""

    modality: str
    minutes: int
    location_id: str
    clinic_id: str
    place_key: str | None
    cents: float
    oldest: date
    newest: date


@dataclass(frozen=True, slots=True)
class Held:
    """A flagged price in one cell."""

    modality: str
    minutes: int
    place_key: str | None
    flag_id: str


def figures(
    con: duckdb.DuckDBPyConnection,
    *,
    modality: str | None = None,
    minutes: int | None = None,
    regions: Sequence[str] = (),
    as_of: date | None = None,
) -> list[Figure]:
    """The figures of a warehouse, sorted by modality, length and region.

    What is not given is not restricted: without ``modality`` and ``minutes`` every one with votes, without
    ``regions`` every place, publish region and Alberta. Several regions are pooled into one figure. ``as_of`` is a
    day, the newest visit's unless given. A question without votes gets one figure that says why there is none.
    Raises ``UnknownName``.
    """
    asked = modality_id(modality) if modality is not None else None
    length = bin_minutes(minutes) if minutes is not None else None
    labels = tuple(dict.fromkeys(region_label(region) for region in regions))
    day = as_of or last_day(con)
    held = flagged(con, asked, length)
    cells: dict[tuple[str, int, str], list[Vote]] = {}
    for vote in votes(con, asked, length, day):
        for region in _regions_of(vote.place_key, labels):
            cells.setdefault((vote.modality, vote.minutes, region), []).append(vote)
    if not cells:
        return [_no_figure(con, asked, length, labels, day)]
    found = [figure(region, cells[modality, minutes, region], day) for modality, minutes, region in sorted(cells)]
    counts = Counter((h.modality, h.minutes, region) for h in held for region in _regions_of(h.place_key, labels))
    return [replace(f, flagged=counts[str(f.modality), int(f.minutes or 0), f.region]) for f in found]


def figure(region: str, cell: Sequence[Vote], as_of: date | None = None) -> Figure:
    """The figure of one cell, from at least one vote."""
    cents = sorted(vote.cents for vote in cell)
    low, high = quantile8(cents, 0.1), quantile8(cents, 0.9)
    return Figure(
        region=region,
        modality=cell[0].modality,
        minutes=cell[0].minutes,
        typical_cents=median(cents),
        typical_low_cents=nearest(low),
        typical_high_cents=nearest(high),
        average_cents=fmean(cents),
        n=len(cents),
        clinics=len({vote.clinic_id for vote in cell}),
        oldest=min(vote.oldest for vote in cell),
        newest=max(vote.newest for vote in cell),
        as_of=as_of,
        unrounded_low_cents=low,
        unrounded_high_cents=high,
    )


def flagged(con: duckdb.DuckDBPyConnection, modality: str | None, minutes: int | None) -> list[Held]:
    """The current prices that checks hold back, by each modality that they would count in."""
    query = resources.files("reports").joinpath("flagged.sql").read_text(encoding="utf-8")
    return [Held(*row) for row in con.execute(query, {"modality": modality, "minutes": minutes}).fetchall()]


def votes(con: duckdb.DuckDBPyConnection, modality: str | None, minutes: int | None, as_of: date | None) -> list[Vote]:
    """The votes of all locations on a day, by modality id and length; ``None`` asks for all."""
    query = resources.files("reports").joinpath("votes.sql").read_text(encoding="utf-8")
    asked = {"modality": modality, "minutes": minutes, "as_of": as_of, "fresh_days": FRESH_DAYS}
    return [Vote(*row) for row in con.execute(query, asked).fetchall()]


def last_day(con: duckdb.DuckDBPyConnection) -> date | None:
    """The UTC day of the newest visit that got a page, ``None`` when there is none."""
    row = con.execute("SELECT max(seen_at)::DATE FROM visits WHERE outcome <> 'failed'").fetchone()
    return row[0] if row else None


def frame(rows: Iterable[Figure], *, unrounded: bool = True) -> pd.DataFrame:
    """Figures as a table, a column a field; on request without the unrounded ends of the range."""
    names = [name for name in Figure.__slots__ if unrounded or not name.startswith("unrounded")]
    return pd.DataFrame([{name: getattr(row, name) for name in names} for row in rows], columns=names)


def _regions_of(place_key: str | None, labels: Sequence[str]) -> tuple[str, ...]:
    """The regions whose figure a location counts in: all of its own, or the asked ones as one."""
    own = labels_of(place_key)
    if not labels:
        return own
    return (joined(labels),) if set(own) & set(labels) else ()


def _no_figure(
    con: duckdb.DuckDBPyConnection, modality: str | None, minutes: int | None, labels: Sequence[str], as_of: date | None
) -> Figure:
    region = joined(labels or [ALBERTA])
    places = con.execute("SELECT place_key FROM locations WHERE listed").fetchall()
    known = sum(bool(set(labels_of(key)) & set(labels or [ALBERTA])) for (key,) in places)
    reason = (
        f"none of the {known} known locations shows a price for it that was seen in the {FRESH_DAYS} days to {as_of}"
        if known
        else "no clinic there is known"
    )
    return Figure(region=region, modality=modality, minutes=minutes, as_of=as_of, reason=reason)
