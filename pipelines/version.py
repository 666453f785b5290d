"""The reader version: changes by itself with any code or data that decides what is read."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

_COUNTS = (".py", ".csv", ".toml")


@cache
def reader_version() -> str:
    """Twelve hexadecimal digits that stand for this room's code and data files as they are."""
    digest = sha256()
    for path, file in sorted(_files(resources.files("pipelines"), "")):
        digest.update(path.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_COUNTS):
            found.append((prefix + entry.name, entry))
    return found
