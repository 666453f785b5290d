"""``ratecard clinics`` and what belongs to it"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from crawlers.registry import RegistryError, default_path, read_registry
from ratecard.speaking import Format, FormatOption, reported, say, settings_of
from reports.render import render

app = typer.Typer(help="The registry of clinics to visit.", no_args_is_help=True)


@app.command("list")
def clinics_list(output: FormatOption = Format.TABLE) -> None:
    """The clinics that a crawl visits.

    Example:

      ratecard clinics list --format csv
    """
    settings = settings_of()
    with reported(wrong_use=(RegistryError,)):
        found = read_registry(settings.clinics or default_path())
        columns = ("id", "name", "city", "website", "booking_url")
        rows = pd.DataFrame([{column: getattr(clinic, column) for column in columns} for clinic in found])
        typer.echo(render(rows, output.value), nl=False)


@app.command("check")
def clinics_check(
    path: Annotated[Path | None, typer.Argument(help="A clinics.csv; else the one in use.")] = None,
) -> None:
    """Look a registry over; every fault with its line.

    Example:

      ratecard clinics check crawlers/clinics.csv
    """
    settings = settings_of()
    with reported(wrong_use=(RegistryError,)):
        found = read_registry(path or settings.clinics or default_path())
    say.print(f"{len(found)} locations, no faults")
