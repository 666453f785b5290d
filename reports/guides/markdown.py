"""Markdown to pieces: blocks by markdown-it-py, each with the characters that readers see and their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

from reports.guides.html import html_pieces
from reports.guides.inline import Shown, parser, shown_parts
from reports.guides.lines import Lines, source_offset
from reports.guides.placed import BREAK, Placed, Placing
from reports.guides.records import Comment, Kind, Piece

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_OPAQUE = ("blockquote_open", "blockquote_close")


def markdown_pieces(source: str, body: int = 0, *, indented_code: bool = True) -> tuple[list[Piece], list[Comment]]:
    """The pieces and comments of a Markdown text from the offset ``body`` on; places are offsets into the whole.

    >>> pieces, _ = markdown_pieces("# Prices\\n\\nNMT is **$85**&ndash;$120, not `$5`.")
    >>> [(piece.kind.value, piece.placed.text) for piece in pieces]
    [('heading', 'Prices'), ('paragraph', 'NMT is $85–$120, not .')]
    """
    reading = _Reading(source, body)
    for token in parser(indented_code=indented_code).parse(source[body:]):
        reading.take(token)
    reading.end_row()
    return reading.pieces, reading.comments


@dataclass(slots=True)
class _Reading:
    """The walk over the tokens of a text."""

    source: str
    body: int
    pieces: list[Piece] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    quotes: int = 0
    level: int = 0
    items: int = 0
    cells: list[Placed] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    in_head: bool = False
    in_row: bool = False
    lines: Lines = field(init=False)
    whole: int | None = None

    def __post_init__(self) -> None:
        self.lines = Lines(self.source, self.body)

    def take(self, token: Token) -> None:
        """Follow one token."""
        kind = token.type
        if kind == "inline":
            self._inline(token)
        elif kind == "html_block":
            self._html(token)
        elif kind in _OPAQUE:
            self.quotes += token.nesting
        elif kind == "heading_open":
            self.level = int(token.tag[1])
        elif kind == "heading_close":
            self.level = 0
        elif kind in ("bullet_list_open", "ordered_list_open", "table_open"):
            if self.whole is None and token.map:
                self.whole = self.lines.start(token.map[0])
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.whole = self.whole if self.items else None
        elif kind in ("list_item_open", "list_item_close"):
            self.items += token.nesting
        elif kind in ("thead_open", "thead_close"):
            self.in_head = token.nesting > 0
        elif kind == "tr_open":
            self.in_row = True
            self.lines.begin_row(token.map[0] if token.map else 0)
        elif kind in ("tr_close", "table_close"):
            self.end_row(of_table=kind == "table_close")

    def end_row(self, *, of_table: bool = False) -> None:
        """Close the row of a table."""
        if self.in_head and self.cells:
            self.heads = tuple(cell.text for cell in self.cells)
        if self.cells and not self.quotes:
            whole = Placed(" | ".join(cell.text for cell in self.cells), ())
            heads = () if self.in_head else self.heads
            self.pieces.append(Piece(Kind.ROW, whole, whole=self.whole, cells=tuple(self.cells), heads=heads))
        self.cells, self.in_row = [], False
        if of_table:
            self.heads = ()
            self.whole = self.whole if self.items else None

    def _inline(self, token: Token) -> None:
        if self.quotes or not token.map:
            return
        placing = self._placed(token)
        if placing is None:
            return
        placed = placing.placed()
        if self.in_row:
            self.cells.append(placed)
        elif placed.text.strip():
            kind = Kind.HEADING if self.level else Kind.ITEM if self.items else Kind.PARAGRAPH
            self.pieces.append(Piece(kind, placed, self.level, self.items, self.whole))

    def _placed(self, token: Token) -> Placing | None:
        """The visible text of an inline token; ``None`` if its lines are not found in the source as they are."""
        assert token.map is not None
        starts = self.lines.starts(token.content, token.map[0], in_row=self.in_row)
        if starts is None:
            return None
        placing = Placing()
        for part in shown_parts(token.content, always=bool(self.level)):
            self._add(placing, part, source_offset(part.start, starts))
        return placing

    def _add(self, placing: Placing, part: Shown, start: int) -> None:
        """A shown part that begins at an offset of the source."""
        if part.text is None:
            self._comment(start)
        elif part.text == BREAK:
            placing.hard_break(start)
        else:
            placing.add(part.text, start, part.end - part.start)

    def _comment(self, start: int) -> None:
        match = _COMMENT.match(self.source, start)
        if match:
            self.comments.append(Comment(match[1], start, match.end()))

    def _html(self, token: Token) -> None:
        if self.quotes or not token.map:
            return
        pieces, comments, _ = html_pieces(self.source, self.lines.start(token.map[0]), self.lines.end(token.map[1] - 1))
        self.pieces += pieces
        self.comments += comments
