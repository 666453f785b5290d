"""Figures that moved between releases: held back where they moved far, and explained by what moved them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from reports import estimate, publish
from reports.causes import Ballot, because
from reports.confirmed import confirm, confirmed
from reports.differences import between
from reports.figure import METHOD_VERSION
from reports.moves import by_key, moves
from reports.publish import Made
from reports.releases import releases
from tests.reports.crawled_releases import CELL, NAMES, cell, crawled, of_cell, released, rising
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build


@pytest.fixture
def data(tmp_path: Path) -> Path:
    crawled(tmp_path, 1, rising(94))
    released(tmp_path)
    return tmp_path


def two_cities(data: Path, day: int, first: float, step: float) -> None:
    """The eight of Calgary as ever, and eight of Edmonton, the first with a price and each with a step more."""
    crawl = Crawl(data, day, [*map(clinic, NAMES), *(clinic(f"e{n}", "Edmonton") for n in range(8))])
    for n, (name, price) in enumerate(rising(94).items()):
        crawl.saw(name, [offer(price)])
        crawl.saw(f"e{n}", [offer(first + step * n)])
    crawl.write()
    build(data)


def confirm_all(data: Path, made: Made) -> None:
    confirm(data, map(asdict, made.held), "rents rose, say three of them", date(2026, 3, 2))


def test_a_small_move_is_published_and_explained(data: Path) -> None:
    crawled(data, 8, {name: rising(94)[name] for name in NAMES[:7]} | {"c3": 106.0})
    made = released(data)
    assert made.release is not None
    assert made.release.release_id == "2026-03-01.2"
    assert made.held == []
    move = of_cell(made.moved)
    assert move is not None
    assert move.because == "c3 $100 → $106"
    assert "typical +" in move.what
    old = releases(data)[0]
    assert by_key(old.table("figures"))[CELL]["typical_cents"] == move.before_cents


def test_a_large_move_waits_until_it_is_confirmed(data: Path) -> None:
    crawled(data, 8, rising(110))
    made = released(data)
    held = of_cell(made.held)
    assert held is not None
    assert "typical +1" in held.what
    assert held.because == "c0 $94 → $110; c1 $96 → $112; c2 $98 → $114; c3 $100 → $116; and 4 more"
    assert cell(made)["typical_cents"] is None
    assert str(cell(made)["reason"]).startswith("held back until a person has looked at it: typical +1")
    assert released(data).release is None  # it waits on
    confirm_all(data, made)
    assert set(confirmed(data).values()) == {"rents rose, say three of them"}
    again = released(data, date(2026, 3, 2))
    assert again.held == []
    assert cell(again)["typical_cents"] == held.after_cents
    assert [found.release_id for found in releases(data)] == ["2026-03-01", "2026-03-01.2", "2026-03-02"]


def test_a_held_move_is_still_held_against_what_was_last_published(data: Path) -> None:
    crawled(data, 8, rising(110))
    released(data)
    crawled(data, 15, rising(111))
    held = of_cell(released(data).held)
    assert held is not None
    assert round((held.before_cents or 0) / 100) == 101
    assert held.because.startswith("c0 $94 → $111; c1 $96 → $113")


def test_a_confirmation_lets_no_further_move_through(data: Path) -> None:
    crawled(data, 8, rising(94) | {"c7": 125.0})
    first = of_cell((made := released(data)).held)
    assert first is not None
    assert "high end +13" in first.what
    confirm_all(data, made)
    crawled(data, 15, rising(94) | {"c7": 140.0})
    further = of_cell(released(data).held)
    assert further is not None
    assert further.before_cents == first.before_cents
    assert (round(first.after_cents or 0), first.grade_after) == (round(further.after_cents or 0), further.grade_after)
    assert further.move_id != first.move_id


def test_an_average_that_moved_alone_waits_too() -> None:
    before = {CELL: {"grade": "B", "typical_cents": 10_000.0, "average_cents": 10_000.0}}
    (move,) = moves(before, {CELL: {"grade": "B", "typical_cents": 10_000.0, "average_cents": 11_100.0}})
    assert (move.what, move.waits) == ("average +11.0%", True)
    assert moves(before, {CELL: {"grade": "B", "typical_cents": 10_000.0, "average_cents": 10_990.0}})[0].waits is False


def test_a_held_move_tells_the_average_too(data: Path) -> None:
    crawled(data, 8, rising(94) | {"c4": 123.0, "c5": 125.0, "c6": 127.0, "c7": 129.0})
    held = of_cell(released(data).held)
    assert held is not None
    assert "average +10.4%" in held.what


def test_the_same_move_from_a_later_release_is_asked_about_anew(data: Path) -> None:
    crawled(data, 8, rising(110))
    made = released(data)
    confirm_all(data, made)
    assert of_cell(released(data).moved) is not None
    crawled(data, 15, rising(94))
    confirm_all(data, released(data))
    released(data)
    crawled(data, 22, rising(110))
    again, first = of_cell(released(data).held), of_cell(made.held)
    assert again is not None
    assert first is not None
    assert (again.before_cents, again.after_cents) == (first.before_cents, first.after_cents)


def test_a_figure_that_went_and_came_back_far_off_waits(data: Path) -> None:
    crawled(data, 8, dict.fromkeys(NAMES) | {"c0": 94.0, "c1": 96.0})
    gone = released(data)
    move = of_cell(gone.held)
    assert move is not None
    assert move.what.startswith("no figure any more: ")
    confirm_all(data, gone)
    assert of_cell(released(data).held) is None
    crawled(data, 15, {"c0": 94.0, "c1": 97.0})
    assert of_cell(released(data).moved) is None  # it went once
    crawled(data, 22, rising(114))
    back = of_cell(released(data).held)
    assert back is not None
    assert "typical +1" in back.what or "typical +2" in back.what
    assert back.because.startswith("c0 $94 → $114; c1 $96 → $116")


@pytest.mark.parametrize("seen", [2, 0])
def test_a_figure_that_lost_its_numbers_says_the_reason_of_its_row(data: Path, seen: int) -> None:
    crawl = Crawl(data, 200, [*map(clinic, NAMES), clinic("e0", "Edmonton")])
    crawl.saw("e0", [offer(100)])
    for name in NAMES[:seen]:
        crawl.saw(name, [offer(rising(94)[name])])
    for name in NAMES[seen:]:
        crawl.failed(name)
    crawl.write()
    build(data)
    move = of_cell(released(data).held)
    assert move is not None
    reason = f"the prices of {8 - seen} of 8 locations have not been seen for half a year"
    assert move.what == f"no figure any more: {reason}"


def test_another_method_is_named_and_nobody_else_blamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_cities(tmp_path, 1, 90, 4)
    released(tmp_path)
    monkeypatch.setattr(publish, "METHOD_VERSION", "next")
    monkeypatch.setattr(estimate, "KAPPA", 40.0)
    move = of_cell(released(tmp_path).moved)
    assert move is not None
    assert move.because == f"method {METHOD_VERSION} → next"
    assert {one.because for one in between(*releases(tmp_path))} == {f"method {METHOD_VERSION} → next"}


def test_another_method_is_named_beside_the_clinics_that_changed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "METHOD_VERSION", "next")
    crawled(data, 8, rising(94) | {"c3": 106.0})
    move = of_cell(released(data).moved)
    assert move is not None
    assert move.because == f"method {METHOD_VERSION} → next; c3 $100 → $106"


def test_a_model_that_moved_alone_is_said_to_have(tmp_path: Path) -> None:
    for day, step in ((1, 2), (8, 5)):
        two_cities(tmp_path, day, 90, step)
        made = released(tmp_path)
    move = of_cell(made.moved)
    assert move is not None
    assert move.because == "none of its 8 clinics changed; the model moved with the prices of others"
    assert of_cell(between(*releases(tmp_path))) == move


def test_what_was_held_back_says_so_when_two_releases_are_compared(data: Path) -> None:
    crawled(data, 8, rising(110))
    made = released(data)
    held = of_cell(made.held)
    assert held is not None
    confirm_all(data, made)
    released(data)
    first, second, third = releases(data)
    (back,) = [move for move in between(first, second) if move.key == CELL]
    assert (back.because, back.waits, back.move_id) == (held.because, True, held.move_id)
    (out,) = [move for move in between(second, third) if move.key == CELL]
    assert out.what.startswith("new, before: held back until a person has looked at it: typical +1")
    assert (out.because, out.waits) == (f"was held back: {held.because}", False)
    (both,) = [move for move in between(first, third) if move.key == CELL]
    assert (both.what, both.because, both.waits) == (held.what, held.because, False)


def test_causes_that_are_no_price(data: Path) -> None:
    votes = releases(data)[0].table("votes")
    (move,) = moves({CELL: {"grade": "B", "typical_cents": 100.0}}, {CELL: {"grade": "B", "typical_cents": 101.0}})
    all_eight, seven = Ballot(votes, "2"), Ballot(votes[votes["location_id"] != "c7"], "2")
    sold = Ballot(votes.assign(clinic_id=votes["clinic_id"].replace("c7", "c6")), "2")
    both = {"Calgary": ["Calgary", "Edmonton"]}
    assert because(move, all_eight, seven, both) == "gone: c7 $108"
    assert because(move, seven, all_eight, both) == "new: c7 $108"
    assert because(move, all_eight, sold, {}) == "c7: of c6, before of c7"
    elsewhere = Ballot(votes[:0], "2")
    assert because(move, elsewhere, elsewhere, {}) == "no clinic there; the model moved with the prices of others"


def test_regions_that_are_no_longer_alike_are_no_missing_votes(tmp_path: Path) -> None:
    for day, first in ((1, 94), (8, 116)):
        two_cities(tmp_path, day, first, 2)
        made = released(tmp_path)
    gone = [move for move in made.held if move.region == "Calgary and Edmonton"]
    assert {move.what for move in gone} == {"no figure any more: the prices of its regions are no longer alike"}


def test_figures_that_come_and_go() -> None:
    new = {CELL: {"grade": "B", "typical_cents": 100.0}}
    assert [(m.what, m.waits) for m in moves({}, new)] == [("new", False)]
    assert [(m.what, m.waits) for m in moves(new, {})] == [("no figure any more: no votes", True)]
    assert [m.what for m in moves({CELL: {"grade": None, "reason": "too old"}}, new)] == ["new, before: too old"]
    assert moves(new, new) == []
    (grade,) = moves(new, {CELL: {"grade": "D", "typical_cents": 100.0}})
    assert (grade.what, grade.waits) == ("only its grade", True)
