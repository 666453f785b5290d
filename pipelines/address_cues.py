"""What an address line tells of its place: names, postal codes, phone codes, the province, or another one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.address_names import Mention, read_names
from pipelines.wordlists import entries

LONGEST_LINE = 300
POSTAL_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z][\dO][A-Za-z])[ -]{0,2}\d[A-Za-z]\d(?![A-Za-z0-9])")
_FIRST_HALF = re.compile(r"\b(T\d[A-Z])\b")
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?([2-9]\d\d)\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\d)")
_WEB = re.compile(r"@|://|^www\.|\w\.(?:ca|com|net|org)\b")
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cues:
    """All that a text tells of its place. ``abroad``: it holds the code of another province, or a postal code there."""

    mentions: tuple[Mention, ...]
    postal_areas: tuple[str, ...]
    phone_codes: tuple[str, ...]
    province: bool
    abroad: bool


def read_cues(text: str) -> Cues:
    """The cues of an address line or another short text, of which only the first 300 characters count.

    >>> cues = read_cues("12 Red Deer St, Airdrie AB T4B 1A1, 403-555-0123")
    >>> [mention.name for mention in cues.mentions], cues.postal_areas, cues.phone_codes, cues.abroad
    (['airdrie'], ('T4B',), ('403',), False)
    """
    text, areas = _taken(POSTAL_CODE, _without_web(text[:LONGEST_LINE]))
    text, halves = _taken(_FIRST_HALF, text)
    text, phones = _taken(_PHONE, text)
    mentions, province = read_names(text)
    # half a code by itself may be a part of the spine
    areas = tuple(area.upper().replace("O", "0") for area in areas) + (halves if mentions or province else ())
    here = all(area.startswith("T") for area in areas) and not _foreign_codes().search(text)
    return Cues(mentions, areas, phones, province, abroad=not here)


def holds_postal_code(text: str) -> bool:
    """Whether a text holds a whole Canadian postal code.

    >>> holds_postal_code("Calgary T2P1J9"), holds_postal_code("Calgary T2P")
    (True, False)
    """
    return POSTAL_CODE.search(text) is not None


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, tuple[str, ...]]:
    """A text with commas for what a pattern finds, and what its group holds."""
    return pattern.sub(",", text), tuple(pattern.findall(text))


def _without_web(text: str) -> str:
    """A text without web and mail addresses, whose words are no places."""
    return _CHUNK.sub(lambda chunk: "," if _WEB.search(chunk[0]) else chunk[0], text)


@cache
def _foreign_codes() -> re.Pattern[str]:
    """Codes of other provinces and states: in capitals or between commas, where an address has its province."""
    provinces, states = ("|".join(sorted(entries("address", f"{kind}_code"))) for kind in ("province", "state"))
    return re.compile(
        rf"(?:\b(?:{provinces})|,\s*(?i:{provinces}))\b\.?(?=\s*(?:$|[,;:|)\n]|(?i:canada)))"
        rf"|,\s*(?:{states})\b(?=\s*(?:$|[,;|)\n]|USA?\b))|\b(?:{states})\s+\d{{5}}\b"
    )
