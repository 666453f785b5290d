"""What people open in a spreadsheet: the relations they ask for most, a sheet each, with what each column means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse.dictionary import Described, described

#: The sheets, in the order of what people ask first.
SHEETS = ("current_prices", "price_changes", "coverage", "locations")
#: The most rows that a sheet holds, its head apart.
MOST_ROWS = 1_048_575
#: A spreadsheet has no room for longer text in a cell.
_LONGEST_CELL = 32_767
#: The file says nothing of when it was made, so that the same crawls give the same bytes.
_NO_DATE = datetime(2000, 1, 1)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def write_workbook(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Writes the sheets, after one that explains them; a relation with too many rows for a sheet is only named."""
    with Workbook(str(path), {**_OPTIONS, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        book.set_properties({"title": "Ratecard", "created": _NO_DATE})
        relations = [described(con, name) for name in SHEETS]
        tables = {name: con.sql(f'FROM "{name}" ORDER BY ALL').to_arrow_table() for name in SHEETS}
        _write_guide(book.add_worksheet("read me"), relations, tables)
        for name, rows in tables.items():
            if rows.num_rows <= MOST_ROWS:
                _write_rows(book.add_worksheet(name), rows)


def _write_guide(sheet: Worksheet, relations: Sequence[Described], tables: dict[str, pa.Table]) -> None:
    lines = [["sheet", "column", "meaning"]]
    for relation in relations:
        fits = tables[relation.name].num_rows <= MOST_ROWS
        note = "" if fits else " Too many rows for a sheet: see the CSV or Parquet file of that name."
        lines.append([relation.name, "", relation.meaning + note])
        lines += [[relation.name, column.name, column.meaning] for column in relation.columns]
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 2, 100)


def _write_rows(sheet: Worksheet, rows: pa.Table) -> None:
    sheet.write_row(0, 0, rows.column_names)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows.num_rows, rows.num_columns - 1)
    for number, column in enumerate(rows.columns):
        for line, value in enumerate(column.to_pylist(), 1):
            if value is not None:
                sheet.write(line, number, _cell(value))


def _cell(value: object) -> object:
    """A value as a cell holds it."""
    if isinstance(value, list):
        value = "|".join(map(str, value))
    return value[:_LONGEST_CELL] if isinstance(value, str) else value
