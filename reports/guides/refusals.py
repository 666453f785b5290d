"""Money that is no price of a session: wages, insurance, tips, fees, savings, products, markets, another's words."""

from __future__ import annotations

import re

from reports.guides.listing import bundles
from reports.guides.naming import treatments, without_comparisons
from reports.guides.price import Price, lengths
from reports.guides.words import first_meaning, pattern

_LEAST, _MOST = 1_000, 60_000
_LEAST_MINUTE, _MOST_MINUTE = 50, 600
_QUOTED = re.compile(r"[“\"](?=\S)([^“”\"]{1,600})[”\"]")
_QUOTE_WORDS = 4
#: A price that describes an example: *tips on a $100 massage*.
_ADJECTIVAL = re.compile(r"\ban? \$\d[\d.,]*[ -](?:massage|session|treatment|bill|appointment)\b", re.IGNORECASE)
#: Words that say what a price holds, not what it is the price of: *tip included*, *without insurance*.
_TOTAL = re.compile(
    r"\b(?:includ\w+|excluding|before|without|plus|not counting)\s+(?:\w+\s)?(?:tips?|gratuit\w*|insurance|coverage)\b"
    r"|\b(?:tips?|gratuit\w*) (?:included|extra|not included)\b",
    re.IGNORECASE,
)


_REASONS = {
    "audience": "a price for some clients only",
    "one_clinic": "it speaks of one clinic",
    "part_of_market": "it speaks of a part of the market",
    "past": "it speaks of another time",
    "hypothetical": "an example, not a statement",
    "contrast": "it contrasts two points",
}


def without_quotes(text: str) -> str:
    """The text with what others say in it blanked out: four words or more between quotation marks.

    >>> without_quotes('“I paid $95 for it”, says Ann. A “deep” hour costs $90.')
    '                   , says Ann. A “deep” hour costs $90.'
    """
    return _QUOTED.sub(lambda m: m.group() if len(m[1].split()) < _QUOTE_WORDS else " " * len(m.group()), text)


def refusal(sentence: str, clause: str, price: Price, context: str = "") -> str | None:
    """Why a price in a sentence is no claim; ``None`` if it is one. ``context`` is what stands above it."""
    if not _plausible(price):
        return "no usual price of a session"
    told = _TOTAL.sub("", clause)
    kind = first_meaning("no_price", told)
    if kind:
        return kind
    if _other_treatment(clause) or bundles(clause):
        return "other treatment"
    elsewhere = first_meaning("no_price", _TOTAL.sub("", sentence))
    strong = bool(lengths(clause) or pattern("evidence", "session").search(clause) or treatments(clause))
    if elsewhere and (not strong or _ADJECTIVAL.search(sentence, max(0, price.start - 3))):
        return elsewhere
    if strong or first_meaning("evidence", sentence) or lengths(sentence):
        return None
    return (
        None
        if pattern("evidence", "session").search(context) or lengths(context)
        else "nothing says that it is a price"
    )


def _plausible(price: Price) -> bool:
    least, most = (_LEAST_MINUTE, _MOST_MINUTE) if price.per_minute else (_LEAST, _MOST)
    return all(least <= number.cents <= most for number in price.numbers)


def _other_treatment(clause: str) -> bool:
    kinds = {mention.modality.kind for mention in treatments(clause)}
    return "other_treatment" in kinds and not kinds & {"modality", "technique"}


def barred_by(part: str, clause: str, price: Price) -> str | None:
    """Why a price cannot be compared with what clinics ask any adult now; ``part`` and ``clause`` are about it."""
    if price.per_minute:
        return "a price by the minute"
    part, clause = without_comparisons(part), without_comparisons(clause)
    kind = first_meaning("barred", part) or first_meaning("barred", clause)
    if kind == "audience" and pattern("regular", "words").search(part):
        kind = None
    if kind:
        return _REASONS[kind]
    return "an open end or an extreme, no typical range" if price.extreme else None
