"""``ratecard guide``: check and refresh the price claims of guides, and the sentence for a new one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ratecard.speaking import COULD_NOT_RUN, NEEDS_PERSON, WRONG_USE, DataOption, fail, reported, say, settings_of
from ratecard.strays import say_strays
from ratecard_settings import RatecardSettings
from reports.guides.checking import Checker
from reports.guides.figure_sources import FromRelease, FromWarehouse
from reports.guides.finder import Defaults
from reports.guides.measured import Cells
from reports.guides.output import Located, as_github, as_json, as_sarif, as_text, figure_row, located
from reports.guides.refresh import Refreshed, diff, refresh, write
from reports.guides.sources import Fault, Guide, guides
from reports.guides.verdicts import Verdict
from reports.guides.wording import full_sentence, in_shape
from reports.names import modality_id, region_label
from reports.releases import ReleaseError, find_release
from warehouse.connect import connect

app = typer.Typer(help="Price claims in guides: find them, check them, refresh them.", no_args_is_help=True)


class Form(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class SentenceForm(StrEnum):
    """How a sentence is printed."""

    TEXT = "text"
    WEB = "web"
    JSON = "json"


PathsArgument = Annotated[
    list[str], typer.Argument(help="Markdown, HTML or text files, folders, globs, or - for stdin.")
]
ReleaseOption = Annotated[
    str | None,
    typer.Option("--release", help="Hold claims against a release, by its name or `last`; else the newest build."),
]
RegionOption = Annotated[str | None, typer.Option(help="Region of claims that name none; else guide_region.")]


def _settings(data: Path | None, region: str | None) -> RatecardSettings:
    settings = settings_of(data)
    return settings if region is None else settings.model_copy(update={"guide_region": region})


@contextmanager
def _checker(settings: RatecardSettings, *, needed: bool = False, release: str | None = None) -> Iterator[Checker]:
    """What checks the site's articles; without a warehouse it only lists their claims, unless one is needed."""
    defaults = Defaults(settings.guide_region, settings.guide_currency)
    tolerance = 100 * settings.guide_tolerance_dollars
    if release is not None:
        say_strays(settings.data_dir)
        with reported(could_not_run=(ReleaseError,)):
            yield Checker(Cells(FromRelease(find_release(settings.data_dir, release))), defaults, tolerance)
        return
    path = settings.warehouse_path
    if not path.exists() and not needed:
        say.print(f"there is no warehouse at {escape(str(path))}: claims are listed, not checked; run `ratecard build`")
        yield Checker(None, defaults, tolerance)
        return
    with reported(), connect(path) as con:
        yield Checker(Cells(FromWarehouse(con)), defaults, tolerance)


def _tell(fault: Fault) -> None:
    say.print(f"[bold red]error:[/] {escape(fault.name)}: {escape(fault.reason)}")


@app.command()
def check(
    paths: PathsArgument,
    form: Annotated[Form, typer.Option("--format", help="How to print findings.")] = Form.TEXT,
    region: RegionOption = None,
    release: ReleaseOption = None,
    data: DataOption = None,
) -> None:
    """Find every price claim, hold it against the warehouse, and say what to write. Status 1 if one is stale.

    Examples:

      ratecard guide check articles/

      ratecard guide check "content/**/*.md" --format github

      ratecard guide check articles/ --release last
    """
    rows: list[Located] = []
    faults: list[Fault] = []
    files = 0
    with _checker(_settings(data, region), release=release) as checker:
        for guide in guides(paths):
            if isinstance(guide, Fault):
                _tell(guide)
                faults.append(guide)
                continue
            files += 1
            found = located(guide.name, guide.text.text, checker(guide.article))
            rows += found
            if form is Form.TEXT:
                for row in found:
                    typer.echo(as_text(row))
    printers = {Form.JSON: as_json, Form.SARIF: as_sarif, Form.GITHUB: as_github}
    if form in printers:
        typer.echo(printers[form](rows), nl=False)
    _sum_up(rows, files)
    _exit(faults, files, stale=any(row.finding.verdict.is_stale for row in rows))


def _sum_up(rows: list[Located], files: int) -> None:
    verdicts = [row.finding.verdict for row in rows]
    stale = sum(verdict.is_stale for verdict in verdicts)
    counts = (f"{verdicts.count(verdict)} {verdict}" for verdict in Verdict if not verdict.is_stale)
    say.print(f"{files} file{'s' * (files != 1)}, {len(rows)} claims: {stale} stale, {', '.join(counts)}")


def _exit(faults: list[Fault], files: int, *, stale: bool) -> None:
    if any(fault.named for fault in faults) or (faults and not files):
        raise typer.Exit(WRONG_USE)
    if stale:
        raise typer.Exit(NEEDS_PERSON)


@app.command("refresh")
def refresh_command(
    paths: PathsArgument,
    write_files: Annotated[bool, typer.Option("--write", help="Write the files; else only show the diff.")] = False,
    updated: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to write as Updated; else today.")
    ] = None,
    region: RegionOption = None,
    release: ReleaseOption = None,
    data: DataOption = None,
) -> None:
    """Put measured numbers into stale claims: shows a diff, and with --write applies it. Status 1 if any stays stale.

    Only the digits of stale claims, sentences between rate marks and the Updated date change. What cannot be checked
    is never touched. Piped-in text comes out refreshed.

    Examples:

      ratecard guide refresh articles/nmt.md

      ratecard guide refresh articles/ --write
    """
    today = (updated or datetime.now(UTC)).date()
    faults: list[Fault] = []
    files, left = 0, False
    with _checker(_settings(data, region), needed=True, release=release) as checker:
        for guide in guides(paths):
            if isinstance(guide, Fault):
                _tell(guide)
                faults.append(guide)
                continue
            files += 1
            done = refresh(guide.text.text, guide.name, checker, today)
            left |= _apply(guide, done, write_files=write_files)
    _exit(faults, files, stale=left)


def _apply(guide: Guide, done: Refreshed, *, write_files: bool) -> bool:
    """Show or write one refreshed file; whether something in it is still stale."""
    changed = done.text != guide.text.text
    for row in located(guide.name, guide.text.text, done.by_hand):
        say.print(f"[yellow]by hand:[/] {escape(as_text(row))}")
    if guide.path is None:
        typer.echo(done.text, nl=False)
        return bool(done.by_hand)
    if changed:
        typer.echo(diff(guide.text.text, done.text, guide.name), nl=False)
    if changed and write_files:
        try:
            write(guide.path, guide.content, guide.text.with_text(done.text).encode())
        except OSError as error:
            fail(f"{guide.name}: {error.strerror or error}", COULD_NOT_RUN)
        say.print(f"{escape(guide.name)}: refreshed")
    return bool(done.by_hand) or (changed and not write_files)


@app.command()
def sentence(
    modality: Annotated[str, typer.Option(help="Id, name or synonym: nmt, 'deep tissue', smrt.")],
    region: Annotated[list[str], typer.Option(help="City, publish region or Alberta; several are taken together.")],
    minutes: Annotated[int, typer.Option(help="Session length.")] = 60,
    form: Annotated[
        SentenceForm, typer.Option("--format", help="Plain text, for a web page, or JSON.")
    ] = SentenceForm.TEXT,
    marked: Annotated[bool, typer.Option("--marked", help="Between marks, so that refresh keeps it filled.")] = False,
    data: DataOption = None,
) -> None:
    """The whole sentence about a price, with its n, date and basis. Status 1 if there are no numbers to give.

    Examples:

      ratecard guide sentence --modality nmt --region Calgary --region Edmonton

      ratecard guide sentence --modality "deep tissue" --minutes 90 --region Calgary --format json
    """
    with _checker(settings_of(data), needed=True) as checker:
        assert checker.figures is not None
        kind, labels = modality_id(modality), tuple(region_label(name) for name in region)
        answer = checker.figures(kind, minutes, labels)
    if answer.measured is None:
        fail(answer.reason or "there is no figure", NEEDS_PERSON)
    measured = answer.measured
    first, last = (f"<!-- rate: {kind} {minutes} {'+'.join(labels)} -->", "<!-- /rate -->") if marked else ("", "")
    if form is SentenceForm.JSON:
        shapes = {shape: in_shape(measured, shape) for shape in ("range", "typical")}
        told = {"text": full_sentence(measured), "web": full_sentence(measured, web=True), **shapes}
        typer.echo(json.dumps(told | {"figure": figure_row(measured)}, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{first}{full_sentence(measured, web=form is SentenceForm.WEB)}{last}")
