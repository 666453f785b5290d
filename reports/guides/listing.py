"""Whether a mark joins the members of a list, so that it parts no statements: *in Calgary, Edmonton and Red Deer*."""

from __future__ import annotations

import re

from pipelines.modality import words_outside
from reports.guides.naming import treatments
from reports.guides.place_names import is_region

_WORD = re.compile(r"[^\W_][\w’'.-]*")
_JOINT = re.compile(r"\s*(?:,|and\b|or\b|&)")
_TOGETHER = re.compile(r"\s(?:and|with|plus|&)\s(?:an?\s)?", re.IGNORECASE)
_OPENING = re.compile(r"\s*(?:(?:and|or|in)\s+)*", re.IGNORECASE)
#: What makes the member behind a mark the begin of a statement of its own: *..., Edmonton $90*.
_OWN_PRICE = re.compile(r"\s*(?:[:–—-]|is|are|at|costs?|for|from|about|around)?\s*[$]")
_MOST_WORDS, _NEAR = 4, 60
_OTHER = "other_treatment"


def joins_list(text: str, start: int, end: int) -> bool:
    """Whether the mark between two places stands between two regions or between two modalities.

    >>> text = "in Calgary, Edmonton, while NMT, deep tissue cost"
    >>> [joins_list(text, match.start(), match.end()) for match in re.finditer(", ", text)]
    [True, False, True]
    """
    if not _JOINT.match(text, start, end):
        return False
    opening = _OPENING.match(text, end)
    begin = opening.end() if opening else end
    before = [*_WORD.finditer(text, max(0, start - _NEAR), start)][-_MOST_WORDS:]
    behind = [*_WORD.finditer(text, begin, begin + _NEAR)][:_MOST_WORDS]
    if not before or not behind or text[before[-1].end() : start].strip() or behind[0].start() != begin:
        return False
    lasts = [text[word.start() : start] for word in before]
    firsts = [text[begin : word.end()] for word in behind if not _OWN_PRICE.match(text, word.end())]
    return any(any(map(is_kind, lasts)) and any(map(is_kind, firsts)) for is_kind in (is_region, is_treatment))


def bundles(text: str) -> bool:
    """Whether a text sells a massage together with another treatment.

    >>> bundles("a massage and facial for two"), bundles("a deep tissue and hot stone massage")
    (True, False)
    """
    pairs = ((_kind(text[: m.start()], -1), _kind(text[m.end() :], 1)) for m in _TOGETHER.finditer(text))
    return any(one and other and (one == _OTHER) != (other == _OTHER) for one, other in pairs)


def _kind(text: str, step: int) -> str | None:
    """The kind of the treatment that a text ends (-1) or begins (1) with."""
    words = [*_WORD.finditer(text)][::step][:_MOST_WORDS]
    parts = (text[word.start() :].strip() if step < 0 else text[: word.end()] for word in words)
    found = (treatments(part)[0].modality.kind for part in parts if is_treatment(part))
    return next(found, None)


def is_treatment(text: str) -> bool:
    """Whether a text is the name of a treatment and nothing else."""
    found = treatments(text)
    return len(found) == 1 and not words_outside(text, found)
