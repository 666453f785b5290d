"""``ratecard release`` and what belongs to it, as people run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from ratecard.front import app
from reports.releases import find_release
from tests.reports.crawled_releases import crawled, rising


def run(data: Path, *args: str) -> Result:
    return CliRunner().invoke(app, ["release", *args, "--data", str(data)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    crawled(tmp_path, 1, rising(94))
    assert run(tmp_path).exit_code == 0
    return tmp_path


@pytest.fixture
def held(data: Path) -> Path:
    crawled(data, 8, rising(110))
    done = run(data)
    assert (done.exit_code, "massage_therapy" in done.stdout) == (1, True)
    return data


def test_from_a_held_move_to_its_release(held: Path) -> None:
    name = find_release(held, "last").release_id
    move_id = next(str(one["move_id"]) for one in find_release(held, "last").held)
    assert run(held, "confirm", "12345678", "--reason", "x").exit_code == 2
    assert run(held, "confirm", move_id, "--reason", "x").exit_code == 0
    assert run(held, "confirm", "all", "--reason", "y").exit_code == 0
    assert run(held).exit_code == 0
    assert len(run(held, "list", "--format", "csv").stdout.splitlines()) == 1 + 3
    told = run(held, "diff", name, "last", "--format", "csv").stdout
    assert "was held back: c0 $94 → $110" in told
    assert "no clinic there" not in told


def test_confirming_all_when_nothing_waits_says_so(data: Path) -> None:
    done = run(data, "confirm", "all", "--reason", "x")
    assert (done.exit_code, done.stderr.strip()) == (0, "nothing waits to be confirmed")
    assert not (data / "releases" / "confirmed.csv").exists()


@pytest.mark.parametrize("args", [("confirm", "all", "--reason", " "), ("--despite", " ")])
def test_a_blank_reason_is_none(held: Path, args: tuple[str, ...]) -> None:
    done = run(held, *args)
    assert done.exit_code == 2
    assert f"{args[-2]} is blank: somebody will ask in a year" in done.stderr
    assert not (held / "releases" / "confirmed.csv").exists()


def test_what_is_shown_says_of_which_release_it_is(data: Path) -> None:
    name = find_release(data, "last").release_id
    shown = json.loads(run(data, "show", "last", "--format", "json").stdout)
    assert {row["release"] for row in shown["rows"]} == {name}
    assert shown["rows"][0].keys() <= shown["definitions"].keys()
    assert "snippet" in run(data, "show", "last", "--table", "prices").stdout.splitlines()[0]
    assert run(data, "show", "last", "--table", "x").exit_code == 2
    assert run(data, "diff", "1999-01-01").exit_code == 3


@pytest.mark.parametrize(
    "args", [("list",), ("check",), ("diff", "last"), ("show", "last", "--table", "votes"), ("show", "last")]
)
def test_every_answer_for_programs_says_what_it_means(data: Path, args: tuple[str, ...]) -> None:
    assert json.loads(run(data, *args, "--format", "json").stdout)["definition"]


def test_a_stray_folder_stops_nothing_and_is_told_of(data: Path) -> None:
    name = find_release(data, "last").release_id
    shutil.copytree(data / "releases" / name, data / "releases" / "copy")
    for args in ((), ("list",), ("show",), ("diff", name), ("check",), ("confirm", "all", "--reason", "x")):
        done = run(data, *args)
        assert done.exit_code == 0, done.stderr
        assert f"copy is no release, its release.json is that of {name}; move it" in done.stderr
        assert "copy is no release" not in done.stdout


def test_a_release_that_was_touched_still_stops(data: Path) -> None:
    path = data / "releases" / find_release(data, "last").release_id / "votes.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"!")
    done = run(data, "list")
    assert done.exit_code == 3
    assert "votes.parquet is not as it was released" in done.stderr
