"""The rises and cuts that clinics made: each one, and by month."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from reports.names import bin_minutes, labels_of, region_label

DEFINITION = (
    "Steps from one list price of a thing to its next on the same page, before GST: prices for one person that vote in "
    "figures. changed_at is the first visit that saw the new price; the change lies between it and the visit before."
)
SUMMARY = (
    "Clinics whose prices for the same thing rose or fell, by the month in which the new price was first seen; a "
    "clinic that did both counts in both. median_rise and median_cut are medians over clinics of their mean change, "
    "in percent."
)
_STEPS = """
SELECT s.changed_at, s.location_id, l.clinic_id, coalesce(l.place_key, '') AS place_key, s.service, s.modality,
    s.duration_min, v.duration_bin, s.cents_before, s.cents, s.change_percent, s.url
FROM price_changes AS s
JOIN voting_prices AS v ON v.price_id = s.price_id
JOIN voting_prices AS b ON b.price_id = s.price_id_before
JOIN locations AS l ON l.location_id = s.location_id
WHERE s.audience IN ('regular', 'follow_up')
    AND ($minutes IS NULL OR v.duration_bin = $minutes) AND ($since IS NULL OR s.changed_at::DATE >= $since::DATE)
ORDER BY s.changed_at DESC, s.location_id, s.service, s.duration_min, s.url
"""


def price_changes(
    con: duckdb.DuckDBPyConnection, *, region: str = "Alberta", minutes: int | None = None, since: date | None = None
) -> pd.DataFrame:
    """Every rise and cut, the newest first. Raises ``UnknownName``."""
    label = region_label(region)
    length = bin_minutes(minutes) if minutes is not None else None
    rows = con.execute(_STEPS, {"minutes": length, "since": since}).df()
    there = {place for place in rows["place_key"].unique() if label in labels_of(place or None)}
    return rows[rows["place_key"].isin(there)].drop(columns="duration_bin").reset_index(drop=True)


def by_month(changes: pd.DataFrame) -> pd.DataFrame:
    """How many clinics raised and cut their prices in each month, and by how much in the middle."""
    month = pd.DatetimeIndex(changes["changed_at"]).strftime("%Y-%m")
    rows = changes.assign(month=month, rose=changes["change_percent"] > 0)
    clinics = rows.groupby(["month", "rose", "clinic_id"], as_index=False)["change_percent"].mean()
    found = [
        {
            "month": name,
            "rises": len(own[own["rose"]]),
            "cuts": len(own[~own["rose"]]),
            "median_rise": _median(own[own["rose"]]),
            "median_cut": _median(own[~own["rose"]]),
        }
        for name, own in clinics.groupby("month")
    ]
    return pd.DataFrame(found, columns=["month", "rises", "cuts", "median_rise", "median_cut"])


def _median(rows: pd.DataFrame) -> float | None:
    return None if rows.empty else round(float(rows["change_percent"].median()), 1)
