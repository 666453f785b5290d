"""What the spider hands to the pipelines: one attempt to fetch one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.records import Page, Reading


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page with the answer it came in, or the class of failure in its stead."""

    clinic_id: str
    url: str
    seen_at: datetime
    """UTC, whole seconds."""
    failure: str | None = None
    status: int | None = None
    page: Page | None = None
    headers: tuple[tuple[str, str], ...] = ()
    reading: Reading | None = None
    closes: bool = False
    """Whether no other request of this clinic is under way."""


def now() -> datetime:
    """The moment, as visits record it."""
    return datetime.now(UTC).replace(microsecond=0)
