"""The releases that lie beside the crawls, as rows; their content stays in their folders."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

_COLUMNS = ("release_id", "made_on", "method_version", "content_digest")


def load_releases(con: duckdb.DuckDBPyConnection, data_dir: Path) -> None:
    """Fills ``releases``. What is none or cannot be read is left out; `ratecard release list` says what is wrong."""
    for path in sorted(data_dir.glob("releases/*/release.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            if told["release_id"] == path.parent.name:
                con.execute("INSERT INTO releases VALUES (?, ?, ?, ?)", [told[column] for column in _COLUMNS])
        except (OSError, ValueError, KeyError, TypeError, duckdb.ConversionException):
            continue
