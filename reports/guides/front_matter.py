"""The front matter of an article: YAML or TOML between fences at its top."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from reports.guides.placed import Placing
from reports.guides.records import Kind, Piece

_FENCED = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)(.*?)(?:\r\n?|\n)\1[ \t]*(?:\r\n?|\n|$)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_][\w-]{0,40})[ \t]*[:=][ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
#: Entries that readers see, in search results at the latest.
_SHOWN = frozenset({"title", "description", "summary", "excerpt", "subtitle", "seo_description", "meta_description"})
#: The parser in C where it is there; both build plain values only.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def front_matter(source: str) -> tuple[dict[str, str], int, list[Piece]]:
    """The entries, the offset where the body begins, and the entries that are prose as pieces.

    A list is told as ``a; b``; entries that hold entries are left out. What no parser reads is read line by line.

    >>> entries, body, _ = front_matter('---\\ntitle: "NMT"\\nregion: [Calgary, Edmonton]  # both\\n---\\nText')
    >>> entries, body
    ({'title': 'NMT', 'region': 'Calgary; Edmonton'}, 57)
    """
    fenced = _FENCED.match(source)
    if not fenced:
        return {}, 0, []
    lines = [(match[1].lower(), *_value(source, match)) for match in _ENTRY.finditer(source, *fenced.span(2))]
    parsed = _parsed(fenced[2], is_yaml=fenced[1] == "---")
    if parsed is None:
        parsed = {key: source[start:end] for key, start, end in reversed(lines)}
    return parsed, fenced.end(), [_piece(source, start, end) for key, start, end in lines if key in _SHOWN]


def _value(source: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the value of a line stands, without the marks around it."""
    start, end = match.span(2)
    end -= len(match[2]) - len(match[2].rstrip("\r"))
    if end - start >= 2 and source[start] in "\"'" and source[end - 1] == source[start]:
        return start + 1, end - 1
    return start, end


def _piece(source: str, start: int, end: int) -> Piece:
    placing = Placing()
    placing.add(source[start:end], start)
    return Piece(Kind.FRONT, placing.placed())


def _parsed(text: str, *, is_yaml: bool) -> dict[str, str] | None:
    """The entries by their keys in lower case; ``None`` if the text is not what its fence says."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        found: Any = yaml.load(plain, _LOADER) if is_yaml else tomllib.loads(plain)  # noqa: S506  a safe loader
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    if not isinstance(found, Mapping):
        return {} if found is None else None
    told = {str(key).lower(): _told(value) for key, value in found.items()}
    return {key: value for key, value in told.items() if value}


def _told(value: Any) -> str:
    """A plain value, or a list of them, as text."""
    if isinstance(value, list):
        return "; ".join(filter(None, (_told(one) for one in value if not isinstance(one, list))))
    return "" if value is None or isinstance(value, Mapping) else " ".join(str(value).split())
