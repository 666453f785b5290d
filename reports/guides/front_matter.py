"""The front matter of an article: the plain ``key: value`` lines at its top, in YAML's or TOML's fence."""

from __future__ import annotations

import re

from reports.guides.placed import Placing
from reports.guides.records import Kind, Piece

_FENCED = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n?|\n)(.*?)(?:\r\n?|\n)\1[ \t]*(?:\r\n?|\n|$)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_][\w-]{0,40})[ \t]*[:=][ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
#: Entries that readers see, in search results at the latest.
_SHOWN = frozenset({"title", "description", "summary", "excerpt", "subtitle", "seo_description", "meta_description"})


def front_matter(source: str) -> tuple[dict[str, str], int, list[Piece]]:
    """The entries, the offset where the body begins, and the entries that are prose as pieces.

    >>> entries, body, _ = front_matter('---\\ntitle: "NMT"\\nregion: Calgary\\n---\\nText')
    >>> entries, body
    ({'title': 'NMT', 'region': 'Calgary'}, 37)
    """
    fenced = _FENCED.match(source)
    if not fenced:
        return {}, 0, []
    entries: dict[str, str] = {}
    shown: list[Piece] = []
    for match in _ENTRY.finditer(source, fenced.start(2), fenced.end(2)):
        key, start, end = match[1].lower(), match.start(2), match.end(2)
        end -= len(source[start:end]) - len(source[start:end].rstrip("\r"))
        if end - start >= 2 and source[start] in "\"'" and source[end - 1] == source[start]:
            start, end = start + 1, end - 1
        entries.setdefault(key, source[start:end])
        if key in _SHOWN:
            placing = Placing()
            placing.add(source[start:end], start)
            shown.append(Piece(Kind.FRONT, placing.placed()))
    return entries, fenced.end(), shown
