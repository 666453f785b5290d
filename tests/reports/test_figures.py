"""Figures, against numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from reports.desk import Desk, open_desk
from reports.figures import DEFINITIONS, Figure, figures, figures_of, frame, last_day
from reports.model import Variances
from reports.names import UnknownName
from reports.outliers import outliers
from reports.votes import brand_weights, votes
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect
from warehouse.decisions import Decision, Verdict, add_decisions

CRANIO = {"modality": "craniosacral", "modalities": ["craniosacral"]}


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


def ballot(con: duckdb.DuckDBPyConnection, modality: str = "massage_therapy", minutes: int = 60) -> dict[str, float]:
    """The dollars that each location votes with."""
    found = votes(con, last_day(con))
    if modality not in found.modalities:
        return {}
    at = (found.modality == found.modalities.index(modality)) & (found.minutes == minutes) & ~found.stale
    names = [found.locations[n] for n in found.location[at]]
    return dict(zip(names, (found.cents[at] / 100).tolist(), strict=True))


# ------------------------------------------------------------------ worked by hand


def test_three_clinics_worked_by_hand(tmp_path: Path) -> None:
    # $90, 100, 120 in one region: the model's middle is their mean ln price, and the pool the same three clinics, so
    # that the blend is their own type-8 quantile of ln price.
    #   P50: rank 3 x .5 + 1.5/3 = 2      -> 100
    #   P10: rank 3 x .1 + 1.1/3 = .6667  -> the first, 90.   P90: 3 x .9 + 1.9/3 = 3.3333 -> the last, 120
    #   P25: rank .75 + 1.25/3 = 1.1667   -> 90 x (100/90)^.16667 = 91.5943
    #   P75: rank 2.25 + 1.75/3 = 2.8333  -> 100 x 1.2^.83333 = 116.4091; to the nearest $10 (grade D): 90 and 120
    # Standard error of the middle: a resample's second of three is the j-th with I(j/3; 2, 2) = 3x^2 - 2x^3 at x = j/3:
    # 7/27, 13/27, 7/27. On ln(.9) = -.1053605, 0, ln 1.2 = .1823216: mean 7/27 x .0769611 = .0199529, mean square
    # 7/27 x (.0111008 + .0332412) = .0114961, variance B = V = .0110979. Steps of $5 at $100 give
    # G = .05^2/12 = .0002083; S = .042; U = 0 as the pool is centred on this very cell:
    #   s^2 = (3/13)^2 (B + G) + (10/13)^2 (S^2 + V) = .0532544 x .0113062 + .5917160 x .0128619 = 0.0082127, s = 0.0906239: D
    #   95 %: 100 x exp(-+1.959964 x 0.0906239 = 0.1776197) = 83.7261 and 119.4371
    # Average 310/3 = 103.3333; its error: offs -13.3333, -3.3333, 16.6667, squares 466.6667 x 3/2 = 700, root 26.4575,
    # over 3 = 8.8192; 95 %: 86.0480 and 120.6186.
    found = one(
        warehouse(tmp_path, {f"c{price}": [offer(price, **CRANIO)] for price in (90, 100, 120)}), "craniosacral"
    )
    assert (found.grade, found.words, found.reason) == ("D", "limited data: 3 clinics", None)
    assert (found.n, found.brands, found.n_fresh, found.n_exact, found.n_known) == (3, 3, 3, 3, 3)
    assert (found.typical_low_cents, found.typical_high_cents) == (9_000, 12_000)
    assert (found.mid_low_cents, found.mid_high_cents) == (9_000, 12_000)
    assert (found.lowest_cents, found.highest_cents) == (9_000, 12_000)
    assert found.oldest == found.newest == found.as_of == date(2026, 1, 1)
    assert (found.method, found.step, found.basis, found.headline) == ("blend", "exact", "before GST", False)
    expected = {
        "typical_cents": 10_000, "unrounded_low_cents": 9_000, "unrounded_high_cents": 12_000,
        "typical_ci_low_cents": 8372.61, "typical_ci_high_cents": 11943.71, "average_cents": 10_333.33,
        "average_ci_low_cents": 8_604.80, "average_ci_high_cents": 12_061.86,
    }  # fmt: skip
    for name, cents in expected.items():
        assert getattr(found, name) == pytest.approx(cents, abs=0.5), name
    assert found.typical_rse == pytest.approx(0.0906239, abs=1e-6)


TWO_CITIES = {f"c{n}": dollars for n, dollars in enumerate((80, 90, 100, 100, 110, 125))}
DEARER = {f"e{n}": dollars * 1.21 for n, dollars in enumerate((80, 90, 100, 100, 110, 125))}
GIVEN = Variances(region=0.004, region_modality=0.001, brand=0.02, error=0.005)


@pytest.fixture(scope="module")
def two_cities(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    menus = {name: [offer(dollars, **CRANIO)] for name, dollars in (TWO_CITIES | DEARER).items()}
    con = warehouse(tmp_path_factory.mktemp("two"), menus, **dict.fromkeys(DEARER, "Edmonton"))
    return open_desk(con, date(2026, 1, 1), GIVEN)


def test_two_cities_worked_by_hand(two_cities: Desk) -> None:
    # Six clinics at $80, 90, 100, 100, 110, 125 in Calgary and at 1.21 times that in Edmonton; the variances are given.
    # Mean ln price of Calgary: ln 100 + ln(.8 x .9 x 1.1 x 1.25)/6 = ln 100 - .0016751; Edmonton ln 1.21 = .1906204 more.
    # The regions lean together: (u + v) / (u + v + (c + e)/6) = .005/(.005 + .025/6) = 6/11, so that Calgary's middle is
    # its mean + 5/11 x .0953102 = + .0433228, that is m = ln 100 + .0416477.
    # The pool, ln price - m of all twelve: -.2647912, -.1781456, -.1470082, -.0603626, -.0416477 twice, .0449979 twice,
    # .0536625, .1403081, .1814959, .2681415.
    #   P10: rank 12 x .1 + 1.1/3 = 1.5667 -> -.2647912 + .5666667 x .0866456 = -.2156921
    #   P50: rank 6.5 -> (-.0416477 + .0449979)/2 = .0016751
    #   P90: rank 10.8 + 1.9/3 = 11.4333 -> .1814959 + .4333333 x .0866456 = .2190423
    # Calgary's own: P10 rank .9667 -> 80, P50 rank 3.5 -> 100, P90 rank 6.0333 -> 125. Blended 6 to 10:
    #   P10: ln 100 + (6 x -.2231436 + 10 x (.0416477 - .2156921))/16 = ln 100 - .1924566 -> $82.49
    #   P50: ln 100 + 10 x .0433228/16 = ln 100 + .0270767 -> $102.74
    #   P90: ln 100 + (6 x .2231436 + 10 x .2606900)/16 = ln 100 + .2466101 -> $127.97
    (found,) = figures_of(two_cities, modality="craniosacral", minutes=60, regions=["Calgary"])
    cents = (found.unrounded_low_cents, found.typical_cents, found.unrounded_high_cents)
    assert [round(c or 0) for c in cents] == [8_249, 10_274, 12_797]
    assert (found.typical_low_cents, found.typical_high_cents, found.n) == (8_000, 13_000, 6)
    assert found.average_cents == pytest.approx(60_500 / 6)


def test_cities_that_differ_are_not_one_figure(two_cities: Desk) -> None:
    # $102.74 against 121 x 100/102.74 by symmetry = $117.77: 15 % apart.
    found = figures_of(two_cities, modality="craniosacral", minutes=60, regions=["Calgary", "Edmonton"])
    assert [f.region for f in found] == ["Calgary", "Edmonton"]
    assert round(found[1].typical_cents or 0) == 11_777
    assert {f.note for f in found} == {"not one figure: the middle price of Edmonton is 15% above that of Calgary"}


def test_alike_cities_are_one_figure_with_the_same_weight(tmp_path: Path) -> None:
    # Nine clinics around $100 in Calgary and three around $104 in Edmonton: each city weighs a half, so the average is
    # (100 + 104)/2, where one vote a clinic would give 101.
    menus = {f"c{n}": [offer(96 + n)] for n in range(9)} | {f"e{n}": [offer(102 + 2 * n)] for n in range(3)}
    con = warehouse(tmp_path, menus, **{f"e{n}": "Edmonton" for n in range(3)})
    both = one(con, "rmt", 60, "calgary", "YEG")
    assert (both.region, both.n, both.note) == ("Calgary and Edmonton", 12, None)
    assert both.average_cents == pytest.approx(10_200)


def test_a_chain_has_a_fifth_of_the_weight(tmp_path: Path) -> None:
    # Five locations of one brand at $80 and five clinics at 100, 105, 110, 115, 120. The chain weighs .25 each, so that
    # 1.25 of 6.25 is a fifth: average .2 x 80 + .8 x 110 = 104. Independent votes: 6.25^2 / (1.25^2 + 5) = 5.952.
    chain = [clinic(f"k{n}", website="https://chain.example/") for n in range(5)]
    singles = {f"c{dollars}": dollars for dollars in (100, 105, 110, 115, 120)}
    crawl = Crawl(tmp_path, 1, [*chain, *(clinic(name) for name in singles)])
    crawl.saw("k0", [offer(80)])
    for name, dollars in singles.items():
        crawl.saw(name, [offer(dollars)])
    crawl.write()
    found = one(connect(build(tmp_path).path))
    assert (found.n, found.brands) == (10, 6)
    assert found.average_cents == pytest.approx(10_400)
    weights = brand_weights(np.array([0] * 5 + [1, 2, 3, 4, 5]))
    assert weights is not None
    assert weights.sum() == pytest.approx(5.952, abs=1e-3)


def test_locations_of_two_brands_are_no_figure(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [clinic(f"k{n}", website="https://chain.example/") for n in range(5)] + [clinic("own")])
    crawl.saw("k0", [offer(80)])
    crawl.saw("own", [offer(90)])
    crawl.write()
    found = one(connect(build(tmp_path).path))
    assert (found.n, found.brands, found.typical_cents, found.grade) == (6, 2, None, None)
    assert found.reason == "6 locations of 2 brands show a price for it; at least 3 brands are needed"


# ------------------------------------------------------------------ which prices vote


def test_one_vote_a_location_however_long_its_menu(tmp_path: Path) -> None:
    # The spa's twelve services have the median $155.50.
    spa = [offer(150 + n, service=f"Ritual {n}") for n in range(12)]
    assert ballot(warehouse(tmp_path, {"spa": spa, "small": [offer(100)]})) == {"spa": 155.5, "small": 100}


def test_tiers_are_one_price_and_copies_one_tier(tmp_path: Path) -> None:
    # Tiers $100, 110, 150 of one service are its median 110, also where another page shows $100 again; with another
    # service at $90 the location's vote is (110 + 90)/2 = 100. Counting every price once would give 105.
    crawl = Crawl(tmp_path, 1, [clinic("aaa")])
    crawl.saw("aaa", [offer(100), offer(110), offer(150), offer(90, service="Other")])
    crawl.saw("aaa", [offer(100)], url="https://book.example/aaa")
    crawl.write()
    assert ballot(connect(build(tmp_path).path)) == {"aaa": 100}


@pytest.mark.parametrize(
    "other",
    [
        {"abstains": "a from-price"},
        {"currency": "USD", "abstains": "currency: USD"},
        {"category": "couples", "abstains": "category: couples"},
        {"audience": "student", "abstains": "audience: student"},
        {"audience": "follow_up"},
        {"short_hour": True},
    ],
)
def test_what_does_not_vote(tmp_path: Path, other: dict[str, object]) -> None:
    menu = [offer(100), offer(300, 60, **{"service": "Other", "snippet": "x", **other})]
    assert ballot(warehouse(tmp_path, {"aaa": menu})) == {"aaa": 100}


def test_fifty_minutes_vote_where_there_are_no_sixty(tmp_path: Path) -> None:
    con = warehouse(tmp_path, {"aaa": [offer(130, 60, short_hour=True)]})
    assert ballot(con) == {"aaa": 130}


def test_descendants_and_second_modalities_count(tmp_path: Path) -> None:
    smrt = offer(100, service="SMRT", modality="smrt", modalities=["smrt"])
    mixed = offer(120, service="Deep tissue / NMT", modality="deep_tissue", modalities=["neuromuscular_therapy"])
    con = warehouse(tmp_path, {"aaa": [smrt], "bbb": [mixed], "ccc": [offer(110, service="Plain")]})
    assert ballot(con, "neuromuscular_therapy") == {"aaa": 100, "bbb": 120}
    assert ballot(con, "smrt") == {"aaa": 100}
    assert ballot(con, "deep_tissue") == {"bbb": 120}
    found = one(con, "massage")
    assert (found.n, found.n_exact, found.step) == (3, 0, "with what belongs to it")


def test_one_printed_price_is_one_observation_to_the_model(tmp_path: Path) -> None:
    con = warehouse(tmp_path, {"aaa": [offer(100, modality="smrt", modalities=["smrt"])]})
    found = votes(con, last_day(con))
    assert len(found) == 5  # SMRT, positional release, NMT, massage therapy, massage
    assert found.share.sum() == pytest.approx(1)


# ------------------------------------------------------------------ cleaning and staleness


def test_what_lies_far_from_the_model_is_set_aside_until_kept(tmp_path: Path) -> None:
    # $135 is no odd price for an hour where half of the clinics ask $100, but for craniosacral therapy at about $70 it
    # is 1.9 times the model's price.
    menus = {f"c{n}": [offer(66 + n, **CRANIO)] for n in range(9)} | {f"d{n}": [offer(96 + n)] for n in range(9)}
    con = warehouse(tmp_path, {**menus, "far": [offer(140, **CRANIO)]})
    found = one(con, "craniosacral")
    assert (found.n, found.set_aside, found.flagged, found.highest_cents) == (9, 1, 0, 7_400)
    asked = outliers(con, open_desk(con, last_day(con)))
    assert asked[["check_name", "location_id", "price_cents"]].values.tolist() == [["far_from_model", "far", 14_000]]
    assert asked["reason"][0].startswith("$7")
    con.close()
    kept = Decision(date(2026, 1, 2), "far_from_model", "far", "Massage", 60, "regular", 14_000, Verdict.KEEP, "a spa")
    add_decisions(tmp_path / "decisions.csv", [kept])
    con = connect(build(tmp_path).path)
    found = one(con, "craniosacral")
    assert (found.n, found.set_aside, found.highest_cents) == (10, 0, 14_000)
    assert outliers(con, open_desk(con, last_day(con))).empty


def test_as_of_looks_back_and_old_prices_lose_their_vote(tmp_path: Path) -> None:
    names = ("aaa", "bbb", "ccc")
    for day, dollars in ((1, 100), (10, 110)):
        crawl = Crawl(tmp_path, day, [clinic(name) for name in names])
        for name in names:
            crawl.saw(name, [offer(dollars)])
        crawl.write()
    con = connect(build(tmp_path).path)
    asked = {day: figures(con, modality="rmt", minutes=60, regions=["Calgary"], as_of=day)[0] for day in DAYS}
    assert [round(row.typical_cents or 0) for row in asked.values()] == [0, 10_000, 10_000, 11_000, 11_000, 0]
    assert [row.n_fresh for row in asked.values()] == [0, 3, 3, 3, 0, 0]
    assert [row.n_stale for row in asked.values()] == [0, 0, 0, 0, 0, 3]
    assert asked[date(2026, 7, 10)].reason == "the prices of 3 of 3 locations have not been seen for half a year"
    assert figures(con, modality="rmt", minutes=60, regions=["Calgary"], as_of=date(2027, 1, 11))[0].n_stale == 0


DAYS = [date(2025, 12, 31), *(date(2026, 1, d) for d in (1, 9, 10)), date(2026, 7, 9), date(2026, 7, 10)]


def test_more_stale_than_voting_is_no_figure(tmp_path: Path) -> None:
    names = [f"c{n}" for n in range(7)]
    first = Crawl(tmp_path, 1, [clinic(name) for name in names])
    for name in names:
        first.saw(name, [offer(100)])
    first.write()
    later = Crawl(tmp_path, 201, [clinic(name) for name in names])
    for name in names[:3]:
        later.saw(name, [offer(100)])
    for name in names[3:]:
        later.failed(name)
    later.write()
    found = one(connect(build(tmp_path).path))
    assert (found.n, found.n_stale, found.typical_cents) == (3, 4, None)
    assert found.reason == "the prices of 4 of 7 locations have not been seen for half a year"


def test_service_that_moved_to_another_address_counts_at_its_new_price(tmp_path: Path) -> None:
    first = Crawl(tmp_path, 1, [clinic("aaa")])
    first.saw("aaa", [offer(100)], url="http://aaa.example/old")
    first.write()
    second = Crawl(tmp_path, 9, [clinic("aaa")])
    second.failed("aaa", "http_404", url="http://aaa.example/old")
    second.saw("aaa", [offer(120)], url="https://aaa.example/new")
    second.write()
    assert ballot(connect(build(tmp_path).path)) == {"aaa": 120}


# ------------------------------------------------------------------ fallback, resorts, no figure


def test_one_clinic_is_no_headline(tmp_path: Path) -> None:
    found = one(warehouse(tmp_path, {"aaa": [offer(100)]}))
    assert (found.n, found.grade, found.typical_cents, found.lowest_cents) == (1, None, None, None)
    assert found.reason == "only 1 location shows a price for it, and 0 elsewhere; at least 3 clinics are needed"
    assert not found.headline


def test_few_votes_draw_on_the_wider_modality_there(tmp_path: Path) -> None:
    # NMT costs 10 % more than massage therapy wherever both are sold; Red Deer has one NMT clinic among seven.
    both = {f"c{n}": [offer(96 + n), offer(1.1 * (96 + n), service="NMT", **NMT)] for n in range(9)}
    plain = {f"r{n}": [offer(84 + n)] for n in range(6)}
    lone = {"r9": [offer(88), offer(96.8, service="NMT", **NMT)]}
    con = warehouse(tmp_path, both | plain | lone, **dict.fromkeys([*plain, *lone], "Red Deer"))
    nmt, therapy = one(con, "nmt", 60, "Red Deer"), one(con, "rmt", 60, "Red Deer")
    assert (nmt.n, nmt.n_basis, nmt.grade, nmt.method) == (1, 7, "C", "model")
    assert nmt.step == "massage_therapy there with the modelled difference"
    # Massage therapy counts NMT too: its votes are 1.05 times the plain price where both are sold.
    assert (nmt.typical_cents or 0) / (therapy.typical_cents or 1) == pytest.approx(1.1 / 1.05, abs=0.02)


NMT: dict[str, object] = {"modality": "neuromuscular_therapy", "modalities": ["neuromuscular_therapy"]}


def test_without_votes_the_model_speaks_and_says_so(tmp_path: Path) -> None:
    sold = {f"c{n}": [offer(96 + n, **CRANIO)] for n in range(9)}
    sold |= {f"e{n}": [offer(97 + n, **CRANIO)] for n in range(4)}
    con = warehouse(tmp_path, sold | {"r0": [offer(97)]}, r0="Red Deer", **{f"e{n}": "Edmonton" for n in range(4)})
    found = one(con, "craniosacral", 60, "Red Deer")
    assert (found.n, found.grade, found.method, found.words) == (0, "E", "model", "modelled from 13 other clinics")
    assert found.typical_cents is not None
    assert {f.region for f in figures(con, modality="craniosacral")} >= {"Calgary", "Edmonton", "Alberta"}
    assert "Red Deer" not in {f.region for f in figures(con, modality="craniosacral")}
    assert "Red Deer" in {f.region for f in figures(con, modality="craniosacral", modelled=True)}


def test_resorts_feed_no_other_region(tmp_path: Path) -> None:
    city = {f"c{n}": [offer(96 + n)] for n in range(9)}
    resort = {f"b{n}": [offer(180 + 5 * n)] for n in range(4)}
    alone = one(warehouse(tmp_path / "a", city))
    con = warehouse(tmp_path / "b", city | resort, **dict.fromkeys(resort, "Banff"))
    beside, banff = one(con), one(con, "rmt", 60, "Banff")
    names = ("typical_cents", "unrounded_low_cents", "unrounded_high_cents", "typical_rse", "n", "grade")
    assert [getattr(beside, name) for name in names] == pytest.approx([getattr(alone, name) for name in names])
    assert (banff.n, banff.set_aside) == (4, 0)
    assert 17_500 < (banff.typical_cents or 0) < 19_500


def test_unknown_place_counts_for_alberta_only(tmp_path: Path) -> None:
    con = warehouse(tmp_path, {"aaa": [offer(100)]}, aaa="Atlantis")
    assert {row.region for row in figures(con)} == {"Alberta"}


def test_regions_within_each_other_count_a_location_once(tmp_path: Path) -> None:
    con = warehouse(tmp_path, {f"c{n}": [offer(100 + n)] for n in range(4)} | {"x": [offer(99)]}, x="Airdrie")
    assert one(con, "rmt", 60, "Calgary CMA").n == one(con, "rmt", 60, "Alberta", "Calgary").n == 5


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


def test_every_field_is_defined() -> None:
    assert list(DEFINITIONS) == list(Figure.__slots__)


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
