"""What an author tells the tool in comments: *this one is right*, and sentences to be kept filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.guides.records import Article, Comment, Piece

_RATE = re.compile(r"\s*(/?)\s*rate\b\s*:?\s*(.*?)\s*", re.DOTALL | re.IGNORECASE)
_IGNORE = re.compile(r"ignore\b[\s:,–—-]*(.*)", re.DOTALL | re.IGNORECASE)
#: A comment this close to a text on one line is about it.
_NEAR = 40
_LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
_EMPTY_LINE = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t]*(?:\r|\n|\Z)|\Z)")
SHAPES = frozenset({"sentence", "range", "typical", "average", "low", "high"})
_MARKER = re.compile(r"(?P<modality>\S+(?:\s+(?!\d)\S+){0,4}?)\s+(?P<minutes>\d{2,3})(?:\s*min\w*)?\s+(?P<regions>.+)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A sentence to be kept filled: the cell that it tells, in what shape, and where in the file it stands.

    ``fault`` is what is wrong with it, in words for its author.
    """

    start: int
    end: int
    at: int
    modality: str = ""
    minutes: int = 0
    regions: tuple[str, ...] = ()
    shape: str = "sentence"
    fault: str | None = None


def markers(article: Article) -> list[Marker]:
    """The sentences of an article that are to be kept filled.

    >>> from reports.guides.articles import read_article
    >>> (marker,) = markers(read_article("<!-- rate: nmt 60 calgary+edmonton range -->$1<!-- /rate -->", "a.md"))
    >>> marker.modality, marker.minutes, marker.regions, marker.shape
    ('nmt', 60, ('calgary', 'edmonton'), 'range')
    """
    found: list[Marker] = []
    opened: tuple[Comment, str] | None = None
    for comment in sorted(article.comments, key=lambda comment: comment.start):
        match = _RATE.fullmatch(comment.text)
        if not match or _IGNORE.fullmatch(match[2]):
            continue
        if not match[1]:
            if opened:
                found.append(_unclosed(opened[0]))
            opened = (comment, match[2])
        elif opened:
            found.append(_marker(opened[1], opened[0], comment))
            opened = None
    return [*found, *([_unclosed(opened[0])] if opened else [])]


def _unclosed(comment: Comment) -> Marker:
    return Marker(comment.end, comment.end, comment.start, fault="no <!-- /rate --> follows it")


def _marker(words: str, first: Comment, last: Comment) -> Marker:
    match = _MARKER.fullmatch(words.strip())
    if not match:
        fault = "write it as <!-- rate: nmt 60 calgary+edmonton -->"
        return Marker(first.end, last.start, first.start, fault=fault)
    named = match["regions"].split()
    shape = named.pop().lower() if len(named) > 1 and named[-1].lower() in SHAPES else "sentence"
    regions = tuple(part.strip() for part in " ".join(named).split("+") if part.strip())
    modality = match["modality"]
    return Marker(first.end, last.start, first.start, modality, int(match["minutes"]), regions, shape)


def filled_spans(article: Article) -> list[tuple[int, int]]:
    """Where filled sentences stand; no claims are looked for in them."""
    return [(marker.start, marker.end) for marker in markers(article)]


def ignored_by(article: Article, places: Sequence[int]) -> list[str | None]:
    """For each place the reason for which its paragraph is to be left alone, ``None`` if it is not."""
    spans = list(_ignored(article))
    return [next((why for start, end, why in spans if start <= place < end), None) for place in places]


def _ignored(article: Article) -> Iterator[tuple[int, int, str]]:
    """The stretches that an author vouches for: the paragraph around the comment, or the one that follows it."""
    for comment in article.comments:
        rate = _RATE.fullmatch(comment.text)
        match = _IGNORE.fullmatch(rate[2]) if rate and not rate[1] else None
        if match:
            start, end = _paragraph(article, comment)
            yield start, end, match[1].strip() or "no reason given"


def _paragraph(article: Article, comment: Comment) -> tuple[int, int]:
    """The piece that the comment stands in, beside on a line or right below; without one, the piece that comes next."""
    extents = [_extent(piece) for piece in article.pieces if piece.placed.text.strip()]
    around = [extent for extent in extents if _beside(article.source, extent, comment)]
    around = around or [extent for extent in extents if _closes(article.source, extent, comment)]
    following = sorted(extent for extent in extents if extent[0] >= comment.end)
    return (around or following or [(0, 0)])[0]


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
