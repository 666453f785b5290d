"""A line in pieces: cut where lengths and amounts stand, or where its sentences end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.categories import tells_kind
from pipelines.durations import Duration
from pipelines.moneys import Money
from pipelines.readers.website.outline import SEAM

_DETAIL = re.compile(r"\s{0,2}\([^()]{1,60}\)")
SENTENCE_ENDS = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ])")


def cut(text: str, spans: Sequence[Duration | Money]) -> str:
    """The text with a seam in the place of every duration and amount, and of what a bracket behind one tells of it.

    >>> from pipelines.durations import durations
    >>> cut("60 min (full body) Swedish", durations("60 min"))
    '\u2003 Swedish'
    """
    for start, end in sorted({(span.start, span.end) for span in spans}, reverse=True):
        detail = _DETAIL.match(text, end)
        behind = detail.end() if detail and not tells_kind(detail.group()) else end
        text = text[:start] + SEAM + text[behind:]
    return text


def moved(span: Duration, by: int) -> Duration:
    """A length as it stands in a text that begins so many letters later."""
    return replace(span, start=span.start - by, end=span.end - by)
