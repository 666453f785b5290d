"""Finishing crawl folders that a crash left behind: what is whole is kept, what was under way is named as failed."""

from __future__ import annotations

import gzip
import json
import logging
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawlers.archive import finish
from crawlers.folder import CRAWL, PARTIAL, VISITS, WARC, Visit, readings_of, replace_file

logger = logging.getLogger(__name__)


def recover(crawls: Path) -> list[Path]:
    """Finish the folders that a crash left behind. Only for whoever holds the crawl lock."""
    finished: list[Path] = []
    for partial in sorted(crawls.glob(f"*{PARTIAL}")):
        try:
            closed = _recover_one(partial)
        except (ValueError, KeyError) as error:  # damaged beyond a crash's doing; it must not hold up every crawl
            logger.warning("%s could not be finished and is left as it is: %s", partial, error)
            continue
        finished += [closed] if closed else []
    return finished


def _recover_one(partial: Path) -> Path | None:
    """A folder without a beginning saw nothing and is removed; else it is finished as far as it goes."""
    if not all((partial / name).exists() for name in (CRAWL, VISITS, WARC)):
        shutil.rmtree(partial)
        return None
    visits = list(_whole_visits(partial / VISITS))
    stored = _mend(partial / WARC, {visit.page_digest for visit in visits if visit.outcome == "new"})
    lines = "".join(_believable(visit, stored).to_json() + "\n" for visit in visits)
    replace_file(partial / VISITS, lines.encode())
    return finish(partial, list(readings_of(partial)), interrupted=True)


def _whole_visits(path: Path) -> Iterator[Visit]:
    """The lines that can be read; a crash may have cut the last, or left a block of zeros."""
    for line in path.read_bytes().splitlines():
        try:
            yield Visit(**json.loads(line))
        except (ValueError, TypeError):
            continue


def _mend(warc: Path, named: set[str | None]) -> set[str]:
    """Cut a WARC after its last whole record, and pages off its end that no visit names; the digests it then holds.

    A page goes to disk before its visit, so only the end of the file can hold one without the other.
    """
    records = list(_records(warc))
    while records and not (_is_whole(warc, records[-1][0]) and records[-1][1] in {None, *named}):
        with warc.open("r+b") as file:
            file.truncate(records.pop()[0])
    return {digest for _, digest in records if digest}


def _records(warc: Path) -> Iterator[tuple[int, str | None]]:
    """Where each record begins, and the digest of its page if it holds one."""
    with warc.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream, parse_http=True, auto_decode="all"):
                is_page = record.record_type == WarcRecordType.response
                yield record.stream_pos, sha256(record.reader.read()).hexdigest() if is_page else None
        except OSError:
            return


def _is_whole(warc: Path, start: int) -> bool:
    """Whether the last record, a gzip member of its own, ends as it should."""
    with warc.open("rb") as file:
        file.seek(start)
        try:
            gzip.decompress(file.read())
        except (EOFError, OSError, zlib.error):
            return False
    return True


def _believable(visit: Visit, stored: set[str]) -> Visit:
    """A visit whose page was lost with the end of the WARC has failed after all."""
    if visit.outcome != "new" or visit.page_digest in stored:
        return visit
    return replace(
        visit, outcome="failed", failure="other", page_digest=None, media_type=None, charset=None, bytes=None
    )
