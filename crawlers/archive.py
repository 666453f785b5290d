"""Writing crawl folders: each page once, each visit a line, and a crash loses at most the page under way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from fastwarc.warc import WarcRecord

from crawlers import folder as crawl_folder
from crawlers import warc
from crawlers.folder import CRAWL, PARTIAL, VISITS, WARC, Visit
from crawlers.items import Fetched, now
from crawlers.registry import Clinic, write_registry
from pipelines.readers import read_page
from pipelines.records import Reading
from pipelines.version import reader_version


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
        self.known = crawl_folder.known_pages(crawls)
        self.readings: list[tuple[str, date, Reading]] = []
        self.counts: Counter[str] = Counter()
        write_registry(clinics, self.folder / crawl_folder.CLINICS)
        self._facts(user_agent, interrupted=True)
        self._warc: IO[bytes] = (self.folder / WARC).open("ab")
        self._visits = (self.folder / VISITS).open("a", encoding="utf-8")
        self._write_record(warc.warcinfo(user_agent))

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
            first = self.known.setdefault(page.digest, (item.url, _stamp(item.seen_at)))
            self._write_record(warc.response(item, page) if outcome == "new" else warc.revisit(item, page, first))
            if outcome == "new":
                self.readings.append((page.digest, item.seen_at.date(), item.reading or read_page(page)))
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
        self._warc.write(warc.member(record))
        self._warc.flush()

    def close(self, *, interrupted: bool = False) -> Path:
        """Finish the folder and give it its name."""
        self._warc.close()
        self._visits.close()
        return finish(self.folder, self.readings, interrupted=interrupted)


def finish(folder: Path, readings: Sequence[tuple[str, date, Reading]], *, interrupted: bool) -> Path:
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


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
