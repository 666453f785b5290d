"""Gathered pieces of text to the lines and blocks of an outline."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from pipelines.readers.website.outline import SEAM, Outline

#: Around struck-through words while their line is gathered: code points that are no characters and stand in no text.
_STRUCK_OPENS, _STRUCK_CLOSES = "\ufdd0", "\ufdd1"
#: Deeper nesting is read as if it were flat: no page for people nests so far, and hostile ones nest without end.
_DEEPEST = 120
_WIDEST_SPAN = 40
#: ``int`` refuses marks such as ``²`` and numbers of thousands of digits.
_SHORT_NUMBER = re.compile(r"\d{1,4}")


class Collector:
    """Turns gathered pieces of text into lines; blocks are numbered only when they come to hold one."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.tags = ["page"]
        self.blocks = [0]

    def close(self, pieces: list[str], struck: list[int], bold: bool, link: bool) -> None:
        """End the line that is gathered; ``bold`` and ``link``: all of it is; ``struck``: these pieces are."""
        for n in struck:
            core = pieces[n].strip()
            pieces[n] = pieces[n].replace(core, f"{_STRUCK_OPENS}{core}{_STRUCK_CLOSES}")
        text = SEAM.join([shown for piece in pieces if (shown := " ".join(piece.split()))])
        text, spans = _unmarked(text) if struck else (text, ())
        pieces.clear()
        struck.clear()
        if text:
            block = self.blocks[-1]
            self.outline.add(text, block if block >= 0 else self._number_blocks(), 8 if bold else 0, spans, link)

    def end_cell(self, cell: LexborNode) -> None:
        """Note what a table cell spans; an empty one gets an empty line, for it holds its column's place."""
        if self.blocks[-1] < 0:
            self.outline.add("", self._number_blocks(), 0)
        attributes = cell.attributes
        columns, rows = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        if columns > 1 or rows > 1:
            self.outline.spans[self.blocks[-1]] = (columns, rows)

    def empty_cell(self, cell: LexborNode, tag: str) -> None:
        """Note a cell that holds nothing at all."""
        self.tags.append(tag)
        self.blocks.append(-1)
        self.end_cell(cell)
        self.tags.pop()
        self.blocks.pop()

    def _number_blocks(self) -> int:
        """Number the open blocks that have no number yet, outermost first; the innermost one's is returned."""
        blocks = self.blocks
        first = len(blocks) - 1
        while blocks[first - 1] < 0:
            first -= 1
        block = blocks[first - 1]
        for n in range(first, len(blocks)):
            blocks[n] = block = self.outline.open_block(block, self.tags[n]) if n <= _DEEPEST else block
        return block


def _span(value: str | None) -> int:
    """How many columns or rows a cell spans by its attribute; what no table for people has is taken for one."""
    columns = int(value) if value and _SHORT_NUMBER.fullmatch(value) else 1
    return columns if 0 < columns <= _WIDEST_SPAN else 1


def _unmarked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A line without the marks around its struck-through words, and where these stand.

    >>> _unmarked("\ufdd0$99\ufdd1 $85")
    ('$99 $85', ((0, 3),))
    """
    kept: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for piece in text.split(_STRUCK_OPENS):
        inside, closes, _ = piece.partition(_STRUCK_CLOSES)
        if closes:
            spans.append((length, length + len(inside)))
        kept.append(piece.replace(_STRUCK_CLOSES, ""))
        length += len(kept[-1])
    return "".join(kept), tuple(spans)
