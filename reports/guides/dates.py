"""Where an article tells the date of its last change, and what to put there for another day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from reports.guides.dresses import DATE, redated
from reports.guides.placed import Placed
from reports.guides.records import Article

_Span = tuple[int, int]
_PHRASE = r"(?:last[\s-])?(?:updated|modified|reviewed\sand\supdated|reviewed\s&\supdated)(?:\son)?"
_NAMES = r"(?-i:[A-Z][\w.’'-]*)(?:\s(?:(?:and|&)\s)?(?-i:[A-Z][\w.’'-]*)){0,6}"
#: What may stand before the phrase: nothing, a break, or who wrote the article and when.
_LEAD = (
    r"(?:^[^\w\n]{0,4}|[\n|•·]\s{0,3}"
    rf"|^(?:(?:written\s|words\s)?by\s{_NAMES}|(?:(?:first\s)?published|posted|created)?(?:\son)?\s?:?\s?{DATE})"
    r"(?:[\s,.;:–—-]{1,3}|\sand\s)"
    r"|(?:^|[.!?]\s)this\s(?:guide|article|page|post)\swas\s(?:last\s)?)"
)
#: What may stand behind the date, as it is no sentence about something else that goes on.
_END = r"(?=\s*(?:$|[.|•·)\n(;–—*-]|,?\s*by\b(?!\sthe\b)))(?![.]\d)"
_UPDATED = re.compile(rf"{_LEAD}(?P<phrase>{_PHRASE})\s?:?\s{{0,3}}(?P<date>{DATE})(?!\d){_END}", re.IGNORECASE)
#: A line of its own in the file that begins with the phrase, wherever in a paragraph that the reader sees.
_LINE = re.compile(rf"(?:Last[\s-])?(?:Updated|updated|Modified|modified)(?:\son)?\s?:?\s{{0,3}}({DATE})(?!\d){_END}")
_HEAD = re.compile(rf"\s*{_PHRASE}\s*:?\s*", re.IGNORECASE)
_ALONE = re.compile(rf"\s*({DATE})\s*", re.IGNORECASE)
_KEYS = r"(?:date[_-]?)?(?:last[_-]?)?(?:updated|modified)(?:[_-]?(?:at|on|date))?|lastmod"
_FRONT = re.compile(rf"^(?:{_KEYS})[ \t]*[:=][ \t]*[\"']?({DATE})", re.IGNORECASE | re.MULTILINE)
_TIME = re.compile(r"<time\b[^<>]{0,200}>(?!.{0,500}</time)", re.IGNORECASE | re.DOTALL)
_DATETIME = re.compile(r"\bdatetime\s*=\s*[\"']?(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_NEAR = 500


def date_edits(article: Article, body: int, day: date) -> Iterator[tuple[int, int, str]]:
    """What to put in place of every *Updated* date that lies before a day, in the file's offsets.

    >>> from reports.guides.articles import read_article
    >>> list(date_edits(read_article("Updated: January 26, 2026", "a.md"), 0, date(2026, 11, 5)))
    [(9, 25, 'November 5, 2026')]
    """
    seen: set[int] = set()
    for spans in _spans(article, body):
        told = [(start, end, redated(article.source[start:end], day)) for start, end in spans]
        if all(new for _, _, new in told):
            yield from ((start, end, new) for start, end, new in told if new and start not in seen)
            seen |= {start for start, _, _ in told}


def _spans(article: Article, body: int) -> Iterator[list[_Span]]:
    """The places of each date; one that a program reads beside one that readers see changes with it, or neither."""
    yield from ([match.span(1)] for match in _FRONT.finditer(article.source, 0, body))
    for piece in article.pieces:
        for head, cell in pairwise(piece.cells):
            alone = _ALONE.fullmatch(cell.text) if _HEAD.fullmatch(head.text) else None
            if alone:
                yield from _told(article.source, cell, alone.span(1))
        for placed in piece.cells or (piece.placed,):
            for match in _UPDATED.finditer(placed.text):
                yield from _told(article.source, placed, match.span("date"))
            yield from _lines(article.source, placed)


def _lines(source: str, placed: Placed) -> Iterator[list[_Span]]:
    for match in _LINE.finditer(placed.text):
        start = placed.span(match.start(), match.start() + 1)[0]
        if start == 0 or source[start - 1] in "\r\n":
            yield from _told(source, placed, match.span(1))


def _told(source: str, placed: Placed, at: _Span) -> Iterator[list[_Span]]:
    """A date that readers see, if the file has it in one piece, with the one of the ``<time>`` that it stands in."""
    start, end = placed.span(*at)
    if source[start:end] != placed.text[slice(*at)]:
        return
    opened = list(_TIME.finditer(source, max(0, start - _NEAR), start))
    machine = _DATETIME.search(opened[-1].group()) if opened else None
    if machine:
        begin = opened[-1].start()
        yield [(start, end), (begin + machine.start(1), begin + machine.end(1))]
    elif not opened or "datetime" not in opened[-1].group().lower():
        yield [(start, end)]
