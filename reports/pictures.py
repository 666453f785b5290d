"""What every picture has: a title with its definition below, black on white, as SVG or PNG."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt

from pipelines.modality import MODALITIES

#: Told apart by shape and weight rather than by colour.
INK, SOFT, PALE = "black", "#999999", "#dddddd"
WIDTH = 520
_TITLE: Mapping[str, Any] = {"anchor": "start", "fontSize": 15, "subtitleFontSize": 11, "subtitleColor": INK}
#: What altair makes of layers.
Picture = Any


class NothingToDraw(Exception):
    """No figure or price that a chart could show."""


class NotAPicture(ValueError):
    """A file name that is not that of a picture we can write."""


def save(chart: Picture, to: Path) -> None:
    """Writes an SVG or PNG picture, by the file's name. Raises ``NotAPicture`` for any other."""
    if to.suffix not in (".svg", ".png"):
        raise NotAPicture(f"{to.name}: charts are .svg or .png")
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(f".{to.name}.new{to.suffix}")
    try:
        chart.save(str(beside), scale_factor=2 if to.suffix == ".png" else 1)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)


def with_title(chart: Picture, title: str, lines: Sequence[str]) -> Picture:
    """The chart with a title, and below it what it shows, of how many, and of which day."""
    wrapped = [part for line in lines for part in textwrap.wrap(line, 100)]
    head = alt.TitleParams(title, subtitle=wrapped, **_TITLE)
    return chart.properties(title=head).configure_view(stroke=None).configure(background="white", font="sans-serif")


def name_of(modality: str) -> str:
    """A modality's name for people."""
    return MODALITIES[modality].name
