"""Intervals: when a price begins, goes on, ends and comes back."""

from __future__ import annotations

from pathlib import Path

from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import sql

A = clinic("aaa")
MENU, BOOKING = "https://aaa.example/rates", "https://book.example/aaa"


def intervals(data_dir: Path) -> list[list[object]]:
    """[dollars, first day, last day, sightings, current] of every price, by first day."""
    path = build(data_dir).path
    query = """SELECT cents // 100, day(first_seen_at), day(last_seen_at), sightings, is_current FROM prices
        ORDER BY first_seen_at, cents, url"""
    rows: list[list[object]] = sql(path, query).values.tolist()
    return rows


def crawl(data_dir: Path, day: int) -> Crawl:
    return Crawl(data_dir, day, [A])


def shows(data_dir: Path, day: int, *dollars: float) -> str:
    made = crawl(data_dir, day)
    digest = made.saw("aaa", [offer(price) for price in dollars])
    made.write()
    return digest


def test_unchanged_page_extends_its_prices(tmp_path: Path) -> None:
    digest = shows(tmp_path, 1, 100)
    for day in (2, 3):
        again = crawl(tmp_path, day)
        again.saw_again("aaa", digest)
        again.write()
    assert intervals(tmp_path) == [[100, 1, 3, 3, True]]


def test_changed_page_with_the_same_price_extends_it(tmp_path: Path) -> None:
    shows(tmp_path, 1, 100)
    shows(tmp_path, 2, 100, 150)
    assert intervals(tmp_path) == [[100, 1, 2, 2, True], [150, 2, 2, 1, True]]


def test_changed_price_ends_one_interval_and_begins_another(tmp_path: Path) -> None:
    shows(tmp_path, 1, 100)
    shows(tmp_path, 2, 110)
    assert intervals(tmp_path) == [[100, 1, 1, 1, False], [110, 2, 2, 1, True]]
    step = sql(tmp_path / "ratecard.duckdb", "SELECT cents_before, cents, change_percent FROM price_changes")
    assert step.values.tolist() == [[10_000, 11_000, 10.0]]


def test_price_that_disappears_ends(tmp_path: Path) -> None:
    shows(tmp_path, 1, 100)
    shows(tmp_path, 2)
    assert intervals(tmp_path) == [[100, 1, 1, 1, False]]
    gone = sql(tmp_path / "ratecard.duckdb", "SELECT day(gone_at) AS d FROM prices")
    assert gone["d"].tolist() == [2]


def test_price_that_comes_back_is_a_new_interval(tmp_path: Path) -> None:
    digest = shows(tmp_path, 1, 100)
    shows(tmp_path, 2, 110)
    back = crawl(tmp_path, 3)
    back.saw_again("aaa", digest)
    back.write()
    assert intervals(tmp_path) == [[100, 1, 1, 1, False], [110, 2, 2, 1, False], [100, 3, 3, 1, True]]


def test_failed_visit_does_not_end_a_price(tmp_path: Path) -> None:
    digest = shows(tmp_path, 1, 100)
    down = crawl(tmp_path, 2)
    down.failed("aaa", "http_503")
    down.write()
    assert intervals(tmp_path) == [[100, 1, 1, 1, True]]
    up = crawl(tmp_path, 3)
    up.saw_again("aaa", digest)
    up.write()
    assert intervals(tmp_path) == [[100, 1, 3, 2, True]]


def test_visit_whose_page_is_lost_does_not_end_a_price(tmp_path: Path) -> None:
    first = shows(tmp_path, 1, 100)
    lost = crawl(tmp_path, 2)
    digest = lost.saw("aaa", [offer(110)])
    (lost.write() / "offers.parquet").unlink()
    third = crawl(tmp_path, 3)
    third.saw_again("aaa", digest)
    third.write()
    assert build(tmp_path).visits_without_page == 1
    assert intervals(tmp_path) == [[100, 1, 1, 1, True]]
    assert first != digest


def test_tiers_of_one_name_and_length_stand_side_by_side(tmp_path: Path) -> None:
    shows(tmp_path, 1, 100, 120)
    shows(tmp_path, 2, 100, 125)
    assert intervals(tmp_path) == [[100, 1, 2, 2, True], [120, 1, 1, 1, False], [125, 2, 2, 1, True]]


def test_price_printed_twice_is_one(tmp_path: Path) -> None:
    shows(tmp_path, 1, 100, 100)
    assert intervals(tmp_path) == [[100, 1, 1, 1, True]]


def test_addresses_have_their_own_time_line(tmp_path: Path) -> None:
    both = crawl(tmp_path, 1)
    both.saw("aaa", [offer(100)], url=MENU)
    both.saw("aaa", [offer(100)], url=BOOKING)
    both.write()
    menu = crawl(tmp_path, 2)
    menu.saw("aaa", [], url=MENU)
    menu.write()
    assert intervals(tmp_path) == [[100, 1, 1, 1, False], [100, 1, 1, 1, True]]


def test_pages_that_alternate_within_a_second_keep_their_keys_apart(tmp_path: Path) -> None:
    made = crawl(tmp_path, 1)
    first = made.saw("aaa", [offer(100)])
    made.saw("aaa", [offer(110)])
    made.saw_again("aaa", first)
    for visit in made.visits:
        visit["seen_at"] = "2026-01-01T09:00:00Z"
    made.write()
    assert len(intervals(tmp_path)) == 3
    assert sql(tmp_path / "ratecard.duckdb", "SELECT cents FROM current_prices")["cents"].tolist() == [10_000]


def test_price_ids_stay_when_crawls_are_added(tmp_path: Path) -> None:
    shows(tmp_path, 1, 100)
    before = sql(build(tmp_path).path, "SELECT price_id FROM prices")["price_id"].tolist()
    shows(tmp_path, 2, 100)
    assert sql(build(tmp_path).path, "SELECT price_id FROM prices")["price_id"].tolist() == before


def test_price_can_be_followed_to_snippet_and_visit(tmp_path: Path) -> None:
    digest = shows(tmp_path, 1, 100)
    again = crawl(tmp_path, 2)
    again.saw_again("aaa", digest)
    again.write()
    (row,) = sql(build(tmp_path).path, "FROM provenance").to_dict("records")
    assert row["snippet"] == "Massage 60 min $100"
    assert (row["url"], row["page_digest"]) == (MENU, digest)
    assert (row["archived_in"], row["visit_id"]) == ("20260101T090000Z", "20260102T090000Z/000000")
    assert str(row["seen_at"]) == "2026-01-02 09:00:00"
    assert row["link"] == MENU + "#:~:text=Massage%2060%20min%20%24100"


def test_link_marks_whole_words(tmp_path: Path) -> None:
    made = crawl(tmp_path, 1)
    made.saw("aaa", [offer(100, snippet="seventh " * 40), offer(110, snippet="y" * 300)])
    made.write()
    links = sql(build(tmp_path).path, "SELECT link FROM provenance JOIN prices USING (price_id) ORDER BY cents")
    assert links["link"].tolist() == [
        MENU + "#:~:text=" + "%20".join(["seventh"] * 25),
        MENU + "#:~:text=" + "y" * 200,
    ]


def test_smrt_counts_up_to_massage_and_what_does_not_roll_up_stays(tmp_path: Path) -> None:
    shows(tmp_path, 1, 100)
    path = build(tmp_path).path
    query = "SELECT ancestor_id FROM modality_tree WHERE descendant_id = '{}' ORDER BY 1"
    assert sql(path, query.format("smrt"))["ancestor_id"].tolist() == [
        "massage",
        "massage_therapy",
        "neuromuscular_therapy",
        "positional_release",
        "smrt",
    ]
    assert sql(path, query.format("reflexology"))["ancestor_id"].tolist() == ["reflexology"]


def test_coverage_counts_each_step(tmp_path: Path) -> None:
    clinics = [clinic(name) for name in ("priced", "silent", "down", "unvisited")]
    made = Crawl(tmp_path, 1, clinics)
    made.saw("priced", [offer(100)])
    made.saw("silent", [])
    made.failed("down")
    made.write()
    (row,) = sql(build(tmp_path).path, "FROM coverage").to_dict("records")
    assert row["publish_region"] == "Calgary CMA"
    steps = ("clinics", "clinics_visited", "clinics_readable", "clinics_priced", "clinics_voting")
    assert [row[step] for step in steps] == [4, 3, 2, 1, 1]
