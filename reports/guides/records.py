"""What the parts of this room hand each other. Amounts in cents; places are offsets into the author's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from reports.guides.placed import Placed


class Kind(StrEnum):
    """What a piece of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of visible text. A table's row has its cells and the texts at the head of its columns.

    ``level`` is that of a heading, ``depth`` that of an item in lists within lists; ``whole`` is the offset where the
    whole list or table begins that it is a part of.
    """

    kind: Kind
    placed: Placed
    level: int = 0
    depth: int = 0
    whole: int | None = None
    cells: tuple[Placed, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment with its text; ``end`` is behind its last character."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A guide as it was read. ``front`` is its front matter, keys in lower case; ``titles`` tell what it is about."""

    source: str
    pieces: tuple[Piece, ...]
    comments: tuple[Comment, ...] = ()
    front: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a claim: its cents, its place in the text of its piece, and whether it is written in words."""

    cents: int
    start: int
    end: int
    worded: bool = False

    def moved(self, offset: int) -> Number:
        """The same in a text that begins so much earlier."""
        return replace(self, start=self.start + offset, end=self.end + offset)


class Tax(StrEnum):
    """What a claim says of GST."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence claims. ``None`` where it does not say; ``minutes_assumed`` marks the usual hour, and
    ``modality_assumed`` massage therapy where nothing names a modality.

    ``start`` and ``end`` are offsets into the file; ``places`` say where each number stands there, ``None`` if it does
    not stand there in plain digits; ``spots`` where it stands in ``text``. ``barred`` is why the claim cannot
    be compared, whatever the figure.
    """

    text: str
    start: int
    end: int
    modality: str
    minutes: int | None
    low: int | None = None
    high: int | None = None
    average: int | None = None
    regions: tuple[str, ...] = ()
    currency: str | None = None
    tax: Tax | None = None
    minutes_assumed: bool = False
    modality_assumed: bool = False
    says_average: bool = False
    barred: str | None = None
    ignored: str | None = None
    places: Mapping[str, tuple[int, int] | None] = field(default_factory=dict)
    spots: Mapping[str, tuple[int, int]] = field(default_factory=dict)
