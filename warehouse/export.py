"""Every table and view as CSV and Parquet files; the same crawls give the same bytes."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from warehouse.connect import connect

#: Spreadsheets take a cell that begins so for a formula.
_FORMULA = r"^[=+\-@\t\r]"


def export(path: Path, to: Path) -> list[Path]:
    """Writes ``<name>.csv`` and ``<name>.parquet`` of every table and view into the folder ``to``.

    In CSV, text that a spreadsheet would run as a formula gets a leading apostrophe, and lists are joined with bars.
    Each file is written beside and renamed. Returns the files; raises ``NoWarehouse``, or ``OSError`` when ``to``
    cannot be written.
    """
    to.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with connect(path) as con:
        for name in relations(con):
            rows = con.sql(f'FROM "{name}" ORDER BY ALL').to_arrow_table()
            written += [_write(to / f"{name}.csv", rows), _write(to / f"{name}.parquet", rows)]
    return written


def relations(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of all tables and views, in alphabetical order."""
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1"
    ).fetchall()
    return [name for (name,) in rows]


def _write(target: Path, rows: pa.Table) -> Path:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.suffix == ".csv":
            pacsv.write_csv(safe_cells(rows), beside, pacsv.WriteOptions(quoting_style="needed"))
        else:
            pq.write_table(rows, beside, compression="zstd")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def safe_cells(rows: pa.Table) -> pa.Table:
    """The rows as a spreadsheet may see them: no formula cells, no lists.

    >>> safe_cells(pa.table({"a": ["=1+1", "x", None], "b": [["p", "q"], [], None]})).to_pylist()[0]
    {'a': "'=1+1", 'b': 'p|q'}
    """
    return pa.table([_safe(column) for column in rows.columns], names=rows.column_names)


def _safe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        column = pc.binary_join(column, "|")
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        risky = pc.match_substring_regex(column, _FORMULA)
        return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
    return column
