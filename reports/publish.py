"""Making a release: figures of a day frozen with what they rest on, held against the ones before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from reports.checks import all_checks, failed
from reports.confirmed import confirmed
from reports.desk import Desk, open_desk
from reports.figure import METHOD_VERSION, Figure, frame
from reports.figures import figures_of, last_day
from reports.gate import Gate
from reports.moves import Key, Move, because, by_key, moves
from reports.names import joined
from reports.releases import Release, ReleaseError, as_files, content_digest, releases, write_release
from reports.votes import EXPIRY_DAYS

#: Regions that releases also have one figure for, where their prices are alike.
SETS: Mapping[str, Sequence[str]] = {joined(labels): labels for labels in [("Calgary", "Edmonton")]}
_AMOUNTS = tuple(name for name in Figure.__slots__ if name.endswith("_cents"))
_FRACTIONS = tuple(name for name in Figure.__slots__ if name.endswith("_rse"))
_NO_NUMBERS: Mapping[str, Any] = dict.fromkeys((*_AMOUNTS, *_FRACTIONS, "grade", "words"))


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it; ``release`` is ``None`` when nothing has changed since the last one, or a check failed."""

    release: Release | None
    held: list[Move]
    moved: list[Move]
    checks: list[Gate]
    figures: int = 0


def make(con: duckdb.DuckDBPyConnection, data_dir: Path, today: date, *, despite: str | None = None) -> Made:
    """Freezes the figures of the newest visit's day. Moves that nobody has confirmed are held back.

    A check that failed stops it, unless ``despite`` says why it is made all the same; the release keeps that reason.

    Raises ``ReleaseError`` when there is nothing to release, or an earlier release is not as it was made.
    """
    day = last_day(con)
    desk = open_desk(con, day)
    if day is None or desk.found is None:
        raise ReleaseError("there are no prices to release")
    before = releases(data_dir)
    checks = all_checks(con, desk, before)
    if failed(checks) and not despite:
        return Made(None, [], [], checks)
    found = all_figures(desk)
    moved = _moved(before, found, votes_frame(desk))
    held = [move for move in moved if move.waits and move.move_id not in confirmed(data_dir)]
    files = as_files(_tables(con, desk, _held_back(found, held), day))
    if before and content_digest(files, METHOD_VERSION, day) == before[-1].content_digest:
        return Made(None, held, [], checks, len(found))
    release = write_release(
        data_dir,
        files,
        made_on=today,
        as_of=day,
        method_version=METHOD_VERSION,
        sets=SETS,
        held=[_told(move) for move in held],
        gates=[asdict(check) | {"verdict": check.words} for check in checks],
        despite=despite if failed(checks) else None,
    )
    return Made(release, held, moved, checks, len(found))


def all_figures(desk: Desk) -> list[Figure]:
    """All that a release has: every cell with votes, and the sets of regions."""
    found = figures_of(desk)
    for labels in SETS.values():
        pooled = [one for one in figures_of(desk, regions=labels) if one.region == joined(labels)]
        found += [one for one in pooled if one.n]
    return sorted(found, key=lambda one: (str(one.modality), one.minutes or 0, one.region))


def votes_frame(desk: Desk) -> pd.DataFrame:
    """The votes that count, by name."""
    if desk.found is None:
        return pd.DataFrame()
    votes = desk.found.votes
    return pd.DataFrame(
        {
            "modality": [votes.modalities[n] for n in votes.modality],
            "minutes": votes.minutes,
            "location_id": [votes.locations[n] for n in votes.location],
            "clinic_id": [votes.brands[n] for n in votes.brand],
            "place_key": [votes.places[n] for n in votes.location],
            "cents": votes.cents,
            "oldest": votes.oldest,
            "newest": votes.newest,
        }
    )


def last_published(before: Sequence[Release]) -> dict[Key, dict[str, object]]:
    """Each cell's figure in the newest release that did not hold it back."""
    found: dict[Key, dict[str, object]] = {}
    open_keys: set[Key] | None = None
    for release in reversed(before):
        held = {_key(move) for move in release.held}
        rows = by_key(release.table("figures"))
        wanted = rows.keys() if open_keys is None else open_keys & rows.keys()
        found |= {key: rows[key] for key in wanted if key not in held}
        open_keys = held if open_keys is None else (open_keys & held) | (open_keys - rows.keys())
        if not open_keys:
            break
    return found


def _moved(before: Sequence[Release], found: Sequence[Figure], votes: pd.DataFrame) -> list[Move]:
    if not before:
        return []
    last = before[-1].table("votes")
    moved = moves(last_published(before), by_key(_rounded(found)))
    return [replace(move, because=because(move, (last, votes), SETS)) for move in moved]


def _rounded(found: Sequence[Figure]) -> pd.DataFrame:
    """Figures as they are released; the last bits of a sum depend on how many processors made it."""
    places = dict.fromkeys(_FRACTIONS, 6) | dict.fromkeys(_AMOUNTS, 2)
    return frame(found).drop(columns="release").round(places)


def _held_back(found: Sequence[Figure], held: Sequence[Move]) -> list[Figure]:
    waits = {move.key: move for move in held}
    return [_without_numbers(one, waits.get((one.region, str(one.modality), int(one.minutes or 0)))) for one in found]


def _without_numbers(one: Figure, move: Move | None) -> Figure:
    if move is None:
        return one
    return replace(one, **_NO_NUMBERS, reason=f"held back until a person has looked at it: {move.what}")


def _tables(con: duckdb.DuckDBPyConnection, desk: Desk, found: Sequence[Figure], day: date) -> dict[str, pa.Table]:
    query = resources.files("reports").joinpath("release_prices.sql").read_text(encoding="utf-8")
    prices = con.sql(query, params={"as_of": day, "expiry_days": EXPIRY_DAYS}).to_arrow_table()
    return {
        "figures": pa.Table.from_pandas(_rounded(found), preserve_index=False),
        "votes": pa.Table.from_pandas(votes_frame(desk), preserve_index=False),
        "prices": prices,
    }


def _told(move: Move) -> dict[str, object]:
    return {name: getattr(move, name) for name in Move.__slots__}


def _key(move: Mapping[str, object]) -> Key:
    return str(move["region"]), str(move["modality"]), int(str(move["minutes"]))
