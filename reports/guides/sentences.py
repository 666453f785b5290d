"""A text in its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.guides.placed import BREAK

_END = re.compile(rf"[.!?…][\"”’)\]]{{0,3}}\s+(?=[\"“‘(\[]{{0,3}}[A-Z0-9$•*])|{BREAK}")
_ABBREVIATED = re.compile(
    r"(?:\b(?:approx|avg|min|mins|hr|hrs|incl|excl|est|e\.g|i\.e|vs|no|st|mt|dr|mr|mrs|ms|ca|etc|u\.s|u\.k)|\b[A-Z])\.$",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends.

    >>> text = "It varies. Expect $85.50 for approx. 60 min. in town. Ask!"
    >>> [text[a:b] for a, b in sentences(text)]
    ['It varies.', 'Expect $85.50 for approx. 60 min. in town.', 'Ask!']
    """
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if text[match.start()] == "." and _ABBREVIATED.search(text, max(start, match.start() - 8), match.start() + 1):
            continue
        if text[start:end].strip():
            yield _trimmed(text, start, end)
        start = end
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
