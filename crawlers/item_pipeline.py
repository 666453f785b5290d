"""The last item pipeline of a crawl: passes the gate, keeps every visit, closes the folder."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from crawlers.archive import Archive
from crawlers.gate import CrawlRefusedError, lock_crawls, require_contact
from crawlers.items import Fetched
from crawlers.registry import RegistryError

if TYPE_CHECKING:
    from crawlers.spiders.clinics import ClinicsSpider

logger = logging.getLogger(__name__)
#: Names under which a crawl leaves its folder, or why it was refused, in Scrapy's stats.
FOLDER_STAT, REFUSED_STAT = "ratecard/folder", "ratecard/refused"


class ArchivePipeline:
    """Stores what a crawl fetches."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.archive: Archive | None = None
        self.lock: FileLock | None = None
        self._broken = False
        self._stopping: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        """Made by Scrapy."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Pass the gate and begin the folder, or close the spider before it visits anybody."""
        settings = self.crawler.settings
        data_dir = Path(settings["DATA_DIR"])
        try:
            clinics = cast("ClinicsSpider", self.crawler.spider).load_clinics()
            require_contact(settings, [clinic.start_url for clinic in clinics])
            self.lock = lock_crawls(data_dir)
            self.archive = Archive(data_dir / "crawls", clinics, settings["USER_AGENT"])
        except (CrawlRefusedError, RegistryError, OSError) as error:
            logger.error("%s", error)
            self._note(REFUSED_STAT, str(error))
            raise CloseSpider("refused") from error

    async def process_item(self, item: Fetched) -> Fetched:
        """Store a visit; a crawl that cannot be kept is stopped."""
        if self._broken:
            raise DropItem("not kept")
        if self.archive is not None:
            try:
                self.archive.add(item)
            except OSError as error:
                self._cannot_write(error)
                self._broken = True
                self._stopping = asyncio.ensure_future(self.crawler.stop_async())
                raise DropItem("not kept") from error
        return item

    def close_spider(self) -> None:
        """Close the folder, note its path for whoever comes after, and let the next crawl in."""
        try:
            if self.archive is not None and not self._broken:
                stopped = not cast("ClinicsSpider", self.crawler.spider).done
                self._note(FOLDER_STAT, str(self.archive.close(interrupted=stopped)))
        except OSError as error:
            self._cannot_write(error)
        finally:
            if self.lock is not None:
                self.lock.release()

    def _cannot_write(self, error: OSError) -> None:
        folder = self.archive.folder if self.archive else ""
        text = f"{folder} cannot be written: {error.strerror}; make room, the next crawl finishes what is there"
        logger.error("%s", text)
        self._note(REFUSED_STAT, text)

    def _note(self, name: str, value: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.set_value(name, value)
