"""Making a release: figures of a day frozen with what they rest on, held against the ones before."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb

from reports.causes import Ballot
from reports.checks import all_checks, failed
from reports.confirmed import confirmed
from reports.desk import open_desk
from reports.differences import since
from reports.digests import content_digest, file_digests
from reports.figure import METHOD_VERSION
from reports.figures import last_day
from reports.frozen import SETS, all_figures, held_back, rounded, tables, votes_frame
from reports.gate import Gate
from reports.moves import Move
from reports.release_files import as_files, write_release
from reports.releases import Release, ReleaseError, releases


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
    if failed(checks) and not (despite or "").strip():
        return Made(None, [], [], checks)
    found = all_figures(desk)
    moved = since(before, rounded(found), Ballot(votes_frame(desk), METHOD_VERSION), SETS)
    done = confirmed(data_dir)
    held = [move for move in moved if move.waits and move.move_id not in done]
    files = as_files(tables(con, desk, held_back(found, {move.key: move.what for move in held}), day))
    if before and content_digest(file_digests(files), METHOD_VERSION, day) == before[-1].content_digest:
        return Made(None, held, [], checks, len(found))
    release = write_release(
        data_dir,
        files,
        made_on=today,
        as_of=day,
        method_version=METHOD_VERSION,
        sets=SETS,
        held=[asdict(move) for move in held],
        gates=[asdict(check) | {"verdict": check.words} for check in checks],
        despite=despite if failed(checks) else None,
    )
    return Made(release, held, moved, checks, len(found))
