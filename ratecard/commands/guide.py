"""``ratecard guide``: check and refresh the price claims of guides, and the sentence for a new one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ratecard.speaking import COULD_NOT_RUN, NEEDS_PERSON, WRONG_USE, DataOption, fail, reported, say, settings_of
from ratecard.strays import say_strays
from ratecard_settings import RatecardSettings
from reports.guides.cells import Cells
from reports.guides.checking import Checker
from reports.guides.figure_sources import FromRelease, FromWarehouse
from reports.guides.json_output import as_json, figure_row
from reports.guides.measured import Answer
from reports.guides.output import Located, as_github, as_text, located
from reports.guides.refresh import Refreshed, diff, refresh, write
from reports.guides.sarif import as_sarif
from reports.guides.site import site_defaults
from reports.guides.sources import Fault, Guide, guides
from reports.guides.verdicts import Verdict
from reports.guides.wording import full_sentence, in_shape
from reports.names import bin_minutes, modality_id, region_label
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


@dataclass(slots=True)
class _Run:
    """How a run over many files goes; it ends with the gravest status."""

    files: int = 0
    faults: list[Fault] = field(default_factory=list)
    needs_person: bool = False
    unwritten: bool = False

    def read(self, paths: Sequence[str]) -> Iterator[Guide]:
        """The guides that can be read; those that cannot are told and remembered."""
        for guide in guides(paths):
            if isinstance(guide, Fault):
                _tell(guide.name, guide.reason)
                self.faults.append(guide)
            else:
                self.files += 1
                yield guide

    def end(self) -> None:
        """Leave with the status: 3 for a file that was not written, 2 for one that was named in vain, 1 for work."""
        if self.unwritten:
            raise typer.Exit(COULD_NOT_RUN)
        if any(fault.named for fault in self.faults) or (self.faults and not self.files):
            raise typer.Exit(WRONG_USE)
        if self.needs_person or self.faults:
            raise typer.Exit(NEEDS_PERSON)


def _tell(name: str, reason: str) -> None:
    say.print(f"[bold red]error:[/] {escape(name)}: {escape(reason)}")


def _settings(data: Path | None, region: str | None) -> RatecardSettings:
    settings = settings_of(data)
    return settings if region is None else settings.model_copy(update={"guide_region": region})


@contextmanager
def _checker(settings: RatecardSettings, *, needed: bool = False, release: str | None = None) -> Iterator[Checker]:
    """What checks the site's articles; without a warehouse it only lists their claims, unless one is needed."""
    with reported(could_not_run=(ReleaseError,)):
        defaults = site_defaults(settings.guide_region, settings.guide_currency)
        tolerance = 100 * settings.guide_tolerance_dollars
        path = settings.warehouse_path
        if release is not None:
            say_strays(settings.data_dir)
            yield Checker(Cells(FromRelease(find_release(settings.data_dir, release))), defaults, tolerance)
        elif not path.exists() and not needed:
            say.print(
                f"there is no warehouse at {escape(str(path))}: claims are listed, not checked; run `ratecard build`"
            )
            yield Checker(None, defaults, tolerance)
        else:
            with connect(path) as con:
                yield Checker(Cells(FromWarehouse(con)), defaults, tolerance)


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
    run = _Run()
    rows: list[Located] = []
    with _checker(_settings(data, region), release=release) as checker:
        for guide in run.read(paths):
            found = located(guide.name, guide.text.text, checker(guide.article))
            rows += found
            if form is Form.TEXT:
                for row in found:
                    typer.echo(as_text(row))
    printers = {Form.JSON: as_json, Form.SARIF: as_sarif, Form.GITHUB: as_github}
    if form in printers:
        typer.echo(printers[form](rows), nl=False)
    _sum_up(rows, run.files)
    run.needs_person = any(row.finding.needs_person for row in rows)
    run.end()


def _sum_up(rows: list[Located], files: int) -> None:
    verdicts = [row.finding.verdict for row in rows]
    stale = sum(verdict.is_stale for verdict in verdicts)
    counts = (f"{verdicts.count(verdict)} {verdict}" for verdict in Verdict if not verdict.is_stale)
    seen = f"{files} file{'s' * (files != 1)}, {len(rows)} claim{'s' * (len(rows) != 1)}"
    say.print(f"{seen}: {stale} stale, {', '.join(counts)}")


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
    run = _Run()
    with _checker(_settings(data, region), needed=True, release=release) as checker:
        for guide in run.read(paths):
            _apply(guide, refresh(guide.text.text, guide.name, checker, today), run, write_files=write_files)
    run.end()


def _apply(guide: Guide, done: Refreshed, run: _Run, *, write_files: bool) -> None:
    """Show or write one refreshed file."""
    changed = done.text != guide.text.text
    for row in located(guide.name, guide.text.text, done.by_hand):
        say.print(f"[yellow]by hand:[/] {escape(as_text(row))}")
    run.needs_person |= bool(done.by_hand) or (changed and not write_files and guide.path is not None)
    if guide.path is None:
        typer.echo(done.text, nl=False)
    elif changed:
        typer.echo(diff(guide.text.text, done.text, guide.name), nl=False)
        if write_files:
            run.unwritten |= not _written(guide.path, guide, done.text)


def _written(path: Path, guide: Guide, text: str) -> bool:
    """Whether a file was written; if it was not, that is told, and the others go on."""
    try:
        write(path, guide.content, guide.text.with_text(text).encode())
    except (OSError, UnicodeEncodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"its encoding is {error.encoding}"
        _tell(guide.name, reason or str(error))
        return False
    say.print(f"{escape(guide.name)}: refreshed")
    return True


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
        kind, length, labels = modality_id(modality), bin_minutes(minutes), tuple(map(region_label, region))
        answer = checker.figures(kind, length, labels)
    marks = (f"<!-- rate: {kind} {length} {'+'.join(labels)} -->", "<!-- /rate -->") if marked else ("", "")
    if form is SentenceForm.JSON:
        typer.echo(_sentence_json(answer, marks))
    else:
        typer.echo(_sentence_text(answer, marks, web=form is SentenceForm.WEB))


def _sentence_text(answer: Answer, marks: tuple[str, str], *, web: bool = False) -> str:
    if answer.measured is None:
        fail(answer.reason or "there is no figure", NEEDS_PERSON)
    first, last = marks
    return f"{first}{full_sentence(answer.measured, web=web)}{last}"


def _sentence_json(answer: Answer, marks: tuple[str, str]) -> str:
    """Both wordings, between marks if they are asked for, and what they are made of."""
    told = {"text": _sentence_text(answer, marks), "web": _sentence_text(answer, marks, web=True)}
    assert answer.measured is not None
    shapes = {shape: in_shape(answer.measured, shape) for shape in ("range", "typical")}
    return json.dumps(told | shapes | {"figure": figure_row(answer.measured)}, ensure_ascii=False, indent=2)
