"""The treatments that a text of a guide names."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.modality import Mention, mentions

#: Letters of a currency beside its sign; *at C$90* is no *AT*.
_CURRENCY = re.compile(r"\b(?:c|ca|can|cad|cdn|us|usd)(?=\$)", re.IGNORECASE)

#: What is only compared with: *more than a Swedish massage*; but *more than 40 clinics* are no comparison.
_COMPARED = re.compile(
    r"\b(?:than(?!\s+(?:\d|half|a dozen|one|two|three))|compared (?:to|with)|unlike|similar(?:ly)? to"
    r"|as (?:much|little) as|relative to|versus)\b[^,;:.$(]{0,60}",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def without_comparisons(text: str) -> str:
    """A text without what it only compares with.

    >>> without_comparisons("Unlike in Calgary, an hour costs more than NMT does: $90")
    ' , an hour costs more  : $90'
    """
    return _COMPARED.sub(" ", text)


def treatments(text: str) -> tuple[Mention, ...]:
    """The modalities and other treatments that a text names.

    >>> [mention.modality.id for mention in treatments("NMT at C$90")]
    ['neuromuscular_therapy']
    """
    return mentions(_CURRENCY.sub("", text) if "$" in text else text)
