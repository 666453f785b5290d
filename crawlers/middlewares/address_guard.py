"""Keeps a crawl away from private networks, at the moment a name turns into an address.

A page may link or redirect to a name that resolves to this machine or its neighbours, and may change its answer
between two look-ups. So the check sits in the resolver that the connection itself uses; the middleware adds what
never reaches a resolver: literal addresses, other schemes and other ports.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred, execute
from twisted.internet.error import DNSLookupError

from crawlers.addresses import is_allowed, is_local_name, is_public, literal

_PORTS = (None, 80, 443)
# Twisted makes "not found" of whatever a resolver raises, so the middleware looks here for the true reason.
_refused: dict[str, str] = {}


class BlockedAddressError(IgnoreRequest):
    """A request would have left the open internet."""


def check(url: str, allowed: Sequence[str]) -> None:
    """Raise ``BlockedAddressError`` for a URL that is seen to leave the open internet without resolving its name."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BlockedAddressError(f"{url[:200]} is no address: {error}") from error
    if is_allowed(host, allowed):
        return
    if parts.scheme not in ("http", "https") or port not in _PORTS:
        raise BlockedAddressError(f"{parts.scheme}://{host}:{port} is not an ordinary web address")
    spelled = literal(host)
    if is_local_name(host) or (spelled and not is_public(spelled)):
        raise BlockedAddressError(f"{host} is a private address")
    if host in _refused:
        raise BlockedAddressError(f"{host} is at the private address {_refused[host]}")


class AnonymousVisitError(IgnoreRequest):
    """A link or redirect leads from a local page to a real site, and nobody is named whom its owner could write to."""


class GuardedResolver(CachingThreadedResolver):
    """Resolves names as Scrapy does and refuses private answers, unless a setting allows the host."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: Sequence[str]) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Made by Scrapy."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            settings.getfloat("DNS_TIMEOUT"),
            settings.getlist("ALLOW_PRIVATE_HOSTS"),
        )

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """The address of a name. Fails if it is private, and notes that for the middleware."""
        spelled = "127.0.0.1" if is_local_name(name) else literal(name)
        if spelled:
            return execute(self._checked, spelled, name)
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if is_public(address) or is_allowed(name, self.allowed):
            return address
        _refused[name.lower()] = address
        raise DNSLookupError(f"{name} is at the private address {address}")


class AddressGuardMiddleware:
    """Refuses private literal addresses, odd ports and anything but HTTP, and names what the resolver refused."""

    def __init__(self, allowed: Sequence[str], contact: str | None) -> None:
        self.allowed, self.contact = allowed, contact

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuardMiddleware:
        """Made by Scrapy."""
        return cls(crawler.settings.getlist("ALLOW_PRIVATE_HOSTS"), crawler.settings.get("CONTACT"))

    def process_request(self, request: Request) -> None:
        """Let the request go on, or raise ``BlockedAddressError`` or ``AnonymousVisitError``."""
        check(request.url, self.allowed)
        if not self.contact and not is_allowed(urlsplit(request.url).hostname or "", self.allowed):
            raise AnonymousVisitError(f"{request.url[:200]} is a real site, and no contact address is set")

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002 - Scrapy's signature
        """Say that a name was refused where Twisted says that it was not found."""
        check(request.url, self.allowed)
