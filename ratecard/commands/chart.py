"""``ratecard chart``"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from ratecard.speaking import WRONG_USE, DataOption, fail, reported, say, settings_of
from reports import charts, pictures
from reports import price_index as index_report
from reports.desk import open_desk
from reports.figures import last_day
from reports.index_chart import over_time
from reports.names import region_label
from warehouse.connect import connect

app = typer.Typer()
#: Length of the usual session in minutes.
_USUAL = 60


class Picture(StrEnum):
    """What a chart shows."""

    STRIP = "strip"
    DISTRIBUTION = "distribution"
    DURATIONS = "durations"
    INDEX = "index"


@app.command()
def chart(
    picture: Annotated[
        Picture,
        typer.Argument(help="Prices by city, how many ask how much, ranges by length, or the index over time."),
    ],
    to: Annotated[Path, typer.Option("--to", help="File to write: .svg or .png.")],
    modality: Annotated[str, typer.Option(help="Id, name or synonym.")] = "massage_therapy",
    minutes: Annotated[
        int | None, typer.Option(help="Session length; else 60, for the index all. Not for durations.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="City, publish region or Alberta; for strip several, else all cities.")
    ] = None,
    data: DataOption = None,
) -> None:
    """A picture with its definition, number of clinics and day on it; it reads as well in black and white.

    Examples:

      ratecard chart strip --modality nmt --to nmt.svg

      ratecard chart distribution --region Calgary --minutes 90 --to calgary.png
    """
    settings = settings_of(data)
    if len(region or []) > 1 and picture is not Picture.STRIP:
        fail(f"{picture} shows one region; only strip takes several", WRONG_USE)
    if minutes is not None and picture is Picture.DURATIONS:
        fail("durations shows every length; leave --minutes out", WRONG_USE)
    known = reported(wrong_use=(pictures.NotAPicture,), needs_person=(pictures.NothingToDraw,))
    with known, connect(settings.warehouse_path) as con:
        pictures.save(_chart(con, picture, modality, minutes, region or []), to)
    say.print(f"{to}")


def _chart(
    con: duckdb.DuckDBPyConnection, picture: Picture, modality: str, minutes: int | None, regions: Sequence[str]
) -> pictures.Picture:
    one = regions[0] if regions else "Alberta"
    if picture is Picture.INDEX:
        points = index_report.price_index(con, region=one, minutes=minutes, modality=modality)
        return over_time(points, modality, minutes, region_label(one))
    desk = open_desk(con, last_day(con))
    if picture is Picture.STRIP:
        return charts.strip(desk, modality, minutes or _USUAL, regions)
    if picture is Picture.DISTRIBUTION:
        return charts.distribution(desk, modality, minutes or _USUAL, one)
    return charts.durations(desk, modality, one)
