"""``ratecard changes``"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from ratecard.speaking import DataOption, Format, FormatOption, reported, settings_of
from reports import price_changes as changes_report
from reports.render import render
from warehouse.connect import connect

app = typer.Typer()


@app.command()
def changes(
    region: Annotated[str, typer.Option(help="City, publish region or Alberta.")] = "Alberta",
    minutes: Annotated[int | None, typer.Option(help="One session length; else all.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only from this day on.")] = None,
    monthly: Annotated[bool, typer.Option("--monthly", help="How many clinics rose and cut, by month.")] = False,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Which clinics raised or cut which prices, the newest first.

    Examples:

      ratecard changes --region Edmonton --since 2026-01-01

      ratecard changes --monthly
    """
    settings = settings_of(data)
    with reported():
        with connect(settings.warehouse_path) as con:
            day = since.date() if since else None
            rows = changes_report.price_changes(con, region=region, minutes=minutes, since=day)
        definition = changes_report.SUMMARY if monthly else changes_report.DEFINITION
        typer.echo(
            render(changes_report.by_month(rows) if monthly else rows, output.value, definition=definition), nl=False
        )
