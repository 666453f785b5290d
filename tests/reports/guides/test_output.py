"""Findings in the formats of programs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports.guides.articles import decode, read_article
from reports.guides.json_output import as_json
from reports.guides.output import Located, as_text, located
from reports.guides.sarif import as_sarif
from reports.guides.wording import notes
from tests.reports.guides.factories import USUAL, checker

STALE = "An hour of NMT in Calgary costs $60 to $80.\n"
#: What the standard asks of the parts that are written here.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}}},
    "$defs": {
        "run": {
            "required": ["tool"],
            "properties": {
                "tool": {"required": ["driver"], "properties": {"driver": {"$ref": "#/$defs/driver"}}},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "required": ["name"],
            "properties": {
                "rules": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {"required": ["id"], "properties": {"shortDescription": {"required": ["text"]}}},
                }
            },
        },
        "result": {
            "required": ["message", "ruleId", "locations"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
                "locations": {
                    "type": "array",
                    "items": {"properties": {"physicalLocation": {"$ref": "#/$defs/physical"}}},
                },
            },
            # a result that is no failure has no level
            "if": {"properties": {"kind": {"not": {"const": "fail"}}}},
            "then": {"properties": {"level": {"const": "none"}}},
        },
        "physical": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"properties": {"uri": {"type": "string", "pattern": r"^(file:///)?[A-Za-z0-9._~%/-]+$"}}},
                "region": {
                    "required": ["startLine", "startColumn", "endLine", "endColumn"],
                    "additionalProperties": False,
                    "patternProperties": {".*": {"type": "integer", "minimum": 1}},
                },
            },
        },
    },
}  # fmt: skip


def rows(source: str, name: str = "a.md", **options: Any) -> list[Located]:
    return located(name, source, checker(**options)(read_article(source, name)))


def region(source: str) -> dict[str, int]:
    (result,) = json.loads(as_sarif(rows(source)))["runs"][0]["results"]
    return result["locations"][0]["physicalLocation"]["region"]


def test_sarif_is_as_the_standard_asks() -> None:
    source = f"{STALE}\nIn Banff an hour costs $90.\n\n<!-- rate: x -->\n\n{STALE}<!-- rate: ignore mine -->\n"
    log = json.loads(as_sarif(rows(source, "my guides/50%, é.md")))
    Draft202012Validator(SARIF).validate(log)
    kinds = [(result["kind"], result["level"]) for result in log["runs"][0]["results"]]
    assert kinds == [("fail", "warning"), ("fail", "warning"), ("fail", "warning"), ("pass", "none")]


@pytest.mark.parametrize(
    ("name", "uri"),
    [("my guides/50%.md", "my%20guides/50%25.md"), (str(Path("/srv/a b.md")), "file:///srv/a%20b.md"), ("-", "-")],
)
def test_a_file_is_named_by_a_reference(name: str, uri: str) -> None:
    (result,) = json.loads(as_sarif(rows(STALE, name)))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_claim_over_two_lines_ends_on_the_second() -> None:
    assert region(STALE) == {"startLine": 1, "startColumn": 33, "endLine": 1, "endColumn": 43}
    assert region(STALE.replace("$60 to ", "$60\r\nto ")) == {
        "startLine": 1,
        "startColumn": 33,
        "endLine": 2,
        "endColumn": 7,
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_column(encoding: str) -> None:
    text = decode(STALE.encode(encoding))
    (row,) = json.loads(as_json(rows(text.text)))
    assert (row["column"], row["text"]) == (33, STALE.strip())
    assert text.encode() == STALE.encode(encoding)


def test_a_mark_that_says_nothing_has_no_modality() -> None:
    (row,) = json.loads(as_json(rows("<!-- rate: -->x<!-- /rate -->\n")))
    assert (row["modality"], row["minutes"], row["verdict"]) == (None, None, "cannot check")


def test_the_length_stands_beside_the_figure() -> None:
    (row,) = rows(STALE)
    assert "measured: 60 min $90 to $135" in as_text(row)
    (row,) = rows("In Calgary it is $60 an hour with a therapist.\n")
    assert "massage_therapy (assumed), 60 min" in as_text(row)


def test_a_caution_that_a_marked_sentence_holds_is_not_asked_for() -> None:
    limited = replace(USUAL, grade="D", n=4)
    (marked,) = checker(limited)(read_article("<!-- rate: nmt 60 calgary --><!-- /rate -->\n", "a.md"))
    assert not notes(marked)
    assert "based on only 4 clinics" in (marked.fill or "")
    (claim,) = checker(limited)(read_article(STALE, "a.md"))
    assert "based on only 4 clinics" in " ".join(notes(claim))
