"""Sentences that are kept filled: their wording, their shapes, and what is wrong with broken marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.guides.articles import read_article
from reports.guides.refresh import refresh
from reports.guides.wording import full_sentence
from tests.reports.guides.factories import TODAY, USUAL, checker

MARKED = "Hello. <!-- rate: nmt 60 calgary+edmonton --> old words, $1 <!-- /rate --> Bye.\n"
WEB = full_sentence(USUAL, web=True)


def filled(text: str, name: str = "a.md") -> str:
    return refresh(text, name, checker(), TODAY).text


def test_a_marked_sentence_is_filled_and_stays_filled() -> None:
    done = refresh(MARKED, "a.md", checker(), TODAY)
    assert done.text == MARKED.replace("old words, $1", full_sentence(USUAL))
    assert [finding.verdict for finding in done.findings] == ["out of date"]
    assert filled(done.text) == done.text
    later = replace(USUAL, as_of=USUAL.as_of and USUAL.as_of.replace(month=12))
    assert refresh(done.text, "a.md", checker(later), TODAY).text == done.text  # the same figures a month on


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize(
    "sentence",
    [
        full_sentence(USUAL),
        full_sentence(USUAL).replace(" list a", "\nlist a"),
        WEB,
        WEB.replace("–", "&ndash;").replace("\N{NO-BREAK SPACE}", "&nbsp;"),
    ],
)
def test_either_wording_is_right(name: str, sentence: str) -> None:
    text = MARKED.replace("old words, $1", sentence)
    assert [finding.verdict for finding in checker()(read_article(text, name))] == ["consistent"]
    assert filled(text, name) == text


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("a.md", "$50–$70", "$90–$135"),
        ("a.html", "$50 to $70", "$90 to $135"),
        ("a.html", "$50&ndash;$70", "$90–$135"),
        ("a.md", "", "$90 to $135"),
        ("a.html", "", "$90–$135"),
    ],
)
def test_a_filling_keeps_its_wording(name: str, old: str, new: str) -> None:
    marks = "<!-- rate: nmt 60 calgary range -->{}<!-- /rate -->"
    assert filled(marks.format(old), name) == marks.format(new)


@pytest.mark.parametrize(
    ("marker", "filling"),
    [
        ("nmt 60 calgary range", "$90 to $135"),
        ("deep tissue 90 Red Deer typical", "$110"),
        ("smrt 60 minutes calgary+edmonton low", "$90"),
    ],
)
def test_markers_have_shapes(marker: str, filling: str) -> None:
    source = f"Pay <!-- rate: {marker} --><!-- /rate -->."
    assert filled(source) == source.replace("--><!--", f"-->{filling}<!--")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!-- rate: nmtt 60 calgary -->x<!-- /rate -->", "no modality is called 'nmtt'"),
        ("<!-- rate: nmt 60 calgarry -->x<!-- /rate -->", "did you mean Calgary"),
        ("<!-- rate: nmt 37 calgary -->x<!-- /rate -->", "published lengths are 15, 20, 30, 45, 60, 75, 90, 120"),
        ("<!-- rate: nmt calgary -->x<!-- /rate -->", "write it as"),
        ("<!-- rate: nmt 60 calgary -->x", "no <!-- /rate --> follows"),
        ("x<!-- /rate -->", "no <!-- rate: ... --> stands before it"),
    ],
)
def test_a_marker_with_a_fault_says_so_and_nothing_is_touched(text: str, why: str) -> None:
    (finding,) = checker()(read_article(f"{text}\n", "a.md"))
    assert (finding.verdict, finding.needs_person) == ("cannot check", True)
    assert why in (finding.reason or "")
    assert filled(f"{text}\n") == f"{text}\n"
