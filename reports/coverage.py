"""How much of the registry has prices, by region."""

from __future__ import annotations

import duckdb
import pandas as pd

DEFINITION = (
    "Clinics that the registry lists, those that some crawl visited, those of which some page could be read, those "
    "with a current price, and those with a current price that votes in figures."
)


def coverage(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row a publish region, with the columns of the view ``coverage``."""
    return con.execute("FROM coverage ORDER BY publish_region").df()
