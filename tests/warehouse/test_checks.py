"""Builds that look wrong are refused with a report, until a person lets them pass with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import sql
from warehouse.errors import ChecksFailed, UnknownCheck

CLINICS = [clinic(f"clinic-{n:02}") for n in range(24)]


def crawled(data_dir: Path, day: int, dollars: float = 100, priced: int = 24, **other: object) -> None:
    """A crawl in which the first clinics show a price, and the others a page without any."""
    crawl = Crawl(data_dir, day, CLINICS)
    for n, row in enumerate(CLINICS):
        crawl.saw(row["id"], [offer(dollars + n % 3, **other)] if n < priced else [])
    crawl.write()


def test_a_week_like_the_last_is_published(tmp_path: Path) -> None:
    for day in (1, 8):
        crawled(tmp_path, day)
        build(tmp_path)


@pytest.mark.parametrize(
    ("change", "check", "words"),
    [
        ({"priced": 12}, "counts_fall", "'24 before', '12 now'"),
        (
            {"minutes": None, "duration_bin": None, "abstains": "no length"},
            "coverage_falls",
            "'100 % before', '0 % now'",
        ),
        ({"modality": None, "modalities": []}, "coverage_falls", "with a modality"),
        ({"dollars": 140}, "level_leaps", "'10100 before', '14100 now'"),
    ],
)
def test_a_sudden_change_is_refused(tmp_path: Path, change: dict[str, object], check: str, words: str) -> None:
    crawled(tmp_path, 1)
    before = build(tmp_path).path.read_bytes()
    crawled(tmp_path, 8, **change)  # type: ignore[arg-type]
    with pytest.raises(ChecksFailed, match="the last one stays") as refused:
        build(tmp_path)
    assert f"{check}: " in str(refused.value)
    assert words in str(refused.value)
    assert (tmp_path / "ratecard.duckdb").read_bytes() == before


def test_prices_beyond_all_fences_are_refused_even_at_first(tmp_path: Path) -> None:
    crawled(tmp_path, 1, dollars=700)
    with pytest.raises(ChecksFailed, match="many_beyond_fences"):
        build(tmp_path)


def test_what_a_person_allows_is_published_and_put_down(tmp_path: Path) -> None:
    crawled(tmp_path, 1)
    build(tmp_path)
    crawled(tmp_path, 8, priced=12)
    build(tmp_path, allow=["counts_fall"], reason="a chain closed")
    asked = "SELECT check_name, reason, contains(offence, '24 before') AS told FROM allowances"
    for _ in range(2):  # it stays on record
        assert sql(tmp_path / "ratecard.duckdb", asked).values.tolist() == [["counts_fall", "a chain closed", True]]
        build(tmp_path)


def test_a_check_that_is_none_cannot_be_allowed(tmp_path: Path) -> None:
    crawled(tmp_path, 1)
    with pytest.raises(UnknownCheck, match="no check is called nonsense; there are counts_fall"):
        build(tmp_path, allow=["nonsense"], reason="x")
