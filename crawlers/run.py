"""Running a crawl, or one polite look at a live page, inside this process."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings
from twisted.python.failure import Failure

from crawlers import failures
from crawlers.gate import CrawlRefusedError, require_contact
from crawlers.item_pipeline import FOLDER_STAT, REFUSED_STAT
from crawlers.links import site_of
from crawlers.spiders.clinics import ClinicsSpider, page_of
from pipelines.records import Page


class FetchError(Exception):
    """A live page that could not be had."""


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """A finished crawl: its folder, and how Scrapy says it ended."""

    folder: Path | None
    finished: str


def scrapy_settings(overrides: Mapping[str, Any]) -> Settings:
    """The project's Scrapy settings with overrides."""
    settings = get_project_settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict({"LOG_INSTALL_ROOT_HANDLER": False, **overrides}, priority="cmdline")
    return settings


def _quiet_process(settings: Settings) -> AsyncCrawlerProcess:
    """A process that does not begin with Scrapy's versions and settings."""
    logging.disable(logging.INFO)
    try:
        process = AsyncCrawlerProcess(settings)
    finally:
        logging.disable(logging.NOTSET)
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    return process


def crawl(
    clinics: Path | None = None, only: tuple[str, ...] = (), overrides: Mapping[str, Any] | None = None
) -> CrawlResult:
    """Visit the clinics of a registry and leave a closed crawl folder. Blocks until done; once a process.

    Raises ``CrawlRefusedError`` with the reason: a faulty registry, no contact address, another crawl running.
    """
    settings = scrapy_settings(overrides or {})
    process = _quiet_process(settings)
    crawler = process.create_crawler(ClinicsSpider)
    process.crawl(crawler, clinics=str(clinics) if clinics else None, only=",".join(only) or None)
    process.start()
    stats = crawler.stats.get_stats() if crawler.stats else {}
    if REFUSED_STAT in stats:
        raise CrawlRefusedError(stats[REFUSED_STAT])
    folder = stats.get(FOLDER_STAT)
    return CrawlResult(Path(folder) if folder else None, str(stats.get("finish_reason", "not started")))


class _OnePage(scrapy.Spider):
    """Fetches a single page for ``fetch_page``."""

    name = "one-page"
    custom_settings = {"ITEM_PIPELINES": {}, "EXTENSIONS": {}}  # noqa: RUF012

    def __init__(self, url: str, box: list[Page | str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url, self.box = url, box

    async def start(self) -> Any:
        """The one request."""
        yield Request(self.url, self.parse, errback=self.failed, meta={"own": {site_of(self.url)}})

    def parse(self, response: Response, **_: Any) -> None:
        """Keep the page."""
        page = page_of(response)
        self.box.append(page or f"{failures.WORDS['unsupported_type']}, but {response.headers.get('Content-Type')!r}")

    def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        kind = failures.classify(failure.value)
        status = getattr(getattr(failure.value, "response", None), "status", None)
        why = f"the server answers {status}" if status else f"{failures.WORDS.get(kind, kind)}: {failure.value}"
        self.box.append(why[:300])


def fetch_page(url: str, overrides: Mapping[str, Any] | None = None) -> Page:
    """One polite look at a live page, by the rules of a crawl. Raises ``FetchError`` or ``CrawlRefusedError``."""
    require_contact(scrapy_settings(overrides or {}), [url])
    # a process of its own, because Scrapy's reactor runs once a process and there may be more pages to look at
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_fetch_page, url, overrides).result()


def _fetch_page(url: str, overrides: Mapping[str, Any] | None) -> Page:
    settings = scrapy_settings({"LOG_LEVEL": "ERROR", **(overrides or {})})
    box: list[Page | str] = []
    process = _quiet_process(settings)
    process.crawl(_OnePage, url=url, box=box)
    process.start()
    if box and isinstance(box[0], Page):
        return box[0]
    raise FetchError(f"{url}: {box[0] if box else 'no answer'}")
