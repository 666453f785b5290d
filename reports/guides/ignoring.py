"""What an author vouches for: ``<!-- rate: ignore why -->`` and the stretch of the file that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from reports.guides.markers import IGNORE, RATE
from reports.guides.records import Article, Comment, Piece

#: A comment this close to a text on one line is about it.
_NEAR = 40
_LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
_EMPTY_LINE = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t]*(?:\r|\n|\Z)|\Z)")


def ignored_by(article: Article, places: Sequence[int]) -> list[str | None]:
    """For each place the reason for which its paragraph is to be left alone, ``None`` if it is not."""
    spans = list(_ignored(article))
    return [next((why for start, end, why in spans if start <= place < end), None) for place in places]


def _ignored(article: Article) -> Iterator[tuple[int, int, str]]:
    """The stretches that an author vouches for: the paragraph around the comment, or what follows it."""
    for comment in article.comments:
        rate = RATE.fullmatch(comment.text)
        match = IGNORE.fullmatch(rate[2]) if rate and not rate[1] else None
        if match:
            why = match[1].strip() or "no reason given"
            yield from ((start, end, why) for start, end in _vouched(article, comment))


def _vouched(article: Article, comment: Comment) -> list[tuple[int, int]]:
    """The piece that the comment stands in, beside on a line or right below; without one, what comes next.

    Of a list or table that comes next, all of it.
    """
    pieces = [(_extent(piece), piece.whole) for piece in article.pieces if piece.placed.text.strip()]
    around = [extent for extent, _ in pieces if _beside(article.source, extent, comment)]
    around = around or [extent for extent, _ in pieces if _closes(article.source, extent, comment)]
    if around:
        return around[:1]
    behind = [piece for piece in pieces if piece[0][0] >= comment.end]
    following = min(behind, key=itemgetter(0), default=None)
    if following is None:
        return []
    extent, begins = following
    if begins is None or begins < comment.end:
        return [extent]
    return [extent for extent, whole in pieces if whole == begins]


def _extent(piece: Piece) -> tuple[int, int]:
    """Where a piece begins and ends in the file."""
    texts = [placed for placed in piece.cells or (piece.placed,) if placed.text]
    return texts[0].span(0, 1)[0], texts[-1].span(0, len(texts[-1].text))[1]


def _beside(source: str, extent: tuple[int, int], comment: Comment) -> bool:
    start, end = extent
    if start <= comment.start < end:
        return True
    gap = source[end : comment.start] if end <= comment.start else source[comment.end : start]
    return len(gap) < _NEAR and not gap.strip(" \t")


def _closes(source: str, extent: tuple[int, int], comment: Comment) -> bool:
    """Whether a comment is the last line of a paragraph: right below it, with an empty line or nothing behind."""
    above = source[extent[1] : comment.start] if extent[1] <= comment.start else "-"
    return _LINE_END.fullmatch(above) is not None and _EMPTY_LINE.match(source, comment.end) is not None
