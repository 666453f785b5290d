"""The files that a person names: files, folders, globs, or ``-`` for what is piped in."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.guides.articles import SUFFIXES, Text, Unreadable, decode, read_article
from reports.guides.records import Article

_PASSED_OVER = frozenset({"node_modules", "__pycache__", "site-packages", "venv"})
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Guide:
    """A file with what it holds; no path for what was piped in."""

    name: str
    path: Path | None
    content: bytes
    text: Text
    article: Article


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that could not be read. ``named``: the person asked for it by name."""

    name: str
    reason: str
    named: bool


def guides(names: Sequence[str]) -> Iterator[Guide | Fault]:
    """Every guide that some names mean, each file once."""
    seen: set[Path] = set()
    for name in names:
        if name == STDIN:
            yield _read(STDIN, None, sys.stdin.buffer.read(), named=True)
            continue
        paths = list(_paths(name))
        if not paths:
            yield Fault(name, _why_none(name), named=True)
        for path in paths:
            if isinstance(path, Fault):
                yield path
            elif path.resolve() not in seen:
                seen.add(path.resolve())
                yield _from_file(path, named=str(path) == name)


def _paths(name: str) -> Iterator[Path | Fault]:
    path = Path(name)
    if path.is_dir():
        yield from _within(path)
    elif path.exists():
        yield path
    elif glob.has_magic(name):
        for found in sorted(map(Path, glob.glob(name, recursive=True))):  # noqa: PTH207  a path from the shell
            yield from _within(found) if found.is_dir() else [found]


def _within(folder: Path) -> Iterator[Path | Fault]:
    """The articles of a folder in order of their paths; hidden folders and other people's code are passed over."""
    closed: list[OSError] = []
    for base, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_OVER)
        yield from (Path(base, name) for name in sorted(files) if Path(name).suffix.lower() in SUFFIXES)
    yield from (Fault(str(error.filename), error.strerror or str(error), named=False) for error in closed)


def _why_none(name: str) -> str:
    if Path(name).is_dir():
        return "a folder without Markdown, HTML or text files"
    return "no file matches" if glob.has_magic(name) else "no such file or folder"


def _from_file(path: Path, *, named: bool) -> Guide | Fault:
    try:
        return _read(str(path), path, path.read_bytes(), named=named)
    except OSError as error:
        return Fault(str(path), error.strerror or str(error), named)


def _read(name: str, path: Path | None, content: bytes, *, named: bool) -> Guide | Fault:
    try:
        text = decode(content)
    except Unreadable as error:
        return Fault(name, str(error), named)
    return Guide(name, path, content, text, read_article(text.text, name if path else ""))
