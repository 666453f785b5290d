"""Output for people and programs, also when the text in it is hostile."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from reports.coverage import coverage
from reports.figures import DEFINITION, DEFINITIONS, Figure, figures, frame
from reports.render import FORMATS, render
from reports.review import abstaining, low_confidence, rejections, unknown_modalities
from reports.show import for_people, legend
from reports.status import set_aside, status
from tests.warehouse.factories import Crawl, clinic, offer, rejection
from warehouse.build import build
from warehouse.connect import connect

FIVE = Figure("Calgary", "massage", 60, 10_250.0, 9_000, 14_000, 11_233.33, 5, 4, grade="C")
ROWS = frame([FIVE])
NOTHING = frame([Figure("Calgary", "massage", 60), *[Figure("Banff", "massage", 60, reason="no clinic")]])


def test_people_read_dollars() -> None:
    for form in ("table", "md"):
        text = render(ROWS, form, definition=DEFINITION)
        assert "$102.50" in text
        assert "$112.33" in text
        assert "$90 " in text


def test_every_format_but_a_bare_one_carries_the_definition() -> None:
    for form in FORMATS:
        flat = " ".join(render(ROWS, form, definition=DEFINITION).split())
        assert "10th to the 90th percentile" in flat


def test_programs_read_numbers() -> None:
    found = json.loads(render(ROWS, "json", definition=DEFINITION))
    assert found["definition"] == DEFINITION
    assert found["rows"][0]["typical_cents"] == 10_250
    assert found["rows"][0]["reason"] is None
    (row,) = csv.DictReader(io.StringIO(render(ROWS, "csv", definition=DEFINITION)))
    assert (row["typical"], row["typical_low"], row["average"], row["n"]) == ("102.50", "90.00", "112.33", "5")


def test_no_figure_prints_its_reason() -> None:
    for form in FORMATS:
        text = render(NOTHING, form)
        assert "no clinic" in text
        assert "nan" not in text.lower().replace("finance", "")


@pytest.mark.parametrize("text", ["=1+1", "a|b", "[bold]x[/bold]", "<script>", "a\nb", "\x1b[31mred", "nul\0", '"'])
def test_hostile_cells(text: str) -> None:
    rows = pd.DataFrame({"service": [text], "price_cents": [100]})
    assert "\x1b" not in render(rows, "table") + render(rows, "md")
    assert len(render(rows, "md").splitlines()) == 3
    assert "<script" not in render(rows, "md").replace("\\<script", "")
    (row,) = csv.DictReader(io.StringIO(render(rows, "csv"), newline=""))
    assert not row["service"].startswith("=")
    assert json.loads(render(rows, "json"))["rows"][0]["service"] == text


def test_people_see_grade_range_and_bar_and_no_middle_below_c() -> None:
    ends = {
        "unrounded_low_cents": 9_000,
        "unrounded_high_cents": 14_000,
        "mid_low_cents": 9_500,
        "mid_high_cents": 11_000,
    }
    found = [
        replace(FIVE, **ends),
        replace(FIVE, **ends, grade="D", words="limited data: 3 clinics"),
        Figure("Banff", "x", 60),
    ]
    rows = for_people(found)
    assert rows["typical range"].tolist()[:2] == ["$90-$140"] * 2
    assert rows["typical"].tolist()[0] == "$102"
    assert rows["typical"].isna().tolist() == [False, True, True]
    assert "●" in rows["bar"][0]
    assert "limited data" in render(rows, "table")
    assert legend(found).startswith("Bars from $80 to $160: ")
    assert legend([Figure("Banff", "x", 60)]) == ""


def test_programs_get_every_definition() -> None:
    told = json.loads(render(ROWS, "json", definition=DEFINITION, definitions=DEFINITIONS))
    assert set(told["definitions"]) == set(told["rows"][0])
    (row,) = csv.DictReader(io.StringIO(render(ROWS, "csv", definition=DEFINITION, definitions=DEFINITIONS)))
    assert "n_fresh: Of n, those" in row["definition"]


def test_unknown_format() -> None:
    with pytest.raises(ValueError, match="table, csv, json, md"):
        render(ROWS, "xml")


def test_reports_of_a_small_warehouse(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [clinic("aaa")])
    menu = [
        offer(100),
        offer(90, service="Zen", modality=None, modalities=[], abstains="modality unknown"),
        offer(95, service="Faint", confidence=0.5, abstains="read with low confidence", flags=["json-ld disagrees"]),
    ]
    crawl.saw("aaa", menu, [rejection("call for $", "no amount")])
    crawl.write()
    broken = Crawl(tmp_path, 2, [clinic("aaa")]).write()
    (broken / "visits.jsonl").unlink()
    with connect(build(tmp_path).path) as con:
        assert rejections(con)[["clinic_id", "reason", "text"]].values.tolist() == [["aaa", "no amount", "call for $"]]
        assert unknown_modalities(con)["service"].tolist() == ["Zen"]
        assert abstaining(con)["service"].tolist() == ["Zen", "Faint"]
        (faint,) = low_confidence(con).to_dict("records")
        assert (faint["service"], faint["price_cents"], list(faint["flags"])) == ("Faint", 9_500, ["json-ld disagrees"])
        assert faint["link"].startswith("https://aaa.example/rates#:~:text=Faint")
        assert coverage(con)["clinics_voting"].tolist() == [1]
        facts = dict(status(con).values.tolist())
        assert (facts["current prices"], facts["of these voting"], facts["crawl folders set aside"]) == ("3", "1", "1")
        assert set_aside(con)["reason"].tolist() == ["visits.jsonl missing"]
        for rows in (rejections(con), abstaining(con), status(con), coverage(con), frame(figures(con))):
            assert all(render(rows, form) for form in FORMATS)
            assert all(render(rows.head(0), form) for form in FORMATS)
