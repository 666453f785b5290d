"""The files that people's words are put down in: CSV beside the crawls and releases, that only grow."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from filelock import FileLock


def append(path: Path, columns: Sequence[str], new: Iterable[Mapping[str, object]]) -> None:
    """Writes rows behind those that are there, all or none of them; what a row holds beside the columns is left out."""
    with FileLock(f"{path}.lock"):
        old = _rows(path)
        beside = path.with_suffix(".csv.new")
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
            writer.writerows([*old, *new])
        beside.replace(path)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
