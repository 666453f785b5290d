"""What the pages of sound crawl folders yielded, into the tables: all folders in one statement, which is fast."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.folders import YIELDS, yielded

_THING = (
    "service", "category", "modality", "modalities", "duration_min", "duration_bin", "short_hour", "audience",
    "tax_basis", "currency",
)  # fmt: skip
_COLUMNS = ", ".join(_THING)
_IS_THING = " AND ".join(f"t.{column} IS NOT DISTINCT FROM o.{column}" for column in _THING)

#: Numbered in the order of the folders that first show them, so that numbers stay when folders are added.
_NEW_THINGS = f"""
INSERT INTO things BY NAME
SELECT (SELECT coalesce(max(thing_key), 0) FROM things) + row_number() OVER (ORDER BY first_file, {_COLUMNS})
    AS thing_key, {_COLUMNS}
FROM (SELECT {_COLUMNS}, min(filename) AS first_file FROM ($offers) GROUP BY ALL) AS o
WHERE NOT EXISTS (FROM things AS t WHERE {_IS_THING})
"""
_NEW_ROWS = {
    "offers": f"INSERT INTO offers BY NAME SELECT o.*, t.thing_key FROM ($rows) AS o JOIN things AS t ON {_IS_THING}",
    "rejections": "INSERT INTO rejections BY NAME SELECT * FROM ($rows) AS o",
    "addresses": "INSERT INTO addresses BY NAME SELECT * FROM ($rows) AS o",
}

#: Pages that two folders hold, because their data were gathered apart, with the newest of these: its reading counts.
_SHARED = """
CREATE OR REPLACE TEMP TABLE shared_pages AS
SELECT page_digest, max(folder) AS folder FROM staged_visits WHERE outcome = 'new'
GROUP BY page_digest HAVING count(DISTINCT folder) > 1 OR page_digest IN (SELECT page_digest FROM pages)
"""
_NEWEST_READING = """
NOT EXISTS (
    FROM shared_pages AS s WHERE s.page_digest = o.page_digest AND NOT contains(o.filename, '/' || s.folder || '/'))
"""


class DamagedFolder(Exception):
    """A staged folder whose Parquet files turn out to be damaged; the message says where."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(reason)
        self.folder = folder


def load(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Loads what the pages of staged folders yielded, and their rows of ``crawls``.

    Raises ``DamagedFolder`` for the first one that turns out to be damaged after all; then nothing is loaded.
    """
    con.begin()
    try:
        _load(con, folders)
    except duckdb.Error as error:
        con.rollback()
        _name_the_broken(con, folders)
        raise error
    con.commit()


def _load(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    con.execute("INSERT INTO crawls FROM staged_crawls ORDER BY crawl_id")
    if not folders:
        return
    con.execute(_SHARED)
    shared = con.execute("FROM shared_pages LIMIT 1").fetchone() is not None
    con.execute(_NEW_THINGS.replace("$offers", yielded("offers", folders, "filename")))
    for kind, query in _NEW_ROWS.items():
        rows = yielded(kind, folders)
        if shared:
            con.execute(f"DELETE FROM {kind} WHERE page_digest IN (SELECT page_digest FROM shared_pages)")
            with_file = yielded(kind, folders, "filename")
            rows = f"SELECT * EXCLUDE (filename) FROM ({with_file}) AS o WHERE {_NEWEST_READING}"
        con.execute(query.replace("$rows", rows))


def _name_the_broken(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Reads every value of every folder and raises ``DamagedFolder`` for one that cannot be read."""
    for folder in folders:
        for kind in YIELDS:
            try:
                con.execute(f"SELECT bit_xor(hash(o)) FROM ({yielded(kind, [folder])}) AS o").fetchone()
            except duckdb.Error as error:
                raise DamagedFolder(folder, f"{kind}.parquet: {str(error).splitlines()[0][:200]}") from error
