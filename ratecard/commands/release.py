"""``ratecard release`` and what belongs to it"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ratecard.releasing import say_made
from ratecard.speaking import (
    NEEDS_PERSON,
    WRONG_USE,
    DataOption,
    Format,
    FormatOption,
    fail,
    need_reason,
    reported,
    say,
    settings_of,
)
from ratecard.strays import say_strays
from ratecard_settings import RatecardSettings
from reports.checks import all_checks, failed
from reports.confirmed import confirm, confirmed, waiting
from reports.desk import open_desk
from reports.differences import between
from reports.figures import DEFINITIONS, last_day
from reports.gate import DEFINITION as GATES_DEFINITION
from reports.gate import frame_of as gates_frame
from reports.moves import DEFINITION as MOVES_DEFINITION
from reports.moves import frame_of
from reports.names import UnknownName
from reports.publish import make
from reports.releases import DEFINITION as RELEASES_DEFINITION
from reports.releases import TABLES, ReleaseError, find_release, releases
from reports.releases import frame_of as frame_of_releases
from reports.render import render
from warehouse.connect import connect

app = typer.Typer(help="Freeze figures with the prices they rest on, and compare what was frozen.")


@app.callback(invoke_without_command=True)
def release(
    context: typer.Context,
    despite: Annotated[str | None, typer.Option(help="Release although a check failed, and why.")] = None,
    correct: Annotated[
        str | None, typer.Option(help="Release although months of the index change that were released, and why.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Freeze the figures and the index of the newest crawl with method version, prices and digest.

    Earlier releases stay as they are. A figure that moved by more than 10 % or by two grades is held back, without
    numbers, until a person confirms it. Months of the index that change are logged in corrections.csv.

    Examples:

      ratecard release

      ratecard release --correct "a chain's old prices had been read as of the wrong year"

      ratecard release list

      ratecard release diff 2026-10-01 last

      ratecard release confirm 3f9a1c20 --reason "two spas opened in Canmore"
    """
    if context.invoked_subcommand:
        return
    for option, reason in (("--despite", despite), ("--correct", correct)):
        if reason is not None:
            need_reason(option, reason)
    settings = _settings(data)
    with reported(could_not_run=(ReleaseError,)), connect(settings.warehouse_path) as con:
        made = make(con, settings.data_dir, datetime.now(UTC).date(), despite=despite, correct=correct)
    say_made(made)
    if made.stopped or made.held:
        raise typer.Exit(NEEDS_PERSON)


def _settings(data: Path | None) -> RatecardSettings:
    """The settings in force; what lies among the releases and is none is told of."""
    settings = settings_of(data)
    say_strays(settings.data_dir)
    return settings


@app.command("check")
def release_check(data: DataOption = None, output: FormatOption = Format.TABLE) -> None:
    """Whether the model foretells clinics that it has not seen, and what else a release is checked for.

    Example:

      ratecard release check
    """
    settings = _settings(data)
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
    with reported(could_not_run=(ReleaseError,)):
        rows = frame_of_releases(releases(_settings(data).data_dir))
        typer.echo(render(rows, output.value, definition=RELEASES_DEFINITION), nl=False)


@app.command("show")
def release_show(
    release_id: Annotated[str, typer.Argument(help="Its name, or last.")] = "last",
    table: Annotated[
        str, typer.Option(help="figures, votes, index or prices (each with its address and when seen).")
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
        rows = find_release(_settings(data).data_dir, release_id).table(table)
        definition = "" if output is Format.CSV else TABLES[table]
        definitions = DEFINITIONS if table == "figures" else None
        typer.echo(render(rows, output.value, definition=definition, definitions=definitions), nl=False)


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
    folder = _settings(data).data_dir
    with reported(could_not_run=(ReleaseError,)):
        found = between(find_release(folder, before), find_release(folder, after))
        typer.echo(render(frame_of(found), output.value, definition=MOVES_DEFINITION), nl=False)
    say.print(f"{len(found)} figures moved")


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
    need_reason("--reason", reason)
    folder = _settings(data).data_dir
    with reported(could_not_run=(ReleaseError,)):
        held = waiting([dict(one) for one in find_release(folder, "last").held], confirmed(folder))
        chosen = [one for one in held if one["move_id"] in move or move == ["all"]]
        unknown = [] if move == ["all"] else sorted(set(move) - {str(one["move_id"]) for one in chosen})
        if unknown:
            raise UnknownName(f"the last release does not hold back {', '.join(unknown)}")
        if not chosen:
            say.print("nothing waits to be confirmed")
            return
        path = confirm(folder, chosen, reason, datetime.now(UTC).date())
    say.print(f"{len(chosen)} confirmed in {escape(str(path))}; run `ratecard release` again")
