"""Releases: frozen, verified, compared, and held back where figures moved far."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ratecard.front import app
from reports.confirmed import confirm, confirmed
from reports.moves import because, by_key, moves
from reports.publish import Made, make
from reports.releases import ReleaseError, find_release, releases
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect

NAMES = tuple(f"c{n}" for n in range(8))
CELL = ("Calgary", "massage_therapy", 60)


def crawled(data_dir: Path, day: int, dollars: dict[str, float]) -> None:
    crawl = Crawl(data_dir, day, [clinic(name) for name in NAMES])
    for name, price in dollars.items():
        crawl.saw(name, [offer(price)])
    crawl.write()
    build(data_dir)


def released(data_dir: Path, today: date = date(2026, 3, 1)) -> Made:
    with connect(data_dir / "ratecard.duckdb") as con:
        return make(con, data_dir, today)


def cell(made: Made) -> dict[str, object]:
    assert made.release is not None
    return by_key(made.release.table("figures"))[CELL]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    crawled(tmp_path, 1, {name: 94.0 + 2 * n for n, name in enumerate(NAMES)})
    released(tmp_path)
    return tmp_path


def test_a_release_says_all_that_it_rests_on(data: Path) -> None:
    (found,) = releases(data)
    assert (found.release_id, found.as_of, found.method_version) == ("2026-03-01", date(2026, 1, 1), "3")
    assert set(found.files) == {"figures.parquet", "votes.parquet", "prices.parquet"}
    assert len(found.table("prices")) == 8
    assert found.table("prices")["snippet"].str.startswith("Massage 60 min").all()
    assert found.table("votes").query("modality == 'massage_therapy'")["cents"].sum() == 80_800
    assert by_key(found.table("figures"))[CELL]["n"] == 8


def test_the_same_prices_are_no_new_release_also_after_a_rebuild(data: Path) -> None:
    before = {path.name: path.read_bytes() for path in (data / "releases" / "2026-03-01").iterdir()}
    (data / "ratecard.duckdb").unlink()
    build(data)
    assert released(data, date(2026, 4, 1)).release is None
    assert {path.name: path.read_bytes() for path in (data / "releases" / "2026-03-01").iterdir()} == before


@pytest.mark.parametrize("name", ["prices.parquet", "release.json"])
def test_a_release_that_was_touched_is_refused(data: Path, name: str) -> None:
    path = data / "releases" / "2026-03-01" / name
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"3", b"4", 1))
    with pytest.raises(ReleaseError, match="2026-03-01"):
        releases(data)


def test_a_file_that_is_gone_and_a_release_that_never_was(data: Path) -> None:
    with pytest.raises(ReleaseError, match="there is no release '2025-01-01'"):
        find_release(data, "2025-01-01")
    for name in ("../x", "", "."):
        with pytest.raises(ReleaseError, match="there is no release"):
            find_release(data, name)
    (data / "releases" / "2026-03-01" / "votes.parquet").unlink()
    with pytest.raises(ReleaseError, match="not as it was released"):
        find_release(data, "last")


def test_a_small_move_is_published_and_explained(data: Path) -> None:
    crawled(data, 8, {name: 94.0 + 2 * n for n, name in enumerate(NAMES[:7])} | {"c3": 106.0})
    made = released(data)
    assert made.release is not None
    assert made.release.release_id == "2026-03-01.2"
    assert made.held == []
    move = next(move for move in made.moved if move.key == CELL)
    assert move.because == "c3 $100 → $106"
    assert "typical +" in move.what
    old = releases(data)[0]
    assert by_key(old.table("figures"))[CELL]["typical_cents"] == move.before_cents


def test_a_large_move_waits_until_it_is_confirmed(data: Path) -> None:
    crawled(data, 8, {name: 110.0 + 2 * n for n, name in enumerate(NAMES)})
    made = released(data)
    held = next(move for move in made.held if move.key == CELL)
    assert "typical +1" in held.what
    assert held.because == "c0 $94 → $110; c1 $96 → $112; c2 $98 → $114; c3 $100 → $116; and 4 more"
    assert cell(made)["typical_cents"] is None
    assert str(cell(made)["reason"]).startswith("held back until a person has looked at it: typical +1")
    assert released(data).release is None  # it waits on
    confirm(data, [dict(move) for move in made.release.held], "rents rose, say three of them", date(2026, 3, 2))  # type: ignore[union-attr]
    assert set(confirmed(data).values()) == {"rents rose, say three of them"}
    again = released(data, date(2026, 3, 2))
    assert again.held == []
    assert cell(again)["typical_cents"] == held.after_cents
    assert [found.release_id for found in releases(data)] == ["2026-03-01", "2026-03-01.2", "2026-03-02"]


def test_a_held_move_is_still_held_against_what_was_last_published(data: Path) -> None:
    crawled(data, 8, {name: 110.0 + 2 * n for n, name in enumerate(NAMES)})
    released(data)
    crawled(data, 15, {name: 111.0 + 2 * n for n, name in enumerate(NAMES)})
    held = next(move for move in released(data).held if move.key == CELL)
    assert round((held.before_cents or 0) / 100) == 101


def test_figures_that_come_and_go_and_pooled_regions() -> None:
    new = {CELL: {"grade": "B", "typical_cents": 100.0}}
    assert [(m.what, m.waits) for m in moves({}, new)] == [("new", False)]
    assert [(m.what, m.waits) for m in moves(new, {})] == [("no figure any more: no votes", True)]
    assert moves(new, new) == []
    (grade,) = moves(new, {CELL: {"grade": "D", "typical_cents": 100.0}})
    assert (grade.what, grade.waits) == ("only its grade", True)


def test_a_model_that_moved_alone_is_said_to_have(data: Path) -> None:
    (found,) = releases(data)
    votes = found.table("votes")
    (move,) = moves({CELL: {"grade": "B", "typical_cents": 100.0}}, {CELL: {"grade": "B", "typical_cents": 101.0}})
    assert because(move, (votes, votes), {}) == "no clinic there; the model moved with the prices of others"
    fewer = votes[votes["location_id"] != "c7"]
    assert because(move, (votes, fewer), {"Calgary": ["Calgary", "Edmonton"]}) == "gone: c7 $108"


def test_the_commands(data: Path) -> None:
    def run(*args: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["release", *args, "--data", str(data)])
        return done.exit_code, done.stdout

    crawled(data, 8, {name: 110.0 + 2 * n for n, name in enumerate(NAMES)})
    status, told = run()
    assert (status, "massage_therapy" in told) == (1, True)
    move_id = next(str(one["move_id"]) for one in find_release(data, "last").held)
    assert run("confirm", "12345678", "--reason", "x")[0] == 2
    assert run("confirm", move_id, "--reason", "x")[0] == 0
    assert run("confirm", "all", "--reason", "y")[0] == 0
    assert run()[0] == 0
    assert len(run("list", "--format", "csv")[1].splitlines()) == 1 + 3
    assert "c0 $94 → $110" in run("diff", "2026-03-01", "last", "--format", "csv")[1]
    assert "snippet" in run("show", "last", "--table", "prices")[1].splitlines()[0]
    assert run("show", "last", "--table", "x")[0] == 2
    assert run("diff", "1999-01-01")[0] == 3
