"""Prices in sentences beside prices in lists: which of them a page offers."""

from __future__ import annotations

from itertools import groupby

from pipelines.modality import names_treatment
from pipelines.readers.website.evidence import snippet, where
from pipelines.readers.website.outline import Outline
from pipelines.readers.website.sentences import is_clause, is_sentence, opens_sentence
from pipelines.readers.website.units import Unit
from pipelines.records import Rejection
from pipelines.treatments import says_massage

_BESIDE = 2
_SEVERAL_LENGTHS = 3
#: No heading governs a price over more lines.
_FAR = 400


def listed_first(units: list[Unit], outline: Outline, rejections: list[Rejection]) -> list[Unit]:
    """Prices out of sentences count only on pages that list none, or under a treatment that has no other."""
    prose = [unit for unit in units if is_sentence(unit, outline.lines[unit.line].text)]
    talked = set(prose)
    listed = [unit for unit in units if unit not in talked]
    if not any(unit.duration and not is_clause(outline.lines[unit.line].text) for unit in listed):
        return units
    _lend_lengths(listed, prose)
    told = {_head(unit) for unit in listed}
    talked -= {unit for unit in prose if _is_of_treatment(unit, told, outline)}
    talked.difference_update(_lists_in_prose(prose, listed))
    reason = "prose on a page that lists its prices"
    rejections += [Rejection(snippet(outline, unit), reason, where(outline, unit)) for unit in prose if unit in talked]
    return [unit for unit in units if unit not in talked]


def _lists_in_prose(prose: list[Unit], listed: list[Unit]) -> list[Unit]:
    """The prices of sentences that list several lengths, where the page lists them nowhere else."""
    known = {(unit.duration.minutes, unit.money.cents) for unit in listed if unit.duration}
    found: list[Unit] = []
    for _, line in groupby(prose, key=lambda unit: unit.line):
        timed = [unit for unit in line if unit.duration]
        if len({unit.duration.minutes for unit in timed if unit.duration}) >= _SEVERAL_LENGTHS:
            found += [u for u in timed if u.duration and (u.duration.minutes, u.money.cents) not in known]
    return found


def _is_of_treatment(unit: Unit, told: set[str], outline: Outline) -> bool:
    """Whether a timed price in prose is the only one of the treatment above it, or opens its line as listed ones do."""
    head = _head(unit)
    if not (unit.duration and _is_treatment(head) and _stands_under(head, unit, outline)):
        return False
    return head not in told or opens_sentence(unit, outline.lines[unit.line].text)


def _stands_under(head: str, unit: Unit, outline: Outline) -> bool:
    """Whether no other heading stands between a price and the one that governs it, such as a question."""
    above = (outline.lines[n] for n in range(unit.line, max(-1, unit.line - _FAR), -1))
    return next((head in line.text for line in above if line.is_heading or head in line.text), False)


def _is_treatment(heading: str) -> bool:
    """Whether a heading names a treatment and does not ask about it."""
    return (names_treatment(heading) or says_massage(heading)) and not heading.endswith("?")


def _head(unit: Unit) -> str:
    """The heading that governs a price."""
    return next(iter((*unit.names, *unit.headings)), "")


def _lend_lengths(listed: list[Unit], prose: list[Unit]) -> None:
    """A price without a length or a name on its line takes the length from the sentence beside it that states both."""
    stated = {(unit.line, unit.money.cents): unit.duration for unit in prose if unit.duration}
    for unit in listed:
        if not unit.is_timed and not unit.own:
            lines = range(unit.line - _BESIDE, unit.line + _BESIDE + 1)
            unit.duration = next((stated[key] for line in lines if (key := (line, unit.money.cents)) in stated), None)
