"""The data dictionary, written from the comments in the SQL files."""

from __future__ import annotations

import duckdb

from warehouse.build import SCHEMA_VERSION
from warehouse.export import relations
from warehouse.queries import read_sql, sql_files

_HEAD = f"""# Data dictionary

The tables and views of `ratecard.duckdb`, schema version {SCHEMA_VERSION}. Times are UTC, money is whole cents.
This page is made from the comments in `warehouse/schema.sql` and `warehouse/views/`; change them there, then run
`python -m warehouse.dictionary > docs/data-dictionary.md`.
"""

_COMMENT = """
SELECT comment FROM duckdb_tables() WHERE table_name = ?
UNION ALL SELECT comment FROM duckdb_views() WHERE view_name = ?
"""


def data_dictionary() -> str:
    """The text of ``docs/data-dictionary.md``: tables first, then views, with every column."""
    with duckdb.connect() as con:
        con.execute(read_sql("schema.sql"))
        tables = relations(con)
        for _, view in sql_files("views"):
            con.execute(view)
        views = [name for name in relations(con) if name not in tables]
        sections = [_section(con, name, "table") for name in tables] + [_section(con, name, "view") for name in views]
    return "\n".join([_HEAD, *sections])


def _section(con: duckdb.DuckDBPyConnection, name: str, kind: str) -> str:
    comment = con.execute(_COMMENT, [name, name]).fetchone()
    columns = con.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
        [name],
    ).fetchall()
    rows = "\n".join(f"| `{column}` | {kind_} | {_escaped(text)} |" for column, kind_, text in columns)
    head = f"## `{name}` ({kind})\n\n{comment[0] if comment and comment[0] else ''}\n"
    return f"{head}\n| column | type | meaning |\n| --- | --- | --- |\n{rows}\n"


def _escaped(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


if __name__ == "__main__":
    import sys

    sys.stdout.write(data_dictionary())
