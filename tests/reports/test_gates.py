"""Checks before a release: exact left-out predictions, honest words where clinics are few, and failures that show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from reports.checks import all_checks, failed
from reports.desk import open_desk
from reports.figures import last_day
from reports.gate import Gate, frame_of
from reports.gates import gates
from reports.left_out import left_out
from reports.model import fit
from reports.province import Province, brand_means, province, residuals
from reports.publish import make
from reports.quantiles import quantiles8
from reports.releases import find_release
from tests.benchmarks.provinces import invent
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build
from warehouse.connect import connect

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def found() -> Province:
    return province(invent(np.random.default_rng(5)).votes)


def test_leaving_out_is_as_exact_as_fitting_anew(found: Province) -> None:
    assert found.main is not None
    votes = found.fitted
    left = left_out(votes, found.main)
    brand = int(np.unique(votes.brand[votes.minutes == 60])[7])
    rest = votes.where(votes.brand != brand)
    anew = fit(rest, found.main.variances)
    own = votes.where((votes.brand == brand) & (votes.minutes == 60))
    location = float(anew.locations(own.region, own.modality, own.minutes).mean())
    brands, means = brand_means(votes, residuals(votes, found.main))
    pool = np.sort(means[brands != brand])
    expected = location + quantiles8(pool, (0.05, 0.1, 0.5, 0.9, 0.95))
    np.testing.assert_allclose(left.foretold[7], expected, atol=2e-4)


def test_an_invented_province_passes(found: Province) -> None:
    checks = gates(found)
    assert [check.check for check in failed(checks)] == []
    told = {check.check: check.value for check in checks}
    assert told["left-out clinics inside the 80 % range"] == pytest.approx(0.8, abs=0.05)
    assert told["left-out clinics inside the 90 % range"] == pytest.approx(0.9, abs=0.04)
    assert float(told["error of imputed 90 minutes beside 1.5 times an hour"] or 1) < 0.6
    assert set(frame_of(checks)["verdict"]) <= {"passed", "too close to tell"}


def test_a_model_of_the_wrong_kind_fails(found: Province) -> None:
    # Every second clinic of the largest region asks 2.7 times the price, and a person has kept them all.
    votes = found.fitted
    factor = np.where((votes.region == 0) & (votes.brand % 2 == 1), np.e, 1.0)
    strange = province(replace(votes, cents=votes.cents * factor, kept=np.ones(len(votes), bool)))
    names = [check.check for check in failed(gates(strange))]
    assert "left-out clinics inside the 80 % range, r00" in names


def test_few_clinics_decide_nothing_and_are_said_to_be_few(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [clinic(f"c{n}") for n in range(20)])
    for n in range(20):
        crawl.saw(f"c{n}", [offer(92 + n), offer(1.45 * (92 + n), 90)])
    crawl.write()
    build(tmp_path)
    with connect(tmp_path / "ratecard.duckdb") as con:
        checks = all_checks(con, open_desk(con, last_day(con)))
        assert failed(checks) == []
        told = frame_of(checks).set_index("check")["verdict"]
        assert told["left-out clinics inside the 80 % range"] == "n too small: 20 of 150"
        assert told["an hour of massage therapy in Calgary"] == "passed"
    assert gates(None)[0].words == "n too small: 0 of 150"


def test_a_city_far_from_every_survey_stops_a_release_until_somebody_says_why(tmp_path: Path) -> None:
    names = [f"c{n}" for n in range(7)]
    crawl = Crawl(tmp_path, 1, [clinic(name) for name in names])
    for n, name in enumerate(names):
        crawl.saw(name, [offer(150 + n)])
    crawl.write()
    build(tmp_path)
    with connect(tmp_path / "ratecard.duckdb") as con:
        made = make(con, tmp_path, DAY)
        assert made.release is None
        assert [check.check for check in failed(made.checks)] == ["an hour of massage therapy in Calgary"]
        make(con, tmp_path, DAY, despite="prices rose, three of them say")
    assert find_release(tmp_path, "last").despite == "prices rose, three of them say"
    assert not (tmp_path / "releases" / ".x").exists()


def test_newcomers_are_held_against_the_last_release(tmp_path: Path) -> None:
    names = [f"c{n:02}" for n in range(50)]
    for day, known in ((1, names[:15]), (8, names)):
        crawl = Crawl(tmp_path, day, [clinic(name) for name in names])
        for n, name in enumerate(known):
            crawl.saw(name, [offer(95 + n % 15)])
        crawl.write()
        build(tmp_path)
        with connect(tmp_path / "ratecard.duckdb") as con:
            made = make(con, tmp_path, DAY)
    gate = next(check for check in made.checks if check.check.startswith("newcomers"))
    assert (gate.n, gate.passed) == (35, True)


def test_verdicts_in_words() -> None:
    assert [Gate("x", 1, "", n, passed).words for n, passed in ((200, True), (200, False), (9, None))] == [
        "passed", "FAILED", "n too small: 9 of 150",
    ]  # fmt: skip
    assert Gate("x", 1, "", 200, None, close=True).words == "too close to tell"


def test_each_check_names_the_number_that_it_needs(tmp_path: Path) -> None:
    names = [f"c{n:02}" for n in range(22)]
    for day, known in ((1, names[:15]), (8, names)):
        crawl = Crawl(tmp_path, day, [clinic(name) for name in names])
        for n, name in enumerate(known):
            crawl.saw(name, [offer(95 + n % 15), offer(1.5 * (95 + n % 15), 90)][: 1 + (n < 5)])
        crawl.write()
        build(tmp_path)
        with connect(tmp_path / "ratecard.duckdb") as con:
            made = make(con, tmp_path, DAY)
    told = frame_of(made.checks).set_index("check")[["n", "verdict"]].T.to_dict("list")
    assert told["newcomers inside the last release's ranges"] == [7, "n too small: 7 of 30"]
    assert told["an hour of massage therapy in Edmonton"] == [0, "n too small: 0 of 6"]
    assert told["left-out clinics inside the 80 % range, Calgary CMA"] == [22, "n too small: 22 of 150 in all"]
    assert told["mean distance in ln, GST assumed_excluded"] == [22, "n too small: 22 of 150 in all"]
    assert told["error of imputed 90 minutes beside 1.5 times an hour"] == [5, "n too small: 22 of 150 in all"]
