"""Findings as a JSON list for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from reports.guides.measured import Measured
from reports.guides.output import Located
from reports.guides.wording import suggestion


def as_row(found: Located) -> dict[str, Any]:
    """A finding for a program; absent values are ``None``, amounts are dollars."""
    finding, claim = found.finding, found.finding.claim
    return {
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "text": claim.text.strip(),
        "modality": claim.modality or None,
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
