"""Verdicts, and what is proposed, against figures that are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.guides.articles import read_article
from reports.guides.cells import Cells
from reports.guides.figure_sources import FromWarehouse
from reports.guides.measured import Measured
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


@pytest.mark.parametrize(
    ("claim", "write"),
    [
        ("$60 to $75 ($63 to $79 with GST)", "$90 to $135 ($95 to $142 with GST)"),
        ("$60.00 ($63.00 with GST)", "$110.00 ($115.50 with GST)"),
        ("$63 including GST, or $60 before GST", "$116 including GST, or $110 before GST"),
    ],
)
def test_a_price_with_and_without_gst_is_one_claim_and_both_are_written(claim: str, write: str) -> None:
    text = f"A 60-minute massage costs {claim}."
    finding = judged(text)
    assert (finding.verdict, finding.claim.tax) == ("too low", "excluded")
    assert suggestion(finding) == f"A 60-minute massage costs {write}."
    done = refresh(text, "a.md", checker(region="Calgary"), TODAY).text
    assert done == f"A 60-minute massage costs {write}."
    assert refresh(done, "a.md", checker(region="Calgary"), TODAY).text == done


def test_gst_that_only_another_price_includes_leaves_a_price_open() -> None:
    text = "It costs $60 for 30 minutes and $70 for 60 minutes with GST."
    first, second = checker(region="Calgary")(read_article(text, "a.md"))
    assert (first.verdict, first.reason) == ("cannot check", "only another price beside it says that it includes GST")
    assert second.claim.tax == "included"
    both = checker(region="Calgary")(read_article("30 minutes cost $60 and 60 minutes $70, GST included.", "a.md"))
    assert [finding.claim.tax for finding in both] == ["included", "included"]


@pytest.mark.parametrize(
    "amount", ["a hundred and twenty dollars", "sixty-five dollars", "forty-five to sixty dollars"]
)
def test_amounts_in_words_are_suggested_whole_and_never_written(amount: str) -> None:
    text = f"An hour of massage costs {amount}."
    finding = judged(text, measured(200, 240))
    wanted = "200 to 240 dollars" if " to " in amount else "220 dollars"
    assert suggestion(finding) == f"An hour of massage costs {wanted}."
    assert refresh(text, "a.md", checker(measured(200, 240), region="Calgary"), TODAY).text == text


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
        figures = Cells(FromWarehouse(con))
        found = figures("neuromuscular_therapy", 60, ("Calgary",)).measured
        assert found is not None
        assert (found.low, found.high, found.n, len(found.prices)) == (9_000, 12_000, 6, 6)
        assert figures("neuromuscular_therapy", 60, ("Edmonton",)).measured is None
        assert "no clinic there" in (figures("neuromuscular_therapy", 60, ("Banff",)).reason or "")
        for minutes in (50, 61, 100, 300):
            reason = figures("neuromuscular_therapy", minutes, ("Calgary",)).reason
            assert reason == f"no figures for {minutes} minutes; published lengths are 15, 20, 30, 45, 60, 75, 90, 120"
        both = figures("neuromuscular_therapy", 60, ("Calgary", "Edmonton", "Banff"))
        assert both.reason == "Edmonton has 2 prices for it; Banff has 0 prices for it"
        assert "did you mean" in (figures("massage", 60, ("Calgarry",)).reason or "")
