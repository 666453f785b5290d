"""What a release is held against whenever it is read: digests of its files, of its content, and of what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256


def file_digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file."""
    return {name: sha256(content).hexdigest() for name, content in files.items()}


def content_digest(digests: Mapping[str, str], method_version: str, as_of: date) -> str:
    """One digest of all that a release says: the same prices on the same day by the same method give the same."""
    lines = [f"{digest}  {name}" for name, digest in sorted(digests.items())]
    return sha256("\n".join([*lines, method_version, as_of.isoformat()]).encode()).hexdigest()


def seal(told: Mapping[str, object]) -> str:
    """The SHA-256 of all that ``release.json`` says but the seal itself."""
    rest = {name: value for name, value in told.items() if name != "sealed"}
    return sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
