"""Dates as people write them, and another day in the dress of one: *Sept. 5, 2026*, *5th January 2026*, *2026-1-6*."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT_SEPTEMBER = "sept"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{_SHORT_SEPTEMBER}|{'|'.join(name[:3] for name in _MONTHS)})(?P<point>\.?)"
_DAY = r"(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_DRESSES = (
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<number>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
    r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})",
    rf"{_MONTH}\s{_DAY}(?P<comma>,?)\s{_YEAR}",
    rf"{_DAY}\s(?P<of>of\s)?{_MONTH}(?P<comma>,?)\s{_YEAR}",
    rf"{_MONTH}(?P<comma>,?)\s{_YEAR}",
)
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_MOST_MONTHS = 12
#: A date in any of the dresses, to be built into other expressions.
DATE = f"(?:{'|'.join(re.sub(r'[?]P<[a-z]+>', '?:', dress.replace('(?P=mark)', '[-/.]')) for dress in _DRESSES)})"


@dataclass(frozen=True, slots=True)
class _Written:
    """A date as it is written; no day where only the month is."""

    parts: dict[str, str]
    year: int
    month: int
    day: int | None


def redated(text: str, day: date) -> str | None:
    """A date written as another one is; ``None`` if that is no date, could be two, or is none before the day.

    >>> redated("26 Jan 2026", date(2026, 2, 3)), redated("2026-03-01", date(2026, 2, 3))
    ('3 Feb 2026', None)
    >>> [redated(old, date(2026, 9, 3)) for old in ("26/01/2026", "05/01/2026", "2026-1-6", "5th May 2026")]
    ['03/09/2026', None, '2026-9-3', '3rd September 2026']
    """
    for dress in _DRESSES:
        match = re.fullmatch(dress, text, re.IGNORECASE)
        if match:
            old = _read(match.groupdict())
            return _dressed(text, match, old, day) if old and _is_before(old, day) else None
    return None


def _read(parts: dict[str, str]) -> _Written | None:
    """The date that the parts of a match mean; none if it is none, or if day and month could be each other."""
    day = int(parts["day"]) if parts.get("day") else None
    month = int(parts.get("number") or 0)
    if parts.get("month"):
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(parts["month"][:3].lower()))
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        if (first > _MOST_MONTHS) == (second > _MOST_MONTHS):
            return None
        day, month = max(first, second), min(first, second)
    try:
        date(int(parts["year"]), month, day or 1)
    except ValueError:
        return None
    return _Written(parts, int(parts["year"]), month, day)


def _is_before(old: _Written, day: date) -> bool:
    return (day.year, day.month, day.day) > (old.year, old.month, old.day or 31)


def _dressed(text: str, match: re.Match[str], old: _Written, day: date) -> str:
    """The text with each part of its date replaced by that of another day."""
    new = _parts(old, day)
    if old.parts.get("point") and new["month"].lower() in _MONTHS:
        new["point"] = ""
    for name in sorted((name for name in new if old.parts.get(name)), key=match.start, reverse=True):
        start, end = match.span(name)
        text = text[:start] + new[name] + text[end:]
    return text


def _parts(old: _Written, day: date) -> dict[str, str]:
    """The parts of a day as those of another date are written."""
    numbers = [old.parts[name] for name in ("first", "second", "number", "day") if old.parts.get(name)]
    padded = any(number[0] == "0" for number in numbers) or (len(numbers) > 1 and all(len(n) > 1 for n in numbers))
    one, other = (f"{number:02}" if padded else str(number) for number in (day.day, day.month))
    first, second = (one, other) if int(old.parts.get("first") or 0) > _MOST_MONTHS else (other, one)
    return {
        "year": str(day.year),
        "month": _month(day.month, old.parts.get("month") or ""),
        "number": other,
        "day": one,
        "ordinal": _ORDINALS.get(day.day, "th"),
        "first": first,
        "second": second,
    }


def _month(number: int, like: str) -> str:
    """The name of a month as long as another one's, and in capitals if that is."""
    name = _MONTHS[number - 1]
    if like.lower() not in _MONTHS:
        name = name[: len(like)] if name.startswith(_SHORT_SEPTEMBER) else name[:3]
    return name.upper() if like.isupper() else name.capitalize() if like[:1].isupper() else name
