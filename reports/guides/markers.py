"""What an author tells the tool in comments: sentences to be kept filled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.guides.records import Article, Comment

RATE = re.compile(r"\s*(/?)\s*rate\b\s*:?\s*(.*?)\s*", re.DOTALL | re.IGNORECASE)
IGNORE = re.compile(r"ignore\b[\s:,–—-]*(.*)", re.DOTALL | re.IGNORECASE)
SHAPES = frozenset({"sentence", "range", "typical", "average", "low", "high"})
_MARKER = re.compile(r"(?P<modality>\S+(?:\s+(?!\d)\S+){0,4}?)\s+(?P<minutes>\d{2,3})(?:\s*min\w*)?\s+(?P<regions>.+)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A sentence to be kept filled: the cell that it tells, in what shape, and where in the file it stands.

    ``fault`` is what is wrong with it, in words for its author.
    """

    start: int
    end: int
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
        match = RATE.fullmatch(comment.text)
        if not match or IGNORE.fullmatch(match[2]):
            continue
        if not match[1]:
            if opened:
                found.append(_unclosed(opened[0]))
            opened = (comment, match[2])
        elif opened:
            found.append(_marker(opened[1], opened[0], comment))
            opened = None
        else:
            found.append(Marker(comment.end, comment.end, fault="no <!-- rate: ... --> stands before it"))
    return [*found, *([_unclosed(opened[0])] if opened else [])]


def _unclosed(comment: Comment) -> Marker:
    return Marker(comment.end, comment.end, fault="no <!-- /rate --> follows it")


def _marker(words: str, first: Comment, last: Comment) -> Marker:
    match = _MARKER.fullmatch(words.strip())
    if not match:
        fault = "write it as <!-- rate: nmt 60 calgary+edmonton -->"
        return Marker(first.end, last.start, fault=fault)
    named = match["regions"].split()
    shape = named.pop().lower() if len(named) > 1 and named[-1].lower() in SHAPES else "sentence"
    regions = tuple(part.strip() for part in " ".join(named).split("+") if part.strip())
    modality = match["modality"]
    return Marker(first.end, last.start, modality, int(match["minutes"]), regions, shape)
