"""The front door: every command, thin. The only module that sees all rooms.

Data goes to stdout, talk and progress to stderr. Exit status: 0 well, 1 ran but something needs a person,
2 wrong use, 3 could not run.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import duckdb
import pandas as pd
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from scrapy import signals
from scrapy.crawler import Crawler

from crawlers import samples
from crawlers.folder import CRAWL, closed_folders, read_counts, visited_ids
from crawlers.folder import reread as reread_folder
from crawlers.gate import CrawlRefusedError
from crawlers.local import InputError, pages_of
from crawlers.registry import Clinic, RegistryError, default_path, read_registry
from crawlers.run import FetchError, fetch_page
from crawlers.run import crawl as run_crawl
from pipelines import contract
from pipelines.readers import read_page, sketch
from pipelines.records import Page, Reading
from ratecard_settings import RatecardSettings
from reports import charts, show
from reports import coverage as coverage_report
from reports import evidence as evidence_report
from reports import figures as figures_report
from reports import price_changes as changes_report
from reports import price_index as index_report
from reports import review as review_report
from reports import status as status_report
from reports.checks import all_checks, failed
from reports.confirmed import confirm, confirmed, waiting
from reports.desk import open_desk
from reports.gates import frame_of as gates_frame
from reports.guides.command import app as guide_app
from reports.moves import because, by_key, frame_of, moves
from reports.names import UnknownName, modality_id, region_label
from reports.outliers import outliers
from reports.publish import make
from reports.releases import TABLES, ReleaseError, find_release, releases
from reports.render import render
from warehouse.build import BuildReport
from warehouse.build import build as build_warehouse
from warehouse.connect import connect
from warehouse.connect import sql as ask
from warehouse.decisions import FILE as DECISIONS
from warehouse.decisions import Decision, Verdict, add_decisions
from warehouse.errors import ChecksFailed, UnknownCheck, WarehouseError
from warehouse.export import export as export_warehouse

NEEDS_PERSON, WRONG_USE, COULD_NOT_RUN = 1, 2, 3
say = Console(stderr=True, highlight=False, soft_wrap=True)
app = typer.Typer(
    name="ratecard",
    help="Comparable massage prices for Alberta, read from the clinics' own public pages.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
clinics_app = typer.Typer(help="The registry of clinics to visit.", no_args_is_help=True)
app.add_typer(clinics_app, name="clinics")
release_app = typer.Typer(help="Freeze figures with the prices they rest on, and compare what was frozen.")
app.add_typer(release_app, name="release")
app.add_typer(guide_app, name="guide")


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print rows.")]
DataOption = Annotated[Path | None, typer.Option("--data", help="Data folder; else the setting data_dir.")]


@contextmanager
def _reported() -> Iterator[None]:
    """Known errors as one clear message on stderr with the right exit status."""
    try:
        yield
    except (RegistryError, UnknownCheck, UnknownName, InputError, charts.NothingToDraw) as error:
        _fail(str(error), WRONG_USE)
    except ChecksFailed as error:
        _fail(str(error), NEEDS_PERSON)
    except (CrawlRefusedError, FetchError, WarehouseError, ReleaseError) as error:
        _fail(str(error), COULD_NOT_RUN)
    except OSError as error:
        _fail(f"{error.filename or 'a file'}: {error.strerror or error}", COULD_NOT_RUN)


def _fail(text: str, status: int) -> None:
    say.print(f"[bold red]error:[/] {escape(text)}")
    raise typer.Exit(status)


def _settings(data: Path | None = None) -> RatecardSettings:
    try:
        settings = RatecardSettings()
        return settings.model_copy(update={"data_dir": data}) if data else settings
    except (ValidationError, ValueError) as error:
        _fail(f"a setting is wrong (ratecard.toml or RATECARD_*):\n{error}", WRONG_USE)
        raise AssertionError from error


# ------------------------------------------------------------------ crawl, build


@app.command()
def crawl(
    clinics: Annotated[
        Path | None, typer.Option(help="Another clinics.csv than the one that comes with Ratecard.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Visit only the clinic with this id; may be given again.")
    ] = None,
    data: DataOption = None,
    no_build: Annotated[
        bool, typer.Option("--no-build", help="Do not build the warehouse when the crawl closes.")
    ] = False,
) -> None:
    """Visit the clinics politely, keep every page, then build the warehouse.

    Examples:

      ratecard crawl

      ratecard crawl --only prairie-therapy --no-build
    """
    settings = _settings(data)
    overrides = {"DATA_DIR": str(settings.data_dir), "BUILD_AFTER_CRAWL": settings.build_after_crawl and not no_build}
    with _reported():
        _crawl(clinics or settings.clinics, tuple(only or ()), overrides)


def _crawl(clinics: Path | None, only: tuple[str, ...], overrides: dict[str, Any]) -> None:
    _log_ours()
    result = run_crawl(clinics, only, overrides)
    if result.folder is None:
        raise CrawlRefusedError(f"the crawl did not start: {result.finished}")
    counts = read_counts(result.folder)["counts"]
    say.print(
        f"{result.folder}: {counts['visits']} visits ({counts['new']} new, {counts['unchanged']} unchanged, "
        f"{counts['failed']} failed), {counts['offers']} offers, {counts['rejections']} set aside"
    )
    if not counts["new"] + counts["unchanged"]:
        _fail("not one page could be read; `ratecard status` and visits.jsonl say why", NEEDS_PERSON)


def _log_ours() -> None:
    """Log what we say of a crawl, and of Scrapy only what went wrong."""
    handler = logging.StreamHandler()
    handler.addFilter(
        lambda record: record.levelno >= logging.WARNING or record.name.startswith(("crawlers", "ratecard"))
    )
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[handler])
    logging.getLogger("crawlers.item_pipeline").setLevel(logging.CRITICAL)  # its refusals are raised to us


class BuildOnClose:
    """Scrapy extension: builds the warehouse when a crawl has closed, whichever way it was started."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BuildOnClose:
        """Made by Scrapy."""
        return cls(crawler)

    def closed(self) -> None:
        """Build, and say so; a failed build leaves the last good file and is no failure of the crawl."""
        settings = self.crawler.settings
        if not settings.getbool("BUILD_AFTER_CRAWL") or self.crawler.stats is None:
            return
        if not self.crawler.stats.get_value("ratecard/folder"):
            return
        try:
            _say_built(_build(Path(settings["DATA_DIR"]), getattr(self.crawler.spider, "registry", ())))
        except WarehouseError as error:
            logging.getLogger(__name__).error("the warehouse was not built: %s", error)
            self.crawler.stats.set_value("ratecard/build_error", str(error))


def _build(
    data_dir: Path,
    registry: Sequence[Clinic],
    *,
    reread_all: bool = False,
    allow: Collection[str] = (),
    reason: str = "",
) -> BuildReport:
    """Read again what an older reader read, then build.

    A registry that shares no clinic with the crawls (the demo's data, say) is not theirs; their own copies count then.
    """
    for folder in closed_folders(data_dir / "crawls"):
        if (folder / CRAWL).exists():
            reread_if_sound(folder, force=reread_all)
    visited = visited_ids(data_dir / "crawls")
    known = [asdict(clinic) for clinic in registry] if visited & {clinic.id for clinic in registry} else []
    return build_warehouse(data_dir, known, allow, reason)


def reread_if_sound(folder: Path, *, force: bool) -> None:
    """Read a folder's pages again; a broken one is left to the build, which sets it aside with its reason."""
    try:
        reread_folder(folder, force=force)
    except (OSError, ValueError) as error:
        logging.getLogger(__name__).warning("%s could not be read again: %s", folder.name, error)


def _say_built(report: BuildReport) -> None:
    rows = report.rows
    say.print(
        f"{report.path}: {report.crawls} crawl{'s' * (report.crawls != 1)}, {rows['pages']} pages, "
        f"{rows['offers']} offers, {rows['prices']} prices, {rows['rejections']} set aside"
    )
    for name, reason in report.set_aside:
        say.print(f"[yellow]set aside:[/] {escape(name)}: {escape(reason)}")


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
    settings = _settings(data)
    if allow and not reason.strip():
        _fail("--allow needs --reason: somebody will ask in a year", WRONG_USE)
    with _reported():
        registry = read_registry(clinics or settings.clinics or default_path())
        report = _build(settings.data_dir, registry, reread_all=reread, allow=allow or (), reason=reason)
        _say_built(report)
    if report.set_aside:
        raise typer.Exit(NEEDS_PERSON)


# ------------------------------------------------------------------ extract


@app.command()
def extract(
    sources: Annotated[
        list[str], typer.Argument(help="HTML or text files, folders of them, WARC files, or a live URL.")
    ],
    output: Annotated[str, typer.Option("--format", help="jsonl (one line a page) or table.")] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how each price was found or why it was not.")
    ] = False,
) -> None:
    """Read pages without storing anything: one line a page with its offers and rejections.

    Examples:

      ratecard extract rates.html --explain

      ratecard extract pages/ --format jsonl > offers.jsonl

      ratecard extract https://example.org/rates
    """
    if output not in ("", "jsonl", "table"):
        _fail(f"--format {output} is not known; use jsonl or table", WRONG_USE)
    as_lines = output == "jsonl" or (not output and not explain and not sys.stdout.isatty())
    faults: list[str] = []
    pages = 0
    with _reported():
        for name, page in _pages(sources, faults):
            pages += 1
            _print_reading(name, page, as_lines=as_lines, explain=explain)
    for fault in faults:
        say.print(f"[bold red]error:[/] {escape(fault)}")
    if faults:
        raise typer.Exit(NEEDS_PERSON if pages else WRONG_USE)


def _pages(sources: Sequence[str], faults: list[str]) -> Iterator[tuple[str, Page]]:
    """Name and page of everything that the sources hold; what cannot be read goes to ``faults``."""
    for source in sources:
        if source.startswith(("http://", "https://")):
            yield source, fetch_page(source)
            continue
        try:
            yield from pages_of(Path(source), faults)
        except InputError as error:
            faults.append(str(error))


def _print_reading(name: str, page: Page, *, as_lines: bool, explain: bool) -> None:
    reading = read_page(page)
    if as_lines:
        typer.echo(json.dumps(contract.as_line(name, page, reading), ensure_ascii=False))
    elif explain:
        typer.echo(contract.explain(name, reading, datetime.now(UTC).date(), sketch(page)))
    else:
        typer.echo(_offers_table(name, reading))


def _offers_table(name: str, reading: Reading) -> str:
    rows = pd.DataFrame(
        {
            "service": offer.service,
            "minutes": offer.minutes,
            "price_cents": offer.price,
            "category": offer.category.value,
            "modality": offer.modality,
            "confidence": offer.confidence,
        }
        for offer in reading.offers
    )
    head = f"{name}: {len(reading.offers)} offers, {len(reading.rejections)} set aside"
    return head if rows.empty else f"{head}\n{render(rows, 'table')}"


# ------------------------------------------------------------------ figures, sql, export


@app.command()
def figures(
    modality: Annotated[str | None, typer.Option(help="Id, name or synonym: nmt, 'deep tissue', smrt.")] = None,
    minutes: Annotated[int | None, typer.Option(help="Session length: 15, 20, 30, 45, 60, 75, 90 or 120.")] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="City, publish region or Alberta; several are taken together.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day; else the newest visit's.")
    ] = None,
    modelled: Annotated[
        bool, typer.Option("--modelled", help="Also what the model says of regions where nobody votes.")
    ] = False,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Typical range, middle and mean of list prices before GST, each with its grade; without options, the whole table.

    Examples:

      ratecard figures --modality nmt --minutes 60 --region Calgary --region Edmonton

      ratecard figures --format csv > figures.csv
    """
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            day = as_of.date() if as_of else None
            found = figures_report.figures(
                con, modality=modality, minutes=minutes, regions=region or (), as_of=day, modelled=modelled
            )
        _print_figures(found, output)
    if not any(figure.grade for figure in found):
        raise typer.Exit(NEEDS_PERSON)


def _print_figures(found: Sequence[figures_report.Figure], output: Format) -> None:
    """Figures for a person without what only a program wants; for a program with the definition of every field."""
    if output in (Format.CSV, Format.JSON):
        rows, definition = figures_report.frame(found), figures_report.DEFINITION
        text = render(rows, output.value, definition=definition, definitions=figures_report.DEFINITIONS)
    else:
        rows = show.for_people(found, bars=output is Format.TABLE)
        legend = show.legend(found) if output is Format.TABLE else ""
        text = render(rows, output.value, definition=f"{legend} {figures_report.DEFINITION}".strip())
    typer.echo(text, nl=False)


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
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            rows = evidence_report.evidence(con, modality=modality, minutes=minutes, regions=region or ())
        typer.echo(render(rows, output.value, definition=evidence_report.DEFINITION), nl=False)
    if rows.empty:
        say.print("no current price of it may vote; `ratecard review` shows what is held back")
        raise typer.Exit(NEEDS_PERSON)


@app.command()
def sql(
    statement: Annotated[str, typer.Argument(help="One SQL statement, or - to read it from stdin.")],
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Ask the warehouse in SQL, read-only: no files, no network, no changes.

    Examples:

      ratecard sql "from coverage"

      ratecard sql "select * from current_prices where modality = 'smrt'" --format csv
    """
    settings = _settings(data)
    with _reported():
        rows = ask(settings.warehouse_path, sys.stdin.read() if statement == "-" else statement)
        typer.echo(render(rows, output.value), nl=False)


@app.command()
def export(
    to: Annotated[Path, typer.Option("--to", help="Folder to write to; made if it is not there.")],
    data: DataOption = None,
) -> None:
    """Write every table and view as CSV and Parquet, with a data package and a workbook; same crawls, same bytes.

    Example:

      ratecard export --to exports/
    """
    settings = _settings(data)
    with _reported():
        written = export_warehouse(settings.warehouse_path, to)
    say.print(f"{len(written)} files in {to}")


class Topic(StrEnum):
    """What there is to review."""

    FLAGS = "flags"
    DECIDED = "decided"
    REJECTIONS = "rejections"
    UNKNOWN = "unknown"
    ABSTAINING = "abstaining"
    UNSURE = "unsure"
    PLACES = "places"
    OUTLIERS = "outliers"


_TOPICS = {
    Topic.FLAGS: review_report.open_flags,
    Topic.DECIDED: review_report.decided_flags,
    Topic.REJECTIONS: review_report.rejections,
    Topic.UNKNOWN: review_report.unknown_modalities,
    Topic.ABSTAINING: review_report.abstaining,
    Topic.UNSURE: review_report.low_confidence,
    Topic.PLACES: review_report.unplaced,
    Topic.OUTLIERS: lambda con: outliers(con, open_desk(con, figures_report.last_day(con))),
}


@app.command()
def review(
    topic: Annotated[
        Topic,
        typer.Argument(
            help="Prices that look wrong, those decided on, texts set aside, unknown names, prices without a "
            "vote, unsure readings, locations without a sure place, prices far from the model."
        ),
    ] = Topic.FLAGS,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
) -> None:
    """What a person should look at, each with the text and the reason. Flagged prices wait for `ratecard decide`.

    Examples:

      ratecard review

      ratecard review abstaining --format csv --limit 1000
    """
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            rows = _TOPICS[topic](con)
        shown = rows.dropna(axis="columns", how="all") if output is Format.TABLE else rows
        typer.echo(render(shown.head(limit), output.value), nl=False)
    if rows.empty:
        say.print(f"nothing to review: no {topic.value}")
    if len(rows) > limit:
        say.print(f"{len(rows) - limit} more; raise --limit")
    if topic is Topic.FLAGS and len(rows):
        counts = ", ".join(f"{name} {count}" for name, count in rows["check_name"].value_counts(sort=False).items())
        say.print(f"{len(rows)} open: {counts}. They do not vote. Decide: ratecard decide keep|drop FLAG --reason WHY")


@app.command()
def decide(
    verdict: Annotated[
        Verdict, typer.Argument(help="keep: the price is right and votes. drop: it stays out for good.")
    ],
    flag: Annotated[list[str], typer.Argument(help="Flags as `ratecard review` names them.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever reads it in a year.")],
    data: DataOption = None,
) -> None:
    """Record what flagged prices are, in decisions.csv beside the crawls; it counts from the next build on.

    Examples:

      ratecard decide keep 3f9a1c20 --reason "rang them: 30 dollars for 30 minutes is their price"

      ratecard decide drop 77b0e5d1 8c21aa04 --reason "prices of the old menu"
    """
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            known = [review_report.open_flags(con), review_report.decided_flags(con), _TOPICS[Topic.OUTLIERS](con)]
            asked = pd.concat([rows for rows in known if len(rows)] or known).set_index("flag_id")
        unknown = [flag_id for flag_id in flag if flag_id not in asked.index]
        if unknown:
            raise UnknownName(f"no flag {', '.join(unknown)} on a current price; `ratecard review` shows the open ones")
        path = settings.data_dir / DECISIONS
        add_decisions(path, [_decision(asked.loc[flag_id], verdict, reason) for flag_id in flag])
    say.print(f"{len(flag)} decided in {escape(str(path))}; it counts from the next `ratecard build` on")


def _decision(row: pd.Series[Any], verdict: Verdict, reason: str) -> Decision:
    minutes = None if pd.isna(row["duration_min"]) else int(row["duration_min"])
    return Decision(
        decided_on=datetime.now(UTC).date(),
        check_name=row["check_name"],
        location_id=row["location_id"],
        service=row["service"],
        duration_min=minutes,
        audience=row["audience"],
        cents=int(row["price_cents"]),
        verdict=verdict,
        reason=reason,
    )


@app.command()
def status(data: DataOption = None, output: FormatOption = Format.TABLE) -> None:
    """What the warehouse holds, how old it is, and how far figures reach.

    Example:

      ratecard status
    """
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            facts, reach = status_report.status(con), coverage_report.coverage(con)
        typer.echo(render(facts, output.value, definition=status_report.DEFINITION), nl=False)
        if output is Format.TABLE:
            typer.echo(render(reach, output.value), nl=False)


@app.command("index")
def price_index(
    region: Annotated[str, typer.Option(help="City, publish region or Alberta.")] = "Alberta",
    minutes: Annotated[int | None, typer.Option(help="One session length; else all.")] = None,
    modality: Annotated[str | None, typer.Option(help="Id, name or synonym; else all.")] = None,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """How prices changed by month, from the same things at the same clinics: never from two ranges.

    Examples:

      ratecard index --region Calgary --minutes 60

      ratecard index --format csv > index.csv
    """
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            points = index_report.price_index(con, region=region, minutes=minutes, modality=modality)
        rows = index_report.frame(points).round(3)
        typer.echo(render(rows, output.value, definition=index_report.DEFINITION), nl=False)
    if not any(point.index for point in points):
        say.print("no index: it takes two months with ten clinics that have prices of the same things in both")
        raise typer.Exit(NEEDS_PERSON)


@app.command("changes")
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
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            day = since.date() if since else None
            rows = changes_report.price_changes(con, region=region, minutes=minutes, since=day)
        definition = changes_report.SUMMARY if monthly else changes_report.DEFINITION
        typer.echo(
            render(changes_report.by_month(rows) if monthly else rows, output.value, definition=definition), nl=False
        )


class Picture(StrEnum):
    """What a chart shows."""

    STRIP = "strip"
    DISTRIBUTION = "distribution"
    DURATIONS = "durations"
    INDEX = "index"


@app.command()
def chart(
    picture: Annotated[
        Picture,
        typer.Argument(help="Prices by city, how many ask how much, ranges by length, or the index over time."),
    ],
    to: Annotated[Path, typer.Option("--to", help="File to write: .svg or .png.")],
    modality: Annotated[str, typer.Option(help="Id, name or synonym.")] = "massage_therapy",
    minutes: Annotated[int, typer.Option(help="Session length.")] = 60,
    region: Annotated[
        list[str] | None, typer.Option(help="City, publish region or Alberta; for strip several, else all cities.")
    ] = None,
    data: DataOption = None,
) -> None:
    """A picture with its definition, number of clinics and day on it; it reads as well in black and white.

    Examples:

      ratecard chart strip --modality nmt --to nmt.svg

      ratecard chart distribution --region Calgary --minutes 90 --to calgary.png
    """
    settings = _settings(data)
    with _reported(), connect(settings.warehouse_path) as con:
        charts.save(_chart(con, picture, modality, minutes, region or []), to)
    say.print(f"{to}")


def _chart(
    con: duckdb.DuckDBPyConnection, picture: Picture, modality: str, minutes: int, regions: Sequence[str]
) -> charts.Picture:
    one = regions[0] if regions else "Alberta"
    if picture is Picture.INDEX:
        points = index_report.price_index(con, region=one, minutes=minutes, modality=modality)
        return charts.over_time(points, region_label(one), f"{modality_id(modality)}, {minutes} minutes")
    desk = open_desk(con, figures_report.last_day(con))
    if picture is Picture.STRIP:
        return charts.strip(desk, modality, minutes, regions)
    if picture is Picture.DISTRIBUTION:
        return charts.distribution(desk, modality, minutes, one)
    return charts.durations(desk, modality, one)


# ------------------------------------------------------------------ releases


@release_app.callback(invoke_without_command=True)
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
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            made = make(con, settings.data_dir, datetime.now(UTC).date(), despite=despite)
        if failed(made.checks) and not despite:
            typer.echo(render(gates_frame(failed(made.checks)), "table"), nl=False)
            _fail(
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


@release_app.command("check")
def release_check(data: DataOption = None, output: FormatOption = Format.TABLE) -> None:
    """Whether the model foretells clinics that it has not seen, and what else a release is checked for.

    Example:

      ratecard release check
    """
    settings = _settings(data)
    with _reported():
        with connect(settings.warehouse_path) as con:
            desk = open_desk(con, figures_report.last_day(con))
            checks = all_checks(con, desk, releases(settings.data_dir))
        typer.echo(render(gates_frame(checks), output.value), nl=False)
    few = [check for check in checks if check.passed is None]
    if few:
        say.print(f"{len(few)} of {len(checks)} checks decide nothing: too few clinics, or too close to tell")
    if failed(checks):
        raise typer.Exit(NEEDS_PERSON)


@release_app.command("list")
def release_list(data: DataOption = None, output: FormatOption = Format.TABLE) -> None:
    """The releases, oldest first, each held against its digests.

    Example:

      ratecard release list
    """
    names = ("release_id", "made_on", "as_of", "method_version", "content_digest")
    with _reported():
        rows = [
            {name: getattr(one, name) for name in names} | {"held_back": len(one.held)}
            for one in releases(_settings(data).data_dir)
        ]
        typer.echo(render(pd.DataFrame(rows, columns=[*names, "held_back"]), output.value), nl=False)


@release_app.command("show")
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
        _fail(f"--table {table} is not known; use {', '.join(TABLES)}", WRONG_USE)
    with _reported():
        found = find_release(_settings(data).data_dir, release_id)
        definitions = figures_report.DEFINITIONS if table == "figures" else None
        typer.echo(render(found.table(table), output.value, definitions=definitions), nl=False)


@release_app.command("diff")
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
    with _reported():
        old, new = find_release(folder, before), find_release(folder, after)
        votes = (old.table("votes"), new.table("votes"))
        found = moves(by_key(old.table("figures")), by_key(new.table("figures")))
        told = [replace(move, because=because(move, votes, new.sets)) for move in found]
        typer.echo(render(frame_of(told), output.value), nl=False)
    say.print(f"{len(told)} figures moved")


@release_app.command("confirm")
def release_confirm(
    move: Annotated[list[str], typer.Argument(help="Moves as `ratecard release` names them; all for all of them.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever reads it in a year.")],
    data: DataOption = None,
) -> None:
    """Let held moves through; the next release has their figures. A further move asks again.

    Example:

      ratecard release confirm 3f9a1c20 --reason "two spas opened in Canmore"
    """
    folder = _settings(data).data_dir
    with _reported():
        held = waiting([dict(one) for one in find_release(folder, "last").held], confirmed(folder))
        chosen = [one for one in held if one["move_id"] in move or move == ["all"]]
        unknown = [] if move == ["all"] else sorted(set(move) - {str(one["move_id"]) for one in chosen})
        if unknown:
            raise UnknownName(f"the last release does not hold back {', '.join(unknown)}")
        path = confirm(folder, chosen, reason, datetime.now(UTC).date())
    say.print(f"{len(chosen)} confirmed in {escape(str(path))}; run `ratecard release` again")


# ------------------------------------------------------------------ clinics


@clinics_app.command("list")
def clinics_list(output: FormatOption = Format.TABLE) -> None:
    """The clinics that a crawl visits.

    Example:

      ratecard clinics list --format csv
    """
    settings = _settings()
    with _reported():
        found = read_registry(settings.clinics or default_path())
        columns = ("id", "name", "city", "website", "booking_url")
        rows = pd.DataFrame([{column: getattr(clinic, column) for column in columns} for clinic in found])
        typer.echo(render(rows, output.value), nl=False)


@clinics_app.command("check")
def clinics_check(
    path: Annotated[Path | None, typer.Argument(help="A clinics.csv; else the one in use.")] = None,
) -> None:
    """Look a registry over; every fault with its line.

    Example:

      ratecard clinics check crawlers/clinics.csv
    """
    settings = _settings()
    with _reported():
        found = read_registry(path or settings.clinics or default_path())
    say.print(f"{len(found)} locations, no faults")


# ------------------------------------------------------------------ demo


@app.command()
def demo(
    data: Annotated[Path, typer.Option("--data", help="Folder for the demo's data.")] = Path("data"),
) -> None:
    """Serve the bundled sample clinics on loopback, crawl them for real, build the warehouse, print figures.

    Example:

      ratecard demo
    """
    overrides = {
        "DATA_DIR": str(data),
        "ALLOW_PRIVATE_HOSTS": ["*.localhost"],
        "DOWNLOAD_DELAY": 0.02,
        "AUTOTHROTTLE_ENABLED": False,
        "BUILD_AFTER_CRAWL": True,
    }
    with _reported(), samples.serve() as server:
        say.print(f"[bold]Serving the sample clinics[/] on 127.0.0.1:{server.port} and visiting them over HTTP")
        _crawl(server.clinics_csv, (), overrides)
    _show_demo(data)


def _show_demo(data: Path) -> None:
    warehouse = data / "ratecard.duckdb"
    cells = [("nmt", ("Calgary", "Edmonton")), *(("massage", (city,)) for city in ("Calgary", "Edmonton", "Red Deer"))]
    with _reported(), connect(warehouse) as con:
        found = [
            figure
            for name, regions in cells
            for figure in figures_report.figures(con, modality=name, minutes=60, regions=regions)
        ]
    typer.echo()
    _print_figures(found, Format.TABLE)
    option = "" if data == Path("data") else f" --data {data}"
    say.print(f"\nThe warehouse is [bold]{escape(str(warehouse))}[/]. Try next:")
    for line in (
        f"ratecard figures --modality nmt --minutes 60 --region Calgary --region Edmonton{option}",
        f'ratecard sql "from current_prices limit 5"{option}',
        f"ratecard review{option}",
        f"ratecard export --to exports{option}",
    ):
        say.print(f"  .venv/bin/{escape(line)}")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
