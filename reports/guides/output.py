"""Findings as people read them: text, and annotations of a run on GitHub."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.guides.measured import Measured
from reports.guides.verdicts import Finding, Verdict
from reports.guides.wording import dollars, full_sentence, notes, suggestion, told_range
from reports.names import joined

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LINE = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with where it stands: file, line and column from 1, and those right behind it."""

    file: str
    line: int
    column: int
    finding: Finding
    end_line: int
    end_column: int


def located(file: str, source: str, findings: Iterable[Finding]) -> list[Located]:
    """Findings with their lines."""
    starts = [0, *(match.end() for match in _LINE.finditer(source))]
    return [_located(file, starts, finding) for finding in findings]


def _located(file: str, starts: Sequence[int], finding: Finding) -> Located:
    line, column = _place(starts, finding.claim.start)
    return Located(file, line, column, finding, *_place(starts, finding.claim.end))


def _place(starts: Sequence[int], at: int) -> tuple[int, int]:
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


def as_text(found: Located) -> str:
    """A finding for a person."""
    finding, claim = found.finding, found.finding.claim
    lines = [f"{found.file}:{found.line}:{found.column}: {finding.verdict}: {claim.text.strip() or '(nothing yet)'}"]
    lines.append(f"    claims: {claimed(finding)}")
    if finding.measured:
        lines.append(f"    measured: {measured_text(finding.measured)}{_covers(finding)}")
    if finding.reason:
        lines.append(f"    because: {finding.reason}")
    write = suggestion(finding)
    if write and finding.measured:
        lines.append(f"    write: {write}")
        lines += [f"    or: {full_sentence(finding.measured)}"] if write != full_sentence(finding.measured) else []
    lines += [f"    note: {note}" for note in notes(finding)]
    return "\n".join(_CONTROL.sub(" ", line) for line in lines)


def claimed(finding: Finding) -> str:
    """What a claim says, with what is assumed."""
    claim = finding.claim
    kind = f"{claim.modality or 'no modality'}{' (assumed)' * claim.modality_assumed}"
    length = "no length" if claim.minutes is None else f"{claim.minutes} min{' (assumed)' * claim.minutes_assumed}"
    tax = f"GST {claim.tax}" if claim.tax else "before GST (assumed)"
    where = joined(claim.regions) if claim.regions else "no region"
    amounts = [
        f"{dollars(claim.low)} to {dollars(claim.high)}" if claim.low and claim.high else "",
        f"from {dollars(claim.low)}" if claim.low and not claim.high else "",
        f"up to {dollars(claim.high)}" if claim.high and not claim.low else "",
        f"{'average' if claim.says_average else 'about'} {dollars(claim.average)}" if claim.average else "",
    ]
    told = f", {', '.join(filter(None, amounts))} {claim.currency}, {tax}" if any(amounts) else ""
    return f"{kind}, {length}, {where}{told}"


def measured_text(measured: Measured) -> str:
    """A figure in one line."""
    low, high = told_range(measured)
    grade = f", grade {measured.grade}" if measured.grade else ""
    when = f", as of {measured.as_of}" if measured.as_of else ""
    release = f", release {measured.release}" if measured.release else ""
    middle = f"typical {dollars(measured.typical)}, average {dollars(measured.average)}"
    known = f"n {measured.n}{grade}{when}{release}, {measured.basis}, {measured.region}"
    return f"{measured.minutes} min {low} to {high}, {middle}, {known}"


def _covers(finding: Finding) -> str:
    if finding.share is None or finding.measured is None:
        return ""
    return f"; the claimed range covers {finding.share:.0%} of the {finding.measured.n} clinics checked"


def message(found: Located) -> str:
    """A finding in one sentence or two."""
    finding = found.finding
    write = suggestion(finding)
    told = [f"{finding.verdict}: {claimed(finding)}"]
    told += [f"measured {measured_text(finding.measured)}"] if finding.measured else []
    told += [finding.reason] if finding.reason else []
    told += [f"write: {write}"] if write else []
    return _CONTROL.sub(" ", ". ".join(part.rstrip(".") for part in (*told, *notes(finding))))


def as_github(rows: Sequence[Located]) -> str:
    """Stale claims as warnings and unchecked ones as notices of a GitHub run."""
    lines = [
        f"::{'warning' if row.finding.verdict.is_stale else 'notice'} file={_property(row.file)},line={row.line},"
        f"col={row.column},title={_property(f'Price claim {row.finding.verdict}')}::{_data(message(row))}"
        for row in rows
        if row.finding.verdict.is_stale or row.finding.verdict is Verdict.CANNOT_CHECK
    ]
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
