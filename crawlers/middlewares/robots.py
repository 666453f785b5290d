"""robots.txt as RFC 9309 has it, and the pace that it asks for.

Over Scrapy's own: a robots.txt that cannot be reached forbids the host for this crawl, and ``Crawl-delay`` is
honoured where it is longer than ours.
"""

from __future__ import annotations

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

_LONGEST_DELAY = 60.0


class RobotsForbidError(IgnoreRequest):
    """robots.txt, or its absence through a server's fault, forbids the request."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt and keeps to its pace."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Scrapy logs an unreachable robots.txt with a traceback; the visit that we record says it in words.
        # Here and not above, because starting Scrapy sets the levels of its loggers back.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
        self._unreachable: dict[str, Exception] = {}
        self._asked: dict[str, float] = {}
        crawler.signals.connect(self._note_pace, signal=signals.robots_parsed)
        # connected after AutoThrottle, which shortens the wait with each quick answer: what robots.txt asks wins
        crawler.signals.connect(self._keep_pace_of, signal=signals.response_downloaded)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let the request pass, or raise why not: what robots.txt says, or why it could not be had."""
        self._keep_pace_of(request)
        if rp is None:
            raise self._unreachable.get(str(urlparse_cached(request).netloc)) or RobotsForbidError(
                "robots.txt unreachable"
            )
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RobotsForbidError(str(error)) from error

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._robots_error(RobotsForbidError(f"robots.txt answers {response.status}"), netloc)
            return
        if response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreachable[netloc] = exc
        super()._robots_error(exc, netloc)

    def _note_pace(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self._default_useragent)
        if asked:
            self._asked[_host(request)] = min(asked, _LONGEST_DELAY)

    def _keep_pace_of(self, request: Request) -> None:
        """Hold the host's wait at what it asks for."""
        slot = self.crawler.engine.downloader.slots.get(_host(request)) if self.crawler.engine else None
        if slot is not None:
            slot.delay = max(slot.delay, self._asked.get(_host(request), 0.0))


def _host(request: Request) -> str:
    """The key of the download slot that a request waits in."""
    return urlparse_cached(request).hostname or ""
