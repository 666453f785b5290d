"""Where a location is: from the registry, else from its address, else from what its pages print; and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reports.review import unplaced
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect

Told = tuple[str | None, str | None, float | None]


def placed(data_dir: Path, row: dict[str, str], printed: Sequence[str] = ()) -> Told:
    """Place, basis and sureness of the location of a registry row whose page prints some lines."""
    crawl = Crawl(data_dir, 1, [row])
    crawl.saw(row["id"], [offer(100)], addresses=printed)
    crawl.write()
    build(data_dir)
    with connect(data_dir / "ratecard.duckdb") as con:
        found: Told | None = con.execute("SELECT place_key, place_basis, place_sure FROM locations").fetchone()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("row", "printed", "told"),
    [
        ({"city": "Calgary"}, ["9 Oak Road, Edmonton, AB"], ("Calgary", "registry city", 1.0)),
        ({"city": "", "postal_code": "T8N 1A1"}, [], ("St. Albert", "registry address: postal_code", 0.95)),
        ({"city": "", "address": "9 Oak Road, Leduc"}, [], ("Leduc", "registry address: city, province", 0.97)),
        ({"city": "Atlantis"}, [], (None, None, None)),
        ({"city": "", "postal_code": "T0L 0X0"}, [], (None, None, None)),
        ({"city": ""}, ["9 Oak Road, Leduc, AB"], ("Leduc", "page address: city, province", 0.97)),
        (
            {"city": ""},
            ["Inglewood, Calgary T2G 1A1", "Parkdale, Calgary T2N 3Z9"],
            ("Calgary", "page address: neighbourhood, postal_code", 0.97),
        ),
        ({"city": ""}, ["9 Oak Road, Leduc, AB", "9 Elm Road, Edmonton, AB"], (None, None, None)),
        ({"city": ""}, ["9 Oak Road, Leduc, AB", "9 Elm Road, Kelowna, BC"], (None, None, None)),
        ({"city": ""}, ["Beltline, AB T2R 1A1", "9 Oak Road, Edmonton T2E 1A1"], (None, None, None)),
        ({"city": ""}, [], (None, None, None)),
    ],
)
def test_the_place_of_a_location(tmp_path: Path, row: dict[str, str], printed: list[str], told: Told) -> None:
    assert placed(tmp_path, clinic("aaa", **row), printed) == told


def test_an_address_on_the_pages_of_a_clinic_with_two_locations_places_neither(tmp_path: Path) -> None:
    rows = [clinic("aaa", city="", website="https://a.example/"), clinic("bbb", city="", website="https://a.example/")]
    crawl = Crawl(tmp_path, 1, rows)
    crawl.saw("aaa", [offer(100)], addresses=["9 Oak Road, Leduc, AB"])
    crawl.write()
    build(tmp_path)
    with connect(tmp_path / "ratecard.duckdb") as con:
        assert con.execute("SELECT place_key FROM locations").fetchall() == [(None,), (None,)]


def test_only_the_pages_that_a_clinic_shows_now_tell_where_it_is(tmp_path: Path) -> None:
    for day, line in ((1, "9 Oak Road, Leduc, AB"), (2, "9 Elm Road, Camrose, AB")):
        crawl = Crawl(tmp_path, day, [clinic("aaa", city="")])
        crawl.saw("aaa", [offer(100)], addresses=[line])
        crawl.write()
    build(tmp_path)
    with connect(tmp_path / "ratecard.duckdb") as con:
        assert con.execute("SELECT place_key FROM locations").fetchall() == [("Camrose",)]


def test_who_has_no_place_and_whose_pages_print_another_one_is_for_a_person(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [clinic("aaa", city=""), clinic("bbb"), clinic("ccc"), clinic("ddd")])
    crawl.saw("aaa", [offer(100)])
    crawl.saw("bbb", [offer(100)], addresses=["9 Oak Road, Leduc, AB"])
    crawl.saw("ccc", [offer(100)], addresses=["9 Oak Road, Leduc, AB", "Beltline, Calgary, AB T2R 1A1"])
    crawl.saw("ddd", [offer(100)])
    crawl.write()
    build(tmp_path)
    with connect(tmp_path / "ratecard.duckdb") as con:
        rows = unplaced(con)
    assert [(row.location_id, row.reason.partition(":")[0]) for row in rows.itertuples()] == [
        ("bbb", "no address on its pages lies there"),
        ("aaa", "no place"),
    ]
    assert rows["addresses"].iloc[0] == "9 Oak Road, Leduc, AB"
