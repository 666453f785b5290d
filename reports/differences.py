"""What moved from release to release, held against the numbers that were published last, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pandas as pd

from reports.causes import Ballot, because
from reports.moves import COMPARED, Key, Move, Row, by_key, grade_of, moves
from reports.releases import Release


def since(
    before: Sequence[Release], figures: pd.DataFrame, ballot: Ballot, sets: Mapping[str, Sequence[str]]
) -> list[Move]:
    """How figures moved since each was last published; ``before`` are the earlier releases, oldest first."""
    if not before:
        return []
    by_id = {release.release_id: release for release in before}
    ballots = cache(lambda release_id: _ballot(by_id[release_id]))
    now = _rows(figures)
    last = last_published(before, now)
    return [
        replace(move, because=because(move, ballots(_source(last.get(move.key), before[-1])), ballot, sets))
        for move in moves(last, now | _gone(last.keys() - now.keys(), ballot, sets))
    ]


def between(old: Release, new: Release) -> list[Move]:
    """The figures that moved from one release to another; those that the later one holds back wait."""
    ballots, sets = (_ballot(old), _ballot(new)), {**old.sets, **new.sets}
    was, now = _held(old), _held(new)
    rows, rows_now = _rows(old.table("figures")), _rows(new.table("figures"))
    found = moves(rows, rows_now | _gone(rows.keys() - rows_now.keys(), ballots[1], sets))
    return [_explained(move, was.get(move.key), now.get(move.key), ballots, sets) for move in found]


def last_published(before: Sequence[Release], now: Mapping[Key, Row]) -> dict[Key, Row]:
    """Each cell's figure in the newest release that had numbers for it.

    One that has no numbers now either moves only from the last release, or from behind those that held it back.
    """
    found: dict[Key, Row] = {}
    numbered = {key for key, row in now.items() if grade_of(row)}
    held: set[Key] | None = None
    for release in reversed(before):
        with_numbers = _rows(release.table("figures").dropna(subset=["grade"]))
        wanted = with_numbers.keys() if held is None else with_numbers.keys() & (numbered | held)
        found |= {key: with_numbers[key] for key in wanted - found.keys()}
        held = set(_held(release)) if held is None else held & set(_held(release))
        if numbered <= found.keys() and not held:
            break
    return found


def _rows(figures: pd.DataFrame) -> dict[Key, dict[str, object]]:
    """Figures by cell with what is compared of them; those just made have no release yet."""
    return by_key(figures[[name for name in COMPARED if name in figures.columns]])


def _explained(
    move: Move,
    was: Mapping[str, object] | None,
    now: Mapping[str, object] | None,
    ballots: tuple[Ballot, Ballot],
    sets: Mapping[str, Sequence[str]],
) -> Move:
    """With its cause; what was held back says so, with the cause that the release told."""
    if was and move.grade_before is None:
        return replace(move, because=f"was held back: {was['because']}", waits=False)
    if now and move.grade_after is None:
        return replace(move, because=str(now["because"]), move_id=str(now["move_id"]), waits=True)
    return replace(move, because=because(move, *ballots, sets), waits=False)


def _gone(keys: Iterable[Key], ballot: Ballot, sets: Mapping[str, Sequence[str]]) -> dict[Key, Row]:
    """Why there is no row: regions named together have one only while their prices are alike."""
    voted = (key for key in keys if key[0] in sets and ballot.cell(key, set(sets[key[0]])))
    return {key: {"reason": "the prices of its regions are no longer alike"} for key in voted}


def _ballot(release: Release) -> Ballot:
    return Ballot(release.table("votes"), release.method_version)


def _source(row: Row | None, newest: Release) -> str:
    """The release that a figure came from; of one that is new, the newest."""
    return str(row["release"]) if row else newest.release_id


def _held(release: Release) -> dict[Key, Mapping[str, object]]:
    return {(str(move["region"]), str(move["modality"]), int(str(move["minutes"]))): move for move in release.held}
