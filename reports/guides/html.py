"""HTML to pieces by BeautifulSoup: its positions say where a tag stands, and the text is followed from there."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import Comment as SoupComment
from bs4.element import NavigableString, PreformattedString, Tag, TemplateString
from bs4.exceptions import ParserRejectedMarkup

from reports.guides.aligning import aligned
from reports.guides.placed import Placed, Placing
from reports.guides.records import Comment, Kind, Piece

_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "label", "mark",
    "meter", "output", "q", "ruby", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br",
    "img", "svg",
})  # fmt: skip
#: What stands in these is not the author's prose.
HIDDEN = frozenset({
    "script", "style", "template", "noscript", "textarea", "select", "option", "pre", "code", "kbd", "samp",
    "blockquote", "q", "del", "s", "strike", "svg", "math", "iframe", "object", "head", "button", "form",
})  # fmt: skip
_ITEMS = frozenset({"li", "dt", "dd"})
_WHOLES = frozenset({"ul", "ol", "dl", "table"})
_CLOSING = re.compile(r"(?:</[^>]*>)*")
_START = re.compile(r"<[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def html_pieces(source: str, begin: int = 0, end: int | None = None) -> tuple[list[Piece], list[Comment], str]:
    """The pieces, comments and title of the HTML between two offsets; places are offsets into the whole.

    >>> pieces, comments, _ = html_pieces("<h2>Price</h2><p title='$9'>NMT &#36;85<!-- hm -->")
    >>> [(piece.kind.value, piece.placed.text) for piece in pieces], comments[0].text
    ([('heading', 'Price'), ('paragraph', 'NMT $85')], ' hm ')
    """
    markup = _without_open_comment(source[begin:end])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            soup = BeautifulSoup(markup, "html.parser", on_duplicate_attribute="ignore")
    except (ParserRejectedMarkup, AssertionError, RecursionError):
        return [], [], ""
    reading = _Reading(markup, begin)
    reading.walk(soup)
    return reading.pieces, reading.comments, reading.title


def _without_open_comment(markup: str) -> str:
    """The markup before a comment that nothing closes; the parser would look for its end again and again."""
    opened = markup.find("<!--", markup.rfind("-->") + 1)
    return markup if opened < 0 else markup[:opened]


@dataclass(slots=True)
class _Reading:
    """The walk over a parsed page in the order of its source."""

    markup: str
    begin: int
    pieces: list[Piece] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    title: str = ""
    lines: list[int] = field(default_factory=lambda: [0])
    blocks: dict[int, Tag | None] = field(default_factory=dict)
    nested: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    open: Tag | None = None
    placing: Placing = field(default_factory=Placing)
    cursor: int = 0
    row: list[tuple[Tag, Tag, Placed]] = field(default_factory=list)
    heads: tuple[int, tuple[str, ...]] = (0, ())

    def __post_init__(self) -> None:
        self.lines += [match.end() for match in re.finditer("\n", self.markup)]

    def walk(self, soup: BeautifulSoup) -> None:
        """Take every node."""
        self.blocks[id(soup)] = soup
        self.nested[id(soup)] = (0, None)
        for node in soup.descendants:
            if isinstance(node, Tag):
                self._tag(node)
            elif isinstance(node, SoupComment):
                self._comment(str(node))
            elif isinstance(node, NavigableString) and not isinstance(node, (PreformattedString, TemplateString)):
                self._string(node)
        self._close()
        self._close_row()

    def _tag(self, tag: Tag) -> None:
        start = None
        if tag.sourceline is not None and tag.sourcepos is not None:
            start = self.lines[tag.sourceline - 1] + tag.sourcepos
            match = _START.match(self.markup, start)
            self.cursor = match.end() if match else start
        parent = tag.parent
        depth, whole = self.nested.get(id(parent), (0, None))
        depth += (tag.name in _ITEMS) + (tag.name == "dd")
        if whole is None and tag.name in _WHOLES and start is not None:
            whole = self.begin + start
        self.nested[id(tag)] = (depth, whole)
        above = self.blocks.get(id(parent)) if parent is not None else None
        if tag.name == "title" and not self.title:
            self.title = tag.get_text(" ", strip=True)[:300]
        if tag.name in HIDDEN or above is None or tag.has_attr("hidden"):
            self.blocks[id(tag)] = None
        elif tag.name in _INLINE:
            self.blocks[id(tag)] = above
        else:
            self.blocks[id(tag)] = tag
        if tag.name == "br":
            self.placing.hard_break(self.begin + self.cursor)
        elif tag.name not in _INLINE:
            self._close()

    def _string(self, node: NavigableString) -> None:
        parent = node.parent
        block = self.blocks.get(id(parent)) if parent is not None else None
        text = str(node)
        if block is None:
            return
        if block is not self.open:
            self._close()
            self.open = block
        closing = _CLOSING.match(self.markup, self.cursor)
        start = closing.end() if closing else self.cursor
        end = self._follow(text, start)
        self.cursor = end if end is not None else start

    def _follow(self, text: str, start: int) -> int | None:
        """Place a text that begins at an offset; nothing of it if the source does not say the same."""
        parts = aligned(self.markup, text, start)
        for shown, at, length in parts:
            self.placing.add(shown, self.begin + at, length)
        return parts[-1][1] + parts[-1][2] if parts else None

    def _comment(self, text: str) -> None:
        whole = f"<!--{text}-->"
        start = self.markup.find(whole, self.cursor)
        if start >= 0:
            self.cursor = start + len(whole)
            self.comments.append(Comment(text, self.begin + start, self.begin + self.cursor))

    def _close(self) -> None:
        """End the block that is open."""
        block, placed = self.open, self.placing.placed()
        self.open, self.placing = None, Placing()
        row = block.find_parent("tr") if block is not None and placed.text.strip() else None
        if block is None or not placed.text.strip():
            return
        if row is not None:
            self._cell(row, block, placed)
            return
        self._close_row()
        level = int(block.name[1]) if re.fullmatch("h[1-6]", block.name) else 0
        depth, whole = self.nested[id(block)]
        self.pieces.append(Piece(_kind(block, level, depth), placed, level, depth, whole))

    def _cell(self, row: Tag, cell: Tag, placed: Placed) -> None:
        if self.row and self.row[0][0] is not row:
            self._close_row()
        self.row.append((row, cell, placed))

    def _close_row(self) -> None:
        if not self.row:
            return
        row, cells = self.row[0][0], tuple(placed for _, _, placed in self.row)
        is_head = all(cell.name == "th" for _, cell, _ in self.row)
        self.row = []
        table = id(row.find_parent("table"))
        heads = self.heads[1] if self.heads[0] == table and not is_head else ()
        if is_head:
            self.heads = (table, tuple(cell.text for cell in cells))
        whole = Placed(" | ".join(cell.text for cell in cells), ())
        self.pieces.append(Piece(Kind.ROW, whole, whole=self.nested[id(row)][1], cells=cells, heads=heads))


def _kind(block: Tag, level: int, depth: int) -> Kind:
    if block.name == "title":
        return Kind.FRONT
    if level:
        return Kind.HEADING
    return Kind.ITEM if depth else Kind.PARAGRAPH
