"""A crawl folder: what one crawl saw, as files that stay.

``pages.warc.gz`` holds the bytes, ``visits.jsonl`` a line a visit, ``clinics.csv`` whom it visited, ``crawl.json`` the
counts. What the readers found is a cache that can always be made again: ``offers.parquet``, ``rejections.parquet`` and
``addresses.parquet``.
A folder is written as ``<id>.partial`` and renamed when it is whole.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from crawlers.warc import StoredPage, stored_warc
from pipelines.readers import read_page
from pipelines.records import Reading
from pipelines.table import tables
from pipelines.version import reader_version

PARTIAL = ".partial"
WARC, VISITS, CRAWL, CLINICS = "pages.warc.gz", "visits.jsonl", "crawl.json", "clinics.csv"
OFFERS, REJECTIONS, ADDRESSES = "offers.parquet", "rejections.parquet", "addresses.parquet"


@dataclass(frozen=True, slots=True)
class Visit:
    """A line of ``visits.jsonl``."""

    visit_id: str
    crawl_id: str
    clinic_id: str
    url: str
    seen_at: str
    outcome: str
    failure: str | None = None
    status: int | None = None
    page_digest: str | None = None
    media_type: str | None = None
    charset: str | None = None
    bytes: int | None = None

    def to_json(self) -> str:
        """The line, without its line end."""
        return json.dumps(asdict(self), ensure_ascii=False)


def closed_folders(crawls: Path) -> list[Path]:
    """The finished crawl folders, oldest first."""
    if not crawls.is_dir():
        return []
    return sorted(f for f in crawls.iterdir() if f.is_dir() and f.suffix != PARTIAL and not f.name.startswith("."))


def read_visits(folder: Path) -> Iterator[Visit]:
    """The visits of a folder; a last line that a crash cut short is left out."""
    with (folder / VISITS).open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield Visit(**json.loads(line))


def visited_ids(crawls: Path) -> set[str]:
    """Ids of all rows in the registry copies of closed folders; a folder without a readable copy has none."""
    ids: set[str] = set()
    for folder in closed_folders(crawls):
        if (folder / CLINICS).exists():
            with (folder / CLINICS).open(encoding="utf-8", errors="replace", newline="") as file:
                ids.update(row.get("id") or "" for row in csv.DictReader(file))
    return ids


def known_pages(crawls: Path) -> dict[str, tuple[str, str]]:
    """URL and moment at which each page that closed folders hold was stored, by its digest.

    Broken folders are passed over; the build names them.
    """
    known: dict[str, tuple[str, str]] = {}
    for folder in closed_folders(crawls):
        try:
            known |= {
                v.page_digest: (v.url, v.seen_at) for v in read_visits(folder) if v.outcome == "new" and v.page_digest
            }
        except (OSError, ValueError, TypeError):
            continue
    return known


def stored_pages(folder: Path) -> Iterator[StoredPage]:
    """The pages whose bytes a folder holds, in order."""
    return stored_warc(folder / WARC)


def read_counts(folder: Path) -> dict[str, Any]:
    """``crawl.json`` as a mapping."""
    found: dict[str, Any] = json.loads((folder / CRAWL).read_text(encoding="utf-8"))
    return found


def readings_of(folder: Path) -> Iterator[tuple[str, date, Reading]]:
    """Digest, day and reading of each page in a folder's WARC, read by today's readers."""
    return ((stored.page.digest, stored.seen_at.date(), read_page(stored.page)) for stored in stored_pages(folder))


def write_readings(folder: Path, readings: Iterable[tuple[str, date, Reading]]) -> dict[str, int]:
    """Write the Parquet files, each in one step, and return how many rows they hold."""
    found = tables(readings)
    for table, name in ((found.offers, OFFERS), (found.rejections, REJECTIONS), (found.addresses, ADDRESSES)):
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        replace_file(folder / name, buffer.getvalue())
    counts = {"offers": found.offers, "rejections": found.rejections, "addresses": found.addresses}
    return {name: table.num_rows for name, table in counts.items()}


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place so that it is there whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def reread(folder: Path, *, force: bool = False) -> bool:
    """Read a closed folder's pages again if another reader version read them; whether it was done.

    Raises ``ValueError`` if the archive has lost pages: then the last reading of them is all that is left, and stays.
    """
    facts = read_counts(folder)
    if facts.get("reader_version") == reader_version() and (folder / OFFERS).exists() and not force:
        return False
    readings = list(readings_of(folder))
    kept = {digest for digest, *_ in readings}
    lost = {visit.page_digest for visit in read_visits(folder) if visit.outcome == "new"} - kept
    if lost:
        raise ValueError(f"{WARC} lacks {len(lost)} of {len(kept | lost)} pages; what was read of them before stays")
    counts = write_readings(folder, readings)
    facts["reader_version"] = reader_version()
    facts["counts"] = {**facts.get("counts", {}), **counts}
    replace_file(folder / CRAWL, json.dumps(facts, indent=2).encode())
    return True
