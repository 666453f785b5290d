"""Amounts of money as people write them: ``$85``, ``85,- €``, ``from CA$80 to $105``.

Lengths are read first and taken out of the text (``durations.without``), then money is read from what is left:
``60 min - $110`` must not yield a price of 60. All expressions here are linear: no nested repetition, every
repetition bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.folding import in_small_letters


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in cents with its place in the text. ``most`` is the high end of a printed range."""

    cents: int
    start: int
    end: int
    most: int | None = None
    currency: str | None = None
    is_from: bool = False
    is_extra: bool = False
    """Whether a plus sign stands before it, as for an add-on."""
    bare: bool = False
    """Whether no currency sign stands beside it."""


_SIGNS = {
    "$": None, "dollars": None, "ca$": "CAD", "c$": "CAD", "cad": "CAD", "cdn": "CAD", "us$": "USD", "usd": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "r$": "BRL", "a$": "AUD",
    "aud": "AUD", "nzd": "NZD", "php": "PHP", "₱": "PHP", "₹": "INR", "chf": "CHF", "fr.": "CHF", "kr": "SEK",
    "฿": "THB", "zł": "PLN", "kč": "CZK", "грн": "UAH", "₴": "UAH", "₽": "RUB", "руб": "RUB",
}  # fmt: skip
_AMOUNT = r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d{2})?|\d{1,5}(?:\.\d{1,2}(?!\d)|,\d{2}(?!\d))?(?:[.,][-–](?!\s?[\d$]))?"
#: Behind a sign a space parts no thousands: ``$155 120 min``.
_SIGNED = _AMOUNT.replace(r"[,\s]", ",")
_SIGN = r"ca\$|us\$|cad|usd|aud|nzd|php|c\$|r\$|a\$|chf|fr\.|[$€£฿₴₽₱₹]"
_AFTER = (
    r"\$|(?:canadian|us|american)\s(?=dollars)dollars|€|£|cad\b|cdn\b|usd\b|dollars\b|euros?\b|eur\b|gbp\b|chf\b|fr\."
    r"|kr\b|zł\b|kč\b|грн\b|руб\b|₴|₽"
)
#: One amount with its sign before or behind it; matched where an amount can begin, in lower case.
_MONEY = re.compile(
    rf"""
      (?:(?P<sign>{_SIGN})\s{{0,2}}(?P<signed>{_SIGNED})(?P<open>\+)?(?:\s?(?:cad|usd|cdn)\b)?
      (?:\s?(?:-|–|—|to)\s?(?:(?:{_SIGN})\s?)?(?P<most>\d{{2,4}}(?:\.\d{{2}})?)(?![\d/:]|\s?(?:min|hour|hr)))?)
    | (?P<followed>{_AMOUNT})(?:\s?(?:-|–)\s?(?P<most2>{_AMOUNT}))?\s?(?P<after>{_AFTER})(?!\d)(?P<open2>\+)?
    | (?P<dashed>\d{{1,4}})[.,][-–](?!\s?\d)
    """,
    re.VERBOSE,
)
_AN_AMOUNT = re.compile(r"[$€£฿₴₽₱₹]|\b(?:ca\$|us\$|cad|usd|aud|nzd|php|c\$|r\$|a\$|chf|fr\.)|\d+")
_MONEY_HINT = re.compile(r"[$€£฿₴₽₱₹]|aud|nzd|php|[.,][-–]|fr\.|cad|usd|chf|cdn|doll|eur|gbp|kr\b|zł|kč|грн|руб")
_NO_AMOUNT_BEHIND = frozenset("0123456789.,$€£/")
_FROM = re.compile(
    r"(?:\bfrom|\bstart(?:s|ing)?(?:\s+(?:at|from|price))?|\bab|\bas low as|\bà partir de|\bdès|\bvanaf|\bdesde)"
    r"[\s:]{1,3}(?:only\s)?$"
)
_PLUS = re.compile(r"\+\s?$")


def moneys(text: str) -> list[Money]:
    """Amounts of money that a text states with a currency sign or word, in order.

    >>> [(m.cents, m.most) for m in moneys("$85.00, 100$, $1,250 and $80-$105")]
    [(8500, None), (10000, None), (125000, None), (8000, 10500)]
    >>> [m.cents for m in moneys("60 $90")]
    [9000]
    >>> [(m.cents, m.is_from, m.is_extra) for m in moneys("from $95; $100+; +$15")]
    [(9500, True, False), (10000, True, False), (1500, False, True)]
    """
    return list(_moneys(text))


@lru_cache(maxsize=8192)
def _moneys(text: str) -> tuple[Money, ...]:
    lowered = in_small_letters(text)
    if not _MONEY_HINT.search(lowered):
        return ()
    found: list[Money] = []
    end = 0
    for begin in _AN_AMOUNT.finditer(lowered):
        start = begin.start()
        if start < end or (begin.group().isdecimal() and start and lowered[start - 1] in _NO_AMOUNT_BEHIND):
            continue
        match = _MONEY.match(lowered, start)
        if match:
            end = match.end()
            found.append(_money(match, lowered))
    return tuple(found)


def _money(match: re.Match[str], text: str) -> Money:
    group = match.group
    most = group("most") or group("most2")
    cents = to_cents(group("signed") or group("followed") or group("dashed"))
    highest = to_cents(most) if most else 0
    start = match.start()
    plus = _PLUS.search(text, max(0, start - 2), start)
    return Money(
        cents=cents,
        start=plus.start() if plus else start,
        end=match.end(),
        most=highest if highest > cents else None,
        currency=_SIGNS.get(group("sign") or group("after") or ""),
        is_from=bool(group("open") or group("open2") or _FROM.search(text, max(0, start - 24), start)),
        is_extra=plus is not None,
    )


def to_cents(amount: str) -> int:
    """Cents of an amount written with either decimal mark and with or without thousands marks.

    >>> [to_cents(a) for a in ("85", "85.50", "85,50", "17.5", "1,250", "1,250.00", "42,-", "95.–")]
    [8500, 8550, 8550, 1750, 125000, 125000, 4200, 9500]
    """
    amount = amount.rstrip("-–").rstrip(".,").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    whole, mark, decimals = amount.rpartition("." if "." in amount else ",")
    if not mark or len(decimals) > 2 or (mark == "," and len(decimals) == 1):
        whole, decimals = amount, ""
    return int("".join(filter(str.isdecimal, whole)) or 0) * 100 + int(decimals.ljust(2, "0"))


_BARE = re.compile(r"(?<![\d.,:/$€£#-])\d{2,3}(?:[.,]\d{2})?(?![\d:%/]|[.,]\d|\s?%|\s?[-–—]\s?\d)")


def bare_numbers(text: str) -> list[Money]:
    """Numbers that could be prices printed without a sign; only for places where the page calls for a price.

    >>> [m.cents for m in bare_numbers("95 or 110.50")]
    [9500, 11050]
    """
    return [Money(to_cents(m.group()), m.start(), m.end(), bare=True) for m in _BARE.finditer(text)]
