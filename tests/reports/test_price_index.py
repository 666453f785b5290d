"""The index over time and the changes behind it, against numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from reports.chain import index_of
from reports.matched import fenced
from reports.price_changes import by_month, price_changes
from reports.price_index import frame, index_rows, price_index
from reports.price_panel import panel
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect

NAMES = tuple(f"c{n:02}" for n in range(10))
#: Crawls on the first of January, February, ... 2026.
DAYS = (1, 32, 60, 91, 121, 152, 182, 213)


def crawl(
    data_dir: Path, day: int, month: dict[str, list[float]], names: Sequence[str], cities: dict[str, str] | None = None
) -> None:
    """A crawl of some clinics: each has a thing at each of its prices, and one that is missing fails."""
    made = Crawl(data_dir, day, [clinic(name, (cities or {}).get(name, "Calgary")) for name in names])
    for name in names:
        if name in month:
            made.saw(name, [offer(price, service=f"Thing {n}") for n, price in enumerate(month[name])])
        else:
            made.failed(name)
    made.write()


def history(
    data_dir: Path, months: list[dict[str, list[float]]], cities: dict[str, str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A warehouse of monthly crawls of the clinics that any of them saw."""
    names = sorted({name for month in months for name in month})
    for day, month in zip(DAYS, months, strict=False):
        crawl(data_dir, day, month, names, cities)
    return connect(build(data_dir).path)


def test_worked_by_hand(tmp_path: Path) -> None:
    # February: c00 raises one of its two things by 10 %, which is ln 1.1 / 2 for the clinic; c01 cuts its one by 5 %;
    # the other eight stand still: J = exp((.0476551 - .0512933) / 10) = .9996363. March: all ten by 2 %.
    start = {name: [100.0] for name in NAMES} | {"c00": [100.0, 80.0]}
    february = start | {"c00": [110.0, 80.0], "c01": [95.0]}
    march = {name: [price * 1.02 for price in prices] for name, prices in february.items()}
    points = price_index(history(tmp_path, [start, february, march]), region="Calgary", minutes=60)
    assert [point.month for point in points] == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert [point.index for point in points] == pytest.approx([100, 99.96363, 101.96291], abs=1e-4)
    assert [(p.n, p.rises, p.cuts, p.carried) for p in points] == [(0, 0, 0, 0), (10, 1, 1, 0), (10, 10, 0, 0)]
    assert points[2].change == pytest.approx(2)
    low, high = points[1].low, points[1].high
    assert low is not None
    assert high is not None
    assert 98.4 < low < 99.96 < high < 101.6
    assert all(abs(float(point.check or 0) - float(point.index or 1)) < 0.01 for point in points)
    assert list(frame(points).columns)[:3] == ["month", "chain", "index"]


def test_a_ratio_of_means_would_show_who_came_and_not_who_raised(tmp_path: Path) -> None:
    start = {name: [100.0] for name in NAMES}
    points = price_index(history(tmp_path, [start, start | {"spa": [250.0]}]))
    assert [point.index for point in points] == pytest.approx([100, 100])


def test_nine_clinics_are_no_index(tmp_path: Path) -> None:
    start = {name: [100.0] for name in NAMES[:9]}
    points = price_index(history(tmp_path, [start, start]))
    assert [point.index for point in points] == [None]
    assert points[0].reason == "9 clinics have prices of the same things in both months; 10 are needed"


def test_a_price_that_cannot_be_seen_is_carried_for_two_months(tmp_path: Path) -> None:
    # c09 is not seen from February on: carried to March, so that eleven, then ten clinics are matched.
    full = {name: [100.0] for name in (*NAMES, "c10")}
    less = {name: prices for name, prices in full.items() if name != "c10"}
    points = price_index(history(tmp_path, [full, less, less, less, less]))
    assert [(point.n, point.carried) for point in points] == [(0, 0), (11, 1), (11, 1), (10, 0), (10, 0)]


def test_a_price_that_is_gone_is_not_carried(tmp_path: Path) -> None:
    full = {name: [100.0] for name in (*NAMES, "c10")}
    points = price_index(history(tmp_path, [full, full | {"c10": []}]))
    assert [(point.n, point.carried) for point in points] == [(0, 0), (10, 0)]


def test_months_that_nobody_saw_are_not_filled_afterwards(tmp_path: Path) -> None:
    # Nobody is seen from March to June: two months are carried, and what comes later does not change that.
    seen = {name: [100.0] for name in (*NAMES, "c10")}
    found = []
    for day, month in zip(DAYS, [seen, seen, {}, {}, {}, {}, seen, seen], strict=True):
        crawl(tmp_path, day, month, sorted(seen))
        if day in DAYS[3::2]:
            with connect(build(tmp_path).path) as con:
                found.append(price_index(con, region="Calgary"))
    assert [(point.chain, point.n, point.carried) for point in found[-1]] == [
        (1, 0, 0), (1, 11, 0), (1, 11, 11), (1, 11, 11), (None, 0, 0), (None, 0, 0), (2, 0, 0), (2, 11, 0),
    ]  # fmt: skip
    last = found[-1]
    assert [len(before) for before in found] == [4, 6, 8]
    assert all(last[: len(before)] == before for before in found)
    assert [point.check for point in last] == [100, 100, None, None, None, None, 100, 100]
    assert last[2].reason == "no price was seen in this month, all are carried"
    assert str(last[6].reason).startswith("starts anew at 100, not to be compared with the months before")


def test_months_that_are_over_stay_as_they_are(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    names = [f"c{n:02}" for n in range(16)]
    prices = {name: [100.0 + 2 * n, 90.0] for n, name in enumerate(names)}
    found = []
    for day in DAYS[:6]:
        prices = {name: [price * rng.choice([1, 1, 1.06]) for price in own] for name, own in prices.items()}
        crawl(tmp_path, day, {name: own for name, own in prices.items() if rng.random() > 0.25}, names)
        if day < DAYS[3]:
            continue
        with connect(build(tmp_path).path) as con:
            # The check is fitted to all months together, and moves with each.
            found.append(frame(price_index(con)).drop(columns=["check", "reason"]))
    for before, after in pairwise(found):
        pd.testing.assert_frame_equal(before, after.head(len(before)))
    assert found[-1]["carried"].max() > 1


def test_a_page_that_failed_in_more_than_two_crawls_is_not_carried(tmp_path: Path) -> None:
    full = {name: [100.0] for name in (*NAMES, "c10", "c11")}
    for day, failing in ((1, ()), (32, ("c10",)), (39, ("c10", "c11")), (46, ("c10", "c11"))):
        crawl(tmp_path, day, {name: own for name, own in full.items() if name not in failing}, sorted(full))
    crawl(tmp_path, 60, {name: full[name] for name in NAMES}, sorted(full))
    points = price_index(connect(build(tmp_path).path))
    # c10 fails three times in February; c11 is seen in February and fails for the third time in March.
    assert [(point.n, point.carried) for point in points] == [(0, 0), (11, 0), (10, 0)]


def test_a_clinic_that_the_registry_dropped_keeps_its_past_and_is_not_carried(tmp_path: Path) -> None:
    full = {name: [100.0] for name in (*NAMES, "c10")}
    for day, names in zip(DAYS, (sorted(full), sorted(full), NAMES), strict=False):
        crawl(tmp_path, day, full, names)
    points = price_index(connect(build(tmp_path, [clinic(name) for name in NAMES]).path))
    assert [(point.n, point.carried) for point in points] == [(0, 0), (11, 0), (10, 0)]


def test_a_price_that_came_and_went_within_a_month_is_none(tmp_path: Path) -> None:
    full = {name: [100.0] for name in NAMES}
    for day, month in ((1, full), (32, full | {"c10": [90.0]}), (40, full | {"c10": []}), (60, full)):
        crawl(tmp_path, day, month, (*NAMES, "c10"))
    con = connect(build(tmp_path).path)
    assert [point.n for point in price_index(con)] == [0, 10, 10]
    assert [point.n for point in price_index(con, as_of=date(2026, 2, 5))] == [0, 10]


def test_the_chain_starts_anew_after_a_thin_month() -> None:
    def rows(month: int, clinics: int, price: float) -> list[tuple[str, int, str, float]]:
        return [(f"c{n}", n, f"2026-{month:02}-01", np.log(price)) for n in range(clinics)]

    made = rows(1, 10, 100) + rows(2, 10, 110) + rows(3, 4, 110) + rows(4, 10, 120) + rows(5, 10, 132)
    table = pd.DataFrame(made, columns=["clinic", "thing", "month", "y"]).assign(is_carried=False, minutes=60, place=1)
    points = index_of(panel(table))
    assert [point.index and round(point.index) for point in points] == [100, 110, None, 100, 110]
    assert [point.chain for point in points] == [1, 1, None, 2, 2]
    assert points[2].reason == "4 clinics have prices of the same things in both months; 10 are needed"
    assert points[3].reason == f"starts anew at 100, not to be compared with the months before: {points[2].reason}"


def test_rows_of_all_regions_and_lengths(tmp_path: Path) -> None:
    start = {name: [100.0] for name in NAMES}
    con = history(tmp_path, [start, start], {"c00": "Edmonton"})
    rows = index_rows(con)
    assert list(rows.columns)[:4] == ["region", "minutes", "month", "chain"]
    told = rows[rows["index"].notna()][["region", "minutes"]].drop_duplicates()
    assert told["region"].tolist() == ["Alberta", "Alberta"]
    assert told["minutes"].isna().tolist() == [True, False]
    reasons = rows[rows["region"] == "Calgary CMA"]["reason"].unique().tolist()
    assert reasons == ["9 clinics have prices of the same things in both months; 10 are needed"]
    whole = frame(price_index(con))
    pd.testing.assert_frame_equal(rows[rows["region"].eq("Alberta") & rows["minutes"].isna()][whole.columns], whole)


def test_relatives_beyond_the_fences_are_held_once_thirty_moved() -> None:
    rho = np.full((40, 2), 0.05)
    rho[0, :] = 0.5
    rho[1:25, 1] = 0.0
    assert fenced(rho).sum(axis=0).tolist() == [1, 0]


def test_nothing_to_index(tmp_path: Path) -> None:
    assert price_index(history(tmp_path, [{"c0": [100.0]}])) == []
    assert panel(pd.DataFrame(columns=["clinic", "thing", "month", "y", "is_carried", "minutes", "place"])).months == ()


def test_rises_and_cuts_each_and_by_month(tmp_path: Path) -> None:
    months = [{"aaa": [100.0], "bbb": [100.0]}, {"aaa": [110.0], "bbb": [95.0]}, {"aaa": [115.0], "bbb": [95.0]}]
    con = history(tmp_path, months, {"bbb": "Edmonton"})
    rows = price_changes(con)
    steps = rows[["location_id", "cents_before", "cents"]].values.tolist()
    assert steps == [["aaa", 11_000, 11_500], ["bbb", 10_000, 9_500], ["aaa", 10_000, 11_000]]
    assert price_changes(con, region="Edmonton")["change_percent"].tolist() == [-5.0]
    assert len(price_changes(con, since=date(2026, 3, 1))) == 1
    assert price_changes(con, minutes=90).empty
    assert by_month(rows).values.tolist()[0] == ["2026-02", 1, 1, 10.0, -5.0]
    assert by_month(rows.head(0)).empty
