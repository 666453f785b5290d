"""Pages from this machine's files: for looking at what a reader sees, without a crawl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from crawlers.warc import stored_warc
from pipelines.records import Page

_TEXT = frozenset({".txt", ".md", ".markdown", ".text"})
_MARKUP = frozenset({".html", ".htm", ".xhtml", ".php", ".asp", ".aspx", ".j2", ".jinja"})
_TAG = re.compile(rb"<(?:!doctype|html|head|body|div|p|table|ul|h[1-6])\b", re.IGNORECASE)
_MAGIC = {
    b"%PDF": "a PDF; Ratecard reads HTML and text only, save the page as HTML or its text as .txt",
    b"PK\x03\x04": "a zip archive or office document; Ratecard reads HTML and text only",
    b"\x89PNG": "a picture; Ratecard reads HTML and text only",
    b"\xff\xd8\xff": "a picture; Ratecard reads HTML and text only",
    b"GIF8": "a picture; Ratecard reads HTML and text only",
}


class InputError(Exception):
    """A file or folder that holds no page; the text says what it is and what to do."""


def pages_of(path: Path, faults: list[str]) -> Iterator[tuple[str, Page]]:
    """Name and page of a file, of each page in a folder and those below it, or of each response in a WARC file.

    Raises ``InputError`` for a path that holds no page; single bad files of a folder are added to ``faults``.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if path.name.endswith((".warc", ".warc.gz")):
        yield from ((f"{path.name}#{number}", stored.page) for number, stored in enumerate(stored_warc(path), 1))
        return
    if not path.is_dir():
        yield path.stem, read_file(path)
        return
    found = [file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in _TEXT | _MARKUP]
    if not found:
        raise InputError(f"{path}: a folder without pages; pages end in .html, .htm, .txt or .md")
    for file in found:
        try:
            yield file.stem, read_file(file)
        except InputError as error:
            faults.append(str(error))


def read_file(path: Path) -> Page:
    """The page that a file holds. Raises ``InputError`` for what is no page."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if not body.strip():
        raise InputError(f"{path}: an empty page; nothing can be read from it")
    for magic, what in _MAGIC.items():
        if body.startswith(magic):
            raise InputError(f"{path}: {what}")
    suffix = path.suffix.lower()
    if suffix not in _MARKUP | _TEXT and b"\0" in body[:4096]:
        raise InputError(f"{path}: not a page but binary data; Ratecard reads HTML and text only")
    plain = suffix in _TEXT or (suffix not in _MARKUP and not _TAG.search(body[:4096]))
    return Page(body, None, "text/plain" if plain else "text/html")
