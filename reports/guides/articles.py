"""Files to articles: bytes to text that can be written back unchanged, and the reader that a format needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from reports.guides.front_matter import front_matter
from reports.guides.html import html_pieces
from reports.guides.markdown import markdown_pieces
from reports.guides.records import Article, Comment, Kind, Piece

LARGEST = 5_000_000
SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mdx", ".html", ".htm", ".xhtml", ".txt"})
_BYTES = ("utf-8", "cp1252", "latin-1")
#: Bytes at the begin of a file that tell its encoding.
_MARKS = {b"\xef\xbb\xbf": _BYTES, b"\xff\xfe": ("utf-16-le",), b"\xfe\xff": ("utf-16-be",)}
_HTML = frozenset({".html", ".htm", ".xhtml"})
_LOOKS_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|article|main|section|div|h[1-6]|p)\b", re.IGNORECASE)


class Unreadable(ValueError):
    """A file that holds no article: binary, or too large."""


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file; ``encode`` gives back its very bytes. ``mark`` are those that only tell the encoding."""

    text: str
    encoding: str
    mark: bytes = b""

    def encode(self) -> bytes:
        """The bytes of the file. Raises ``UnicodeEncodeError`` for a character that the encoding has not."""
        return self.mark + self.text.encode(self.encoding)

    def with_text(self, text: str) -> Text:
        """Another text in the same encoding."""
        return Text(text, self.encoding, self.mark)


def decode(content: bytes) -> Text:
    """Text in whatever encoding reads the bytes without loss. Raises ``Unreadable``.

    >>> decode("$85\\u2013$120".encode("cp1252")).encoding
    'cp1252'
    """
    if len(content) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 1_000_000} MB")
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    if b"\0" in content and not mark.startswith((b"\xff", b"\xfe")):
        raise Unreadable("a binary file")
    for encoding in _MARKS.get(mark, _BYTES):
        try:
            return Text(content[len(mark) :].decode(encoding), encoding, mark)
        except UnicodeDecodeError:
            continue
    raise Unreadable("a binary file")


def read_article(source: str, name: str = "") -> Article:
    """The article that a text holds; its name says the format, else its looks do."""
    path = PurePath(name)
    if path.suffix.lower() in _HTML or (path.suffix.lower() not in SUFFIXES and _LOOKS_HTML.match(source)):
        pieces, comments, title = html_pieces(source)
        return replace(_article(source, pieces, comments, {}, (title, path.stem)), is_html=True)
    front, body, described = front_matter(source)
    pieces, comments = markdown_pieces(source, body, indented_code=path.suffix.lower() != ".txt")
    titles = (front.get("title", ""), *(front.get(key, "") for key in ("slug", "permalink", "url")), path.stem)
    return _article(source, [*described, *pieces], comments, front, titles)


def _article(
    source: str, pieces: list[Piece], comments: list[Comment], front: dict[str, str], titles: tuple[str, ...]
) -> Article:
    first = next((p.placed.text for p in pieces if p.kind is Kind.HEADING), "")
    told = (front.get("title", ""), first, *titles)
    spoken = tuple(
        dict.fromkeys(re.sub(r"[-_/]+", " ", title) if " " not in title else title for title in told if title)
    )
    return Article(source, tuple(pieces), tuple(comments), front, spoken)
