"""Eight clinics of Calgary, crawled and released again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from reports.moves import Key, Move, by_key
from reports.publish import Made, make
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect

NAMES = tuple(f"c{n}" for n in range(8))
CELL: Key = ("Calgary", "massage_therapy", 60)


def rising(first: float) -> dict[str, float]:
    """The dollars of all eight, each two more than the one before."""
    return {name: first + 2 * n for n, name in enumerate(NAMES)}


def crawled(data_dir: Path, day: int, dollars: Mapping[str, float | None]) -> None:
    """A crawl that saw these prices (``None``: a page without any), and a build."""
    crawl = Crawl(data_dir, day, [clinic(name) for name in NAMES])
    for name, price in dollars.items():
        crawl.saw(name, [offer(price)] if price else [])
    crawl.write()
    build(data_dir)


def released(data_dir: Path, today: date = date(2026, 3, 1)) -> Made:
    """A release of what was crawled."""
    with connect(data_dir / "ratecard.duckdb") as con:
        return make(con, data_dir, today)


def cell(made: Made) -> dict[str, object]:
    """The released figure of the eight."""
    assert made.release is not None
    return by_key(made.release.table("figures"))[CELL]


def of_cell(moves: Sequence[Move]) -> Move | None:
    """Its move, if it is one of these."""
    return next((move for move in moves if move.key == CELL), None)
