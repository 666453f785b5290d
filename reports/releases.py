"""Releases: dated sets of figures with the prices they rest on, in folders that never change.

A release is part of the record, not of the database: a rebuild leaves it as it was. What is read of it is held against
its digests first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from reports.digests import content_digest, file_digests, seal

FOLDER = "releases"
RELEASE = "release.json"
#: The tables of a release, and what their rows are.
TABLES = {
    "figures": "The figures of a release; one without numbers says why.",
    "votes": "What each location says of a modality and a length: its one vote in the figures, before GST.",
    "index": "The index by region, length (all where minutes are missing) and month, 100 where a chain starts; levels "
    "compare within one chain only.",
    "prices": "The prices that the votes rest on, with their words and addresses, and when they were seen there.",
}
DEFINITION = (
    "Releases, oldest first. as_of is the day of the figures, method_version changes when the same prices would give "
    "others, content_digest is the SHA-256 of all that it says, held_back counts the figures that waited for a person."
)
_NAME = re.compile(r"\d{4}-\d\d-\d\d(\.\d+)?")


class ReleaseError(Exception):
    """A release that is not there, or not as it was made."""


@dataclass(frozen=True, slots=True)
class Release:
    """What ``release.json`` says. ``files`` are SHA-256 digests by name."""

    release_id: str
    made_on: date
    as_of: date
    method_version: str
    content_digest: str
    files: Mapping[str, str]
    sets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Regions that were named together, by the name of their figure."""
    held: Sequence[Mapping[str, object]] = ()
    """Moves that were held back for a person; their figures stand in it without numbers."""
    gates: Sequence[Mapping[str, object]] = ()
    """What the checks on the model said of these prices."""
    despite: str | None = None
    """Why it was made although a check had failed."""
    corrections: Sequence[Mapping[str, object]] = ()
    """Months of the index that were released before and that it has otherwise."""
    correct: str | None = None
    """Why it has them otherwise."""
    sealed: str = ""
    """SHA-256 of all the above."""
    folder: Path = Path()

    def table(self, name: str) -> pd.DataFrame:
        """One of ``TABLES``, as released; figures say of which release they are. Raises ``ReleaseError``."""
        file = f"{name}.parquet"
        if file not in self.files:
            raise ReleaseError(f"release {self.release_id} has no table {name}; it was made before releases had one")
        rows: pd.DataFrame = pq.read_table(self.folder / file).to_pandas()
        return rows.assign(release=self.release_id) if name == "figures" else rows


def releases(data_dir: Path) -> list[Release]:
    """All releases, oldest first, each verified; what ``strays`` tells of is left out. Raises ``ReleaseError``."""
    found = [read_release(folder) for folder in _folders(data_dir) if not _stray(folder)]
    return sorted(found, key=lambda one: (one.made_on, _number(one.release_id)))


def strays(data_dir: Path) -> list[str]:
    """Of each folder beside the releases that is none, why, and what to do with it."""
    return [reason for folder in _folders(data_dir) if (reason := _stray(folder))]


def find_release(data_dir: Path, release_id: str) -> Release:
    """A release by its name; ``last`` is the newest. Raises ``ReleaseError``."""
    known = releases(data_dir) if release_id == "last" else []
    if known:
        return known[-1]
    for folder in _folders(data_dir):
        if folder.name == release_id:
            if reason := _stray(folder):
                raise ReleaseError(reason)
            return read_release(folder)
    raise ReleaseError(f"there is no release {release_id!r}; `ratecard release list` names them")


def frame_of(found: Sequence[Release]) -> pd.DataFrame:
    """Releases as people read them."""
    names = ("release_id", "made_on", "as_of", "method_version", "content_digest")
    rows = [{name: getattr(one, name) for name in names} | {"held_back": len(one.held)} for one in found]
    return pd.DataFrame(rows, columns=[*names, "held_back"])


def read_release(folder: Path) -> Release:
    """A release, once every file of it has the digest that it was made with. Raises ``ReleaseError``."""
    text = _content(folder / RELEASE)
    try:
        told = json.loads(text)
        days = {name: date.fromisoformat(told[name]) for name in ("made_on", "as_of")}
        found = Release(**{**told, **days}, folder=folder)
    except (ValueError, TypeError, KeyError) as error:
        raise ReleaseError(f"{folder / RELEASE} cannot be read; restore it from a copy: {error}") from error
    digests = file_digests({name: _content(folder / name) for name in found.files})
    for name, digest in found.files.items():
        if digests[name] != digest:
            raise ReleaseError(f"{folder / name} is not as it was released; restore it from a copy")
    content_differs = content_digest(digests, found.method_version, found.as_of) != found.content_digest
    if content_differs or seal(told) != found.sealed or found.release_id != folder.name:
        raise ReleaseError(f"{folder / RELEASE} is not as it was released; restore it from a copy")
    return found


def _folders(data_dir: Path) -> Iterator[Path]:
    """What lies where releases do; a name with a dot before it is one in the making."""
    return (path for path in sorted((data_dir / FOLDER).glob("*")) if path.is_dir() and not path.name.startswith("."))


def _stray(folder: Path) -> str | None:
    """Why a folder is no release, ``None`` for one that is, be it whole or damaged."""
    named, told = bool(_NAME.fullmatch(folder.name)), _said(folder)
    if told is None:
        damaged = named and any((folder / f"{name}.parquet").exists() for name in TABLES)
        return None if damaged else f"{folder} is no release, it has no {RELEASE}; move it out of {folder.parent}"
    other = told.get("release_id")
    if other == folder.name or (named and seal(told) != told.get("sealed")):
        return None
    what = f"move it out of {folder.parent}" + (f", or give it back its name if {other} is missing" if other else "")
    return f"{folder} is no release, its {RELEASE} is that of {other or 'none'}; {what}"


def _said(folder: Path) -> dict[str, object] | None:
    """What ``release.json`` says, nothing if it cannot be read; ``None`` where there is none."""
    try:
        told = json.loads((folder / RELEASE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _number(release_id: str) -> int:
    return int(release_id.partition(".")[2] or 1)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReleaseError(f"{path} is not as it was released: {error.strerror}; restore it from a copy") from error
