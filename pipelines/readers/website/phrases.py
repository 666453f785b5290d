"""Names without what is no name: leaders, separators, brackets left empty, label words at their ends."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.readers.website.outline import tidy
from pipelines.wordlists import consists_of, phrases

LETTERS = re.compile(r"[^\W\d_]{2,}")
_RIBBON = re.compile(r"^(?:most popular|best ?seller|best value|popular)[\s:!–-]+(?=\w)", re.IGNORECASE)
_LEADING_NOISE = re.compile(r"[\W_]+")
_TRAILING_NOISE = re.compile(r"[^\w)!?%'’\"”]+$")
_CLOSING = frozenset(")!?%'’\"”")
_TRAILING = phrases("name_ends", "trailing")
_LEADING_FILLER = re.compile(rf"(?:(?:{'|'.join(phrases('name_ends', 'leading'))})\b[\s:–—-]*)+", re.IGNORECASE)
_TRAILING_FILLER = re.compile(rf"(?:[\s:–—~|(-]*\b(?:{'|'.join(_TRAILING)})\b)+$", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"\((?:[\W_]{0,9}(?:or|and|to)\b){0,3}[\W_]{0,40}\)|\[[\W_]{0,40}\]")


def has_words(text: str) -> bool:
    """Whether there are letters enough for a name.

    >>> has_words("– $"), has_words("NMT")
    (False, True)
    """
    return LETTERS.search(text) is not None


def is_label(text: str) -> bool:
    """Whether a line only says what stands next to it (*Price:*, *Duration*, *Our rates*)."""
    return len(text) < 28 and consists_of(text, "label")


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """A name without leaders, separators, brackets left empty and label words at its ends.

    >>> clean_name("Swedish Massage ........ "), clean_name("– Duration: "), clean_name("Cupping (   )")
    ('Swedish Massage', '', 'Cupping')
    """
    text = phrase(text)
    return "" if is_label(text) or not has_words(text) else text


def phrase(text: str) -> str:
    """Words without leaders, separators and label words at their ends, even if they name nothing.

    >>> phrase("1/2 Hour Session ..... from "), phrase("(two areas)")
    ('1/2 Hour Session', 'two areas')
    """
    if "(" in text or "[" in text:
        text = _EMPTY_BRACKETS.sub(" ", text)
    text = _RIBBON.sub("", tidy(text))
    for _ in range(3):
        stripped = _without_filler(_without_noise(text)).strip()
        if stripped == text:
            break
        text = stripped
    if text.count("(") > text.count(")"):
        closes = text[text.rfind("(") :].count(" ") < 6 and not text.endswith("(")
        text = f"{text})" if closes else text.replace("(", "")
    elif text.count(")") > text.count("("):
        text = text.replace(")", "", text.count(")") - text.count("("))
    return text


def _without_noise(text: str) -> str:
    """A text without the marks at its ends that belong to no word."""
    if text and not text[0].isalnum() and (leading := _LEADING_NOISE.match(text)):
        text = text[leading.end() :]
    if text and not text[-1].isalnum() and text[-1] not in _CLOSING:
        text = _TRAILING_NOISE.sub("", text)
    return text


def _without_filler(text: str) -> str:
    """A text without label words at its ends; the costly search is made only where its last word is one."""
    if leading := _LEADING_FILLER.match(text):
        text = text[leading.end() :]
    return _TRAILING_FILLER.sub("", text) if text.lower().endswith(_TRAILING) else text
