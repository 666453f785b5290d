"""The SQL files of this room."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources

#: What decides how crawl folders become tables; a file folded by another version is built anew.
_DECIDES = ("schema.sql", "staging.sql", "renew.sql", "folders.py", "reference.py")


def read_sql(name: str) -> str:
    """The text of an SQL file of this room."""
    return resources.files("warehouse").joinpath(name).read_text(encoding="utf-8")


def sql_files(folder: str) -> list[tuple[str, str]]:
    """Name and text of each SQL file in a folder of this room, by name."""
    files = resources.files("warehouse").joinpath(folder).iterdir()
    return sorted(
        (f.name.removesuffix(".sql"), f.read_text(encoding="utf-8")) for f in files if f.name.endswith(".sql")
    )


@cache
def fold_version() -> str:
    """Twelve hexadecimal digits that stand for the way in which crawl folders are folded and viewed."""
    digest = sha256()
    texts = [(name, read_sql(name)) for name in _DECIDES]
    for name, text in [*texts, *sql_files("fold"), *sql_files("views")]:
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]
