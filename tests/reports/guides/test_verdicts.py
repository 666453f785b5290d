"""Verdicts, and what is proposed, against figures that are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.guides.articles import read_article
from reports.guides.measured import Measured, WarehouseFigures
from reports.guides.refresh import refresh
from reports.guides.verdicts import Finding
from reports.guides.wording import for_web, full_sentence, in_shape, notes, suggestion
from tests.reports.guides.factories import TODAY, USUAL, checker, measured
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect


def judged(text: str, found: Measured | None = USUAL, region: str = "Calgary") -> Finding:
    (finding,) = checker(found, region=region)(read_article(text, "a.md"))
    return finding


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("costs between $90 and $135", "consistent"),
        ("costs between $95 and $130", "consistent"),  # both ends within $5
        ("costs between $85 and $128", "consistent"),  # holds 65-92 % and its middle is near
        ("costs between $60 and $90", "too low"),
        ("costs between $120 and $170", "too high"),
        ("costs between $60 and $135", "low end old"),
        ("costs between $90 and $110", "high end old"),
        ("costs between $100 and $115", "too narrow"),
        ("costs between $50 and $190", "too wide"),
        ("costs about $110", "consistent"),
        ("costs on average $113", "consistent"),
        ("costs about $90", "too low"),
        ("costs about $140", "too high"),
        ("starts at $92", "consistent"),
        ("starts at $70", "low end old"),
        ("costs up to $135", "consistent"),
        ("costs up to $160", "high end old"),
        ("costs $90 to $135 (average $80)", "too low"),
        ("costs $150 or more", "cannot check"),
        ("costs US$90 to US$135", "cannot check"),
        ("in Toronto costs $90 to $135", "cannot check"),
    ],
)
def test_verdicts(claim: str, verdict: str) -> None:
    assert judged(f"A 60-minute massage {claim}.").verdict == verdict


def test_tolerance_is_a_setting() -> None:
    (finding,) = checker(region="Calgary", tolerance=2_500)(read_article("An hour of massage costs about $90.", "a.md"))
    assert finding.verdict == "consistent"


def test_gst_in_the_price_is_taken_out_before_comparing_and_put_in_when_writing() -> None:
    assert judged("A 60-minute massage costs $94.50 to $141.75, GST included.").verdict == "consistent"
    finding = judged("A 60-minute massage costs $60.00 to $80.00, GST included.")
    assert suggestion(finding) == "A 60-minute massage costs $95.00 to $142.00, GST included."


def test_a_verdict_that_hangs_on_an_unstated_tax_is_none() -> None:
    narrow = measured(100, 104)
    finding = judged("A 60-minute massage costs $106 to $110.", narrow)
    assert (finding.verdict, finding.reason) == ("cannot check", "right only if its prices include GST; say which")
    assert judged("A 60-minute massage costs $106 to $110 plus GST.", narrow).verdict == "too high"


def test_grades() -> None:
    range_, single = "A 60-minute massage costs $60 to $80.", "A 60-minute massage costs $60."
    limited = replace(USUAL, grade="D", low=9_400, n=4)
    assert suggestion(judged(range_, limited)) == "A 60-minute massage costs $90 to $140."
    assert "based on only 4 clinics" in " ".join(notes(judged(range_, limited)))
    assert judged(single, limited).verdict == "cannot check"
    assert "limited data, based on only 4 clinics" in full_sentence(limited)
    none = judged(range_, None)
    assert (none.verdict, suggestion(none), none.reason) == ("cannot check", None, "no clinic there is known")


def test_on_average_before_a_range_is_pointed_out() -> None:
    assert "a range is no average" in " ".join(notes(judged("On average, an hour of massage costs $90 to $135.")))
    assert not notes(judged("On average, an hour of massage costs $112."))


def test_the_share_of_clinics_is_told() -> None:
    assert judged("A 60-minute massage costs $100 to $115.").share == pytest.approx(7 / 24)


def test_full_sentence_for_text_and_web() -> None:
    assert full_sentence(USUAL) == (
        "As of November 2026, 8 in 10 of the 34 Calgary and Edmonton clinics we checked list a 60-minute NMT session at "
        "$90 to $135 before GST; the middle price is $110."
    )
    web = full_sentence(USUAL, web=True)
    assert "$90–$135 before\u00a0GST" in web
    assert "34\u00a0" not in web.replace("34\u00a0clinics", "") or "8\u00a0in\u00a010" in web
    assert for_web(web) == web
    assert in_shape(USUAL, "range", web=True) == "$90–$135"


MARKED = "Hello. <!-- rate: nmt 60 calgary+edmonton --> old words, $1 <!-- /rate --> Bye.\n"


def test_a_marked_sentence_is_filled_and_stays_filled() -> None:
    done = refresh(MARKED, "a.md", checker(), TODAY)
    assert done.text == MARKED.replace("old words, $1", full_sentence(USUAL))
    assert [finding.verdict for finding in done.findings] == ["out of date"]
    assert refresh(done.text, "a.md", checker(), TODAY).text == done.text
    later = replace(USUAL, as_of=USUAL.as_of and USUAL.as_of.replace(month=12))
    assert refresh(done.text, "a.md", checker(later), TODAY).text == done.text  # the same figures a month on


@pytest.mark.parametrize(
    ("marker", "filled"),
    [
        ("nmt 60 calgary range", "$90 to $135"),
        ("deep tissue 90 Red Deer typical", "$110"),
        ("smrt 60 minutes calgary+edmonton low", "$90"),
    ],
)
def test_markers_have_shapes(marker: str, filled: str) -> None:
    source = f"<td><!-- rate: {marker} --><!-- /rate --></td>"
    assert refresh(source, "a.html", checker(), TODAY).text == source.replace("--><!--", f"-->{filled}<!--")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!-- rate: nmtt 60 calgary -->x<!-- /rate -->", "no modality is called 'nmtt'"),
        ("<!-- rate: nmt 60 calgarry -->x<!-- /rate -->", "did you mean Calgary"),
        ("<!-- rate: nmt calgary -->x<!-- /rate -->", "write it as"),
        ("<!-- rate: nmt 60 calgary -->x", "no <!-- /rate --> follows"),
    ],
)
def test_a_marker_with_a_fault_says_so_and_nothing_is_touched(text: str, why: str) -> None:
    finding = judged(f"{text}\n")
    assert finding.verdict == "cannot check"
    assert why in (finding.reason or "")
    assert refresh(f"{text}\n", "a.md", checker(), TODAY).text == f"{text}\n"


def test_against_a_real_warehouse(tmp_path: Path) -> None:
    """Six clinics in Calgary, two in Edmonton: the first carry a figure, the others none."""
    menus = {f"c{price}": offer(price, modality="neuromuscular_therapy") for price in (90, 95, 100, 105, 110, 120)}
    edmonton = {f"e{price}": offer(price, modality="neuromuscular_therapy") for price in (80, 90)}
    clinics = [clinic(name) for name in menus] + [clinic(name, "Edmonton") for name in edmonton]
    crawl = Crawl(tmp_path, 1, clinics)
    for name, menu in (menus | edmonton).items():
        crawl.saw(name, [menu])
    crawl.write()
    with connect(build(tmp_path).path) as con:
        figures = WarehouseFigures(con)
        found = figures("neuromuscular_therapy", 60, ("Calgary",)).measured
        assert found is not None
        assert (found.low, found.high, found.n, len(found.prices)) == (9_000, 12_000, 6, 6)
        assert figures("neuromuscular_therapy", 60, ("Edmonton",)).measured is None
        assert "no clinic there" in (figures("neuromuscular_therapy", 60, ("Banff",)).reason or "")
        assert figures("neuromuscular_therapy", 61, ("Calgary",)).measured is not None
        assert "no figures for 300" in (figures("neuromuscular_therapy", 300, ("Calgary",)).reason or "")
        assert "did you mean" in (figures("massage", 60, ("Calgarry",)).reason or "")
