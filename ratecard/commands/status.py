"""``ratecard status``"""

from __future__ import annotations

import typer

from ratecard.speaking import DataOption, Format, FormatOption, reported, settings_of
from reports import coverage as coverage_report
from reports import status as status_report
from reports.render import render
from warehouse.connect import connect

app = typer.Typer()


@app.command()
def status(data: DataOption = None, output: FormatOption = Format.TABLE) -> None:
    """What the warehouse holds, how old it is, and how far figures reach.

    Example:

      ratecard status
    """
    settings = settings_of(data)
    with reported():
        with connect(settings.warehouse_path) as con:
            facts, reach = status_report.status(con), coverage_report.coverage(con)
        typer.echo(render(facts, output.value, definition=status_report.DEFINITION), nl=False)
        if output is Format.TABLE:
            typer.echo(render(reach, output.value), nl=False)
