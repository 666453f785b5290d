"""The index in releases: frozen with them, and no released month changes without a reason on record."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ratecard.front import app
from reports.digests import content_digest, seal
from reports.releases import ReleaseError, find_release, releases
from tests.reports.crawled_releases import released
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build

NAMES = tuple(f"c{n:02}" for n in range(12))
HEAD = "release,month,region,minutes,old,new,reason"


def crawled(data: Path, day: int, dollars: float, **other: float) -> None:
    crawl = Crawl(data, day, [clinic(name) for name in NAMES])
    for n, name in enumerate(NAMES):
        crawl.saw(name, [offer(other.get(name, dollars + n))])
    crawl.write()
    build(data)


def index_of(data: Path) -> dict[date, float]:
    rows = find_release(data, "last").table("index").query("region == 'Calgary CMA' and minutes == 60")
    return dict(zip(rows["month"], rows["index"], strict=True))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three months, and a release in the third."""
    for day, dollars in ((10, 100.0), (40, 100.0), (70, 102.0)):
        crawled(tmp_path, day, dollars)
    released(tmp_path)
    return tmp_path


def test_a_release_holds_the_index_that_it_was_made_with(data: Path) -> None:
    assert {month: round(level) for month, level in index_of(data).items()} == {
        date(2026, 1, 1): 100, date(2026, 2, 1): 100, date(2026, 3, 1): 102,
    }  # fmt: skip
    shown = CliRunner().invoke(app, ["release", "show", "last", "--table", "index", "--data", str(data)])
    assert shown.stdout.splitlines()[0].startswith("region,minutes,month,chain,index")
    assert (data / "releases" / "corrections.csv").read_text() == f"{HEAD}\n"


def test_months_to_come_and_the_month_of_the_last_release_are_no_corrections(data: Path) -> None:
    crawled(data, 80, 103.0)
    crawled(data, 100, 104.0)
    made = released(data)
    assert made.corrections == []
    assert made.release is not None
    assert round(index_of(data)[date(2026, 3, 1)]) == 103


def test_a_released_month_changes_only_with_a_reason_on_record(data: Path) -> None:
    crawled(data, 41, 100.0, c00=110.0)  # a crawl of February that had been forgotten
    crawled(data, 100, 104.0)

    def release(*args: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, ["release", *args, "--data", str(data)])
        return done.exit_code, done.stdout, done.stderr

    status, told, why = release()
    assert (status, "2026-02-01" in told) == (1, True)
    assert "months of the index were released otherwise; give --correct WHY" in why
    assert release("--correct", " ")[0] == 2
    assert len(releases(data)) == 1
    assert "2026-02-01" in release("--correct", "a crawl had been forgotten")[1]
    last = find_release(data, "last")
    assert last.correct == "a crawl had been forgotten"
    assert {str(one["month"]) for one in last.corrections} == {"2026-02-01"}
    head, *lines = (data / "releases" / "corrections.csv").read_text().splitlines()
    assert head == HEAD
    assert f"{last.release_id},2026-02-01,Calgary CMA,60,100.0,100.797,a crawl had been forgotten" in lines
    assert len(lines) == len(last.corrections) == 4  # Alberta and Calgary, an hour and all lengths
    assert release()[0] == 0  # nothing is corrected twice


def test_a_release_from_before_indices_were_frozen_is_valid_and_corrects_nothing(data: Path) -> None:
    folder = data / "releases" / "2026-03-01"
    path = folder / "release.json"
    told = json.loads(path.read_text())
    (folder / "index.parquet").unlink()
    for name in ("corrections", "correct"):
        del told[name]
    del told["files"]["index.parquet"]
    told["content_digest"] = content_digest(told["files"], told["method_version"], date.fromisoformat(told["as_of"]))
    path.chmod(0o644)
    path.write_text(json.dumps(told | {"sealed": seal(told)}))
    with pytest.raises(ReleaseError, match="2026-03-01 has no table index; it was made before releases had one"):
        find_release(data, "last").table("index")
    crawled(data, 41, 100.0, c00=110.0)
    assert released(data).corrections == []
    assert "index.parquet" in find_release(data, "last").files
    assert asdict(releases(data)[0])["corrections"] == ()
