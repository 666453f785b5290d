"""Building: what is folded, what is set aside, and that the last good file is never lost."""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.queues
import multiprocessing.synchronize
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect, sql
from warehouse.errors import BuildFailed, BuildRunning, ChecksFailed, NothingToBuild, WarehouseError
from warehouse.queries import sql_files

A = clinic("aaa")


def one_crawl(data_dir: Path, day: int = 1) -> Path:
    crawl = Crawl(data_dir, day, [A])
    crawl.saw("aaa", [offer(100)])
    return crawl.write()


def test_nothing_to_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingToBuild, match="ratecard crawl"):
        build(tmp_path)
    assert not list(tmp_path.iterdir())


def test_folder_being_written_is_left_alone(tmp_path: Path) -> None:
    folder = one_crawl(tmp_path)
    folder.rename(folder.with_name(folder.name + ".partial"))
    with pytest.raises(NothingToBuild):
        build(tmp_path)


def test_build_reports_what_it_holds(tmp_path: Path) -> None:
    one_crawl(tmp_path)
    report = build(tmp_path)
    assert (report.crawls, report.current_prices, report.set_aside) == (1, 1, ())
    assert report.rows["visits"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build.lock", "crawls", "ratecard.duckdb"]


def _no_file(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def _bytes(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def _text(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def _replace(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text((folder / name).read_text().replace(old, new))


def _set_modality(folder: Path) -> None:
    offers = pq.read_table(folder / "offers.parquet").drop_columns(["modality"])
    pq.write_table(offers.append_column("modality", pa.array(["chakra"])), folder / "offers.parquet")


def _append(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text((folder / name).read_text() + text)


BREAK = {
    "no visits": (_no_file("visits.jsonl"), "visits.jsonl missing"),
    "no archive": (_no_file("pages.warc.gz"), "pages.warc.gz missing"),
    "no summary": (_no_file("crawl.json"), "crawl.json missing"),
    "bad summary": (_text("crawl.json", "{"), "JSON"),
    "summary of another crawl": (
        _text("crawl.json", json.dumps({**Crawl(Path(), 9, []).summary()})),
        "20260109T090000Z",
    ),
    "bad line": (_append("visits.jsonl", '{"visit_id": \n'), "visits.jsonl|JSON"),
    "line without an address": (_append("visits.jsonl", '{"visit_id": "x"}\n'), "NOT NULL"),
    "corrupt offers": (_text("offers.parquet", "PAR1 is not enough"), "offers.parquet"),
    "empty rejections": (_text("rejections.parquet", ""), "rejections.parquet"),
    "bytes that are no text": (_bytes("visits.jsonl", b"\xff\xfe"), "visits.jsonl|JSON"),
    "moment beyond all clocks": (_replace("visits.jsonl", "2026-01-02T", "2999-01-02T"), "far from the time"),
    "number of another crawl": (
        _replace("visits.jsonl", "20260102T090000Z/", "20260101T090000Z/"),
        "visit of another crawl",
    ),
    "start beyond all clocks": (_replace("crawl.json", "2026-01-02T09:00:00Z", "9999-12-31T23:59:59-14:00"), "range"),
    "modality that is no more": (_set_modality, "unknown modality chakra"),
    "no clinics": (_text("clinics.csv", "id,name\n"), "clinics.csv|column"),
}


@pytest.mark.parametrize("case", BREAK)
def test_broken_folder_is_set_aside_and_the_rest_builds(tmp_path: Path, case: str) -> None:
    damage, words = BREAK[case]
    one_crawl(tmp_path, 1)
    damage(one_crawl(tmp_path, 2))
    report = build(tmp_path)
    assert report.crawls == 1
    ((folder, reason),) = report.set_aside
    assert folder == "20260102T090000Z"
    assert any(word in reason for word in words.split("|")), reason
    assert str(tmp_path) not in reason
    aside = sql(tmp_path / "ratecard.duckdb", "FROM folders_set_aside")
    assert aside.to_dict("records") == [{"folder": folder, "reason": reason}]
    assert sql(tmp_path / "ratecard.duckdb", "SELECT count(*) AS n FROM visits")["n"].tolist() == [1]


def test_foreign_folders_and_files_do_not_stop_a_build(tmp_path: Path) -> None:
    one_crawl(tmp_path)
    (tmp_path / "crawls" / "holiday photos").mkdir()
    (tmp_path / "crawls" / "notes.txt").write_text("x")
    assert [folder for folder, _ in build(tmp_path).set_aside] == ["holiday photos"]


def test_only_broken_folders_leave_the_last_file(tmp_path: Path) -> None:
    folder = one_crawl(tmp_path)
    before = build(tmp_path).path.read_bytes()
    (folder / "visits.jsonl").unlink()
    with pytest.raises(NothingToBuild, match=r"visits\.jsonl missing"):
        build(tmp_path)
    assert (tmp_path / "ratecard.duckdb").read_bytes() == before


def test_failed_check_refuses_the_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_crawl(tmp_path)
    before = build(tmp_path).path.read_bytes()
    stricter = [("no_massage", "SELECT service, duration_min, cents FROM prices")]
    monkeypatch.setattr("warehouse.checking.sql_files", lambda name: stricter if name == "checks" else sql_files(name))
    with pytest.raises(ChecksFailed, match=r"no_massage: .*'Massage', 60, 10000"):
        build(tmp_path)
    assert (tmp_path / "ratecard.duckdb").read_bytes() == before
    assert not list(tmp_path.glob("*building*"))


def test_giant_amounts_are_flagged_and_break_nothing(tmp_path: Path) -> None:
    giant = 2**63 - 1
    for day, cents in ((1, giant), (2, giant - 1)):
        crawl = Crawl(tmp_path, day, [A])
        crawl.saw("aaa", [offer(100, cents_before_tax=cents)])
        crawl.write()
    report = build(tmp_path)
    assert (report.rows["prices"], report.rows["flags"]) == (2, 2)


def test_fault_of_the_database_keeps_the_last_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_crawl(tmp_path)
    before = build(tmp_path).path.read_bytes()
    monkeypatch.setattr("warehouse.build._STORAGE_VERSION", "v0.0.0")
    with pytest.raises(BuildFailed, match="the last one stays"):
        build(tmp_path)
    assert (tmp_path / "ratecard.duckdb").read_bytes() == before
    assert not list(tmp_path.glob("*building*"))


def test_free_offer_is_no_price_and_no_failure(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [A])
    crawl.saw("aaa", [offer(0, service="Consultation"), offer(100)])
    crawl.write()
    assert build(tmp_path).rows["offers"] == 2
    assert sql(tmp_path / "ratecard.duckdb", "SELECT service FROM prices")["service"].tolist() == ["Massage"]


def test_second_build_at_once_is_refused(tmp_path: Path) -> None:
    one_crawl(tmp_path)
    with FileLock(tmp_path / "build.lock"), pytest.raises(BuildRunning, match="another build"):
        build(tmp_path)


def test_leavings_of_a_dead_build_are_removed(tmp_path: Path) -> None:
    one_crawl(tmp_path)
    (tmp_path / "ratecard.duckdb.building-1").write_bytes(b"half")
    (tmp_path / "ratecard.duckdb.building-1.wal").write_bytes(b"half")
    (tmp_path / "ratecard.duckdb.building-1.spill").mkdir()
    build(tmp_path)
    assert not list(tmp_path.glob("*building*"))


def _read_on(path: Path, stop: multiprocessing.synchronize.Event, faults: multiprocessing.queues.Queue[str]) -> None:
    while not stop.is_set():
        try:
            with connect(path) as con:
                found = con.execute("SELECT count(*), count(DISTINCT cents) FROM prices WHERE is_current").fetchone()
            if found != (1, 1):
                faults.put(repr(found))
        except (duckdb.Error, WarehouseError, OSError) as error:
            faults.put(repr(error))


def test_readers_never_see_an_error_or_half_a_file(tmp_path: Path) -> None:
    one_crawl(tmp_path)
    path = build(tmp_path).path
    spawn = multiprocessing.get_context("spawn")
    stop, faults = spawn.Event(), spawn.Queue()
    reader = spawn.Process(target=_read_on, args=(path, stop, faults))
    reader.start()
    for day in range(2, 8):
        one_crawl(tmp_path, day)
        build(tmp_path)
    stop.set()
    reader.join(20)
    assert reader.exitcode == 0
    assert faults.empty()


def test_killed_builds_leave_the_last_good_file(tmp_path: Path) -> None:
    one_crawl(tmp_path)
    path = build(tmp_path).path
    before = path.read_bytes()
    program = "import sys; from pathlib import Path; from warehouse.build import build\nprint('on', flush=True)\n"
    program += "while True: build(Path(sys.argv[1]))"
    for seed in range(3):
        with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with suppress(subprocess.TimeoutExpired):  # some moment in the midst of a build
                process.wait(random.Random(seed).uniform(0.05, 0.4))
            os.kill(process.pid, signal.SIGKILL)
        assert sql(path, "SELECT count(*) AS n FROM prices")["n"].tolist() == [1]
    build(tmp_path)
    assert not list(tmp_path.glob("*building*"))
    assert len(path.read_bytes()) <= 2 * len(before)


def test_rows_of_one_website_are_one_clinic_with_locations(tmp_path: Path) -> None:
    site = "https://chain.example/"
    rows = [clinic("chain-north", website=site), clinic("chain-south", "Edmonton", website="http://www.chain.example")]
    crawl = Crawl(tmp_path, 1, rows)
    crawl.saw("chain-north", [offer(100)])
    crawl.write()
    build(tmp_path)
    found = sql(tmp_path / "ratecard.duckdb", "SELECT location_id, clinic_id, city FROM current_prices ORDER BY ALL")
    assert found.values.tolist() == [
        ["chain-north", "chain-north", "Calgary"],
        ["chain-south", "chain-north", "Edmonton"],
    ]


def test_registry_wins_and_what_it_dropped_votes_no_more(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [A, clinic("bbb")])
    crawl.saw("aaa", [offer(100)])
    crawl.saw("bbb", [offer(90)])
    crawl.write()
    report = build(tmp_path, [clinic("aaa", "Airdrie")])
    assert report.unlisted_locations == 1
    rows = sql(tmp_path / "ratecard.duckdb", "SELECT location_id, city FROM current_prices").values.tolist()
    assert rows == [["aaa", "Airdrie"]]
    assert report.rows["prices"] == 2


def test_renamed_clinic_keeps_its_history_and_one_vote(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [A])
    crawl.saw("aaa", [offer(100)])
    crawl.write()
    build(tmp_path, [clinic("aaa-massage", website=A["website"])])
    rows = sql(tmp_path / "ratecard.duckdb", "SELECT location_id, clinic_id, cents FROM current_prices")
    assert rows.values.tolist() == [["aaa-massage", "aaa-massage", 10_000]]


def test_releases_beside_the_crawls_are_listed_and_a_broken_one_stops_nothing(tmp_path: Path) -> None:
    one_crawl(tmp_path)
    told = {"release_id": "2026-01-02", "made_on": "2026-01-02", "method_version": "2", "content_digest": "ab"}
    copies = (("2026-01-02", json.dumps(told)), ("2026-01-02 copy", json.dumps(told)))
    for name, text in (
        *copies,
        ("2026-01-03", "{"),
        ("2026-01-04", '{"release_id": "2026-01-04", "made_on": "never"}'),
    ):
        folder = tmp_path / "releases" / name
        folder.mkdir(parents=True)
        (folder / "release.json").write_text(text)
    for _ in range(2):
        path = build(tmp_path).path
        assert sql(path, "SELECT release_id, content_digest FROM releases").values.tolist() == [["2026-01-02", "ab"]]
