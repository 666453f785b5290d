"""Fees that stand in sentences: ``a late cancellation fee of $50``, ``$15 travel surcharge``."""

from __future__ import annotations

import re

from pipelines.readers.website.units import Unit
from pipelines.wordlists import says

_WORDS = r"(?:[^\W\d_]+[\s-]){0,2}"
_KINDS = r"(?:fee|surcharge|deposit|charge)"
_BEFORE = re.compile(rf"\b({_WORDS}{_KINDS})\b(?:\s(?:of|is)\b|\s?[:–-])?(?:\sonly)?\s{{0,2}}$", re.IGNORECASE)
_BEHIND = re.compile(rf"\s({_WORDS}{_KINDS})\b", re.IGNORECASE)
_SMALL = re.compile(r"^(?:(?:a|an|the|our|and|or|be|is|no|non|additional|otherwise|pay|charged?)\s)+", re.IGNORECASE)
_NEAR = 40


def fee_in(unit: Unit, text: str) -> str:
    """The name of the fee that an amount in a sentence is, empty if it is none.

    >>> from pipelines.readers.website.outline import Line
    >>> from pipelines.readers.website.rows import read_row
    >>> lines = ("We have to ask for a cancellation fee of $40 then.", "A $25 parking surcharge applies.", "Pay $60.")
    >>> [fee_in(read_row(Line(text, 0, "p"), 0).units[0], text) for text in lines]
    ['cancellation fee', 'parking surcharge', '']
    """
    start, end = unit.money.start, unit.money.end
    found = _BEFORE.search(text, max(0, start - _NEAR), start) or _BEHIND.match(text, end, end + _NEAR)
    name = _SMALL.sub("", found.group(1)) if found else ""
    return name if says("category", "fee", name) else ""
