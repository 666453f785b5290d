"""Moves of figures that a person has looked at and let through: a file of the record, beside the releases."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from reports.releases import FOLDER, ReleaseError
from warehouse import logbook

FILE = "confirmed.csv"
_COLUMNS = ("move_id", "confirmed_on", "region", "modality", "minutes", "before_cents", "after_cents", "reason")


def confirmed(data_dir: Path) -> dict[str, str]:
    """The reason by the id of each move that was let through. Raises ``ReleaseError`` if the file is not ours."""
    path = data_dir / FOLDER / FILE
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise ReleaseError(f"{path}: its head must be {','.join(_COLUMNS)}")
        return {row["move_id"]: row["reason"] for row in rows}


def confirm(data_dir: Path, moves: Iterable[dict[str, object]], reason: str, day: date) -> Path:
    """Lets moves through, with the reason for whoever reads it in a year; the next release has their figures."""
    path = data_dir / FOLDER / FILE
    confirmed(data_dir)  # nothing is written behind what cannot be read
    logbook.append(path, _COLUMNS, ({**move, "confirmed_on": day, "reason": reason} for move in moves))
    return path


def waiting(held: Sequence[dict[str, object]], done: Iterable[str]) -> list[dict[str, object]]:
    """The held moves that nobody has let through."""
    known = set(done)
    return [move for move in held if move["move_id"] not in known]
