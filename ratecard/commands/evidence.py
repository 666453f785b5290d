"""``ratecard evidence``"""

from __future__ import annotations

from typing import Annotated

import typer

from ratecard.speaking import NEEDS_PERSON, DataOption, Format, FormatOption, reported, say, settings_of
from reports import evidence as evidence_report
from reports.render import render
from warehouse.connect import connect

app = typer.Typer()


@app.command()
def evidence(
    modality: Annotated[str, typer.Option(help="Id, name or synonym: nmt, 'deep tissue', smrt.")],
    minutes: Annotated[int, typer.Option(help="Session length: 15, 20, 30, 45, 60, 75, 90 or 120.")],
    region: Annotated[
        list[str] | None, typer.Option(help="City, publish region or Alberta; may be given again.")
    ] = None,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """The prices that a figure rests on, each with the words on the page and a link that marks them.

    Example:

      ratecard evidence --modality nmt --minutes 60 --region Calgary --region Edmonton
    """
    settings = settings_of(data)
    with reported():
        with connect(settings.warehouse_path) as con:
            rows = evidence_report.evidence(con, modality=modality, minutes=minutes, regions=region or ())
        typer.echo(render(rows, output.value, definition=evidence_report.DEFINITION), nl=False)
    if rows.empty:
        say.print("no current price of it may vote; `ratecard review` shows what is held back")
        raise typer.Exit(NEEDS_PERSON)
