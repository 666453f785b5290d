"""The warehouse for people who work in pandas: an open connection in, a DataFrame out.

from warehouse.connect import connect
from warehouse import frames

with connect(Path("data/ratecard.duckdb")) as con:
    now = frames.current_prices(con, modality="deep_tissue", minutes=60)
"""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

#: Locations of a place, a census area, a publish region, or all of them where nothing is asked.
_THERE = "($region IS NULL OR $region IN (l.place_key, l.city, l.cma, l.publish_region))"
#: Prices of a modality or of any that rolls up into it.
_OF_KIND = """
($modality IS NULL OR p.modality = $modality OR EXISTS (
    SELECT 1 FROM modality_tree AS t
    WHERE t.ancestor_id = $modality AND list_contains(list_append(p.modalities, p.modality), t.descendant_id)))
"""
_PRICED = f"""
SELECT p.*, l.name AS location_name, l.city, l.publish_region
FROM $prices AS p JOIN locations AS l ON l.location_id = p.location_id
WHERE {_OF_KIND} AND ($minutes IS NULL OR p.duration_bin = $minutes) AND {_THERE}
ORDER BY p.location_id, p.url, p.service, p.duration_min, p.first_seen_at, p.price_id
"""


def current_prices(
    con: duckdb.DuckDBPyConnection,
    *,
    modality: str | None = None,
    minutes: int | None = None,
    region: str | None = None,
) -> pd.DataFrame:
    """Prices that hold now, one row a price and location; ``cents`` are before GST. What is not given is not asked."""
    return _priced(con, "(FROM prices WHERE is_current)", modality, minutes, region)


def prices_on(
    con: duckdb.DuckDBPyConnection,
    day: date,
    *,
    modality: str | None = None,
    minutes: int | None = None,
    region: str | None = None,
) -> pd.DataFrame:
    """Prices that held at the end of a UTC day, in the columns of ``prices`` but for ``is_current``."""
    return _priced(con, f"prices_on(DATE '{day.isoformat()}')", modality, minutes, region)


def price_history(con: duckdb.DuckDBPyConnection, location_id: str) -> pd.DataFrame:
    """All that one location ever asked, by service and length, oldest first."""
    return con.execute("FROM price_history WHERE location_id = ?", [location_id]).df()


def price_changes(con: duckdb.DuckDBPyConnection, since: date | None = None) -> pd.DataFrame:
    """Steps from one price of a service to its next, since a day or ever."""
    return con.execute("FROM price_changes WHERE $since IS NULL OR changed_at >= $since", {"since": since}).df()


def provenance(con: duckdb.DuckDBPyConnection, price_id: str) -> pd.DataFrame:
    """One row: the words on the page, where they stand, which visit saw them last, and a link to the place."""
    return con.execute("FROM provenance WHERE price_id = ?", [price_id]).df()


def coverage(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """How many clinics are known, visited, readable and priced, by publish region."""
    return con.execute("FROM coverage").df()


def _priced(
    con: duckdb.DuckDBPyConnection, prices: str, modality: str | None, minutes: int | None, region: str | None
) -> pd.DataFrame:
    asked = {"modality": modality, "minutes": minutes, "region": region}
    return con.execute(_PRICED.replace("$prices", prices), asked).df()
