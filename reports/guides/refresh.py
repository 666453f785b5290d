"""New numbers in an author's file: planned as small edits, shown as a diff, written whole or not at all."""

from __future__ import annotations

import difflib
import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.guides.articles import read_article
from reports.guides.checking import Checker
from reports.guides.dates import date_edits
from reports.guides.front_matter import front_matter
from reports.guides.records import Article
from reports.guides.verdicts import Finding
from reports.guides.wording import figure_text, numbers_for

Edit = tuple[int, int, str]
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


class Changed(OSError):
    """The file is not as it was read; somebody else wrote it meanwhile."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """An article's new text, what was found in the old one, and the claims and marks that a person has to mend."""

    text: str
    findings: tuple[Finding, ...]
    by_hand: tuple[Finding, ...] = ()


def refresh(source: str, name: str, checker: Checker, today: date) -> Refreshed:
    """The article with measured numbers in its stale claims; unchanged if that would not settle them.

    Nothing but the digits of claims, what stands between marks, and *Updated* dates before ``today`` differs.
    """
    article = read_article(source, name)
    findings = tuple(checker(article))
    stale = [finding for finding in findings if finding.verdict.is_stale]
    planned = [(finding, _edits(source, finding)) for finding in stale]
    changed = _applied(source, [edit for _, edits in planned for edit in edits])
    left = [finding for finding, edits in planned if not edits]
    settled = changed != source and _settled(changed, name, checker, len(left))
    by_hand = (*(left if settled else stale), *(finding for finding in findings if finding.faulty))
    return Refreshed(_dated(changed, name, today) if settled else source, findings, by_hand)


def _settled(text: str, name: str, checker: Checker, left: int) -> bool:
    """Whether a refreshed text has no stale claims but those that were left; so a second refresh changes nothing."""
    return sum(finding.verdict.is_stale for finding in checker(read_article(text, name))) <= left


def _edits(source: str, finding: Finding) -> list[Edit]:
    """The new digits of a stale claim; none unless each of its numbers stands in plain digits."""
    claim, measured = finding.claim, finding.measured
    if measured is None:
        return []
    if finding.fill is not None:
        return [(claim.start, claim.end, finding.fill)]
    places = {name: place for name, place in claim.places.items() if place}
    if len(places) < len(claim.places):
        return []
    told = numbers_for(claim, measured)
    return [(start, end, figure_text(told[name], source[start:end])) for name, (start, end) in places.items()]


def _applied(source: str, edits: Iterable[Edit]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _dated(source: str, name: str, today: date) -> str:
    article: Article = read_article(source, name)
    _, body, _ = front_matter(source)
    return _applied(source, date_edits(article, body, today))


def diff(old: str, new: str, name: str) -> str:
    """A unified diff; a line end that is not the usual one shows as it is."""
    before, after = _LINES.findall(old), _LINES.findall(new)
    lines = difflib.unified_diff(before, after, name, name, n=2)
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n" for line in lines)


def write(path: Path, old: bytes, new: bytes) -> None:
    """Put new bytes in the place of a file in one step, keeping its mode; whatever fails leaves the file as it was.

    A symbolic link stays one; other hard links of the file keep the old bytes. Raises ``Changed`` if the file no longer
    holds the old bytes, ``PermissionError`` if nobody or not this user may write it, and ``OSError``.
    """
    target = path.resolve()
    if not target.stat().st_mode & _WRITABLE or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "it is read-only; nothing was written", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".new", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(target.stat().st_mode & 0o7777)
        if target.read_bytes() != old:
            raise Changed(None, "changed while it was being refreshed; nothing was written", str(path))
        beside.replace(target)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
