"""One crawl folder into the staging tables, whole or not at all."""

from __future__ import annotations

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
SELECT $folder, visit_id, crawl_id, clinic_id, url, seen_at, outcome, failure, status, page_digest, media_type,
    charset, bytes
FROM read_json($path, format = 'newline_delimited', maximum_object_size = 67108864, columns = {
    visit_id: 'VARCHAR', crawl_id: 'VARCHAR', clinic_id: 'VARCHAR', url: 'VARCHAR', seen_at: 'TIMESTAMP',
    outcome: 'VARCHAR', failure: 'VARCHAR', status: 'INTEGER', page_digest: 'VARCHAR', media_type: 'VARCHAR',
    charset: 'VARCHAR', bytes: 'BIGINT'})
"""

#: What pages yielded, as views of the folder's Parquet files, so that it is checked before a row of it is written.
_YIELDS = {
    "offers": """page_digest, ordinal, service, heading, category, minutes AS duration_min,
        minutes_min AS duration_least_min, price_cents, price_max_cents, sale_price_cents, is_from, tax_words,
        confidence, snippet, location_on_page, reader, flags, cents_before_tax, tax_basis, currency, modality,
        modalities, duration_bin, short_hour, audience, abstains""",
    "rejections": "page_digest, ordinal, text, reason, location_on_page",
    "addresses": "page_digest, ordinal, text, place_key, city_key, basis, sure",
}

_THING = (
    "service", "category", "modality", "modalities", "duration_min", "duration_bin", "short_hour", "audience",
    "tax_basis", "currency",
)  # fmt: skip
_IS_THING = " AND ".join(f"t.{column} IS NOT DISTINCT FROM o.{column}" for column in _THING)

_NEW_THINGS = f"""
INSERT INTO things BY NAME
SELECT
    (SELECT coalesce(max(thing_key), 0) FROM things) + row_number() OVER (ORDER BY {", ".join(_THING)}) AS thing_key, *
FROM (SELECT DISTINCT {", ".join(_THING)} FROM folder_offers) AS o
WHERE NOT EXISTS (FROM things AS t WHERE {_IS_THING})
"""

_NEW_OFFERS = f"""
INSERT INTO offers BY NAME SELECT o.*, t.thing_key FROM folder_offers AS o JOIN things AS t ON {_IS_THING}
"""

#: Two folders may hold the same page when their data were gathered apart; the newer reading counts.
_ALREADY_HELD = """
SELECT page_digest FROM staged_visits AS v WHERE folder = $folder AND outcome = 'new' AND (
    page_digest IN (SELECT page_digest FROM pages)
    OR page_digest IN (SELECT page_digest FROM staged_visits WHERE folder <> $folder AND outcome = 'new'))
"""

_REGISTRY = """
INSERT INTO staged_registry
SELECT $folder, row_number() OVER (), id, name, city, province, address, postal_code, website, booking_url,
    booking_platform, source
FROM read_csv($path, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', strict_mode = true,
    nullstr = '')
"""

#: What may not be in a folder, as queries for one offender each. They tell a foreign or damaged folder apart.
_FAULTS = {
    "visits.jsonl holds a visit of another crawl: {}": """
        SELECT visit_id FROM staged_visits WHERE folder = $folder
            AND (crawl_id <> $folder OR NOT starts_with(visit_id, $folder || '/'))""",
    "visits.jsonl holds a visit far from the time of its crawl: {}": """
        SELECT v.visit_id FROM staged_visits AS v JOIN crawls AS c ON c.crawl_id = v.folder
        WHERE v.folder = $folder AND v.seen_at NOT BETWEEN c.started_at - INTERVAL 1 DAY
            AND coalesce(c.finished_at, c.started_at + INTERVAL 30 DAY) + INTERVAL 1 DAY""",
    "visits.jsonl holds a visit twice: {}": """
        SELECT visit_id FROM staged_visits WHERE folder = $folder GROUP BY ALL HAVING count(*) > 1""",
    "visits.jsonl holds an unknown outcome: {}": """
        SELECT outcome FROM staged_visits WHERE folder = $folder AND outcome NOT IN ('new', 'unchanged', 'failed')""",
    "visits.jsonl lacks the page digest of visit {}": """
        SELECT visit_id FROM staged_visits
        WHERE folder = $folder AND outcome <> 'failed' AND page_digest IS NULL""",
    "visits.jsonl names a clinic that is not in clinics.csv: {}": """
        SELECT clinic_id FROM staged_visits WHERE folder = $folder
        EXCEPT SELECT id FROM staged_registry WHERE priority = $folder""",
    "clinics.csv holds a row without an id or one twice: {}": """
        SELECT coalesce(id, '(none)') FROM staged_registry WHERE priority = $folder
        GROUP BY id HAVING id IS NULL OR count(*) > 1""",
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
    "addresses.parquet holds an address twice or of no page of this crawl: page {}": """
        SELECT page_digest FROM folder_addresses
        GROUP BY page_digest HAVING count(*) > count(DISTINCT ordinal)
            OR page_digest NOT IN (SELECT page_digest FROM staged_visits WHERE folder = $folder AND outcome = 'new')""",
    "offers.parquet holds an offer twice or of no page of this crawl: page {}": """
        SELECT page_digest FROM folder_offers
        GROUP BY page_digest HAVING count(*) > count(DISTINCT ordinal)
            OR page_digest NOT IN (SELECT page_digest FROM staged_visits WHERE folder = $folder AND outcome = 'new')""",
    "rejections.parquet holds a rejection twice or of no page of this crawl: page {}": """
        SELECT page_digest FROM folder_rejections
        GROUP BY page_digest HAVING count(*) > count(DISTINCT ordinal)
            OR page_digest NOT IN (SELECT page_digest FROM staged_visits WHERE folder = $folder AND outcome = 'new')""",
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


def stage(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Loads a folder: visits and registry into the staging tables, what its pages yielded into the tables themselves.

    Raises ``BrokenFolder``, leaving nothing of the folder behind, when a file is missing or damaged or the files
    contradict each other.
    """
    con.begin()
    try:
        _stage(con, folder)
    except (duckdb.Error, OSError, OverflowError, ValidationError, BrokenFolder) as error:
        con.rollback()
        raise BrokenFolder(_reason(error, folder)) from error
    con.commit()


def files_digest(folder: Path) -> str:
    """SHA-256 of the names and sizes of a folder's files; ``OSError`` if one is missing.

    Bytes are not read: a folder is closed once, and years of archives would have to be gone through at each build.
    """
    sizes = ((name, (folder / name).stat().st_size) for name in _FILES)
    return sha256(repr(tuple(sizes)).encode()).hexdigest()


def _stage(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise BrokenFolder(f"{', '.join(missing)} missing")
    summary = CrawlSummary.model_validate_json((folder / "crawl.json").read_bytes())
    if summary.crawl_id != folder.name:
        raise BrokenFolder(f"crawl.json is of crawl {summary.crawl_id}")
    names = {"folder": folder.name}
    con.execute(_VISITS, {**names, "path": _literal(folder / "visits.jsonl")})
    for kind, columns in _YIELDS.items():
        path = _literal(folder / f"{kind}.parquet").replace("'", "''")
        source = f"read_parquet('{path}', hive_partitioning = false)"
        con.execute(f"CREATE OR REPLACE TEMP VIEW folder_{kind} AS SELECT {columns} FROM {source}")
    con.execute(_REGISTRY, {**names, "path": _literal(folder / "clinics.csv")})
    con.execute("INSERT INTO crawls VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [*_crawls_row(summary), files_digest(folder)])
    for fault, query in _FAULTS.items():
        offender = con.execute(query, names if "$folder" in query else {}).fetchone()
        if offender:
            raise BrokenFolder(fault.format(offender[0]))
    _load_yields(con, names)


def _load_yields(con: duckdb.DuckDBPyConnection, names: dict[str, str]) -> None:
    """Puts what the folder's pages yielded into the tables, in place of an older reading of the same pages."""
    held = con.execute(_ALREADY_HELD, names).fetchone()
    for kind in _YIELDS if held else ():
        con.execute(f"DELETE FROM {kind} WHERE page_digest IN ({_ALREADY_HELD})", names)
    con.execute(_NEW_THINGS)
    con.execute(_NEW_OFFERS)
    con.execute("INSERT INTO rejections BY NAME FROM folder_rejections")
    con.execute("INSERT INTO addresses BY NAME FROM folder_addresses")


def _crawls_row(summary: CrawlSummary) -> list[object]:
    return [
        summary.crawl_id,
        _utc(summary.started_at),
        _utc(summary.finished_at),
        summary.interrupted,
        summary.reader_version,
        summary.ratecard_version,
        summary.user_agent,
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
