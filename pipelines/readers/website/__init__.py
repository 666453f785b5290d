"""Any clinic's own pages: markup to outline, outline to groups, groups to offers."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from pipelines.readers import structured
from pipelines.readers.website import grouping, offers, outline
from pipelines.records import Page, Reading


def read(page: Page) -> Reading:
    """The offers and rejections of a clinic's own page or of a text file."""
    if page.media_type == "text/plain":
        return _read_lines(outline.of_text(page.body.decode(page.charset or "utf-8", errors="replace")))
    tree = LexborHTMLParser(_as_utf8(page))
    lines = outline.of_html(tree)
    visible = _read_lines(lines)
    return structured.merge(visible, structured.read(tree, lines.text))


def _read_lines(lines: outline.Outline) -> Reading:
    return offers.offers_of(lines, grouping.group(lines))


def _as_utf8(page: Page) -> bytes:
    """The bytes as the parser wants them; another declared encoding is turned into UTF-8."""
    charset = (page.charset or outline.declared_charset(page.body) or "utf-8").lower()
    if charset in ("utf-8", "utf8"):
        return page.body
    try:
        return page.body.decode(charset, errors="replace").encode()
    except LookupError:
        return page.body
