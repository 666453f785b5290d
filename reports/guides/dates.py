"""The date of an article's last change: where it stands, and the same date in the same dress for another day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from reports.guides.placed import Placed
from reports.guides.records import Article

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = rf"(?:{'|'.join(_MONTHS)}|{'|'.join(f'{name[:3]}' for name in _MONTHS)})"
_DATE = (
    rf"(?:\d{{4}}[-/]\d{{2}}[-/]\d{{2}}|{_MONTH}\.?\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH}\s\d{{4}}"
    rf"|{_MONTH}\s\d{{4}})"
)
_UPDATED = re.compile(
    rf"\b(?:last\s)?(?:updated|reviewed and updated|modified)(?:\son)?\s?:?\s{{0,3}}({_DATE})(?!\d)", re.IGNORECASE
)
_KEYS = (
    "updated|last_updated|lastupdated|date_updated|updated_at|updatedat|lastmod|last_modified|modified|date_modified"
    "|dateupdated"
)
_FRONT = re.compile(rf"^(?:{_KEYS})[ \t]*[:=][ \t]*[\"']?({_DATE})", re.IGNORECASE | re.MULTILINE)
_TIME = re.compile(r"<time\b[^<>]{0,200}\bdatetime\s*=\s*[\"']?(\d{4}-\d{2}-\d{2})[^<>]{0,200}>\s*$", re.IGNORECASE)
_FORMATS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%B %d, %Y",
    "%B %d %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%b. %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %Y",
    "%b %Y",
)


def date_edits(article: Article, body: int, day: date) -> Iterator[tuple[int, int, str]]:
    """What to put in place of every *Updated* date that lies before a day, in the file's offsets.

    >>> from reports.guides.articles import read_article
    >>> list(date_edits(read_article("Updated: January 26, 2026", "a.md"), 0, date(2026, 11, 5)))
    [(9, 25, 'November 5, 2026')]
    """
    seen: set[int] = set()
    for start, end in _spans(article, body):
        new = redated(article.source[start:end], day)
        if new and start not in seen:
            seen.add(start)
            yield start, end, new


def _spans(article: Article, body: int) -> Iterator[tuple[int, int]]:
    yield from (match.span(1) for match in _FRONT.finditer(article.source, 0, body))
    for piece in article.pieces:
        for placed in piece.cells or (piece.placed,):
            yield from _shown(article.source, placed)


def _shown(source: str, placed: Placed) -> Iterator[tuple[int, int]]:
    """The date that readers see and, where it stands in ``<time>``, the one that programs see."""
    for match in _UPDATED.finditer(placed.text):
        start, end = placed.span(*match.span(1))
        if source[start:end] == match[1]:
            time = _TIME.search(source, max(0, start - 500), start)
            if time:
                yield time.span(1)
            yield start, end


def redated(text: str, day: date) -> str | None:
    """A date written as another one is; ``None`` if that is no date, or none before the day.

    >>> redated("26 Jan 2026", date(2026, 2, 3)), redated("2026-03-01", date(2026, 2, 3))
    ('3 Feb 2026', None)
    """
    for form in _FORMATS:
        try:
            old = datetime.strptime(text, form).date()
        except ValueError:
            continue
        new = day.strftime(form)
        if "%d" in form and not form.startswith("%Y") and not re.search(r"\b0\d\b", text):
            new = re.sub(r"\b0(?=\d\b)", "", new)
        is_later = (day.year, day.month) > (old.year, old.month) if "%d" not in form else day > old
        return new if is_later else None
    return None
