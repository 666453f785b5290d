"""The one spider: a clinic's start page, then the links that look like its menu, within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawlers import failures
from crawlers.items import Fetched, now
from crawlers.links import clean, menu_links, place_of
from crawlers.registry import Clinic, RegistryError, by_site, default_path, own_places, read_registry
from pipelines.parsing import NestedTooDeep, parse_html
from pipelines.records import Page

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


class ClinicsSpider(scrapy.Spider):
    """Visits every clinic of the registry; ``-a only=id,id`` visits some, ``-a clinics=FILE`` another registry's."""

    name = "clinics"

    def __init__(self, clinics: str | None = None, only: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.registry_path = clinics
        self.only = frozenset(only.split(",")) if only else None
        self.registry: tuple[Clinic, ...] = ()
        self.clinics: tuple[Clinic, ...] = ()
        self._started = False
        self._open: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()
        self._seen: dict[str, set[str]] = {}

    def load_clinics(self) -> tuple[Clinic, ...]:
        """Read the registry that the arguments or settings name. Raises ``RegistryError``."""
        path = self.registry_path or self.crawler.settings["CLINICS"]
        rows = read_registry(Path(path) if path else default_path())
        unknown = sorted((self.only or frozenset()) - {row.id for row in rows})
        if unknown:
            raise RegistryError(f"no clinic has the id {', '.join(unknown)}; see `ratecard clinics list`")
        self.registry = rows
        # all locations of a clinic come along, so that its visits carry the same id however few are named
        asked = {row.place for row in rows if self.only is None or row.id in self.only}
        self.clinics = tuple(row for row in rows if row.place in asked)
        return self.clinics

    async def start(self) -> AsyncIterator[Request]:
        """One request a clinic: its start page."""
        sites = by_site(self.clinics)
        own = own_places(by_site(self.registry))
        for place, locations in sites.items():
            clinic = locations[0]
            yield self._request(clean(clinic.start_url), clinic, own[place], depth=0, worth=20)
        self._started = True

    @property
    def done(self) -> bool:
        """Whether every clinic has been asked and every request answered; false in a crawl that was stopped."""
        return self._started and not any(self._open.values())

    def _request(self, url: str, clinic: Clinic, own: frozenset[str], depth: int, worth: int) -> Request:
        self._open[clinic.id] += 1
        self._pages[clinic.id] += 1
        self._seen.setdefault(clinic.id, set()).add(url)
        meta = {"clinic": clinic, "own": own, "level": depth, "handle_httpstatus_all": False}
        return Request(url, self.parse, errback=self.failed, meta=meta, priority=worth, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> Iterator[Fetched | Request]:
        """The page as an item, and requests for what its links promise."""
        page = page_of(response)
        if page is None:
            yield self._fetched(response, failure="unsupported_type", page=None)
            return
        plain = page.media_type == "text/plain"
        requests = [] if plain else list(self._follow(response, response.meta["clinic"]))
        yield self._fetched(response, failure=None, page=page)
        yield from requests

    def _follow(self, response: Response, clinic: Clinic) -> Iterator[Request]:
        settings = self.crawler.settings
        depth = response.meta["level"] + 1
        if depth > settings.getint("DEPTH_PER_CLINIC"):
            return
        own = response.meta["own"]
        self._seen[clinic.id].add(clean(response.url))
        try:
            tree = parse_html(response.body)
        except NestedTooDeep:
            return  # its reading sets the page aside and says so
        for worth, url in menu_links(tree, response.url, own):
            if self._pages[clinic.id] >= settings.getint("PAGES_PER_CLINIC"):
                return
            if url not in self._seen[clinic.id]:
                yield self._request(url, clinic, own | {place_of(url)}, depth, worth)

    def failed(self, failure: Failure) -> Iterator[Fetched]:
        """The visit of a request that brought no page, with the class of its failure."""
        request: Request = failure.request  # type: ignore[attr-defined]
        response: Response | None = getattr(failure.value, "response", None)
        kind = failures.classify(failure.value)
        status = response.status if response is not None else None
        if status is not None and kind == "other":
            kind = f"http_{status}"
        clinic: Clinic = request.meta["clinic"]
        yield Fetched(clinic.id, request.url, now(), failure=kind, status=status, closes=self._closes(clinic))

    def _fetched(self, response: Response, failure: str | None, page: Page | None) -> Fetched:
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        clinic: Clinic = response.meta["clinic"]
        return Fetched(
            clinic.id, response.url, now(), failure, response.status, page, headers, closes=self._closes(clinic)
        )

    def _closes(self, clinic: Clinic) -> bool:
        """Count a request as answered, and say whether it was the clinic's last under way."""
        self._open[clinic.id] -= 1
        return self._open[clinic.id] == 0


def page_of(response: Response) -> Page | None:
    """The page that an answer carries; ``None`` for pictures, PDFs and whatever else is no page."""
    header = (response.headers.get("Content-Type") or b"text/html").decode("latin-1")
    media_type, _, parameters = header.partition(";")
    if media_type.strip().lower() not in _PAGE_TYPES:
        return None
    _, _, charset = parameters.lower().partition("charset=")
    plain = media_type.strip().lower() == "text/plain"
    return Page(
        response.body,
        response.url,
        "text/plain" if plain else "text/html",
        charset.split(";")[0].strip(" \"'") or None,
    )
