"""Writing a release: beside, sealed, and renamed when it is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from reports.digests import seal
from reports.releases import FOLDER, RELEASE, Release, read_release


def write_release(data_dir: Path, files: Mapping[str, bytes], draft: Release) -> Release:
    """A new release in ``data_dir/releases`` of what ``draft`` says, named by its day; nothing there is touched."""
    root = data_dir / FOLDER
    root.mkdir(parents=True, exist_ok=True)
    name = _free_name(root, draft.made_on)
    beside = root / f".{name}.{os.getpid()}"
    try:
        beside.mkdir()
        for file, content in files.items():
            (beside / file).write_bytes(content)
        _write_json(beside / RELEASE, replace(draft, release_id=name))
        for path in beside.iterdir():
            path.chmod(0o444)
        beside.rename(root / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return read_release(root / name)


def as_files(tables: Mapping[str, pa.Table | pd.DataFrame]) -> dict[str, bytes]:
    """Tables as the Parquet files of a release."""
    files = {}
    for name, rows in tables.items():
        out = BytesIO()
        table = pa.Table.from_pandas(rows, preserve_index=False) if isinstance(rows, pd.DataFrame) else rows
        pq.write_table(table, out, compression="zstd")
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
