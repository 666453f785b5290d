"""The thin adapter through which a crawl reads pages as they come; the only module here that knows Scrapy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scrapy.crawler import Crawler

from pipelines.readers import read_page


class ReadPipeline:
    """Adds to each item what its page says, and counts it."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadPipeline:
        """Made by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """The item with its reading; items without a page pass as they are."""
        if item.page is None:
            return item
        reading = read_page(item.page)
        if self.stats is not None:
            self.stats.inc_value("ratecard/offers", len(reading.offers))
            self.stats.inc_value("ratecard/rejections", len(reading.rejections))
        return replace(item, reading=reading)
