"""``ratecard crawl``"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers.folder import read_counts
from crawlers.gate import CrawlRefusedError
from crawlers.registry import RegistryError
from crawlers.run import crawl as run_crawl
from ratecard.speaking import NEEDS_PERSON, DataOption, fail, reported, say, settings_of

app = typer.Typer()


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
    settings = settings_of(data)
    overrides = {"DATA_DIR": str(settings.data_dir), "BUILD_AFTER_CRAWL": settings.build_after_crawl and not no_build}
    with reported(wrong_use=(RegistryError,), could_not_run=(CrawlRefusedError,)):
        crawl_and_tell(clinics or settings.clinics, tuple(only or ()), overrides)


def crawl_and_tell(clinics: Path | None, only: tuple[str, ...], overrides: dict[str, Any]) -> None:
    """Crawl by Scrapy's settings in ``overrides``, and tell on stderr what came of it."""
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
        fail("not one page could be read; `ratecard status` and visits.jsonl say why", NEEDS_PERSON)


def _log_ours() -> None:
    """Log what we say of a crawl, and of Scrapy only what went wrong."""
    handler = logging.StreamHandler()
    handler.addFilter(
        lambda record: record.levelno >= logging.WARNING or record.name.startswith(("crawlers", "ratecard"))
    )
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[handler])
    logging.getLogger("crawlers.item_pipeline").setLevel(logging.CRITICAL)  # its refusals are raised to us
