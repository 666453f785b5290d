"""Whether a new warehouse may be published: its checks, and what people let pass."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import duckdb

from warehouse.allowances import Allowance
from warehouse.errors import ChecksFailed, UnknownCheck
from warehouse.queries import sql_files

_SHOWN = 3


def remember_measures(con: duckdb.DuckDBPyConnection, last: Path) -> None:
    """Notes in ``last_measures`` what the last file measures; nothing if there is none or it is of another kind."""
    con.execute("CREATE TEMP TABLE last_measures (measure VARCHAR, kind VARCHAR, value DOUBLE)")
    try:
        with duckdb.connect(str(last), read_only=True) as old:
            rows = old.execute("FROM build_measures").fetchall()
    except duckdb.Error:
        return
    for row in rows:
        con.execute("INSERT INTO last_measures VALUES (?, ?, ?)", row)


def check(con: duckdb.DuckDBPyConnection, allow: Collection[str], reason: str) -> list[Allowance]:
    """Runs every check of ``checks/``; each returns the rows that offend. What was allowed is returned.

    Raises ``ChecksFailed`` with a report of all others, and ``UnknownCheck`` for a name that is none.
    """
    names = {name for name, _ in sql_files("checks")}
    if unknown := set(allow) - names:
        raise UnknownCheck(f"no check is called {', '.join(sorted(unknown))}; there are {', '.join(sorted(names))}")
    offences = {name: told for name, query in sql_files("checks") if (told := _offence(con, query))}
    refused = [f"{name}: {told}" for name, told in offences.items() if name not in allow]
    if refused:
        raise ChecksFailed(
            f"the new warehouse was not published, the last one stays. {' | '.join(refused)}. If it is right all the "
            "same: ratecard build --allow CHECK --reason WHY"
        )
    today = date.today()  # a day of the record, as a person would write it down
    return [Allowance(today, name, told, reason) for name, told in offences.items()]


def _offence(con: duckdb.DuckDBPyConnection, query: str) -> str:
    """The first rows that offend against a check, in words; empty if none does."""
    rows = con.execute(query).fetchmany(_SHOWN + 1)
    more = " and more" if len(rows) > _SHOWN else ""
    return "; ".join(str(row) for row in rows[:_SHOWN]) + more
