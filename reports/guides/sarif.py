"""Findings as a log of SARIF 2.1.0, the format of code scanners."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from reports.guides.output import Located, message
from reports.guides.verdicts import Verdict

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: What the standard calls a result that nobody has to mend; these have no level.
_KINDS = {
    Verdict.CONSISTENT: ("pass", "none"),
    Verdict.IGNORED: ("pass", "none"),
    Verdict.CANNOT_CHECK: ("open", "none"),
}


def as_sarif(rows: Sequence[Located]) -> str:
    """All findings that need a look as a SARIF 2.1.0 log."""
    rules = [{"id": _rule(verdict), "shortDescription": {"text": f"A price claim: {verdict}"}} for verdict in Verdict]
    results = [_result(row) for row in rows]
    driver = {"name": "ratecard guide check", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(row: Located) -> dict[str, Any]:
    kind, level = _KINDS.get(row.finding.verdict, ("fail", "warning"))
    if row.finding.faulty:
        kind, level = "fail", "warning"
    return {
        "ruleId": _rule(row.finding.verdict),
        "kind": kind,
        "level": level,
        "message": {"text": message(row)},
        "locations": [{"physicalLocation": _physical(row)}],
    }


def _rule(verdict: Verdict) -> str:
    return f"price-claim/{verdict.value.replace(' ', '-')}"


def _physical(row: Located) -> dict[str, Any]:
    region = {
        "startLine": row.line,
        "startColumn": row.column,
        "endLine": row.end_line,
        "endColumn": row.end_column,
    }
    return {"artifactLocation": {"uri": _uri(row.file)}, "region": region}


def _uri(file: str) -> str:
    """A path as a reference: relative to where the check ran, or that of a file.

    >>> _uri("my guides/50%.md"), _uri("/srv/a b.md")
    ('my%20guides/50%25.md', 'file:///srv/a%20b.md')
    """
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
