"""Small crawl folders, made without crawling."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.page_addresses import addresses_in
from pipelines.table import ADDRESSES, OFFERS, REJECTIONS, address_row

CLINIC_COLUMNS = ["id", "name", "city", "province", "address", "postal_code", "website", "booking_url"]
CLINIC_COLUMNS += ["booking_platform", "source"]


def clinic(clinic_id: str, city: str = "Calgary", **other: str) -> dict[str, str]:
    """A row of clinics.csv."""
    row = dict.fromkeys(CLINIC_COLUMNS, "")
    row |= {"id": clinic_id, "name": clinic_id.title(), "city": city, "province": "AB"}
    return row | {"website": f"https://{clinic_id}.example/"} | other


def offer(dollars: float, minutes: int | None = 60, **other: object) -> dict[str, object]:
    """An offer of a massage, without its page."""
    cents = round(dollars * 100)
    service = str(other.get("service", "Massage"))
    row: dict[str, object] = dict.fromkeys(OFFERS.names)
    row |= {"service": service, "category": "massage", "minutes": minutes, "price_cents": cents, "is_from": False}
    row |= {"confidence": 0.99, "snippet": f"{service} {minutes} min ${dollars:g}", "location_on_page": "line 1"}
    row |= {"reader": "website", "flags": [], "cents_before_tax": cents, "tax_basis": "assumed_excluded"}
    row |= {"currency": "CAD", "modality": "massage_therapy", "modalities": ["massage_therapy"], "short_hour": False}
    return row | {"duration_bin": minutes, "audience": "regular"} | other


def rejection(text: str, reason: str = "no length") -> dict[str, object]:
    """A refused text, without its page."""
    return {"text": text, "reason": reason, "location_on_page": "line 9"}


@dataclass
class Crawl:
    """A crawl folder in the making: record visits, then ``write`` it."""

    data_dir: Path
    day: int
    clinics: Sequence[Mapping[str, str]]
    visits: list[dict[str, object]] = field(default_factory=list)
    offers: list[dict[str, object]] = field(default_factory=list)
    rejections: list[dict[str, object]] = field(default_factory=list)
    addresses: list[dict[str, object]] = field(default_factory=list)

    @property
    def started_at(self) -> datetime:
        """Nine o'clock on the n-th day from 2026-01-01 on."""
        return datetime(2026, 1, 1, 9) + timedelta(days=self.day - 1)

    @property
    def crawl_id(self) -> str:
        """The folder's name."""
        return self.started_at.strftime("%Y%m%dT%H%M%SZ")

    def _visit(self, clinic_id: str, url: str | None, **other: object) -> dict[str, object]:
        number = len(self.visits)
        visit: dict[str, object] = {"visit_id": f"{self.crawl_id}/{number:06}", "crawl_id": self.crawl_id}
        visit |= {"clinic_id": clinic_id, "url": url or f"https://{clinic_id}.example/rates"}
        visit |= {"seen_at": (self.started_at + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")}
        visit |= {"failure": None, "status": 200, "page_digest": None, "media_type": "text/html", "charset": None}
        self.visits.append(visit | {"bytes": 10} | other)
        return visit

    def saw(
        self,
        clinic_id: str,
        offers: Sequence[Mapping[str, object]],
        rejections: Sequence[Mapping[str, object]] = (),
        url: str | None = None,
        addresses: Sequence[str] = (),
    ) -> str:
        """A visit that got a page with these offers and has not seen it before; its digest."""
        content = f"{self.crawl_id} {len(self.visits)}"
        digest = sha256(content.encode()).hexdigest()
        self._visit(clinic_id, url, outcome="new", page_digest=digest)
        self.offers += [{**row, "page_digest": digest, "ordinal": n} for n, row in enumerate(offers)]
        self.rejections += [{**row, "page_digest": digest, "ordinal": n} for n, row in enumerate(rejections)]
        self.addresses += [address_row(digest, n, found) for n, found in enumerate(addresses_in(addresses))]
        return digest

    def saw_again(self, clinic_id: str, digest: str, url: str | None = None) -> None:
        """A visit that got a page which an earlier visit stored."""
        self._visit(clinic_id, url, outcome="unchanged", page_digest=digest)

    def failed(self, clinic_id: str, failure: str = "timeout", url: str | None = None) -> None:
        """A visit that got nothing."""
        self._visit(clinic_id, url, outcome="failed", failure=failure, status=None)

    def write(self) -> Path:
        """Closes the folder; its path."""
        folder = self.data_dir / "crawls" / self.crawl_id
        folder.mkdir(parents=True)
        (folder / "pages.warc.gz").write_bytes(b"")
        lines = [json.dumps(visit) + "\n" for visit in self.visits]
        (folder / "visits.jsonl").write_text("".join(lines), encoding="utf-8")
        pq.write_table(pa.Table.from_pylist(self.offers, schema=OFFERS), folder / "offers.parquet")
        pq.write_table(pa.Table.from_pylist(self.rejections, schema=REJECTIONS), folder / "rejections.parquet")
        pq.write_table(pa.Table.from_pylist(self.addresses, schema=ADDRESSES), folder / "addresses.parquet")
        with (folder / "clinics.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, CLINIC_COLUMNS)
            writer.writeheader()
            writer.writerows(self.clinics)
        (folder / "crawl.json").write_text(json.dumps(self.summary()), encoding="utf-8")
        return folder

    def summary(self) -> dict[str, object]:
        """What crawl.json says."""
        at = self.started_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        versions = {"reader_version": "abc123", "ratecard_version": "0.1.0", "user_agent": "ratecard test"}
        return {"crawl_id": self.crawl_id, "started_at": at, "finished_at": at, "interrupted": False, **versions}
