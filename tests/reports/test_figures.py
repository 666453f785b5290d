"""Figures, against numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import Figure, figures, frame
from reports.names import UnknownName
from reports.quantiles import nearest, quantile8
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect

AMOUNTS = st.lists(st.integers(1_000, 100_000), min_size=1, max_size=40)


def warehouse(data_dir: Path, menus: dict[str, list[dict[str, object]]], **cities: str) -> duckdb.DuckDBPyConnection:
    """A warehouse of one crawl of clinics in Calgary, or in the city that is given for them."""
    crawl = Crawl(data_dir, 1, [clinic(name, cities.get(name, "Calgary")) for name in menus])
    for name, menu in menus.items():
        crawl.saw(name, menu)
    crawl.write()
    return connect(build(data_dir).path)


def one(con: duckdb.DuckDBPyConnection, modality: str = "massage therapy", minutes: int = 60, *regions: str) -> Figure:
    (found,) = figures(con, modality=modality, minutes=minutes, regions=regions or ["Calgary"])
    return found


@given(AMOUNTS, st.floats(0, 1))
def test_quantile_is_numpys_median_unbiased(amounts: list[int], p: float) -> None:
    expected = float(np.quantile(amounts, p, method="median_unbiased"))
    assert quantile8(sorted(amounts), p) == pytest.approx(expected)


@pytest.mark.parametrize(("amounts", "p"), [([], 0.5), ([1], -0.1), ([1], 1.1)])
def test_quantile_of_nothing(amounts: list[int], p: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        quantile8(amounts, p)


def test_rounding_to_five_dollars() -> None:
    assert [nearest(cents) for cents in (10_249, 10_250, 10_500, 10_749.9)] == [10_000, 10_500, 10_500, 10_500]


def test_worked_example(tmp_path: Path) -> None:
    # Five locations at $90, 100, 110, 120 and 140. Median 110, mean 560/5 = 112.
    # 10 %: 5 * .1 + 1.1/3 = .8667, below the first rank: clamped to 90.
    # 90 %: 5 * .9 + 1.9/3 = 5.1333, beyond the last: 140.
    con = warehouse(tmp_path, {f"c{price}": [offer(price)] for price in (90, 100, 110, 120, 140)})
    found = one(con)
    assert (found.typical_cents, found.average_cents) == (11_000, 11_200)
    assert (found.typical_low_cents, found.typical_high_cents) == (9_000, 14_000)
    assert (found.n, found.clinics, found.basis, found.reason) == (5, 5, "before GST", None)
    assert found.oldest == found.newest == found.as_of == date(2026, 1, 1)


def test_worked_example_with_ranks_inside(tmp_path: Path) -> None:
    # Ten at $80, 90 ... 170. 10 %: 10 * .1 + 1.1/3 = 1.3667 -> 80 + .3667 * 10 = 83.667, rounded 85.
    # 90 %: 10 * .9 + 1.9/3 = 9.6333 -> 160 + .6333 * 10 = 166.333, rounded 165.
    found = one(warehouse(tmp_path, {f"c{price}": [offer(price)] for price in range(80, 180, 10)}))
    assert found.unrounded_low_cents == pytest.approx(8_366.67, abs=0.01)
    assert found.unrounded_high_cents == pytest.approx(16_633.33, abs=0.01)
    assert (found.typical_low_cents, found.typical_high_cents, found.typical_cents) == (8_500, 16_500, 12_500)


def test_one_vote_a_location_however_long_its_menu(tmp_path: Path) -> None:
    # The spa's twelve services have the median $155.50 -> one vote; with the clinic's $100 the typical is $127.75.
    spa = [offer(150 + n, service=f"Ritual {n}") for n in range(12)]
    found = one(warehouse(tmp_path, {"spa": spa, "small": [offer(100)]}))
    assert (found.n, found.typical_cents) == (2, (15_550 + 10_000) / 2)


def test_tiers_count_each_and_copies_once(tmp_path: Path) -> None:
    # Tiers $100 and $120 of one name, and $100 of the same name once more on another page: median of 100, 120 = 110.
    crawl = Crawl(tmp_path, 1, [clinic("aaa")])
    crawl.saw("aaa", [offer(100), offer(120)])
    crawl.saw("aaa", [offer(100)], url="https://book.example/aaa")
    crawl.write()
    assert one(connect(build(tmp_path).path)).typical_cents == 11_000


@pytest.mark.parametrize(
    "other",
    [
        {"abstains": "a from-price"},
        {"currency": "USD", "abstains": "currency: USD"},
        {"category": "couples", "abstains": "category: couples"},
        {"audience": "student", "abstains": "audience: student"},
        {"audience": "follow_up"},
    ],
)
def test_what_does_not_vote(tmp_path: Path, other: dict[str, object]) -> None:
    found = one(warehouse(tmp_path, {"aaa": [offer(100), offer(300, 60, **{"service": "Other", **other})]}))
    assert (found.n, found.typical_cents) == (1, 10_000)


def test_descendants_and_second_modalities_count(tmp_path: Path) -> None:
    smrt = offer(100, service="SMRT", modality="smrt", modalities=["smrt"])
    mixed = offer(120, service="Deep tissue / NMT", modality="deep_tissue", modalities=["neuromuscular_therapy"])
    con = warehouse(tmp_path, {"aaa": [smrt], "bbb": [mixed], "ccc": [offer(500 / 5, service="Plain")]})
    assert one(con, "NMT").n == 2
    assert one(con, "smrt").n == 1
    assert one(con, "deep tissue").typical_cents == 12_000
    assert one(con, "massage").n == 3


def test_regions_pool_into_one_figure(tmp_path: Path) -> None:
    menus = {"aaa": [offer(100)], "bbb": [offer(120)], "ccc": [offer(80)]}
    con = warehouse(tmp_path, menus, bbb="Edmonton", ccc="Airdrie")
    both = one(con, "rmt", 60, "calgary", "YEG")
    assert (both.region, both.n, both.typical_cents) == ("Calgary and Edmonton", 2, 11_000)
    assert one(con, "rmt", 60, "Calgary CMA").n == 2
    assert one(con, "rmt", 60, "Alberta").n == 3
    assert one(con, "rmt", 60, "Alberta", "Calgary").n == 3


def test_unknown_place_counts_for_alberta_only(tmp_path: Path) -> None:
    con = warehouse(tmp_path, {"aaa": [offer(100)]}, aaa="Atlantis")
    assert {row.region for row in figures(con)} == {"Alberta"}


def test_whole_table_is_sorted(tmp_path: Path) -> None:
    con = warehouse(tmp_path, {"aaa": [offer(100), offer(140, 90)]})
    cells = [(str(row.modality), row.minutes or 0, row.region) for row in figures(con)]
    assert cells == sorted(cells)
    assert ("massage", 90, "Calgary CMA") in cells
    assert len(frame(figures(con))) == len(cells) == 2 * 2 * 3  # massage and massage therapy, 60 and 90, three regions


def test_no_votes_is_no_figure_with_the_reason(tmp_path: Path) -> None:
    con = warehouse(tmp_path, {"aaa": [offer(100)]})
    found = one(con, "nmt")
    assert (found.n, found.typical_cents) == (0, None)
    assert "none of the 1 known locations" in str(found.reason)
    assert one(con, "nmt", 60, "Banff").reason == "no clinic there is known"


def test_as_of_looks_back_and_old_prices_lose_their_vote(tmp_path: Path) -> None:
    for day, dollars in ((1, 100), (10, 110)):
        crawl = Crawl(tmp_path, day, [clinic("aaa"), clinic("zzz")])
        crawl.saw("aaa", [offer(dollars)])
        crawl.write()
    con = connect(build(tmp_path).path)
    asked = {day: figures(con, modality="rmt", minutes=60, regions=["Calgary"], as_of=day)[0] for day in DAYS}
    assert [row.typical_cents for row in asked.values()] == [None, 10_000, 10_000, 11_000, 11_000, None]


DAYS = [date(2025, 12, 31), *(date(2026, 1, d) for d in (1, 9, 10)), date(2026, 7, 9), date(2026, 7, 10)]


def test_service_that_moved_to_another_address_counts_at_its_new_price(tmp_path: Path) -> None:
    first = Crawl(tmp_path, 1, [clinic("aaa")])
    first.saw("aaa", [offer(100)], url="http://aaa.example/old")
    first.write()
    second = Crawl(tmp_path, 9, [clinic("aaa")])
    second.failed("aaa", "http_404", url="http://aaa.example/old")
    second.saw("aaa", [offer(120)], url="https://aaa.example/new")
    second.write()
    assert one(connect(build(tmp_path).path)).typical_cents == 12_000


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"modality": "deep tisssue"}, "did you mean deep_tissue"),
        ({"regions": ["Calgarry"]}, "did you mean Calgary"),
        ({"regions": ["Toronto"]}, "no place or region"),
        ({"minutes": 61}, "published lengths are 15, 20, 30"),
    ],
)
def test_unknown_names_get_suggestions(tmp_path: Path, asked: dict[str, object], words: str) -> None:
    con = warehouse(tmp_path, {"aaa": [offer(100)]})
    with pytest.raises(UnknownName, match=words):
        figures(con, **asked)  # type: ignore[arg-type]
