"""Text as it is compared: without case, accents, punctuation and spelling habits that carry no meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_NO_MARKS = str.maketrans("", "", ".'’`")
_SPELLINGS = {"fiber": "fibre", "centre": "center", "st": "saint", "mt": "mount"}


def plain(text: str) -> str:
    """Lower case without accents.

    >>> plain("Détente – Énergie"), plain("Fußmassage")
    ('detente – energie', 'fussmassage')
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace("ß", "ss")


def singular(word: str) -> str:
    """A word without a plural s; never anything shorter than three letters.

    >>> [singular(w) for w in ("stones", "massages", "gas", "access", "therapies")]
    ['stone', 'massage', 'gas', 'access', 'therapy']
    """
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order.

    >>> words("Cross-Fiber Friction & Hot Stones")
    ('cross', 'fibre', 'friction', 'hot', 'stone')
    >>> words("St. Albert") == words("Saint Albert")
    True
    """
    return tuple([fold_word(word) for word in _WORD.findall(plain(text).translate(_NO_MARKS))])


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """One lower-case word as it is compared.

    >>> fold_word("fibers"), fold_word("centre")
    ('fibre', 'center')
    """
    word = singular(word)
    return _SPELLINGS.get(word, word)


def fold(text: str) -> str:
    """The folded words joined with single spaces: the key under which names are looked up."""
    return " ".join(words(text))


def in_small_letters(text: str) -> str:
    """A text in lower case; as it is, if a letter with a longer small form would shift every place behind it."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text
