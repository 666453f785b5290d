"""Findings as people and programs read them: text, JSON, SARIF, annotations of GitHub."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reports.guides.measured import Measured
from reports.guides.verdicts import Finding, Verdict
from reports.guides.wording import dollars, full_sentence, notes, suggestion, told_range
from reports.names import joined

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LINE = re.compile(r"\r\n?|\n")
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with where it stands: file, and line and column from 1."""

    file: str
    line: int
    column: int
    finding: Finding


def located(file: str, source: str, findings: Iterable[Finding]) -> list[Located]:
    """Findings with their lines."""
    starts = [0, *(match.end() for match in _LINE.finditer(source))]
    return [_located(file, starts, finding) for finding in findings]


def _located(file: str, starts: Sequence[int], finding: Finding) -> Located:
    line = bisect_right(starts, finding.claim.start)
    return Located(file, line, finding.claim.start - starts[line - 1] + 1, finding)


def as_text(found: Located) -> str:
    """A finding for a person."""
    finding, claim = found.finding, found.finding.claim
    lines = [f"{found.file}:{found.line}:{found.column}: {finding.verdict}: {claim.text.strip() or '(nothing yet)'}"]
    lines.append(f"    claims: {_claimed(finding)}")
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


def _claimed(finding: Finding) -> str:
    claim = finding.claim
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
    return f"{claim.modality}, {length}, {where}{told}"


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


def as_row(found: Located) -> dict[str, Any]:
    """A finding for a program; absent values are ``None``, amounts are dollars."""
    finding, claim = found.finding, found.finding.claim
    return {
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "text": claim.text.strip(),
        "modality": claim.modality,
        "minutes": claim.minutes,
        "low": _amount(claim.low),
        "high": _amount(claim.high),
        "average": _amount(claim.average),
        "regions": list(claim.regions),
        "currency": claim.currency,
        "tax": claim.tax.value if claim.tax else None,
        "verdict": finding.verdict.value,
        "figure": figure_row(finding.measured) if finding.measured else None,
        "suggestion": suggestion(finding),
    }


def figure_row(measured: Measured) -> dict[str, Any]:
    """A figure for a program, in dollars."""
    return {
        "modality": measured.modality,
        "minutes": measured.minutes,
        "regions": list(measured.regions),
        "low": _amount(measured.low),
        "high": _amount(measured.high),
        "typical": _amount(measured.typical),
        "average": _amount(measured.average),
        "n": measured.n,
        "grade": measured.grade,
        "as_of": str(measured.as_of) if measured.as_of else None,
        "newest": str(measured.newest) if measured.newest else None,
        "basis": measured.basis,
        "definition": measured.definition,
        "release": measured.release,
    }


def _amount(cents: float | None) -> float | int | None:
    if cents is None:
        return None
    whole = round(cents)
    return whole // 100 if whole % 100 == 0 else whole / 100


def as_json(rows: Sequence[Located]) -> str:
    """All findings as a JSON list."""
    return json.dumps([as_row(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


_LEVELS = {Verdict.CONSISTENT: "none", Verdict.IGNORED: "none", Verdict.CANNOT_CHECK: "note"}


def message(found: Located) -> str:
    """A finding in one sentence or two."""
    finding = found.finding
    write = suggestion(finding)
    told = [f"{finding.verdict}: {_claimed(finding)}"]
    told += [f"measured {measured_text(finding.measured)}"] if finding.measured else []
    told += [finding.reason] if finding.reason else []
    told += [f"write: {write}"] if write else []
    return _CONTROL.sub(" ", ". ".join([*told, *notes(finding)]))


def as_sarif(rows: Sequence[Located]) -> str:
    """All findings that need a look as a SARIF 2.1.0 log."""
    rules = [{"id": _rule(verdict), "shortDescription": {"text": f"A price claim: {verdict}"}} for verdict in Verdict]
    results = [
        {
            "ruleId": _rule(row.finding.verdict),
            "level": _LEVELS.get(row.finding.verdict, "warning"),
            "kind": "pass" if _LEVELS.get(row.finding.verdict) == "none" else "fail",
            "message": {"text": message(row)},
            "locations": [{"physicalLocation": _physical(row)}],
        }
        for row in rows
    ]
    for result in results:
        if result["level"] == "note":
            result["kind"], result["level"] = "open", "none"
    driver = {"name": "ratecard guide check", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(verdict: Verdict) -> str:
    return f"price-claim/{verdict.value.replace(' ', '-')}"


def _physical(row: Located) -> dict[str, Any]:
    claim = row.finding.claim
    region = {"startLine": row.line, "startColumn": row.column, "endColumn": row.column + claim.end - claim.start}
    return {"artifactLocation": {"uri": row.file.replace("\\", "/")}, "region": region}


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
