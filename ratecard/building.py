"""Building as commands do it: read again what an older reader read, build, tell what was built."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.markup import escape
from scrapy import signals
from scrapy.crawler import Crawler

from crawlers.folder import CRAWL, closed_folders, reread, visited_ids
from crawlers.registry import Clinic
from ratecard.speaking import say
from warehouse.build import BuildReport
from warehouse.build import build as build_warehouse
from warehouse.errors import WarehouseError


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
            say_built(build_all(Path(settings["DATA_DIR"]), getattr(self.crawler.spider, "registry", ())))
        except WarehouseError as error:
            logging.getLogger(__name__).error("the warehouse was not built: %s", error)
            self.crawler.stats.set_value("ratecard/build_error", str(error))


def build_all(
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
        reread(folder, force=force)
    except (OSError, ValueError) as error:
        logging.getLogger(__name__).warning("%s could not be read again: %s", folder.name, error)


def say_built(report: BuildReport) -> None:
    """Tell on stderr what a build holds and what it set aside."""
    rows = report.rows
    say.print(
        f"{report.path}: {report.crawls} crawl{'s' * (report.crawls != 1)}, {rows['pages']} pages, "
        f"{rows['offers']} offers, {rows['prices']} prices, {rows['rejections']} set aside"
    )
    for name, reason in report.set_aside:
        say.print(f"[yellow]set aside:[/] {escape(name)}: {escape(reason)}")
