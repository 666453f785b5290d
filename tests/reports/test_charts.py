"""Charts say what they show, of how many clinics and which day, and hold no colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ratecard.front import app
from reports.charts import distribution, durations, strip
from reports.desk import Desk, open_desk
from reports.index_chart import over_time
from reports.pictures import NotAPicture, NothingToDraw, save
from reports.price_index import Point
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    names = {f"c{n}": "Calgary" for n in range(7)} | {f"e{n}": "Edmonton" for n in range(4)} | {"b0": "Banff"}
    crawl = Crawl(folder, 1, [clinic(name, city) for name, city in names.items()])
    for n, name in enumerate(names):
        crawl.saw(name, [offer(95 + 2 * n), offer(1.4 * (95 + 2 * n), 90)])
    crawl.write()
    build(folder)
    return folder


@pytest.fixture
def desk(data: Path) -> Iterator[Desk]:
    with connect(data / "ratecard.duckdb") as con:
        yield open_desk(con, date(2026, 1, 1))


def words(chart: object, tmp_path: Path) -> str:
    path = tmp_path / "chart.svg"
    save(chart, path)
    text = path.read_text(encoding="utf-8")
    colours = {
        colour for colour in re.findall(r"#[0-9a-f]{6}\b", text) if len({colour[1:3], colour[3:5], colour[5:]}) > 1
    }
    assert not colours, colours
    return " ".join(re.findall(r">([^<>]+)</text>", text) + re.findall(r">([^<>]+)</tspan>", text))


def test_prices_by_city(desk: Desk, tmp_path: Path) -> None:
    told = words(strip(desk, "massage therapy", 60, []), tmp_path)
    assert "Massage therapy" in told
    assert "Calgary  $95-$110  (n 7, C)" in told or "Calgary" in told
    assert "Edmonton" in told
    assert "Banff" not in told
    assert "before GST" in told
    assert "n 11 locations, prices seen up to 2026-01-01." in told


def test_distribution_and_lengths(desk: Desk, tmp_path: Path) -> None:
    told = words(distribution(desk, "rmt", 60, "Calgary"), tmp_path)
    assert "Dashed: 8 in 10 locations list a price between" in told
    assert "n 7 locations, prices seen up to 2026-01-01; grade C; based on 7 clinics." in told
    told = words(durations(desk, "rmt", "Calgary"), tmp_path)
    assert "60 min" in told
    assert "90 min" in told


def test_index_over_time(tmp_path: Path) -> None:
    points = [
        Point(date(2026, 1, 1), 1, 100, None, None, None, 0, 0, 0, 0, 0, 100),
        Point(date(2026, 2, 1), 1, 101, 1, 100.2, 101.9, 12, 3, 1, 2, 0, 101),
        Point(date(2026, 3, 1), None, None, None, None, None, 4, 0, 0, 0, 0, None, "4 clinics"),
    ]
    told = words(over_time(points, "rmt", None, "Calgary"), tmp_path)
    assert "Massage therapy (generic, RMT), all lengths, Calgary" in told
    assert (
        "n 12 clinics matched, up to 2 of them not seen in their month; 3 rises and 1 cuts; to February 2026." in told
    )
    assert "location" not in told
    assert "anew" not in told
    with pytest.raises(NothingToDraw, match="no index"):
        over_time(points[2:], "rmt", None, "Calgary")


def test_an_index_that_broke_off_says_so(tmp_path: Path) -> None:
    points = [
        Point(date(2026, 1, 1), 1, 100, None, None, None, 0, 0, 0, 0, 0, 100),
        Point(date(2026, 2, 1), 1, 101, 1, 100.2, 101.9, 12, 3, 1, 0, 0, 101),
        Point(date(2026, 5, 1), 2, 100, None, None, None, 0, 0, 0, 0, 0, 100, "starts anew"),
        Point(date(2026, 6, 1), 2, 100, 0, 100, 100, 10, 0, 0, 0, 0, 100),
    ]
    told = words(over_time(points, "rmt", 60, "Calgary"), tmp_path)
    assert "60 minutes" in told
    assert "Starts anew at 100 in May 2026; what changed in between is not in it: lines do not compare." in told
    assert "starts anew at 100 " in told


def test_nothing_to_draw(desk: Desk, tmp_path: Path) -> None:
    for draw in (
        lambda: strip(desk, "smrt", 60, []),
        lambda: distribution(desk, "rmt", 60, "Airdrie"),
        lambda: durations(desk, "smrt", "Banff"),
    ):
        with pytest.raises(NothingToDraw):
            draw()
    with pytest.raises(NotAPicture, match=r"charts are \.svg or \.png"):
        save(strip(desk, "rmt", 60, []), tmp_path / "chart.pdf")


def test_the_command_writes_png(data: Path, tmp_path: Path) -> None:
    to = tmp_path / "new" / "chart.png"
    done = CliRunner().invoke(app, ["chart", "strip", "--to", str(to), "--data", str(data)])
    assert done.exit_code == 0, done.output
    assert to.read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in to.parent.iterdir()] == ["chart.png"]
    assert CliRunner().invoke(app, ["chart", "index", "--to", str(to), "--data", str(data)]).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [["durations", "--minutes", "60"], ["distribution", "--region", "Calgary", "--region", "Banff"]],
    ids=["a length for all lengths", "two regions for one"],
)
def test_what_a_picture_cannot_show_is_refused(data: Path, tmp_path: Path, arguments: list[str]) -> None:
    to = tmp_path / "chart.svg"
    done = CliRunner().invoke(app, ["chart", *arguments, "--to", str(to), "--data", str(data)])
    assert (done.exit_code, to.exists()) == (2, False)


def test_regions_without_a_figure_are_told(desk: Desk, tmp_path: Path) -> None:
    assert "Banff: no figure" in words(strip(desk, "rmt", 60, ["Calgary", "Banff"]), tmp_path)
