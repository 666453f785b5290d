"""Prices of the same things month by month, as the index compares them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources

import duckdb
import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from reports.names import labels_of
from reports.quantiles import Floats, Ints
from reports.votes import Bools

#: A price whose page could not be seen is carried for so many months, and through so many crawls that missed it.
CARRY = 2


@dataclass(frozen=True, slots=True)
class Panel:
    """ln prices, a row a thing, a column a month; NaN where none is known."""

    months: tuple[date, ...]
    y: Floats
    carried: Bools
    """Which of them no visit of the month saw."""
    clinic: Ints
    """Whose thing each row is."""
    minutes: Ints
    """The length that each row counts in."""
    place: Ints
    """Where each row is sold, a code of ``places``."""
    places: tuple[str, ...] = ("",)

    def by_clinic(self, values: Floats | Bools) -> Floats:
        """Sums of a value of each thing and month over the things of a clinic."""
        things = np.arange(len(self.clinic))
        owned = csr_array((np.ones(len(things)), (self.clinic, things)))
        return np.asarray(owned @ values.astype(float))

    def of(self, label: str, minutes: int | None) -> Panel:
        """The rows of a region, and of one length unless it is ``None``."""
        there = [code for code, place in enumerate(self.places) if label in labels_of(place or None)]
        rows = np.isin(self.place, there) & (True if minutes is None else self.minutes == minutes)
        own = np.unique(self.clinic[rows], return_inverse=True)[1].astype(np.int64)
        return Panel(
            self.months, self.y[rows], self.carried[rows], own, self.minutes[rows], self.place[rows], self.places
        )


def read_panel(
    con: duckdb.DuckDBPyConnection, as_of: date | None, modality: str | None = None, *, carry: int = CARRY
) -> Panel:
    """All prices of a warehouse up to a day, of one modality or all; the last month is the day's."""
    places = [
        place
        for (place,) in con.execute("SELECT DISTINCT coalesce(place_key, '') FROM locations ORDER BY 1").fetchall()
    ]
    asked = {"as_of": as_of, "carry": carry, "modality": modality, "places": places}
    query = f"WITH page_months AS ({_query('page_months')}) FROM ({_query('price_index')})"
    return panel(con.execute(query, asked).df(), through=as_of, places=places)


def panel(rows: pd.DataFrame, *, through: date | None = None, places: Iterable[str] = ("",)) -> Panel:
    """The panel of a table with the columns of ``price_index.sql``, up to its newest month or that of ``through``."""
    # Sorted, so that the order in which a query gives its rows decides nothing.
    thing, _ = pd.factorize(rows["thing"], sort=True)
    of_things = rows.drop_duplicates("thing").sort_values("thing")
    stamps = pd.DatetimeIndex(rows["month"])
    at = (stamps.year * 12 + stamps.month - 1).to_numpy()
    months = _span(at, through)
    y, carried = np.full((len(of_things), len(months)), np.nan), np.zeros((len(of_things), len(months)), bool)
    column = at - months[:1]
    y[thing, column] = rows["y"]
    carried[thing, column] = rows["is_carried"]
    return Panel(
        months=tuple(date(int(m) // 12, int(m) % 12 + 1, 1) for m in months),
        y=y,
        carried=carried,
        clinic=pd.factorize(of_things["clinic"], sort=True)[0].astype(np.int64),
        minutes=of_things["minutes"].to_numpy(np.int64),
        place=of_things["place"].to_numpy(np.int64) - 1,
        places=tuple(places),
    )


def _span(at: Ints, through: date | None) -> Ints:
    """All months from the first to the last, counted from the year 0; none of none."""
    if not len(at):
        return at
    last = through.year * 12 + through.month - 1 if through else at.max()
    return np.arange(at.min(), max(at.max(), last) + 1)


def _query(name: str) -> str:
    return resources.files("reports").joinpath(f"{name}.sql").read_text(encoding="utf-8")
