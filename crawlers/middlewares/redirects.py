"""Redirects within a clinic's own site and booking platform only; elsewhere somebody else's prices begin."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawlers.links import belongs
from pipelines.readers import menu_urls


class RedirectOffSiteError(IgnoreRequest):
    """A page sends its visitors to another site."""


class OwnSiteRedirectMiddleware(RedirectMiddleware):
    """Follows a redirect if it stays where the request's clinic is at home."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - Scrapy still names it
    ) -> Request | Response:
        """The response, or the request that follows its redirect; ``RedirectOffSiteError`` if it leads away."""
        result = super().process_response(request, response)
        own: frozenset[str] = request.meta.get("own", frozenset())
        if isinstance(result, Request) and own and not belongs(result.url, own) and not menu_urls(result.url):
            raise RedirectOffSiteError(f"redirects to {result.url[:200]}")
        return result
