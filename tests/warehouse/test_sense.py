"""What looks wrong is flagged by the first check that sees it, stays out of figures, and is decided by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from reports.figures import figures
from reports.review import decided_flags, open_flags
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect
from warehouse.decisions import Decision, Verdict, add_decisions, read_decisions
from warehouse.errors import DecisionsBroken

A = clinic("aaa")


def flags(data_dir: Path) -> list[tuple[str, int, int]]:
    """Check, minutes and dollars of every open flag."""
    build(data_dir)
    with connect(data_dir / "ratecard.duckdb") as con:
        rows = open_flags(con)
    return [(r.check_name, int(r.duration_min), r.price_cents // 100) for r in rows.itertuples()]


def seen(data_dir: Path, *offers: Mapping[str, object], day: int = 1) -> Path:
    crawl = Crawl(data_dir, day, [A])
    crawl.saw("aaa", offers)
    crawl.write()
    return data_dir


@pytest.mark.parametrize(
    ("offers", "expected"),
    [
        ([offer(100)], []),
        ([offer(24)], [("hourly_fence", 60, 24)]),
        ([offer(401)], [("hourly_fence", 60, 401)]),
        ([offer(49)], [("odd_hourly_rate", 60, 49)]),
        ([offer(261)], [("odd_hourly_rate", 60, 261)]),
        ([offer(100), offer(145, 90), offer(60, 30)], []),
        ([offer(100), offer(95, 90)], [("length_curve", 90, 95)]),
        ([offer(100), offer(95, 90), offer(60, 30)], [("length_curve", 90, 95)]),
        ([offer(60), offer(60, 30), offer(140, 90)], [("length_curve", 60, 60)]),
        ([offer(100), offer(95, 90, service="Hot stone")], []),
        ([offer(60)], [("digits", 60, 60)]),
        ([offer(120, snippet="Call 403-120-5555")], [("digits", 60, 120)]),
        ([offer(120, snippet="Call 403-120-5555: $120")], []),
        ([offer(70, audience="first_visit")], [("first_visit_only", 60, 70)]),
        ([offer(70, audience="first_visit"), offer(95)], []),
        ([offer(70, audience="first_visit"), offer(95, audience="follow_up")], []),
        ([offer(90, flags=["name not in the taxonomy"])], [("unknown_name", 60, 90)]),
        ([offer(90, heading="Our 2024 rates")], [("old_year", 60, 90)]),
        ([offer(90, heading="Rates as of March 2023")], [("old_year", 60, 90)]),
        ([offer(90, heading="Rates as of March 2025")], []),
        ([offer(90, heading="Serving Calgary since 2011. Rates")], []),
        ([offer(20, abstains="category: package", category="package")], []),
    ],
)  # fmt: skip
def test_each_check_flags_what_it_is_for(
    tmp_path: Path, offers: Sequence[Mapping[str, object]], expected: list[tuple[str, int, int]]
) -> None:
    assert flags(seen(tmp_path, *offers)) == expected


def test_a_price_far_from_others_is_flagged_where_there_are_eight(tmp_path: Path) -> None:
    clinics = [clinic(f"c{n}") for n in range(9)]
    crawl = Crawl(tmp_path, 1, clinics)
    for n, row in enumerate(clinics):
        crawl.saw(row["id"], [offer(195 if n == 8 else 95 + n)])
    crawl.write()
    assert flags(tmp_path) == [("far_from_others", 60, 195)]


def test_a_jump_is_held_for_one_visit(tmp_path: Path) -> None:
    seen(tmp_path, offer(100))
    crawl = Crawl(tmp_path, 8, [A])
    digest = crawl.saw("aaa", [offer(140)])
    crawl.write()
    assert flags(tmp_path) == [("jump", 60, 140)]
    again = Crawl(tmp_path, 15, [A])
    again.saw_again("aaa", digest)
    again.write()
    assert flags(tmp_path) == []


def test_two_prices_of_one_thing_side_by_side_are_no_jump(tmp_path: Path) -> None:
    assert flags(seen(tmp_path, offer(80), offer(125))) == []


def test_what_is_flagged_does_not_vote_and_is_counted_beside_the_figure(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [A, clinic("bbb")])
    crawl.saw("aaa", [offer(100)])
    crawl.saw("bbb", [offer(300)])
    crawl.write()
    build(tmp_path)
    with connect(tmp_path / "ratecard.duckdb") as con:
        (figure,) = figures(con, modality="massage_therapy", minutes=60, regions=["Calgary"])
    assert (figure.n, figure.oldest == figure.newest, figure.flagged) == (1, True, 1)


def test_a_verdict_holds_for_the_price_it_was_given_on(tmp_path: Path) -> None:
    seen(tmp_path, offer(300))
    assert flags(tmp_path) == [("odd_hourly_rate", 60, 300)]
    verdict = Decision(
        date(2026, 1, 2), "odd_hourly_rate", "aaa", "Massage", 60, "regular", 30_000, Verdict.KEEP, "a spa"
    )
    add_decisions(tmp_path / "decisions.csv", [verdict])
    assert flags(tmp_path) == []
    with connect(tmp_path / "ratecard.duckdb") as con:
        assert decided_flags(con)["verdict"].tolist() == ["keep"]
        assert figures(con, modality="massage_therapy", minutes=60)[0].n == 1
    seen(tmp_path, offer(310), day=8)
    assert flags(tmp_path) == [("odd_hourly_rate", 60, 310)]


def test_the_last_of_two_verdicts_counts_and_all_stay_on_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    seen(tmp_path, offer(300))
    for verdict in (Verdict.KEEP, Verdict.DROP):
        given = Decision(
            date(2026, 1, 2), "odd_hourly_rate", "aaa", "Massage", 60, "regular", 30_000, verdict, 'a, "b"'
        )
        add_decisions(path, [given])
    assert [d.verdict for d in read_decisions(path)] == [Verdict.KEEP, Verdict.DROP]
    build(tmp_path)
    with connect(tmp_path / "ratecard.duckdb") as con:
        assert decided_flags(con)["verdict"].tolist() == ["drop"]
        assert not figures(con, modality="massage_therapy", minutes=60)[0].n


def test_a_foreign_file_of_decisions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DecisionsBroken, match="its head must be decided_on"):
        read_decisions(tmp_path / "decisions.csv")
