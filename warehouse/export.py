"""The warehouse as files for other programs and for people; the same crawls give the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from warehouse.build import SCHEMA_VERSION
from warehouse.connect import connect
from warehouse.datapackage import data_package
from warehouse.dictionary import described, relations
from warehouse.workbook import write_workbook

Content = TypeVar("Content")

#: Spreadsheets take a cell that begins so for a formula.
_FORMULA = r"^[=+\-@\t\r]"


def export(path: Path, to: Path) -> list[Path]:
    """Writes ``<name>.csv`` and ``<name>.parquet`` of every table and view into the folder ``to``, a description of the
    CSV files as a data package (``datapackage.json``), and a workbook for people (``ratecard.xlsx``).

    In CSV, text that a spreadsheet would run as a formula gets a leading apostrophe, and lists are joined with bars.
    Each file is written beside and renamed. Returns the files; raises ``NoWarehouse``, or ``OSError`` when ``to``
    cannot be written.
    """
    to.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with connect(path) as con:
        names = relations(con)
        for name in names:
            rows = con.sql(f'FROM "{name}" ORDER BY ALL').to_arrow_table()
            written += [_write(to / f"{name}.csv", _csv, rows), _write(to / f"{name}.parquet", _parquet, rows)]
        package = data_package([described(con, name) for name in names], to, SCHEMA_VERSION)
        written.append(_write(to / "datapackage.json", lambda text, file: file.write_text(text, "utf-8"), package))
        written.append(_write(to / "ratecard.xlsx", write_workbook, con))
    return written


def _csv(rows: pa.Table, file: Path) -> None:
    pacsv.write_csv(safe_cells(rows), file, pacsv.WriteOptions(quoting_style="needed"))


def _parquet(rows: pa.Table, file: Path) -> None:
    pq.write_table(rows, file, compression="zstd")


def _write(target: Path, write: Callable[[Content, Path], object], content: Content) -> Path:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        write(content, beside)
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
