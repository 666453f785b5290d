"""One crawl folder into the staging tables, whole or not at all; what its pages yielded is checked where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import duckdb
from pydantic import BaseModel, ValidationError

REGISTRY_COLUMNS = (
    "id", "name", "city", "province", "address", "postal_code", "website", "booking_url", "booking_platform", "source",
)  # fmt: skip

_FILES = (
    "crawl.json", "visits.jsonl", "clinics.csv", "offers.parquet", "rejections.parquet",
    "addresses.parquet", "pages.warc.gz",
)  # fmt: skip

_VISITS = """
INSERT INTO staged_visits
SELECT split_part(filename, '/', -2) AS folder, visit_id, crawl_id, clinic_id, url, seen_at, outcome, failure,
    status, page_digest, media_type, charset, bytes
FROM read_json($paths, filename = true, format = 'newline_delimited', maximum_object_size = 67108864, columns = {
    visit_id: 'VARCHAR', crawl_id: 'VARCHAR', clinic_id: 'VARCHAR', url: 'VARCHAR', seen_at: 'TIMESTAMP',
    outcome: 'VARCHAR', failure: 'VARCHAR', status: 'INTEGER', page_digest: 'VARCHAR', media_type: 'VARCHAR',
    charset: 'VARCHAR', bytes: 'BIGINT'})
"""

#: What pages yielded: the columns of a folder's Parquet files, as the tables of the same names have them.
YIELDS = {
    "offers": """page_digest, ordinal, service, heading, category, minutes AS duration_min,
        minutes_min AS duration_least_min, price_cents, price_max_cents, sale_price_cents, is_from, tax_words,
        confidence, snippet, location_on_page, reader, flags, cents_before_tax, tax_basis, currency, modality,
        modalities, duration_bin, short_hour, audience, abstains""",
    "rejections": "page_digest, ordinal, text, reason, location_on_page",
    "addresses": "page_digest, ordinal, text, place_key, city_key, basis, sure",
}

_REGISTRY = """
INSERT INTO staged_registry
WITH rows AS (
    SELECT split_part(filename, '/', -2) AS folder, row_number() OVER () AS number, id, name, city, province, address,
        postal_code, website, booking_url, booking_platform, source
    FROM read_csv($paths, filename = true, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"',
        strict_mode = true, nullstr = '')
)
SELECT folder, number - min(number) OVER (PARTITION BY folder) + 1 AS position, * EXCLUDE (folder, number) FROM rows
"""

_FOLDER = "split_part(filename, '/', -2) AS folder"

#: What may not be in a folder, as queries for one offender each. They tell a foreign or damaged folder apart.
_FAULTS = {
    "visits.jsonl holds a visit of another crawl: {}": """
        SELECT visit_id FROM staged_visits WHERE folder IN $folders
            AND (crawl_id <> folder OR NOT starts_with(visit_id, folder || '/'))""",
    "visits.jsonl holds a visit far from the time of its crawl: {}": """
        SELECT v.visit_id FROM staged_visits AS v JOIN staged_crawls AS c ON c.crawl_id = v.folder
        WHERE v.folder IN $folders AND v.seen_at NOT BETWEEN c.started_at - INTERVAL 1 DAY
            AND coalesce(c.finished_at, c.started_at + INTERVAL 30 DAY) + INTERVAL 1 DAY""",
    "visits.jsonl holds a visit twice: {}": """
        SELECT visit_id FROM staged_visits WHERE folder IN $folders GROUP BY ALL HAVING count(*) > 1""",
    "visits.jsonl holds an unknown outcome: {}": """
        SELECT outcome FROM staged_visits WHERE folder IN $folders AND outcome NOT IN ('new', 'unchanged', 'failed')""",
    "visits.jsonl lacks the page digest of visit {}": """
        SELECT visit_id FROM staged_visits
        WHERE folder IN $folders AND outcome <> 'failed' AND page_digest IS NULL""",
    "visits.jsonl names a clinic that is not in clinics.csv: {}": """
        SELECT clinic_id FROM (
            SELECT folder, clinic_id FROM staged_visits WHERE folder IN $folders
            EXCEPT SELECT priority, id FROM staged_registry WHERE priority IN $folders)""",
    "clinics.csv holds a row without an id or one twice: {}": """
        SELECT coalesce(id, '(none)') FROM staged_registry WHERE priority IN $folders
        GROUP BY priority, id HAVING id IS NULL OR count(*) > 1""",
    "offers.parquet lacks a required value on page {}": """
        SELECT coalesce(page_digest, '(none)') FROM folder_offers WHERE (
            page_digest IS NULL OR ordinal IS NULL OR service IS NULL OR category IS NULL OR price_cents IS NULL
            OR is_from IS NULL OR confidence IS NULL OR snippet IS NULL OR location_on_page IS NULL OR reader IS NULL
            OR flags IS NULL OR cents_before_tax IS NULL OR tax_basis IS NULL OR currency IS NULL
            OR modalities IS NULL OR short_hour IS NULL OR audience IS NULL)""",
    "offers.parquet names the unknown modality {}; `ratecard build --reread` reads the pages again": """
        SELECT named FROM (
            SELECT unnest(list_append(modalities, modality)) AS named FROM folder_offers)
        WHERE named IS NOT NULL AND named NOT IN (SELECT id FROM modalities)""",
    "rejections.parquet lacks a required value on page {}": """
        SELECT coalesce(page_digest, '(none)') FROM folder_rejections WHERE (
            page_digest IS NULL OR ordinal IS NULL OR text IS NULL OR reason IS NULL OR location_on_page IS NULL)""",
    "addresses.parquet names the unknown place {}; `ratecard build --reread` reads the pages again": """
        SELECT named FROM (SELECT unnest([place_key, city_key]) AS named FROM folder_addresses)
        WHERE named IS NOT NULL AND named NOT IN (SELECT place_key FROM places)""",
    "addresses.parquet lacks a required value on page {}": """
        SELECT coalesce(page_digest, '(none)') FROM folder_addresses WHERE (
            page_digest IS NULL OR ordinal IS NULL OR text IS NULL
            OR (place_key IS NULL) <> (sure IS NULL) OR (place_key IS NULL) <> (city_key IS NULL))""",
}
_FAULTS |= {
    f"{kind}.parquet holds a row twice or of no page of this crawl: page {{}}": f"""
        SELECT o.page_digest FROM (
            SELECT folder, page_digest, count(*) > count(DISTINCT ordinal) AS twice
            FROM folder_{kind} GROUP BY ALL) AS o
        LEFT JOIN (SELECT DISTINCT folder, page_digest FROM staged_visits WHERE outcome = 'new') AS v
            ON v.folder = o.folder AND v.page_digest = o.page_digest
        WHERE o.twice OR v.folder IS NULL"""
    for kind in YIELDS
}


class BrokenFolder(Exception):
    """A crawl folder that cannot be folded in; the message says why."""


class CrawlSummary(BaseModel, frozen=True):
    """What the build needs of ``crawl.json``."""

    crawl_id: str
    started_at: datetime
    finished_at: datetime | None = None
    interrupted: bool = False
    reader_version: str
    ratecard_version: str
    user_agent: str | None = None


def closed_folders(crawls: Path) -> list[Path]:
    """The crawl folders that have been closed, oldest first."""
    found = (path for path in crawls.glob("*") if path.is_dir() and not path.name.startswith("."))
    return sorted(path for path in found if path.suffix != ".partial")


def stage(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> dict[str, str]:
    """Puts visits, registries and facts of folders into the staging tables and checks all their files.

    Of a folder in which a file is missing or damaged, or the files contradict each other, nothing stays; the answer
    is why, by its name. Sound folders are checked together, for each query has its price; only where something is
    wrong they are gone through one by one.
    """
    if not folders:
        return {}
    con.begin()
    try:
        _stage(con, folders)
    except (duckdb.Error, OSError, OverflowError, ValidationError, BrokenFolder) as error:
        con.rollback()
        if len(folders) == 1:
            return {folders[0].name: _reason(error, folders[0])}
        return {name: reason for folder in folders for name, reason in stage(con, [folder]).items()}
    con.commit()
    return {}


def unstage(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Takes a folder back out of the staging tables."""
    con.execute("DELETE FROM staged_crawls WHERE crawl_id = ?", [folder.name])
    con.execute("DELETE FROM staged_visits WHERE folder = ?", [folder.name])
    con.execute("DELETE FROM staged_registry WHERE priority = ?", [folder.name])


def files_digest(folder: Path) -> str:
    """SHA-256 of the names and sizes of a folder's files; ``OSError`` if one is missing.

    Bytes are not read: a folder is closed once, and years of archives would have to be gone through at each build.
    """
    sizes = ((name, (folder / name).stat().st_size) for name in _FILES)
    return sha256(repr(tuple(sizes)).encode()).hexdigest()


def _stage(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    for folder in folders:
        con.execute("INSERT INTO staged_crawls VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _crawls_row(folder))
    con.execute(_REGISTRY, {"paths": [_literal(folder / "clinics.csv") for folder in folders]})
    con.execute(_VISITS, {"paths": [_literal(folder / "visits.jsonl") for folder in folders]})
    for kind in YIELDS:
        con.execute(f"CREATE OR REPLACE TEMP VIEW folder_{kind} AS {yielded(kind, folders, _FOLDER)}")
    names = {"folders": [folder.name for folder in folders]}
    for fault, query in _FAULTS.items():
        offender = con.execute(query, names if "$folders" in query else {}).fetchone()
        if offender:
            raise BrokenFolder(fault.format(offender[0]))


def yielded(kind: str, folders: Sequence[Path], *more: str) -> str:
    """A query of what the pages of some folders yielded, one of ``YIELDS``; ``more`` are columns beside its own."""
    paths = (_literal(folder / f"{kind}.parquet").replace("'", "''") for folder in folders)
    listed = ", ".join(f"'{path}'" for path in paths)
    return f"SELECT {', '.join((YIELDS[kind], *more))} FROM read_parquet([{listed}], hive_partitioning = false)"


def _crawls_row(folder: Path) -> list[object]:
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise BrokenFolder(f"{', '.join(missing)} missing")
    summary = CrawlSummary.model_validate_json((folder / "crawl.json").read_bytes())
    if summary.crawl_id != folder.name:
        raise BrokenFolder(f"crawl.json is of crawl {summary.crawl_id}")
    return [
        summary.crawl_id,
        _utc(summary.started_at),
        _utc(summary.finished_at),
        summary.interrupted,
        summary.reader_version,
        summary.ratecard_version,
        summary.user_agent,
        files_digest(folder),
    ]


def _literal(path: Path) -> str:
    """A path whose glob characters stand for themselves."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def _utc(moment: datetime | None) -> datetime | None:
    """The moment as the UTC clock shows it; the tables hold clock times of UTC."""
    if moment is None or moment.tzinfo is None:
        return moment
    return (moment - (moment.utcoffset() or moment - moment)).replace(tzinfo=None)


def _reason(error: Exception, folder: Path) -> str:
    """One line about a fault, without the path of this machine, so that exports do not depend on where data lie."""
    lines = [line.strip() for line in str(error).replace(str(folder) + "/", "").splitlines() if line.strip()]
    return " ".join(lines[:3])[:300]
