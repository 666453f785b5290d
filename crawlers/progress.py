"""Says how a crawl goes: a line for each clinic when it is done, and on a terminal a bar for the whole."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from crawlers.failures import WORDS
from crawlers.items import Fetched
from crawlers.registry import Clinic, by_site

logger = logging.getLogger(__name__)


class QuietLogFormatter(LogFormatter):
    """Logs failed downloads for debugging only: each is a visit with its class of failure."""

    def download_error(
        self, failure: Failure, request: Request, spider: Spider, errmsg: str | None = None
    ) -> LogFormatterResult:
        """Scrapy's message at a lower level."""
        return {**super().download_error(failure, request, spider, errmsg), "level": logging.DEBUG}


class Progress:
    """Listens to a crawl and reports on stderr."""

    def __init__(self, crawler: Crawler) -> None:
        # Scrapy's own chatter would drown what we say; a visit's fate is in the record
        logging.getLogger("scrapy").setLevel(logging.WARNING)
        self.crawler = crawler
        self.counts: dict[str, Counter[str]] = {}
        self.failures: dict[str, list[str]] = {}
        self.bar: Bar | None = None
        connect = crawler.signals.connect
        connect(self.opened, signal=signals.spider_opened)
        connect(self.scraped, signal=signals.item_scraped)
        connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Made by Scrapy."""
        return cls(crawler)

    def opened(self, spider: Any) -> None:
        """Show the bar, if somebody is watching."""
        total = len(by_site(getattr(spider, "clinics", ())))
        if sys.stderr.isatty() and total:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self.bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self.bar.add_task("visiting clinics", total=total)
            self.bar.start()

    def scraped(self, item: Fetched) -> None:
        """Count a visit."""
        counts = self.counts.setdefault(item.clinic_id, Counter())
        if item.failure:
            counts["failed"] += 1
            self.failures.setdefault(item.clinic_id, []).append(item.failure)
        else:
            counts["pages"] += 1
        if item.reading:
            counts["offers"] += len(item.reading.offers)
            counts["aside"] += len(item.reading.rejections)
        if item.closes:
            clinics = getattr(self.crawler.spider, "clinics", ())
            self._done(next(clinic for clinic in clinics if clinic.id == item.clinic_id))

    def _done(self, clinic: Clinic) -> None:
        """Report a clinic whose last page has come."""
        counts = self.counts.get(clinic.id, Counter())
        line = ", ".join(filter(None, (clinic.name, clinic.city)))
        line += f": {_count(counts['pages'], 'page')}, {_count(counts['offers'], 'offer')}"
        line += f", {counts['aside']} set aside" if counts["aside"] else ""
        reasons = Counter(self.failures.get(clinic.id, ()))
        line += "".join(f"; {n} × {WORDS.get(kind, kind.replace('_', ' '))}" for kind, n in sorted(reasons.items()))
        if self.bar is not None:
            self.bar.console.print(escape(line), highlight=False)
            self.bar.advance(self.bar.task_ids[0])
        else:
            logger.info("%s", line)

    def closed(self) -> None:
        """Take the bar away and sum up."""
        if self.bar is not None:
            self.bar.stop()
        total = sum(self.counts.values(), Counter())
        logger.info("visited %d clinics: %d pages, %d offers", len(self.counts), total["pages"], total["offers"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
