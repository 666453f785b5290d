"""The one door to the HTML parser, for bytes that strangers wrote."""

from __future__ import annotations

import re
from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser

#: Pages with fewer tags cannot nest so deep that parsing them takes long.
_FEW_TAGS = 10_000
#: Browsers flatten what is nested deeper than 512; the parser's time grows with the square of the depth.
_DEEPEST = 3_000
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
#: Elements that hold nothing, or that the next one of their kind closes.
_NEVER_DEEP = frozenset(
    b"area base br col embed hr img input link meta param source track wbr html head body p li dt dd tr td th thead "
    b"tbody tfoot colgroup caption option optgroup rp rt".split()
)


class NestedTooDeep(ValueError):
    """A page whose elements nest deeper than any page for people."""

    def __init__(self) -> None:
        super().__init__("nested deeper than any page for people")


def parse_html(body: bytes) -> LexborHTMLParser:
    """The parsed page; :class:`NestedTooDeep` if parsing it would take longer than a page may.

    >>> parse_html(b"<p>Rates").css_first("p").text()
    'Rates'
    """
    if body.count(b"<") > _FEW_TAGS and _depth(body) > _DEEPEST:
        raise NestedTooDeep
    return LexborHTMLParser(body)


def _depth(body: bytes) -> int:
    """At least how many elements are open at once, counted without a parser: a closing tag closes one of its name."""
    opened: dict[bytes, int] = defaultdict(int)
    depth = deepest = 0
    for closes, name in _TAG.findall(body):
        name = name.lower()
        if name in _NEVER_DEEP:
            continue
        if not closes:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return deepest
