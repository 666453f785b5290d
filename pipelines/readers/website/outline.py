"""A page as an outline: its visible lines in order, each with the blocks that hold it.

This is the small intermediate form that everything after works on. Markup is walked once. A *line* is what stands
between two block borders or line breaks; inline elements inside it are kept apart by ``SEAM``, a white-space
character that never occurs in page text, so that ``<b>60 min</b><i>$85</i>`` stays two segments of one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

SEAM = "\N{EM SPACE}"
#: Deeper nesting is read as if it were flat: no page for people nests so far, and hostile ones nest without end.
_DEEPEST = 120
_LONGEST_LINE = 5_000
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "canvas",
        "audio",
        "video",
        "map",
        "datalist",
        "textarea",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "picture",
        "source",
        "path",
    ]
)
_STRUCK = frozenset(("del", "s", "strike"))
_HEADINGS = {f"h{n}": n for n in range(1, 7)} | {"dt": 7, "summary": 7, "legend": 7, "caption": 7, "strong": 8, "b": 8}
_SPACE = re.compile(r"[^\S\u2003]+")
_SEAMS = re.compile(r"\s*\u2003\s*")


@dataclass(slots=True)
class Line:
    """One visible line. ``level`` is 1 to 6 for headings, 7 for titles of lists, 8 for all-bold lines, 0 for others."""

    text: str
    block: int
    tag: str
    level: int = 0
    struck: tuple[tuple[int, int], ...] = ()
    link: bool = False


@dataclass(slots=True)
class Outline:
    """The lines of a page and the tree of blocks above them; block 0 is the page itself."""

    lines: list[Line] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])
    tags: list[str] = field(default_factory=lambda: ["page"])
    depths: list[int] = field(default_factory=lambda: [0])
    title: str = ""

    def open_block(self, parent: int, tag: str) -> int:
        """Add a block below ``parent`` and return its number; too deep a one is the parent itself."""
        if self.depths[parent] >= _DEEPEST:
            return parent
        self.parents.append(parent)
        self.tags.append(tag)
        self.depths.append(self.depths[parent] + 1)
        return len(self.parents) - 1

    def heading_around(self, block: int) -> int:
        """Level of a heading that a block fills, as in ``<h3><button>Title</button></h3>``; 0 if there is none."""
        parent = self.parents[block]
        return _HEADINGS.get(self.tags[parent], 0) if parent > 0 and self.tags[block] in ("button", "div", "p") else 0

    @property
    def text(self) -> str:
        """All words of the page, its title first."""
        return " ".join([self.title, *(line.text for line in self.lines)])

    def path(self, block: int) -> str:
        """The element path of a block, from the page inwards.

        >>> outline = Outline()
        >>> outline.path(outline.open_block(outline.open_block(0, "ul"), "li"))
        'ul > li'
        """
        tags: list[str] = []
        while block > 0:
            tags.append(self.tags[block])
            block = self.parents[block]
        return " > ".join(reversed(tags))


class _Collector:
    """Gathers inline text into lines as the walk goes on."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.parts: list[str] = []
        self.struck: list[int] = []
        self.bold = self.linked = True
        self.size = 0

    def add(self, text: str, *, bold: bool, linked: bool, struck: bool) -> None:
        if self.size > _LONGEST_LINE:
            return
        self.size += len(text)
        if struck:
            self.struck.append(len(self.parts))
        self.parts.append(text)
        if not text.isspace():
            self.bold, self.linked = self.bold and bold, self.linked and linked

    def seam(self) -> None:
        if self.parts:
            self.parts.append(SEAM)

    def close(self, block: int) -> None:
        if not self.parts:
            return
        text, struck = self._joined()
        if text:
            tag = self.outline.tags[block]
            level = _HEADINGS.get(tag) or self.outline.heading_around(block) or (8 if self.bold else 0)
            self.outline.lines.append(Line(text[:_LONGEST_LINE], block, tag, level, struck, self.linked))
        self.parts, self.struck, self.bold, self.linked, self.size = [], [], True, True, 0

    def _joined(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        if not self.struck:
            return _tidy("".join(self.parts)), ()
        text, spans = "", []
        for number, part in enumerate(self.parts):
            start = len(text)
            text = (text + part) if part != SEAM else text.rstrip() + SEAM
            text = _SEAMS.sub(SEAM, _SPACE.sub(" ", text)).lstrip()
            if number in self.struck:
                spans.append((min(start, len(text)), len(text)))
        return text.strip(), tuple(spans)


def _tidy(text: str) -> str:
    text = _SPACE.sub(" ", text)
    if SEAM in text:
        text = _SEAMS.sub(SEAM, text)
    return text.strip()


_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s?=\s?["']?([\w-]{2,20})""", re.IGNORECASE)


def declared_charset(body: bytes) -> str | None:
    """The encoding that a page declares in its first kilobytes.

    >>> declared_charset(b'<meta charset="windows-1252">')
    'windows-1252'
    """
    found = _CHARSET.search(body, 0, 4096)
    return found.group(1).decode("ascii") if found else None


def of_html(tree: LexborHTMLParser) -> Outline:
    """The outline of a parsed page."""
    outline = Outline()
    title = tree.css_first("title")
    outline.title = _tidy(title.text()) if title else ""
    root = tree.body or tree.root
    if root is not None:
        _walk(root, outline)
    return outline


def _walk(root: LexborNode, outline: Outline) -> None:
    """Visit every node once without recursion, so that no nesting can exhaust the stack."""
    collector = _Collector(outline)
    block = 0
    bold = linked = struck = 0
    # what to undo when the walk leaves an element: (element, block before it, is a block, bold, linked, struck)
    open_elements: list[tuple[LexborNode, int, bool, int, int, int]] = []
    node: LexborNode | None = root.child
    while node is not None or open_elements:
        if node is None:
            element, before, is_block, bold, linked, struck = open_elements.pop()
            if is_block:
                collector.close(block)
                block = before
            else:
                collector.seam()
            node = element.next
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            if text:
                collector.add(text, bold=bold > 0, linked=linked > 0, struck=struck > 0)
        elif tag == "br" or tag == "hr":
            collector.close(block)
        elif tag in _SKIPPED or tag is None or tag[0] in "-_!":
            pass
        else:
            child = node.child
            if child is not None:
                is_block = tag not in _INLINE
                open_elements.append((node, block, is_block, bold, linked, struck))
                if is_block:
                    collector.close(block)
                    block = outline.open_block(block, tag)
                else:
                    collector.seam()
                    bold += tag == "b" or tag == "strong"
                    linked += tag == "a"
                    struck += tag in _STRUCK
                node = child
                continue
        node = node.next
    collector.close(block)


_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"^(?:[-*•·▪‣–]|\d{1,2}[.)])\s+(?=\S)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")


def of_text(text: str) -> Outline:
    """The outline of a plain text or Markdown file: its lines, tabs as seams.

    >>> [(l.text, l.level) for l in of_text("---\\nlayout: x\\n---\\n# Rates\\n- **60 min** - <b>$90</b>").lines]
    [('Rates', 1), ('60 min -\\u2003$90', 0)]
    """
    outline = Outline()
    for line in _text_lines(text):
        heading = _MARKDOWN_HEADING.match(line)
        body = line[heading.end() :] if heading else _BULLET.sub("", line)
        shown = _tidy(_EMPHASIS.sub("", body).replace("\t", SEAM))
        if shown:
            level = len(heading.group(1)) if heading else 8 if re.fullmatch(r"\*\*[^*]+\*\*:?", body.strip()) else 0
            outline.lines.append(Line(shown[:_LONGEST_LINE], 0, "text", level))
    return outline


_FRONT_MATTER = re.compile(r"\A---\n.{0,5000}?\n---\n", re.DOTALL)
_INLINE_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")


def _text_lines(text: str) -> Iterator[str]:
    """Lines as a visitor would see them: without front matter, inline tags as seams."""
    for line in _FRONT_MATTER.sub("", text.replace("\r\n", "\n")).splitlines():
        yield (_INLINE_TAG.sub(SEAM, line) if "<" in line else line).strip()
