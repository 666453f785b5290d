"""Releases: frozen, verified, and told apart from what else lies there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from reports.moves import by_key
from reports.releases import ReleaseError, find_release, releases, strays
from tests.reports.crawled_releases import CELL, crawled, released, rising
from warehouse.build import build


@pytest.fixture
def data(tmp_path: Path) -> Path:
    crawled(tmp_path, 1, rising(94))
    released(tmp_path)
    return tmp_path


def test_a_release_says_all_that_it_rests_on(data: Path) -> None:
    (found,) = releases(data)
    assert (found.release_id, found.as_of, found.method_version) == ("2026-03-01", date(2026, 1, 1), "3")
    assert set(found.files) == {"figures.parquet", "votes.parquet", "index.parquet", "prices.parquet"}
    assert len(found.table("prices")) == 8
    assert found.table("prices")["snippet"].str.startswith("Massage 60 min").all()
    assert found.table("votes").query("modality == 'massage_therapy'")["cents"].sum() == 80_800
    assert by_key(found.table("figures"))[CELL]["n"] == 8
    assert set(found.table("figures")["release"]) == {"2026-03-01"}


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


@pytest.mark.parametrize("name", ["copy", "2026-03-02", "2026-03-01.2"])
def test_a_copy_of_a_release_is_left_out_and_told_of(data: Path, name: str) -> None:
    shutil.copytree(data / "releases" / "2026-03-01", data / "releases" / name)
    assert [one.release_id for one in releases(data)] == ["2026-03-01"]
    (told,) = strays(data)
    assert told.startswith(f"{data / 'releases' / name} is no release, its release.json is that of 2026-03-01; move it")
    with pytest.raises(ReleaseError, match="is no release, its"):
        find_release(data, name)


@pytest.mark.parametrize("text", [None, "{", "[]"])
def test_another_folder_is_left_out_and_told_of(data: Path, text: str | None) -> None:
    (data / "releases" / "notes").mkdir()
    (data / "releases" / ".in_the_making").mkdir()
    if text is not None:
        (data / "releases" / "notes" / "release.json").write_text(text)
    assert [one.release_id for one in releases(data)] == ["2026-03-01"]
    (told,) = strays(data)
    assert told.startswith(f"{data / 'releases' / 'notes'} is no release")
    assert f"move it out of {data / 'releases'}" in told


def test_a_release_without_its_head_is_damaged_and_no_stray(data: Path) -> None:
    (data / "releases" / "2026-03-01" / "release.json").unlink()
    assert strays(data) == []
    with pytest.raises(ReleaseError, match="not as it was released"):
        releases(data)
