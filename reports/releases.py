"""Releases: dated sets of figures with the prices they rest on, in folders that never change.

A release is part of the record, not of the database: a rebuild leaves it as it was. It is written beside and renamed,
and what is read of it is held against its digests first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = "releases"
RELEASE = "release.json"
TABLES = ("figures", "votes", "prices")


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
    sealed: str = ""
    """SHA-256 of all the above."""
    folder: Path = Path()

    def table(self, name: str) -> pd.DataFrame:
        """One of ``TABLES``, as released."""
        rows: pd.DataFrame = pq.read_table(self.folder / f"{name}.parquet").to_pandas()
        return rows


def write_release(
    data_dir: Path,
    files: Mapping[str, bytes],
    *,
    made_on: date,
    as_of: date,
    method_version: str,
    sets: Mapping[str, Sequence[str]],
    held: Sequence[Mapping[str, object]] = (),
    gates: Sequence[Mapping[str, object]] = (),
    despite: str | None = None,
) -> Release:
    """A new release in ``data_dir/releases``, named by its day; nothing that is there is touched."""
    root = data_dir / FOLDER
    root.mkdir(parents=True, exist_ok=True)
    name = _free_name(root, made_on)
    beside = root / f".{name}.{os.getpid()}"
    try:
        beside.mkdir()
        for file, content in files.items():
            (beside / file).write_bytes(content)
        digests = {file: sha256(content).hexdigest() for file, content in files.items()}
        digest = content_digest(files, method_version, as_of)
        told = Release(name, made_on, as_of, method_version, digest, digests, sets, held, gates, despite)
        _write_json(beside / RELEASE, told)
        for path in beside.iterdir():
            path.chmod(0o444)
        beside.rename(root / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return read_release(root / name)


def as_files(tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    """Tables as the Parquet files of a release."""
    files = {}
    for name, rows in tables.items():
        out = BytesIO()
        pq.write_table(rows, out, compression="zstd")
        files[f"{name}.parquet"] = out.getvalue()
    return files


def content_digest(files: Mapping[str, bytes], method_version: str, as_of: date) -> str:
    """One digest of all that a release says: the same prices on the same day by the same method give the same."""
    lines = [f"{sha256(content).hexdigest()}  {name}" for name, content in sorted(files.items())]
    return sha256("\n".join([*lines, method_version, as_of.isoformat()]).encode()).hexdigest()


def read_release(folder: Path) -> Release:
    """A release, once every file of it has the digest that it was made with. Raises ``ReleaseError``."""
    try:
        told = json.loads((folder / RELEASE).read_text(encoding="utf-8"))
        days = {name: date.fromisoformat(told[name]) for name in ("made_on", "as_of")}
        found = Release(**{**told, **days}, folder=folder)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReleaseError(f"{folder} is no release that can be read: {error}") from error
    content = {name: _content(folder / name) for name in found.files}
    for name, digest in found.files.items():
        if sha256(content[name]).hexdigest() != digest:
            raise ReleaseError(f"{folder / name} is not as it was released; restore it from a copy")
    content_differs = content_digest(content, found.method_version, found.as_of) != found.content_digest
    if content_differs or _seal(told) != found.sealed or found.release_id != folder.name:
        raise ReleaseError(f"{folder / RELEASE} is not as it was released; restore it from a copy")
    return found


def releases(data_dir: Path) -> list[Release]:
    """All releases, oldest first, each verified. Raises ``ReleaseError``."""
    root = data_dir / FOLDER
    folders = [path for path in root.glob("*") if path.is_dir() and not path.name.startswith(".")]
    return sorted((read_release(folder) for folder in folders), key=lambda r: (r.made_on, _number(r.release_id)))


def find_release(data_dir: Path, release_id: str) -> Release:
    """A release by its name; ``last`` is the newest. Raises ``ReleaseError``."""
    known = releases(data_dir) if release_id == "last" else []
    if known:
        return known[-1]
    folder = data_dir / FOLDER / release_id
    if not release_id or "/" in release_id or release_id.startswith(".") or not folder.is_dir():
        raise ReleaseError(f"there is no release {release_id!r}; `ratecard release list` names them")
    return read_release(folder)


def _free_name(root: Path, day: date) -> str:
    """The day; from the second release of a day on with a number behind it."""
    names, number = {path.name for path in root.iterdir()}, 2
    if day.isoformat() not in names:
        return day.isoformat()
    while f"{day.isoformat()}.{number}" in names:
        number += 1
    return f"{day.isoformat()}.{number}"


def _number(release_id: str) -> int:
    return int(release_id.partition(".")[2] or 1)


def _write_json(path: Path, told: Release) -> None:
    fields = json.loads(json.dumps(asdict(told), default=str))
    del fields["folder"]
    text = json.dumps(fields | {"sealed": _seal(fields)}, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _seal(told: Mapping[str, object]) -> str:
    rest = {name: value for name, value in told.items() if name != "sealed"}
    return sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReleaseError(f"{path} is not as it was released: {error.strerror}") from error
