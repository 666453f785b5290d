"""HTML to an outline: one walk over the parsed tree, every node once."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.readers.website.outline import LONGEST_LINE, SEAM, Outline, tidy

#: What an element does to the line around it: those from ``_BLOCK`` on are entered, the first two are not.
_SKIPPED, _BREAK, _BLOCK, _INLINE, _BOLD, _LINK, _STRUCK = range(7)
_TAGS_OF = {
    _SKIPPED: "script style template noscript svg math head iframe object canvas audio video map datalist textarea "
    "-comment !doctype -document",
    _BREAK: "br hr",
    _INLINE: "abbr acronym bdi bdo big cite code data dfn em font i img input ins kbd label mark q samp small span "
    "sub sup time tt u var wbr picture source path",
    _BOLD: "b strong",
    _LINK: "a",
    _STRUCK: "del s strike",
}
_KINDS = {tag: kind for kind, tags in _TAGS_OF.items() for tag in tags.split()}
#: Inline elements that styles strike through, and names of icons, which a font shows as pictures.
_STYLED = {
    _STRUCK: ",".join(
        [f'span[class*="{name}"]' for name in ("line-through", "strike", "old-price", "price-old", "was-price")]
        + ['span[style*="line-through"]']
    ),
    _SKIPPED: ",".join(
        f'{tag}[class*="{name}"]' for tag in ("i", "span") for name in ("material-icons", "material-symbols")
    ),
}
#: Around struck-through words while their line is gathered: code points that are no characters and stand in no text.
_STRUCK_OPENS, _STRUCK_CLOSES = "\ufdd0", "\ufdd1"
#: Deeper nesting is read as if it were flat: no page for people nests so far, and hostile ones nest without end.
_DEEPEST = 120
#: A text in so many scraps between comments would be glued together for ever.
_LONGEST_PIECE = 2 * LONGEST_LINE
_CELLS = frozenset({"td", "th"})
_WIDEST_SPAN = 40
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s?=\s?["']?([\w-]{2,20})""", re.IGNORECASE)


def declared_charset(body: bytes) -> str | None:
    """The encoding that a page declares in its first kilobytes.

    >>> declared_charset(b'<meta charset="windows-1252">')
    'windows-1252'
    """
    found = _CHARSET.search(body, 0, 4096)
    return found.group(1).decode("ascii") if found else None


def of_html(tree: LexborHTMLParser) -> Outline:
    """The outline of a parsed page.

    >>> page = LexborHTMLParser("<title>Rates</title><ul><li><b>60 min</b> <s>$99</s> $85</ul>")
    >>> [(line.text, line.tag, line.struck) for line in of_html(page).lines]
    [('60 min\\u2003$99\\u2003$85', 'li', ((7, 10),))]
    """
    outline = Outline()
    title = tree.css_first("title")
    outline.title = tidy(title.text()) if title else ""
    root = tree.body or tree.root
    if root is not None:
        _walk(root, _Collector(outline), {node.mem_id: kind for kind, css in _STYLED.items() for node in tree.css(css)})
    return outline


class _Collector:
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
    return int(value) if value and value.isdecimal() and 0 < int(value) <= _WIDEST_SPAN else 1


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


def _walk(root: LexborNode, into: _Collector, styled: dict[int, int]) -> None:
    """Visit every node once without recursion, so that no nesting can exhaust the stack.

    It runs for every node of every page, which is why it is one loop that keeps its state in local names.
    """
    tags, blocks, close = into.tags, into.blocks, into.close
    pieces: list[str] = []
    struck: list[int] = []
    opened = [0] * 7  # how many elements of each kind are open
    all_bold = all_linked = True
    goes_on = False  # whether a text continues the last piece: nothing but a comment stands between them
    open_elements: list[tuple[LexborNode, int]] = []
    node: LexborNode | None = root.child
    while True:
        if node is None:
            if not open_elements:
                break
            node, kind = open_elements.pop()
            goes_on = False
            if kind == _BLOCK:
                if pieces:
                    close(pieces, struck, all_bold, all_linked)
                    all_bold = all_linked = True
                if tags[-1] in _CELLS:
                    into.end_cell(node)
                tags.pop()
                blocks.pop()
            else:
                opened[kind] -= 1
        elif (tag := node.tag or "") == "-text":
            text = node.text_content or ""
            if goes_on:
                pieces[-1] = (pieces[-1] + text)[:_LONGEST_PIECE]
            if not text.isspace():
                all_bold = all_bold and opened[_BOLD] > 0
                all_linked = all_linked and opened[_LINK] > 0
                if not goes_on:
                    if opened[_STRUCK]:
                        struck.append(len(pieces))
                    pieces.append(text)
                    goes_on = True
        elif kind := _KINDS.get(tag, _BLOCK):
            goes_on = False
            if styled:
                kind = styled.get(node.mem_id, kind)
            if pieces and kind <= _BLOCK:
                close(pieces, struck, all_bold, all_linked)
                all_bold = all_linked = True
            if kind >= _BLOCK and (child := node.child) is not None:
                if kind == _BLOCK:
                    tags.append(tag)
                    blocks.append(-1)
                    if tag == "optgroup":
                        close([node.attributes.get("label") or ""], [], False, False)
                else:
                    opened[kind] += 1
                open_elements.append((node, kind))
                node = child
                continue
            if tag in _CELLS:
                into.empty_cell(node, tag)
        node = node.next
    if pieces:
        close(pieces, struck, all_bold, all_linked)
