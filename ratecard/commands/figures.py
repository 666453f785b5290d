"""``ratecard figures``"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from ratecard.speaking import NEEDS_PERSON, DataOption, Format, FormatOption, reported, settings_of
from reports import figures as figures_report
from reports import show
from reports.render import render
from warehouse.connect import connect

app = typer.Typer()


@app.command()
def figures(
    modality: Annotated[str | None, typer.Option(help="Id, name or synonym: nmt, 'deep tissue', smrt.")] = None,
    minutes: Annotated[int | None, typer.Option(help="Session length: 15, 20, 30, 45, 60, 75, 90 or 120.")] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="City, publish region or Alberta; several are taken together.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day; else the newest visit's.")
    ] = None,
    modelled: Annotated[
        bool, typer.Option("--modelled", help="Also what the model says of regions where nobody votes.")
    ] = False,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Typical range, middle and mean of list prices before GST, each with its grade; without options, the whole table.

    Examples:

      ratecard figures --modality nmt --minutes 60 --region Calgary --region Edmonton

      ratecard figures --format csv > figures.csv
    """
    settings = settings_of(data)
    with reported():
        with connect(settings.warehouse_path) as con:
            day = as_of.date() if as_of else None
            found = figures_report.figures(
                con, modality=modality, minutes=minutes, regions=region or (), as_of=day, modelled=modelled
            )
        print_figures(found, output)
    if not any(figure.grade for figure in found):
        raise typer.Exit(NEEDS_PERSON)


def print_figures(found: Sequence[figures_report.Figure], output: Format) -> None:
    """Figures for a person without what only a program wants; for a program with the definition of every field."""
    if output in (Format.CSV, Format.JSON):
        rows, definition = figures_report.frame(found), figures_report.DEFINITION
        text = render(rows, output.value, definition=definition, definitions=figures_report.DEFINITIONS)
    else:
        rows = show.for_people(found, bars=output is Format.TABLE)
        legend = show.legend(found) if output is Format.TABLE else ""
        text = render(rows, output.value, definition=f"{legend} {figures_report.DEFINITION}".strip())
    typer.echo(text, nl=False)
