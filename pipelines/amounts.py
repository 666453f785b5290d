"""Money and durations as people write them.

Durations are read first and taken out of the text, then money is read from what is left: ``60 min - $110`` must not
yield a price of 60. All expressions here are linear: no nested repetition, every repetition bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Whole minutes that sessions really last; a bare number is taken for minutes only if it is one of these.
SESSION_LENGTHS = frozenset(
    {10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 75, 80, 85, 90, 100, 105, 110, 120, 150, 180}
)
_LONGEST_SESSION = 300


@dataclass(frozen=True, slots=True)
class Duration:
    """A length in minutes with its place in the text. ``least`` is the low end of a printed range."""

    minutes: int
    start: int
    end: int
    least: int | None = None
    per_hour: bool = False
    """Whether it is a rate (``/hr``) rather than a session's stated length."""


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


_DASH = r"\s?(?:-|–|—|to|bis|à|a)\s?"
_HOURS = r"(?:hours?|hrs?|uur|uren|stunden?|std|heures?|horas?|timer|time|h)\b\.?"
_MINUTES = r"(?:minutes?|minutos?|minuten|minuti|minutter|mins?|mn|menit)\b\.?|(?:['′’](?![\w'′’]))"
_FRACTION = {"½": 30, "1/2": 30, "¼": 15, "1/4": 15, "¾": 45, "3/4": 45}
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "an": 1, "a": 1, "une": 1, "un": 1, "una": 1, "een": 1, "eine": 1,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "forty five": 45, "fifty": 50,
    "sixty": 60, "seventy-five": 75, "seventy five": 75, "ninety": 90, "one hundred twenty": 120,
}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_FRACTIONS = "½|¼|¾|1/2|1/4|3/4"

_DURATION = re.compile(
    rf"""
      (?P<and_half>(?:(?P<half_of>\d|{_WORDS})\s{{1,3}})?{_HOURS}\s{{1,3}}and\s{{1,3}}(?:a\s{{1,3}})?half\b)
    | (?P<w_half>\b(?P<w_whole>one|two|three)\s{{1,3}}and\s{{1,3}}(?:a|one)[\s-]{{1,3}}half[\s-]{{1,3}}{_HOURS})
    | (?P<half>\b(?:a\s)?half[\s-]{{1,3}}(?:an\s{{1,3}})?{_HOURS}
          |(?:demi[\s-]heure|media\s{{1,3}}hora|halbe\s{{1,3}}stunde|half\s?uur)\b)
    | (?P<mixed>(?:(?P<whole>\d{{1,2}})[\s-]{{0,2}}(?:and\s|&\s)?)?(?P<fraction>{_FRACTIONS})[\s-]{{0,3}}{_HOURS})
    | (?P<hm>\b(?P<hm_hours>\d)\s?-?\s?(?:{_HOURS}|h(?=\d))
          (?:\s{{0,3}}(?:,|and|&|et|y|und)?\s{{0,3}})(?P<hm_minutes>[1-5]\d)\s?-?\s?(?:{_MINUTES})?(?![\d$€£%.,]))
    | (?P<clock>\b(?P<clock_hours>[0-3]):(?P<clock_minutes>[0-5]\d)\s?{_HOURS})
    | (?P<hours>(?<![\d.,$€£])(?P<hours_list>\d{{1,2}}(?:[.,]\d{{1,2}})?
          (?:\s?(?:/|,|&|or|and|\||-|–|to)\s?\d{{1,2}}(?:[.,]\d{{1,2}})?){{0,4}})\s?-?\s?{_HOURS})
    | (?P<minutes>(?<![\d.,$€£])(?P<minute_list>\d{{1,3}}
          (?:\s?(?:{_MINUTES})?\s?(?:/|,|&|or|and|\||-|–|—|to|bis|tot|à|y|•|·|\+)\s?\d{{1,3}}(?:\s?\*)?){{0,6}})\+?\s?-?\s?(?:{_MINUTES}))
    | (?P<words>\b(?P<word>{_WORDS})[\s-]{{1,3}}(?P<word_unit>{_HOURS}|{_MINUTES}))
    | (?P<rate>(?:/|\bper|\ban?|\bde\s+l['’])\s{{0,3}}(?:hour|hr|h|heure|uur|stunde|hora)\b)
    | (?P<unit>(?<=\d\s)hour\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")


def durations(text: str) -> list[Duration]:
    """Session lengths that a text states, in order; a list such as ``30/60/90 min`` yields one each.

    >>> [d.minutes for d in durations("30/60/90 min, 1½ hours, 1 hr 15 min or an hour and a half")]
    [30, 60, 90, 90, 75, 90]
    >>> [(d.least, d.minutes) for d in durations("50-60 min")]
    [(50, 60)]
    >>> [[d.minutes for d in durations(text)] for text in ("30 + 15 minutes", "60 + 15 * minutes")]
    [[30], [60]]
    >>> [d.minutes for d in durations("$120/h, 75-minute, half hour, two hours, 37+ weeks")]
    [60, 75, 30, 120]
    """
    found: list[Duration] = []
    for match in _DURATION.finditer(text):
        found += [d for d in _durations_of(match) if 5 <= d.minutes <= _LONGEST_SESSION]
    return found


def _durations_of(match: re.Match[str]) -> list[Duration]:
    group, span = match.group, match.span()
    match match.lastgroup and next(name for name in _DURATION_FORMS if group(name) is not None):
        case "and_half":
            return [Duration(_hours(group("half_of") or "1") + 30, *span)]
        case "w_half":
            return [Duration(_hours(group("w_whole")) + 30, *span)]
        case "half":
            return [Duration(30, *span)]
        case "mixed":
            return [Duration(60 * int(group("whole") or 0) + _FRACTION[group("fraction")], *span)]
        case "hm":
            return [Duration(60 * int(group("hm_hours")) + int(group("hm_minutes")), *span)]
        case "clock":
            return [Duration(60 * int(group("clock_hours")) + int(group("clock_minutes")), *span)]
        case "hours":
            return _listed(group("hours_list"), span, 60)
        case "minutes":
            return _listed(group("minute_list"), span, 1)
        case "words":
            return [
                Duration(_hours(group("word")) if group("word_unit")[0] in "hHuUsS" else _word(group("word")), *span)
            ]
        case _:
            return [Duration(60, *span, per_hour=True)]


_DURATION_FORMS = ("and_half", "w_half", "half", "mixed", "hm", "clock", "hours", "minutes", "words", "rate", "unit")


def _word(word: str) -> int:
    return _NUMBER_WORDS.get(word.lower()) or int(word)


def _hours(word: str) -> int:
    return 60 * _word(word)


def _listed(text: str, span: tuple[int, int], unit: int) -> list[Duration]:
    """The lengths of ``30/60/90``, the range of ``50-60`` (one length), the hands-on part of ``30 + 15``."""
    numbers = [float(n.replace(",", ".")) for n in _NUMBER.findall(text)]
    minutes = [round(n * unit) for n in numbers]
    if "+" in text:
        return [Duration(minutes[0], *span)]
    if len(minutes) == 2 and re.search(r"-|–|—|to|bis|tot|à", text):
        return [Duration(minutes[1], *span, least=minutes[0])] if minutes[0] < minutes[1] else []
    return [Duration(m, *span) for m in minutes]


_SIGNS = {
    "$": None, "dollars": None, "ca$": "CAD", "c$": "CAD", "cad": "CAD", "cdn": "CAD", "us$": "USD", "usd": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "r$": "BRL", "a$": "AUD",
    "aud": "AUD", "chf": "CHF", "kr": "SEK", "฿": "THB",
}  # fmt: skip
_AMOUNT = r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d{2})?|\d{1,5}(?:\.\d{1,2}(?!\d)|,\d{2}(?!\d))?(?:,-)?"
_SIGN = r"ca\$|us\$|cad|usd|c\$|r\$|a\$|chf|[$€£฿]"
_AFTER = r"\$|€|£|cad\b|cdn\b|usd\b|dollars\b|euros?\b|eur\b|gbp\b|chf\b|kr\b"
_MONEY = re.compile(
    rf"""
    (?P<plus>\+\s?)?
    (?:
      (?P<sign>{_SIGN})\s{{0,2}}(?P<signed>{_AMOUNT})(?P<open>\+)?(?:\s?(?:cad|usd|cdn)\b)?
      (?:\s?(?:-|–|—|to)\s?(?:(?:{_SIGN})\s?)?(?P<most>\d{{2,4}}(?:\.\d{{2}})?)(?![\d/:]|\s?(?:min|hour|hr)))?
    | (?<![\d.,$€£/])(?P<followed>{_AMOUNT})(?:\s?(?:-|–)\s?(?P<most2>{_AMOUNT}))?\s?(?P<after>{_AFTER})(?P<open2>\+)?
    | (?<![\d.,$€£/])(?P<dashed>\d{{1,4}}),-
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\bfrom|\bstart(?:s|ing)?(?:\s+(?:at|from|price))?|\bab|\bas low as|\bà partir de|\bdès|\bvanaf|\bdesde)"
    r"[\s:]{1,3}(?:only\s)?$",
    re.IGNORECASE,
)


def moneys(text: str) -> list[Money]:
    """Amounts of money that a text states with a currency sign or word, in order.

    >>> [(m.cents, m.most) for m in moneys("$85.00, 100$, $1,250 and $80-$105")]
    [(8500, None), (10000, None), (125000, None), (8000, 10500)]
    >>> [(m.cents, m.is_from, m.is_extra) for m in moneys("from $95; $100+; +$15")]
    [(9500, True, False), (10000, True, False), (1500, False, True)]
    """
    return [_money(match, text) for match in _MONEY.finditer(text)]


def _money(match: re.Match[str], text: str) -> Money:
    group = match.group
    sign = (group("sign") or group("after") or "").lower()
    most = group("most") or group("most2")
    cents = to_cents(group("signed") or group("followed") or group("dashed"))
    highest = to_cents(most) if most else None
    return Money(
        cents=cents,
        start=match.start(),
        end=match.end(),
        most=highest if highest and highest > cents else None,
        currency=_SIGNS.get(sign),
        is_from=bool(group("open") or group("open2") or _FROM.search(text, max(0, match.start() - 24), match.start())),
        is_extra=bool(group("plus")),
    )


def to_cents(amount: str) -> int:
    """Cents of an amount written with either decimal mark and with or without thousands marks.

    >>> [to_cents(a) for a in ("85", "85.50", "85,50", "17.5", "1,250", "1,250.00", "42,-")]
    [8500, 8550, 8550, 1750, 125000, 125000, 4200]
    """
    amount = amount.removesuffix(",-").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    whole, mark, decimals = amount.rpartition("." if "." in amount else ",")
    if not mark or len(decimals) > 2 or (mark == "," and len(decimals) == 1):
        whole, decimals = amount, ""
    return int(re.sub(r"\D", "", whole) or 0) * 100 + int(decimals.ljust(2, "0"))


_BARE = re.compile(r"(?<![\d.,:/$€£#-])\d{2,3}(?:[.,]\d{2})?(?![\d:%/]|[.,]\d|\s?%)")


def bare_numbers(text: str) -> list[Money]:
    """Numbers that could be prices printed without a sign; only for places where the page calls for a price.

    >>> [m.cents for m in bare_numbers("95 or 110.50")]
    [9500, 11050]
    """
    return [Money(to_cents(m.group()), m.start(), m.end(), bare=True) for m in _BARE.finditer(text)]


def without(text: str, spans: list[Duration]) -> str:
    """The text with the given durations blanked out, every other character in its place.

    >>> without("60 min $90", durations("60 min $90"))
    '       $90'
    """
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
