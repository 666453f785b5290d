"""Making a release: figures and index of a day frozen with what they rest on, held against the ones before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from reports.causes import Ballot
from reports.checks import all_checks, failed
from reports.confirmed import confirmed
from reports.corrections import Correction, corrections, write_log
from reports.desk import open_desk
from reports.differences import since
from reports.digests import content_digest, file_digests
from reports.figure import METHOD_VERSION
from reports.figures import last_day
from reports.frozen import SETS, all_figures, held_back, prices, rounded, votes_frame
from reports.gate import Gate
from reports.moves import Move
from reports.price_index import index_rows
from reports.release_files import as_files, write_release
from reports.releases import Release, ReleaseError, releases


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it; ``release`` is ``None`` when nothing has changed since the last one, or something stopped it."""

    release: Release | None
    checks: list[Gate]
    corrections: list[Correction]
    """Months of the index that it has otherwise than the last release."""
    stopped: bool = False
    """Whether a check failed, or months would be corrected, and nobody said why it is made all the same."""
    held: list[Move] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    figures: int = 0


def make(
    con: duckdb.DuckDBPyConnection,
    data_dir: Path,
    today: date,
    *,
    despite: str | None = None,
    correct: str | None = None,
) -> Made:
    """Freezes the figures and the index of the newest visit's day. Moves that nobody has confirmed are held back.

    A check that failed stops it, unless ``despite`` says why it is made all the same; so does a month of the index that
    was released otherwise, unless ``correct`` says why. The release keeps these reasons.

    Raises ``ReleaseError`` when there is nothing to release, or an earlier release is not as it was made.
    """
    day = last_day(con)
    desk = open_desk(con, day)
    if day is None or desk.found is None:
        raise ReleaseError("there are no prices to release")
    before, index = releases(data_dir), index_rows(con, day)
    made = Made(None, all_checks(con, desk, before), corrections(before, index))
    bad = failed(made.checks)
    if (bad and not _said(despite)) or (made.corrections and not _said(correct)):
        return replace(made, stopped=True)
    found, votes = all_figures(desk), votes_frame(desk)
    moved = since(before, rounded(found), Ballot(votes, METHOD_VERSION), SETS)
    done = confirmed(data_dir)
    made = replace(made, held=[m for m in moved if m.waits and m.move_id not in done], figures=len(found))
    shown = rounded(held_back(found, {move.key: move.what for move in made.held}))
    files = as_files({"figures": shown, "votes": votes, "index": index, "prices": prices(con, day)})
    draft = replace(
        _draft(made, today, day, files),
        despite=despite if bad else None,
        correct=correct if made.corrections else None,
    )
    if before and draft.content_digest == before[-1].content_digest:
        return made
    release = write_release(data_dir, files, draft)
    write_log(data_dir, [*before, release])
    return replace(made, release=release, moved=moved)


def _draft(made: Made, today: date, day: date, files: Mapping[str, bytes]) -> Release:
    """What the release is to say, but for its name and for reasons."""
    digests = file_digests(files)
    return Release(
        release_id="",
        made_on=today,
        as_of=day,
        method_version=METHOD_VERSION,
        content_digest=content_digest(digests, METHOD_VERSION, day),
        files=digests,
        sets=SETS,
        held=[asdict(move) for move in made.held],
        gates=[asdict(check) | {"verdict": check.words} for check in made.checks],
        corrections=[asdict(one) for one in made.corrections],
    )


def _said(reason: str | None) -> bool:
    return bool(reason and reason.strip())
