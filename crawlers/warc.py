"""Pages as WARC 1.1 records: writing them, and reading them back out of ours or anybody's file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawlers.items import Fetched
from pipelines.records import Page

#: What Scrapy has undone before we see a body, and lengths that no longer hold.
_DROPPED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page out of a folder's WARC with the day it was first seen."""

    page: Page
    seen_at: datetime


def stored_warc(path: Path) -> Iterator[StoredPage]:
    """The pages of a WARC file, in order; ends quietly where a crash cut the file."""
    with path.open("rb") as stream:
        try:
            for record in ArchiveIterator(
                stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
            ):
                media_type = (record.http_content_type or "text/html").lower()
                plain = "text/plain" if media_type == "text/plain" else "text/html"
                charset = record.headers.get("X-Ratecard-Charset") or None
                url = record.headers.get("WARC-Target-URI")
                yield StoredPage(Page(record.reader.read(), url, plain, charset), record.record_date)
        except OSError:
            return


def member(record: WarcRecord) -> bytes:
    """A record as a gzip member of its own, so that a cut file is readable up to the cut."""
    buffer = io.BytesIO()
    with GzipWriter(buffer) as writer:
        record.write(writer, checksum_data=True)
    return buffer.getvalue()


def _record(kind: WarcRecordType, item: Fetched | None) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    if item is not None:
        record.headers["WARC-Target-URI"] = item.url
        record.record_date = item.seen_at
    return record


def warcinfo(user_agent: str) -> WarcRecord:
    """The first record of a file: who wrote it."""
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


def response(item: Fetched, page: Page) -> WarcRecord:
    """A page with the answer it came in, its body as Scrapy decoded it."""
    record = _record(WarcRecordType.response, item)
    record.headers["Content-Type"] = "application/http; msgtype=response"
    if page.charset:
        record.headers["X-Ratecard-Charset"] = page.charset
    record.headers["WARC-Payload-Digest"] = f"sha256:{page.digest}"
    record.set_bytes_content(_head(item) + page.body)
    return record


def revisit(item: Fetched, page: Page, first: tuple[str, str]) -> WarcRecord:
    """Word that a page was seen again, unchanged since it was stored from a URL at a moment."""
    record = _record(WarcRecordType.revisit, item)
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.headers["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    record.headers["WARC-Payload-Digest"] = f"sha256:{page.digest}"
    record.headers["WARC-Refers-To-Target-URI"], record.headers["WARC-Refers-To-Date"] = first
    record.set_bytes_content(_head(item))
    return record
