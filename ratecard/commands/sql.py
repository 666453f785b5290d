"""``ratecard sql``"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ratecard.speaking import DataOption, Format, FormatOption, reported, settings_of
from reports.render import render
from warehouse.connect import sql as ask

app = typer.Typer()


@app.command()
def sql(
    statement: Annotated[str, typer.Argument(help="One SQL statement, or - to read it from stdin.")],
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Ask the warehouse in SQL, read-only: no files, no network, no changes.

    Examples:

      ratecard sql "from coverage"

      ratecard sql "select * from current_prices where modality = 'smrt'" --format csv
    """
    settings = settings_of(data)
    with reported():
        rows = ask(settings.warehouse_path, sys.stdin.read() if statement == "-" else statement)
        typer.echo(render(rows, output.value), nl=False)
