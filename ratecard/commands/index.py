"""``ratecard index``"""

from __future__ import annotations

from typing import Annotated

import typer

from ratecard.speaking import NEEDS_PERSON, DataOption, Format, FormatOption, reported, say, settings_of
from reports import price_index as index_report
from reports.render import render
from warehouse.connect import connect

app = typer.Typer()


@app.command()
def price_index(
    region: Annotated[str, typer.Option(help="City, publish region or Alberta.")] = "Alberta",
    minutes: Annotated[int | None, typer.Option(help="One session length; else all.")] = None,
    modality: Annotated[str | None, typer.Option(help="Id, name or synonym; else all.")] = None,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """How prices changed by month, from the same things at the same clinics: never from two ranges.

    Examples:

      ratecard index --region Calgary --minutes 60

      ratecard index --format csv > index.csv
    """
    settings = settings_of(data)
    with reported():
        with connect(settings.warehouse_path) as con:
            points = index_report.price_index(con, region=region, minutes=minutes, modality=modality)
        rows = index_report.frame(points)
        typer.echo(render(rows, output.value, definition=index_report.DEFINITION), nl=False)
    if not any(point.index for point in points):
        say.print(index_report.NO_INDEX)
        raise typer.Exit(NEEDS_PERSON)
