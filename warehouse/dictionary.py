"""The data dictionary, written from the comments in the SQL files."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.build import SCHEMA_VERSION
from warehouse.queries import read_sql, sql_files

_HEAD = f"""# Data dictionary

The tables, views and functions of `ratecard.duckdb`, schema version {SCHEMA_VERSION}. Times are UTC, money is whole
cents. This page is made from the comments in `warehouse/schema.sql` and `warehouse/views/`; change them there, then run
`python -m warehouse.dictionary > docs/data-dictionary.md`.
"""

_COMMENT = """
SELECT comment FROM duckdb_tables() WHERE table_name = $name
UNION ALL SELECT comment FROM duckdb_views() WHERE view_name = $name
"""
_FUNCTIONS = """
SELECT function_name, parameters, comment FROM duckdb_functions()
WHERE function_type = 'table_macro' AND NOT internal ORDER BY function_name
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the file itself describes it."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view with its columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def relations(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of all tables and views, in alphabetical order."""
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1"
    ).fetchall()
    return [name for (name,) in rows]


def described(con: duckdb.DuckDBPyConnection, name: str) -> Described:
    """What an open warehouse says of one of its tables or views."""
    comment = con.execute(_COMMENT, {"name": name}).fetchone()
    columns = con.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE table_name = ? "
        "ORDER BY column_index",
        [name],
    ).fetchall()
    return Described(name, comment[0] or "" if comment else "", tuple(Column(*column) for column in columns))


def data_dictionary() -> str:
    """The text of ``docs/data-dictionary.md``: tables first, then views, with every column, then functions."""
    with duckdb.connect() as con:
        con.execute(read_sql("schema.sql"))
        tables = relations(con)
        for _, view in sql_files("views"):
            con.execute(view)
        views = [name for name in relations(con) if name not in tables]
        sections = [_section(described(con, name), "table") for name in tables]
        sections += [_section(described(con, name), "view") for name in views]
        functions = [
            f"## `{name}({', '.join(parameters)})` (function)\n\n{comment or ''}\n"
            for name, parameters, comment in con.execute(_FUNCTIONS).fetchall()
        ]
    return "\n".join([_HEAD, *sections, *functions])


def _section(relation: Described, kind: str) -> str:
    rows = "\n".join(f"| `{column.name}` | {column.type} | {_escaped(column.meaning)} |" for column in relation.columns)
    head = f"## `{relation.name}` ({kind})\n\n{relation.meaning}\n"
    return f"{head}\n| column | type | meaning |\n| --- | --- | --- |\n{rows}\n"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    import sys

    sys.stdout.write(data_dictionary())
