"""What came of making a release, as the command says it."""

from __future__ import annotations

import pandas as pd
import typer
from rich.markup import escape

from ratecard.speaking import say
from reports import corrections, gate, moves
from reports.checks import failed
from reports.publish import Made
from reports.render import render


def say_made(made: Made) -> None:
    """The release, or why there is none; the checks, corrections and moves that a person has to look at."""
    if made.corrections:
        _print(corrections.frame_of(made.corrections), corrections.DEFINITION)
    if made.stopped:
        _say_stopped(made)
    elif made.release is None:
        say.print("nothing has changed since the last release")
    else:
        counts = f"{made.figures} figures, {len(made.moved)} moved, {len(made.held)} held back"
        say.print(f"{escape(str(made.release.folder))}: {counts}")
    if made.held:
        _print(moves.frame_of(made.held), moves.DEFINITION)
        say.print("Let a move through: ratecard release confirm ID --reason WHY, then release again")


def _say_stopped(made: Made) -> None:
    """Both reasons where there are both, so that nobody has to try twice."""
    say.print("[bold red]error:[/] nothing was released")
    if bad := failed(made.checks):
        _print(gate.frame_of(bad), gate.DEFINITION)
        say.print("A check failed; see `ratecard release check`, or give --despite WHY")
    if made.corrections:
        say.print(f"{len(made.corrections)} months of the index were released otherwise; give --correct WHY")


def _print(rows: pd.DataFrame, definition: str) -> None:
    typer.echo(render(rows, "table", definition=definition), nl=False)
