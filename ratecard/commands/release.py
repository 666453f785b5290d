"""``ratecard release`` and what belongs to it"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

import pandas as pd
import typer
from rich.markup import escape

from ratecard.speaking import (
    NEEDS_PERSON,
    WRONG_USE,
    DataOption,
    Format,
    FormatOption,
    fail,
    reported,
    say,
    settings_of,
)
from reports.checks import all_checks, failed
from reports.confirmed import confirm, confirmed, waiting
from reports.desk import open_desk
from reports.figures import DEFINITIONS, last_day
from reports.gate import DEFINITION as GATES_DEFINITION
from reports.gate import frame_of as gates_frame
from reports.moves import because, by_key, frame_of, moves
from reports.names import UnknownName
from reports.publish import make
from reports.releases import TABLES, ReleaseError, find_release, releases
from reports.render import render
from warehouse.connect import connect

app = typer.Typer(help="Freeze figures with the prices they rest on, and compare what was frozen.")


@app.callback(invoke_without_command=True)
def release(
    context: typer.Context,
    despite: Annotated[str | None, typer.Option(help="Release although a check failed, and why.")] = None,
    data: DataOption = None,
) -> None:
    """Freeze the figures of the newest crawl with method version, prices and digest. Earlier releases stay as they are.

    A figure that moved by more than 10 % or by two grades is held back, without numbers, until a person confirms it.

    Examples:

      ratecard release

      ratecard release list

      ratecard release diff 2026-10-01 last

      ratecard release confirm 3f9a1c20 --reason "two spas opened in Canmore"
    """
    if context.invoked_subcommand:
        return
    settings = settings_of(data)
    with reported(could_not_run=(ReleaseError,)):
        with connect(settings.warehouse_path) as con:
            made = make(con, settings.data_dir, datetime.now(UTC).date(), despite=despite)
        if failed(made.checks) and not despite:
            typer.echo(render(gates_frame(failed(made.checks)), "table"), nl=False)
            fail(
                "nothing was released: a check failed; see `ratecard release check`, or give --despite WHY",
                NEEDS_PERSON,
            )
        if made.release is None:
            say.print("nothing has changed since the last release")
        else:
            say.print(
                f"{made.release.folder}: {made.figures} figures, {len(made.moved)} moved, {len(made.held)} held back"
            )
        if made.held:
            typer.echo(render(frame_of(made.held), "table"), nl=False)
            say.print("Let a move through: ratecard release confirm ID --reason WHY, then release again")
    if made.held:
        raise typer.Exit(NEEDS_PERSON)


@app.command("check")
def release_check(data: DataOption = None, output: FormatOption = Format.TABLE) -> None:
    """Whether the model foretells clinics that it has not seen, and what else a release is checked for.

    Example:

      ratecard release check
    """
    settings = settings_of(data)
    with reported(could_not_run=(ReleaseError,)):
        with connect(settings.warehouse_path) as con:
            desk = open_desk(con, last_day(con))
            checks = all_checks(con, desk, releases(settings.data_dir))
        typer.echo(render(gates_frame(checks), output.value, definition=GATES_DEFINITION), nl=False)
    few = [check for check in checks if check.passed is None]
    if few:
        say.print(f"{len(few)} of {len(checks)} checks decide nothing: too few clinics, or too close to tell")
    if failed(checks):
        raise typer.Exit(NEEDS_PERSON)


@app.command("list")
def release_list(data: DataOption = None, output: FormatOption = Format.TABLE) -> None:
    """The releases, oldest first, each held against its digests.

    Example:

      ratecard release list
    """
    names = ("release_id", "made_on", "as_of", "method_version", "content_digest")
    with reported(could_not_run=(ReleaseError,)):
        rows = [
            {name: getattr(one, name) for name in names} | {"held_back": len(one.held)}
            for one in releases(settings_of(data).data_dir)
        ]
        typer.echo(render(pd.DataFrame(rows, columns=[*names, "held_back"]), output.value), nl=False)


@app.command("show")
def release_show(
    release_id: Annotated[str, typer.Argument(help="Its name, or last.")] = "last",
    table: Annotated[
        str, typer.Option(help="figures, votes or prices (each with its address and when seen).")
    ] = "figures",
    data: DataOption = None,
    output: FormatOption = Format.CSV,
) -> None:
    """What a release holds, row by row.

    Example:

      ratecard release show last --table prices > prices.csv
    """
    if table not in TABLES:
        fail(f"--table {table} is not known; use {', '.join(TABLES)}", WRONG_USE)
    with reported(could_not_run=(ReleaseError,)):
        found = find_release(settings_of(data).data_dir, release_id)
        definitions = DEFINITIONS if table == "figures" else None
        typer.echo(render(found.table(table), output.value, definitions=definitions), nl=False)


@app.command("diff")
def release_diff(
    before: Annotated[str, typer.Argument(help="The earlier release.")],
    after: Annotated[str, typer.Argument(help="The later one, or last.")] = "last",
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """The figures that moved between two releases, and by which clinics.

    Example:

      ratecard release diff 2026-10-01 last --format csv
    """
    folder = settings_of(data).data_dir
    with reported(could_not_run=(ReleaseError,)):
        old, new = find_release(folder, before), find_release(folder, after)
        votes = (old.table("votes"), new.table("votes"))
        found = moves(by_key(old.table("figures")), by_key(new.table("figures")))
        told = [replace(move, because=because(move, votes, new.sets)) for move in found]
        typer.echo(render(frame_of(told), output.value), nl=False)
    say.print(f"{len(told)} figures moved")


@app.command("confirm")
def release_confirm(
    move: Annotated[list[str], typer.Argument(help="Moves as `ratecard release` names them; all for all of them.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever reads it in a year.")],
    data: DataOption = None,
) -> None:
    """Let held moves through; the next release has their figures. A further move asks again.

    Example:

      ratecard release confirm 3f9a1c20 --reason "two spas opened in Canmore"
    """
    folder = settings_of(data).data_dir
    with reported(could_not_run=(ReleaseError,)):
        held = waiting([dict(one) for one in find_release(folder, "last").held], confirmed(folder))
        chosen = [one for one in held if one["move_id"] in move or move == ["all"]]
        unknown = [] if move == ["all"] else sorted(set(move) - {str(one["move_id"]) for one in chosen})
        if unknown:
            raise UnknownName(f"the last release does not hold back {', '.join(unknown)}")
        path = confirm(folder, chosen, reason, datetime.now(UTC).date())
    say.print(f"{len(chosen)} confirmed in {escape(str(path))}; run `ratecard release` again")
