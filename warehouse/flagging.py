"""Prices that look wrong: the checks of ``sense/``, over what this build changed."""

from __future__ import annotations

import duckdb

from warehouse.queries import read_sql, sql_files

#: What was decided, or which locations a clinic has, is not what it was in the file that is continued.
_OTHER_TERMS = """
(FROM decisions EXCEPT FROM folded_decisions) UNION ALL (FROM folded_decisions EXCEPT FROM decisions)
"""
_OTHER_LOCATIONS = """
(SELECT location_id, clinic_id FROM locations EXCEPT FROM folded_clinics)
UNION ALL (FROM folded_clinics EXCEPT SELECT location_id, clinic_id FROM locations)
"""


def flag(con: duckdb.DuckDBPyConnection, *, anew: bool) -> None:
    """Runs every check in the order of the files' numbers; later ones do not see what is flagged.

    A price that was gone before this build's visits keeps the flags it has, unless all are to be worked out ``anew``,
    somebody decided something, or a clinic has other locations. Checks name prices by ``price_no``: the lasting key
    costs too much to work it out for prices that nobody doubts.
    """
    everything = anew or any(con.execute(query).fetchone() for query in (_OTHER_TERMS, _OTHER_LOCATIONS))
    recent = "true" if everything else "gone_at IS NULL OR gone_at >= (SELECT begins FROM touched)"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE unflagged AS SELECT row_number() OVER () AS price_no, * EXCLUDE (price_id) "
        f"FROM prices WHERE abstains IS NULL AND ({recent})"
    )
    doubted = "true" if everything else "price_id IN (SELECT price_id_of(u) FROM unflagged AS u)"
    con.execute(f"DELETE FROM flags WHERE {doubted}")
    for name, query in sql_files("sense"):
        con.execute(f"CREATE OR REPLACE TEMP TABLE found AS {query}")
        con.execute(read_sql("flag.sql").replace("$check_name", f"'{name.partition('_')[2]}'"))
        con.execute("DELETE FROM unflagged WHERE price_no IN (SELECT price_no FROM held)")
