"""Lengths as people write them: ``60 min``, ``30/60/90 minutes``, ``an hour and a half``.

All expressions here are linear: no nested repetition, every repetition bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipelines.folding import in_small_letters

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
    inferred: bool = False
    """Whether a bare number was taken for minutes."""


_HOURS = r"(?:hours?|hrs?|uur|uren|stunden?|std|heures?|horas?|timer|time|h|u(?!\.?s))\b\.?"
_MISSPELT = r"minuets?|mintues?|minuts"
_MINUTES = (
    rf"(?:minut(?:es?|os?|en|i|ter|[ay])?|mins?|mn|menit|хв(?:илин)?|мин(?:ут)?|{_MISSPELT})\b\.?"
    r"|(?:['′’](?![\w'′’]))"
)
_FRACTION = {"½": 30, "1/2": 30, "¼": 15, "1/4": 15, "¾": 45, "3/4": 45}
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "an": 1, "a": 1, "i": 1, "l": 1,
    "full": 1, "une": 1, "un": 1, "una": 1, "een": 1, "eine": 1,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "forty five": 45, "fifty": 50,
    "sixty": 60, "seventy-five": 75, "seventy five": 75, "ninety": 90, "one hundred twenty": 120,
}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_FRACTIONS = "½|¼|¾|1/2|1/4|3/4"
_AND_HALF = rf"{_HOURS}\s{{1,3}}and\s{{1,3}}(?:a\s{{1,3}})?half\b"

#: Lengths that open with a digit or a fraction; matched where a number begins, in lower case.
_IN_FIGURES = re.compile(
    rf"""
      (?P<and_half>(?P<half_of>\d)\s{{1,3}}{_AND_HALF})
    | (?P<mixed>(?:(?P<whole>\d{{1,2}})[\s-]{{0,2}}(?:and\s|&\s)?)?(?P<fraction>{_FRACTIONS})[\s-]{{0,3}}{_HOURS})
    | (?P<hm>(?P<hm_hours>\d)\s?-?\s?(?:{_HOURS}|[hu](?=\d))
          (?:\s{{0,3}}(?:,|and|&|et|y|und)?\s{{0,3}})(?P<hm_minutes>[1-5]\d)\s?-?\s?(?:{_MINUTES})?(?![\d$€£%]|[.,]\d))
    | (?P<clock>(?P<clock_hours>[0-3]):(?P<clock_minutes>[0-5]\d)\s?{_HOURS})
    | (?P<hours>(?P<hours_list>\d{{1,2}}(?:[.,]\d{{1,2}})?
          (?:\s?(?:/|,|&|or|and|\||-|–|to)\s?\d{{1,2}}(?:[.,]\d{{1,2}})?){{0,4}})\s?-?\s?{_HOURS})
    | (?P<short>(?P<short_list>\d{{2,3}}(?:/\d{{2,3}}){{0,4}})m(?!\s?(?:from|away|to|of|walk|wide|long)\b)\b)
    | (?P<minutes>(?P<minute_list>\d{{1,3}}
          (?:(?:\s?(?:{_MINUTES})?\s?(?:/|,|&|or|and|\||-|–|—|to|bis|tot|à|y|•|·)\s?
               |\s?(?:{_MINUTES})?(?:\+|\s\+\s))
             \d{{1,3}}(?:\s?\*)?){{0,6}})
          \+?\s?-?\s?(?:{_MINUTES}))
    """,
    re.VERBOSE,
)
#: Lengths that open with a word, and rates; searched for in lower case, only where one of the hints occurs.
_IN_WORDS = re.compile(
    rf"""
    (?:(?<!\w)|(?=/))
    (?: (?P<and_half>(?:(?P<half_of>{_WORDS})\s{{1,3}})?{_AND_HALF})
      | (?P<w_half>(?P<w_whole>one|two|three)\s{{1,3}}and\s{{1,3}}(?:a|one)[\s-]{{1,3}}half[\s-]{{1,3}}{_HOURS})
      | (?P<half>(?:a\s)?half[\s-]{{1,3}}(?:an\s{{1,3}})?{_HOURS}
            |(?:demi[\s-]heure|media\s{{1,3}}hora|halbe\s{{1,3}}stunde|half\s?uur)\b)
      | (?P<words>(?P<word>{_WORDS})[\s-]{{1,3}}(?P<word_unit>{_HOURS}|{_MINUTES}))
      | (?P<rate>(?:/|per|an?|de\s+l['’])\s{{0,3}}(?:started\s|begonnen\s|angefangener?\s)?
            (?:hour|hr|h|heure|uur|stunde|hora)\b)
      | (?P<unit>(?<=\d\s)hour\b)
      | (?P<lone>(?:(?<=[;,:|•]\s)|^)hour\b(?!\s?(?:and|of|before|notice)))
    )
    """,
    re.VERBOSE,
)
_WORD_HINT = re.compile(
    r"hour|half|h(?:r|eure|ora)|/\s?h|per\sh|stund|u(?:ur|ren)|t(?:een|wenty|hirty)|f(?:orty|ifty)|sixty|ninety"
)
_A_NUMBER = re.compile(r"[\d½¼¾]+")
_NO_LENGTH_BEHIND = frozenset("0123456789.,$€£")
#: A sign set apart from its amount, ``$ 85``, that is not the one behind another: ``80 € 90 min``.
_SIGN_BEFORE = re.compile(r"(?:^|[^\d\s])\s{0,3}(?:\b(?:cad|usd|chf|eur|gbp|fr\.)|[$€£])\s{1,2}$")
_RANGE = re.compile(r"[-–—à]|to|bis|tot")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")


def durations(text: str) -> list[Duration]:
    """Session lengths that a text states, in order; a list such as ``30/60/90 min`` yields one each.

    >>> [d.minutes for d in durations("1h15, 1u30 or 2 u")]
    [75, 90, 120]
    >>> [d.minutes for d in durations("30/60/90 min, 1½ hours, 1 hr 15 min or an hour and a half")]
    [30, 60, 90, 90, 75, 90]
    >>> [(d.least, d.minutes) for d in durations("50-60 min")]
    [(50, 60)]
    >>> [[d.minutes for d in durations(text)] for text in ("30 + 15 minutes", "60 + 15 * minutes", "65+ 45 minutes")]
    [[30], [60], [45]]
    >>> [d.minutes for d in durations("$120/h, 75-minute, half hour, two hours, 37+ weeks")]
    [60, 75, 30, 120]
    >>> [d.minutes for d in durations("$ 85 /60 min, 80 $ 90 min, CHF 120 / 45 min")]
    [60, 90, 45]
    >>> [d.minutes for d in durations("Half hour $45; hour $80; hour and a half $115")]
    [30, 60, 90]
    """
    return list(_durations(text))


@lru_cache(maxsize=8192)
def _durations(text: str) -> tuple[Duration, ...]:
    lowered = in_small_letters(text)
    found: _Found = [(match.span(), _length_in_figures(match)) for match in _figures(lowered)]
    if _WORD_HINT.search(lowered):
        found = _merged(found, [(m.span(), (_length_in_words(m),)) for m in _IN_WORDS.finditer(lowered)])
    return tuple(length for _, lengths in found for length in lengths if 5 <= length.minutes <= _LONGEST_SESSION)


def _figures(text: str) -> Iterator[re.Match[str]]:
    """Lengths in figures, each where a number begins that no sign of money stands before."""
    end = 0
    for number in _A_NUMBER.finditer(text):
        start = number.start()
        if (
            start >= end
            and not (start and text[start - 1] in _NO_LENGTH_BEHIND)
            and not _SIGN_BEFORE.search(text, max(0, start - 9), start)
        ):
            found = _IN_FIGURES.match(text, start)
            if found:
                end = found.end()
                yield found


_Found = list[tuple[tuple[int, int], tuple[Duration, ...]]]


def _merged(figures: _Found, worded: _Found) -> _Found:
    """Both kinds in the order of the text; of two that overlap the one that begins first."""
    kept: _Found = []
    for one in sorted(figures + worded, key=lambda found: found[0]):
        if not kept or one[0][0] >= kept[-1][0][1]:
            kept.append(one)
    return kept


def _length_in_figures(match: re.Match[str]) -> tuple[Duration, ...]:
    group, span = match.group, match.span()
    if group("minutes"):
        return _listed(group("minute_list"), span, 1)
    if group("short"):
        return _listed(group("short_list"), span, 1)
    if group("hours"):
        return _listed(group("hours_list"), span, 60)
    if group("hm"):
        return (Duration(60 * int(group("hm_hours")) + int(group("hm_minutes")), *span),)
    if group("mixed"):
        return (Duration(60 * int(group("whole") or 0) + _FRACTION[group("fraction")], *span),)
    if group("clock"):
        return (Duration(60 * int(group("clock_hours")) + int(group("clock_minutes")), *span),)
    return (Duration(60 * int(group("half_of")) + 30, *span),)


def _length_in_words(match: re.Match[str]) -> Duration:
    group, span = match.group, match.span()
    if group("words"):
        unit = 60 if group("word_unit")[0] in "hus" else 1
        return Duration(unit * _NUMBER_WORDS[group("word")], *span)
    if group("and_half") or group("w_half"):
        return Duration(60 * _NUMBER_WORDS[group("half_of") or group("w_whole") or "one"] + 30, *span)
    if group("half"):
        return Duration(30, *span)
    return Duration(60, *span, per_hour=group("lone") is None)


def _listed(text: str, span: tuple[int, int], unit: int) -> tuple[Duration, ...]:
    """The lengths of ``30/60/90``, the range of ``50-60`` (one length), the hands-on part of ``30 + 15``."""
    numbers = [float(n.replace(",", ".")) for n in _NUMBER.findall(text)]
    minutes = [round(n * unit) for n in numbers]
    if "+" in text:
        return (Duration(minutes[0], *span),)
    if len(minutes) == 2 and _RANGE.search(text):
        return (Duration(minutes[1], *span, least=minutes[0]),) if minutes[0] < minutes[1] else ()
    return tuple(Duration(m, *span) for m in minutes)


_BARE_LENGTH = re.compile(r"\d{2,3}")
_BARE_LENGTHS = re.compile(r"\d{2,3}(?:\s?[|/·,\u2003]\s?\d{2,3}){1,5}")


def bare_length(text: str) -> Duration | None:
    """The length of a text that is nothing but its number, if sessions last so long.

    Only short numbers are looked at: ``int`` refuses those of thousands of digits, and marks such as ``²``.

    >>> [length and length.minutes for length in map(bare_length, ("90", "2024", "42", "²"))]
    [90, None, None, None]
    """
    minutes = int(text) if _BARE_LENGTH.fullmatch(text) else 0
    return Duration(minutes, 0, len(text), inferred=True) if minutes in SESSION_LENGTHS else None


def bare_lengths(text: str) -> list[Duration]:
    """The lengths of a line that is nothing but lengths without their unit.

    >>> [[length.minutes for length in bare_lengths(text)] for text in ("60 | 90 | 120", "2024 / 25", "10 - 6")]
    [[60, 90, 120], [], []]
    """
    if not _BARE_LENGTHS.fullmatch(text):
        return []
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    rising = all(one < other for one, other in pairwise(numbers))
    return [Duration(n, 0, len(text)) for n in numbers] if rising and SESSION_LENGTHS.issuperset(numbers) else []


def without(text: str, spans: list[Duration]) -> str:
    """The text with the given durations blanked out, every other character in its place.

    >>> without("60 min $90", durations("60 min $90"))
    '       $90'
    """
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
