"""Writing crawl folders: each page once, each visit a line, and a crash loses at most the page under way."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from crawlers import folder as crawl_folder
from crawlers.folder import CRAWL, PARTIAL, VISITS, WARC, Visit
from crawlers.items import Fetched, now
from crawlers.registry import Clinic, write_registry
from pipelines.readers import read_page
from pipelines.records import Page, Reading
from pipelines.version import reader_version

#: What Scrapy has undone before we see a body, and lengths that no longer hold.
_DROPPED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def new_folder(crawls: Path, started: datetime) -> Path:
    """A fresh partial folder named by the moment the crawl began."""
    stem = started.strftime("%Y%m%dT%H%M%SZ")
    for number in range(1, 1_000):
        crawl_id = stem if number == 1 else f"{stem}-{number}"
        partial = crawls / f"{crawl_id}{PARTIAL}"
        if not (crawls / crawl_id).exists() and not partial.exists():
            partial.mkdir(parents=True)
            return partial
    raise FileExistsError(f"{crawls}/{stem}: too many crawls in one second")


class Archive:
    """One crawl's folder while it is being written."""

    def __init__(self, crawls: Path, clinics: tuple[Clinic, ...], user_agent: str) -> None:
        self.started = now()
        self.folder = new_folder(crawls, self.started)
        self.crawl_id = self.folder.name.removesuffix(PARTIAL)
        self.known = crawl_folder.known_digests(crawls)
        self.readings: list[tuple[Page, datetime, Reading]] = []
        self.counts: Counter[str] = Counter()
        write_registry(clinics, self.folder / crawl_folder.CLINICS)
        self._facts(user_agent, interrupted=True)
        self._warc: IO[bytes] = (self.folder / WARC).open("ab")
        self._visits = (self.folder / VISITS).open("a", encoding="utf-8")
        self._write_record(_warcinfo(user_agent))

    def _facts(self, user_agent: str, *, interrupted: bool) -> None:
        facts: dict[str, object] = {
            "crawl_id": self.crawl_id,
            "started_at": _stamp(self.started),
            "finished_at": None,
            "interrupted": interrupted,
            "reader_version": reader_version(),
            "ratecard_version": version("ratecard"),
            "user_agent": user_agent,
            "counts": {},
        }
        crawl_folder.replace_file(self.folder / CRAWL, json.dumps(facts, indent=2).encode())

    def add(self, item: Fetched) -> Visit:
        """Store a visit and, if its bytes are new, the page; both are on disk when this returns."""
        page = item.page
        outcome = "failed" if page is None else "unchanged" if page.digest in self.known else "new"
        if page is not None:
            self._write_record(_response(item, page) if outcome == "new" else _revisit(item, page))
            self.known.add(page.digest)
            if outcome == "new":
                self.readings.append((page, item.seen_at, item.reading or read_page(page)))
        self.counts["visits"] += 1
        self.counts[outcome] += 1
        visit = Visit(
            visit_id=f"{self.crawl_id}/{self.counts['visits']:06d}",
            crawl_id=self.crawl_id,
            clinic_id=item.clinic_id,
            url=item.url,
            seen_at=_stamp(item.seen_at),
            outcome=outcome,
            failure=item.failure,
            status=item.status,
            page_digest=page.digest if page else None,
            media_type=page.media_type if page else None,
            charset=page.charset if page else None,
            bytes=len(page.body) if page else None,
        )
        self._visits.write(visit.to_json() + "\n")
        self._visits.flush()
        return visit

    def _write_record(self, record: WarcRecord) -> None:
        """Append one record as a gzip member of its own, so that a cut file is readable up to the cut."""
        buffer = io.BytesIO()
        with GzipWriter(buffer) as writer:
            record.write(writer, checksum_data=True)
        self._warc.write(buffer.getvalue())
        self._warc.flush()

    def close(self) -> Path:
        """Finish the folder and give it its name."""
        self._warc.close()
        self._visits.close()
        return finish(self.folder, self.readings, interrupted=False)


def finish(folder: Path, readings: list[tuple[Page, datetime, Reading]], *, interrupted: bool) -> Path:
    """Write what a closed folder needs beside its record, and rename it."""
    visits = list(crawl_folder.read_visits(folder))
    outcomes = Counter(visit.outcome for visit in visits)
    facts = crawl_folder.read_counts(folder)
    found = crawl_folder.write_readings(folder, readings)
    facts |= {
        "finished_at": visits[-1].seen_at if interrupted and visits else _stamp(now()),
        "interrupted": interrupted,
        "reader_version": reader_version(),
        "counts": {
            "clinics": len({visit.clinic_id for visit in visits}),
            "visits": len(visits),
            **{outcome: outcomes[outcome] for outcome in ("new", "unchanged", "failed")},
            "pages": len(readings),
            **found,
        },
    }
    crawl_folder.replace_file(folder / CRAWL, json.dumps(facts, indent=2).encode())
    closed = folder.with_name(folder.name.removesuffix(PARTIAL))
    folder.rename(closed)
    return closed


def recover(crawls: Path) -> list[Path]:
    """Finish the folders that a crash left behind. Only for whoever holds the crawl lock."""
    found = sorted(crawls.glob(f"*{PARTIAL}")) if crawls.is_dir() else []
    return [closed for partial in found if (closed := _recover_one(partial))]


def _recover_one(partial: Path) -> Path | None:
    """A folder without a readable beginning holds nothing and is removed; else it is finished as far as it goes."""
    if not all((partial / name).exists() for name in (CRAWL, VISITS, WARC)):
        for file in partial.iterdir():
            file.unlink()
        partial.rmdir()
        return None
    stored = {s.page.digest: s for s in crawl_folder.stored_pages(partial)}
    visits = [_believable(visit, stored) for visit in crawl_folder.read_visits(partial)]
    lines = "".join(visit.to_json() + "\n" for visit in visits)
    crawl_folder.replace_file(partial / VISITS, lines.encode())
    return finish(partial, [(s.page, s.seen_at, read_page(s.page)) for s in stored.values()], interrupted=True)


def _believable(visit: Visit, stored: dict[str, Any]) -> Visit:
    """A visit whose page was lost with the end of the WARC has failed after all."""
    if visit.outcome != "new" or visit.page_digest in stored:
        return visit
    return Visit(
        visit.visit_id, visit.crawl_id, visit.clinic_id, visit.url, visit.seen_at, "failed", "other", visit.status
    )


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _record(kind: WarcRecordType, item: Fetched | None) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    if item is not None:
        record.headers["WARC-Target-URI"] = item.url
        record.record_date = item.seen_at
    return record


def _warcinfo(user_agent: str) -> WarcRecord:
    record = _record(WarcRecordType.warcinfo, None)
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(
        f"software: ratecard/{version('ratecard')}\r\nhttp-header-user-agent: {user_agent}\r\n".encode()
    )
    return record


def _head(item: Fetched) -> bytes:
    lines = [f"HTTP/1.1 {item.status} OK"]
    lines += [f"{name}: {value}" for name, value in item.headers if name.lower() not in _DROPPED]
    body_length = len(item.page.body) if item.page else 0
    return ("\r\n".join([*lines, f"Content-Length: {body_length}"]) + "\r\n\r\n").encode("latin-1", errors="replace")


def _response(item: Fetched, page: Page) -> WarcRecord:
    record = _record(WarcRecordType.response, item)
    record.headers["Content-Type"] = "application/http; msgtype=response"
    if page.charset:
        record.headers["X-Ratecard-Charset"] = page.charset
    record.set_bytes_content(_head(item) + page.body)
    return record


def _revisit(item: Fetched, page: Page) -> WarcRecord:
    record = _record(WarcRecordType.revisit, item)
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.headers["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    record.headers["WARC-Payload-Digest"] = f"sha256:{page.digest}"
    record.set_bytes_content(_head(item))
    return record
