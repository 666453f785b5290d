"""Whether the last warehouse can be continued with the crawls that are new, instead of folding all of history again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from warehouse.folders import files_digest


def can_continue(target: Path, folders: Sequence[Path], version: str) -> bool:
    """Whether all that the file at ``target`` holds still stands, and what it lacks is newer than all of it.

    It was folded by the same ``version``, every crawl in it lies there unchanged and was read by the same readers, and
    no folder before its newest crawl is missing in it but such as it set aside.
    """
    try:
        with duckdb.connect(str(target), read_only=True) as con:
            (folded_by,) = con.execute("SELECT fold_version FROM warehouse_info").fetchone() or (None,)
            held = con.execute("SELECT crawl_id, files_digest, reader_version FROM crawls").fetchall()
            aside = con.execute("FROM folders_set_aside").fetchall()
    except duckdb.Error:
        return False
    there = {folder.name: folder for folder in folders}
    newest = max((crawl for crawl, *_ in held), default="")
    late = [name for name in there if name < newest and name not in {crawl for crawl, *_ in held}]
    return (
        folded_by == version
        and all(_stands(there, *crawl) for crawl in held)
        and set(late) <= {folder for folder, _ in aside}
    )


def _stands(there: Mapping[str, Path], crawl: str, digest: str, reader_version: str) -> bool:
    """Whether a folder is as it was when it was folded in."""
    try:
        facts = json.loads((there[crawl] / "crawl.json").read_bytes())
        return files_digest(there[crawl]) == digest and facts.get("reader_version") == reader_version
    except (KeyError, OSError, ValueError):
        return False
