"""What words say of tax, of massage, and of for whom a price is."""

from __future__ import annotations

from functools import lru_cache

from pipelines.records import Audience, TaxWords
from pipelines.wordlists import meanings, occurs, pattern, phrases


def speaks_of_tax(text: str) -> bool:
    """Whether a text holds any of the letters without which nothing is said of tax: a cheap look at a whole page."""
    lowered = text.lower()
    return any(letters in lowered for letters in phrases("tax", "letters"))


@lru_cache(maxsize=4096)
def tax_words(text: str) -> TaxWords | None:
    """What a text says of GST.

    >>> tax_words("$90 + GST"), tax_words("All prices include GST"), tax_words("$90")
    (<TaxWords.PLUS_GST: 'plus_gst'>, <TaxWords.GST_INCLUDED: 'gst_included'>, None)
    """
    if not speaks_of_tax(text):
        return None
    if pattern("tax", "plus").search(text):
        return TaxWords.PLUS_GST
    return TaxWords.GST_INCLUDED if pattern("tax", "included").search(text) else None


def names_audience(text: str) -> bool:
    """Whether a short text, such as a column's head, says for whom a price is.

    >>> names_audience("Regular"), names_audience("Student rate"), names_audience("Deep tissue")
    (True, True, False)
    """
    return any(words.search(text) for _, words in meanings("audience"))


@lru_cache(maxsize=4096)
def audience(*texts: str) -> Audience:
    """The audience that the nearest text naming one names; regular when none does.

    >>> audience("60 min", "New Client Specials")
    <Audience.FIRST_VISIT: 'first_visit'>
    """
    return next((kind for text in texts if text and (kind := _audience_of(text))), Audience.REGULAR)


@lru_cache(maxsize=1024)
def _audience_of(text: str) -> Audience | None:
    return next((Audience(kind) for kind, words in meanings("audience") if words.search(text)), None)


def is_clinical(text: str) -> bool:
    """Whether a page's words show that its massage is massage therapy."""
    return occurs("prose", "clinical", text)


def names_massage(text: str) -> bool:
    """Whether a page speaks of massage or bodywork at all."""
    return occurs("prose", "massage", text)
