"""Opening the warehouse for reading: nothing can be written, and no file or network reached, through it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from warehouse.build import SCHEMA_VERSION
from warehouse.errors import NoWarehouse, QueryRefused

_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
}


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only, locked-down connection to a warehouse; the caller closes it.

    It keeps showing the file as it was when opened, also after a build has put a new one in its place. Raises
    ``NoWarehouse`` when the file is missing, is no warehouse, or has tables of another version.
    """
    if not path.is_file():
        raise NoWarehouse(f"there is no warehouse at {path}; run `ratecard build` (or `ratecard demo` to try one)")
    try:
        con = duckdb.connect(str(path), read_only=True, config=_LOCKED)
    except duckdb.Error as error:
        raise NoWarehouse(f"{path} cannot be opened: {_first_line(error)}") from error
    try:
        found = con.execute("SELECT schema_version FROM warehouse_info").fetchone()
    except duckdb.Error as error:
        con.close()
        raise NoWarehouse(f"{path} is no warehouse of Ratecard; `ratecard build` makes one") from error
    if found != (SCHEMA_VERSION,):
        con.close()
        has = found[0] if found else "none"
        raise NoWarehouse(
            f"{path} has schema version {has}, this Ratecard reads {SCHEMA_VERSION}; run `ratecard build`"
        )
    return con


def sql(path: Path, query: str) -> pd.DataFrame:
    """The rows of one query. Raises ``NoWarehouse``, or ``QueryRefused`` when it is wrong, writes or opens files."""
    with connect(path) as con:
        try:
            statements = con.extract_statements(query)
            if len(statements) != 1:
                raise QueryRefused(f"give one query; this text holds {len(statements)}")
            return con.execute(statements[0]).df()
        except duckdb.Error as error:
            raise QueryRefused(str(error)) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
