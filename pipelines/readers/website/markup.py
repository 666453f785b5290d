"""HTML to an outline: one walk over the parsed tree, every node once."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.readers.website.collector import Collector
from pipelines.readers.website.outline import LONGEST_LINE, Outline, tidy

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
#: A text in so many scraps between comments would be glued together for ever.
_LONGEST_PIECE = 2 * LONGEST_LINE
_CELLS = frozenset({"td", "th"})
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
        _walk(root, Collector(outline), {node.mem_id: kind for kind, css in _STYLED.items() for node in tree.css(css)})
    return outline


def _walk(root: LexborNode, into: Collector, styled: dict[int, int]) -> None:
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
