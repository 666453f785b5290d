"""Figures of several regions, of resorts, and of cells with few votes: what may speak for what."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.desk import open_desk
from reports.figures import figures, last_day
from reports.making import rounded_range
from tests.reports.test_figures import CRANIO, one, warehouse
from tests.warehouse.factories import offer


def menus(prefix: str, prices: range, **other: object) -> dict[str, list[dict[str, object]]]:
    return {f"{prefix}{n}": [offer(price, **other)] for n, price in enumerate(prices)}


@pytest.mark.parametrize("banff", [0, 1, 2])
def test_a_region_with_fewer_than_three_votes_is_never_spoken_for(tmp_path: Path, banff: int) -> None:
    calgary, resort = menus("c", range(96, 105)), menus("b", range(200, 200 + banff))
    con = warehouse(tmp_path, calgary | resort, **dict.fromkeys(resort, "Banff"))
    first, second = figures(con, modality="rmt", minutes=60, regions=["Calgary", "Banff"])
    assert (first.region, first.n, second.region, second.n) == ("Calgary", 9, "Banff", banff)
    assert first.note == second.note
    assert f"only {banff} location" in str(first.note)


def test_regions_named_together_weigh_the_same_though_they_lie_in_one(tmp_path: Path) -> None:
    # Nine at $100 in Calgary, three at $104 in Airdrie, both in the census area: (100 + 104) / 2 = 102.
    calgary = {f"c{n}": [offer(100)] for n in range(9)}
    airdrie = {f"a{n}": [offer(104)] for n in range(3)}
    con = warehouse(tmp_path, calgary | airdrie, **dict.fromkeys(airdrie, "Airdrie"))
    assert one(con, "rmt", 60, "Calgary", "Airdrie").average_cents == pytest.approx(10_200)


def test_a_figure_from_a_wider_modality_takes_the_difference_of_all_its_regions(tmp_path: Path) -> None:
    nmt = {"modality": "neuromuscular_therapy", "modalities": ["neuromuscular_therapy"], "minutes": 90}
    cities = {f"c{n}": [offer(90 + n), offer(150 + n, **nmt)] for n in range(4)}
    cities |= {f"e{n}": [offer(91 + n), offer(190 + n, **nmt)] for n in range(4)}
    con = warehouse(tmp_path, cities, **{name: "Edmonton" for name in cities if name[0] == "e"})
    calgary, edmonton, province = (one(con, "nmt", 60, name) for name in ("Calgary", "Edmonton", "Alberta"))
    assert {calgary.method, edmonton.method, province.method} == {"model"}
    assert calgary.typical_cents < province.typical_cents < edmonton.typical_cents


def test_resorts_without_votes_are_not_modelled_from_the_cities(tmp_path: Path) -> None:
    resort = {"banff": [offer(150, minutes=None)]}
    con = warehouse(tmp_path, menus("c", range(80, 120)) | resort, banff="Banff")
    found = one(con, "rmt", 60, "Banff")
    assert (found.grade, found.typical_cents) == (None, None)
    assert "none of the 1 known locations" in str(found.reason)


def test_prices_of_one_clinic_are_not_told(tmp_path: Path) -> None:
    rare = {"rare": [offer(87, **CRANIO)]} | menus("e", range(95, 105), **CRANIO)
    homes = {name: "Edmonton" for name in rare if name[0] == "e"}
    found = one(warehouse(tmp_path, rare | menus("c", range(90, 110)), **homes), "craniosacral")
    assert (found.n, found.lowest_cents, found.highest_cents) == (1, None, None)


def test_regions_within_each_other_count_what_is_known_once(tmp_path: Path) -> None:
    con = warehouse(tmp_path, menus("c", range(90, 96)))
    desk = open_desk(con, last_day(con))
    assert desk.known(["Alberta", "Calgary"]) == desk.known(["Alberta"]) == 6


@given(st.lists(st.floats(3_000, 30_000), min_size=3, max_size=3).map(sorted), st.sampled_from([500, 1_000]))
def test_a_rounded_range_holds_its_middle(ends: list[float], step: int) -> None:
    low, high = rounded_range(ends[0], ends[1], ends[2], step)
    assert low <= ends[1] <= high
    assert abs(low - ends[0]) <= step / 2 or low == ends[0] // 100 * 100
    assert high - ends[2] <= max(step / 2, 100)
