"""Writing a release: beside, sealed, and renamed when it is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reports.digests import content_digest, file_digests, seal
from reports.releases import FOLDER, RELEASE, Release, read_release


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
        digests = file_digests(files)
        digest = content_digest(digests, method_version, as_of)
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


def _free_name(root: Path, day: date) -> str:
    """The day; from the second release of a day on with a number behind it."""
    names, number = {path.name for path in root.iterdir()}, 2
    if day.isoformat() not in names:
        return day.isoformat()
    while f"{day.isoformat()}.{number}" in names:
        number += 1
    return f"{day.isoformat()}.{number}"


def _write_json(path: Path, told: Release) -> None:
    fields = json.loads(json.dumps(asdict(told), default=str))
    del fields["folder"]
    text = json.dumps(fields | {"sealed": seal(fields)}, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
