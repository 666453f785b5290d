"""Months of the index that were released before and come out otherwise now: none changes without a reason."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from reports.releases import FOLDER, Release

FILE = "corrections.csv"
DEFINITION = (
    "Months of the index that were released before and come out otherwise now; minutes are empty for all lengths "
    "together, old or new where there is no index."
)
#: Levels are released with three digits; the last may differ by the processors that made it.
_ROUNDING = 0.0015
_COLUMNS = ("release", "month", "region", "minutes", "old", "new", "reason")
_Key = tuple[str, int | None, date]


@dataclass(frozen=True, slots=True)
class Correction:
    """The index of one month, as it was released and as it is now; ``None`` where there is none."""

    month: date
    region: str
    minutes: int | None
    old: float | None
    new: float | None


def corrections(before: Sequence[Release], index: pd.DataFrame) -> list[Correction]:
    """The months that were over when the last release with an index was made, and that ``index`` has otherwise.

    A region and length that it had no row of is new, and corrects nothing.
    """
    last = next((one for one in reversed(before) if "index.parquet" in one.files), None)
    if last is None:
        return []
    old, new = _levels(last.table("index")), _levels(index)
    known = {key[:2] for key in old}
    over = [key for key in old.keys() | new.keys() if key[:2] in known and key[2] < last.as_of.replace(day=1)]
    found = [Correction(key[2], key[0], key[1], old.get(key), new.get(key)) for key in over]
    changed = [one for one in found if _differ(one.old, one.new)]
    return sorted(changed, key=lambda one: (one.region, one.minutes or 0, one.month))


def frame_of(found: Iterable[Correction]) -> pd.DataFrame:
    """Corrections as people read them."""
    return pd.DataFrame([asdict(one) for one in found], columns=list(Correction.__slots__))


def write_log(data_dir: Path, found: Iterable[Release]) -> Path:
    """The log of all corrections beside the releases, which each hold their own; its path."""
    path = data_dir / FOLDER / FILE
    beside = path.with_suffix(".csv.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        for release in found:
            why = {"release": release.release_id, "reason": release.correct}
            writer.writerows({**one, **why} for one in release.corrections)
    beside.replace(path)
    return path


def _levels(index: pd.DataFrame) -> dict[_Key, float | None]:
    rows = index[["region", "minutes", "month", "index"]].itertuples(index=False, name=None)
    return {
        (str(region), None if pd.isna(minutes) else int(minutes), month): None if pd.isna(level) else float(level)
        for region, minutes, month, level in rows
    }


def _differ(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(old - new) > _ROUNDING
