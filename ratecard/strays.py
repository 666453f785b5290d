"""What lies where releases do and is none: every command that reads releases says so and leaves it out."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from ratecard.speaking import say
from reports.releases import strays


def say_strays(data_dir: Path) -> None:
    """Say of each folder that is no release why, and what to do with it."""
    for reason in strays(data_dir):
        say.print(f"left out: {escape(reason)}")
