"""``ratecard export``"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ratecard.speaking import DataOption, reported, say, settings_of
from warehouse.export import export as export_warehouse

app = typer.Typer()


@app.command()
def export(
    to: Annotated[Path, typer.Option("--to", help="Folder to write to; made if it is not there.")],
    data: DataOption = None,
) -> None:
    """Write every table and view as CSV and Parquet, with a data package and a workbook; same crawls, same bytes.

    Example:

      ratecard export --to exports/
    """
    settings = settings_of(data)
    with reported():
        written = export_warehouse(settings.warehouse_path, to)
    say.print(f"{len(written)} files in {to}")
