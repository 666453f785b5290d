"""``ratecard build``"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawlers.registry import RegistryError, default_path, read_registry
from ratecard.building import build_all, say_built
from ratecard.speaking import NEEDS_PERSON, WRONG_USE, DataOption, fail, reported, settings_of

app = typer.Typer()


@app.command()
def build(
    clinics: Annotated[Path | None, typer.Option(help="The registry as of now; else the one in use.")] = None,
    data: DataOption = None,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read all archived pages again, even if the readers have not changed.")
    ] = False,
    allow: Annotated[
        list[str] | None, typer.Option(help="A check that may find what it finds; may be given again. Needs --reason.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, for allowances.csv.")] = "",
) -> None:
    """Fold all crawl folders into the DuckDB file; the last good file stays if anything is wrong.

    Examples:

      ratecard build

      ratecard build --reread --data /srv/ratecard

      ratecard build --allow counts_fall --reason "two chains left the registry"
    """
    settings = settings_of(data)
    if allow and not reason.strip():
        fail("--allow needs --reason: somebody will ask in a year", WRONG_USE)
    with reported(wrong_use=(RegistryError,)):
        registry = read_registry(clinics or settings.clinics or default_path())
        report = build_all(settings.data_dir, registry, reread_all=reread, allow=allow or (), reason=reason)
        say_built(report)
    if report.set_aside:
        raise typer.Exit(NEEDS_PERSON)
