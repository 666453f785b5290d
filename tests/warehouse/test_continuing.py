"""A warehouse that is continued crawl by crawl is the one that all crawls give at once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse.build
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect
from warehouse.dictionary import relations

CLINICS = [clinic("aaa"), clinic("bbb", "Edmonton"), clinic("bbb-south", website="https://bbb.example/")]
Rows = dict[str, list[tuple[object, ...]]]


def content(data_dir: Path) -> Rows:
    """All rows of all tables and views."""
    with connect(data_dir / "ratecard.duckdb") as con:
        return {name: con.execute(f'FROM "{name}" ORDER BY ALL').fetchall() for name in relations(con)}


#: A visit: which clinic, which of two addresses, and what it saw: some prices, a page seen before, or nothing.
VISITS = st.tuples(
    st.sampled_from(["aaa", "bbb"]),
    st.integers(0, 1),
    st.one_of(st.none(), st.integers(0, 3), st.lists(st.sampled_from([80, 90, 100, 110]), max_size=3)),
)


def play(data_dir: Path, day: int, visits: list[tuple[str, int, int | list[int] | None]], known: list[str]) -> None:
    """Write the crawl of a day."""
    crawl = Crawl(data_dir, day, CLINICS)
    for clinic_id, address, saw in visits:
        url = f"https://{clinic_id}.example/{address}"
        if isinstance(saw, list):
            offers = [offer(price, service=f"Massage {price % 20}") for price in saw]
            known.append(crawl.saw(clinic_id, offers, url=url, addresses=["9 Oak Road, Leduc, AB"] if address else ()))
        elif saw is None or not known:
            crawl.failed(clinic_id, url=url)
        else:
            crawl.saw_again(clinic_id, known[saw % len(known)], url=url)
    crawl.write()


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(VISITS, max_size=6), min_size=2, max_size=5))
def test_crawl_by_crawl_is_all_at_once(days: list[list[tuple[str, int, int | list[int] | None]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir, known = Path(folder), list[str]()
        for day, visits in enumerate(days, 1):
            play(data_dir, day, visits, known)
            build(data_dir)
        continued = content(data_dir)
        (data_dir / "ratecard.duckdb").unlink()
        build(data_dir)
        assert content(data_dir) == continued


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time that a file is folded, whether it was continued."""
    calls: list[bool] = []
    fold = warehouse.build._fold

    def counted(work: warehouse.build.Work) -> object:
        calls.append(work.building.exists())
        return fold(work)

    monkeypatch.setattr(warehouse.build, "_fold", counted)
    return calls


def days(data_dir: Path, *numbers: int) -> None:
    for day in numbers:
        play(data_dir, day, [("aaa", 0, [80 + day])], [])


def test_only_what_is_new_is_folded(tmp_path: Path, folds: list[bool]) -> None:
    days(tmp_path, 1)
    build(tmp_path)
    days(tmp_path, 2)
    build(tmp_path)
    build(tmp_path)
    assert folds == [False, True, True]
    assert len(content(tmp_path)["prices"]) == 2


@pytest.mark.parametrize("change", ["older folder", "changed folder", "lost folder", "other readers", "broken file"])
def test_history_that_changed_is_folded_anew(tmp_path: Path, folds: list[bool], change: str) -> None:
    days(tmp_path, 2, 3)
    build(tmp_path)
    folder = tmp_path / "crawls" / "20260102T090000Z"
    if change == "older folder":
        days(tmp_path, 1)
    elif change == "changed folder":
        (folder / "visits.jsonl").write_text((folder / "visits.jsonl").read_text() + "\n")
    elif change == "lost folder":
        shutil.rmtree(folder)
    elif change == "other readers":
        (folder / "crawl.json").write_text((folder / "crawl.json").read_text().replace("abc123", "def456"))
    else:
        (tmp_path / "ratecard.duckdb").write_bytes(b"no database")
    build(tmp_path)
    assert folds[-1] is False
    assert len(content(tmp_path)["prices"]) == {"older folder": 3, "lost folder": 1}.get(change, 2)


def test_clinics_that_the_registry_joins_are_folded_anew(tmp_path: Path, folds: list[bool]) -> None:
    rows = [clinic("aaa"), clinic("bbb")]
    for day in (1, 2):
        crawl = Crawl(tmp_path, day, rows)
        crawl.saw("bbb", [offer(100)])
        crawl.write()
        build(tmp_path, rows)
    build(tmp_path, [rows[0], {**rows[1], "website": rows[0]["website"]}])
    assert folds == [False, True, True, False]
    assert {row[0] for row in content(tmp_path)["price_intervals"]} == {"aaa"}


def test_a_folder_that_was_set_aside_is_tried_again(tmp_path: Path, folds: list[bool]) -> None:
    days(tmp_path, 1, 2, 3)
    offers = tmp_path / "crawls" / "20260102T090000Z" / "offers.parquet"
    whole = offers.read_bytes()
    offers.write_bytes(b"")
    build(tmp_path)
    assert len(build(tmp_path).set_aside) == 1
    assert folds == [False, True]
    offers.write_bytes(whole)
    assert build(tmp_path).set_aside == ()
    assert len(content(tmp_path)["prices"]) == 3


def test_a_file_that_continues_another_is_no_larger_than_twice(tmp_path: Path) -> None:
    days(tmp_path, 1)
    size = build(tmp_path).path.stat().st_size
    for day in range(2, 9):
        days(tmp_path, day)
        path = build(tmp_path).path
    assert path.stat().st_size < 2 * size
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM crawls").fetchone() == (8,)
