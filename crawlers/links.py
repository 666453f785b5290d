"""Which links of a clinic's page are worth a visit: those that look like its menu."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from urllib.parse import urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser
from w3lib.url import canonicalize_url

from pipelines.readers import menu_urls, platform_of

#: Words in a link's text or path, and how much they promise. One place to tune what a crawl looks at.
PROMISE = {
    "price": 10, "pricing": 10, "prices": 10, "rate": 10, "rates": 10, "fee": 8, "fees": 8, "cost": 7, "tarif": 8,
    "menu": 7, "service": 6, "services": 6, "treatment": 5, "treatments": 5, "massage": 5, "therapy": 3, "rmt": 4,
    "neuromuscular": 4, "nmt": 4, "smrt": 4, "booking": 3, "book": 3, "packages": 3, "spa": 2, "offerings": 4,
}  # fmt: skip
_NEVER = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|mp[34]|avi|mov|zip|docx?|xlsx?|ics|vcf|xml|json|css|js|woff2?)$|"
    r"/(?:cart|checkout|login|log-in|signin|account|wp-admin|wp-login|wp-json|feed|tag|author|calendar|events?|cdn-cgi|comment)\b|"
    r"/(?:19|20)\d\d/\d\d/",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")


def site_of(url: str) -> str:
    """The host and port under which a site is known, ``www.`` folded away.

    >>> site_of("https://www.Example.com/x"), site_of("http://a.localhost:8753/")
    ('example.com', 'a.localhost:8753')
    """
    return urlsplit(url).netloc.lower().rpartition("@")[2].removeprefix("www.").removesuffix(":443").removesuffix(":80")


def place_of(url: str) -> str:
    """The site with the path: what is one clinic's own on a site that several share.

    >>> place_of("https://www.example.com/a/willow/?x=1#menu"), place_of("https://example.com/")
    ('example.com/a/willow', 'example.com')
    """
    return site_of(url) + urlsplit(url).path.rstrip("/")


def belongs(url: str, places: Collection[str]) -> bool:
    """Whether a URL lies at or below one of the places.

    >>> [belongs(url, {"a.ca", "b.ca/willow"}) for url in ("http://a.ca/x", "http://b.ca/willow/x", "http://b.ca/other")]
    [True, True, False]
    """
    there = place_of(url)
    return any(there == place or there.startswith(f"{place}/") for place in places)


def promise(url: str, text: str) -> int:
    """How much a link promises of prices; 0 for nothing.

    >>> [promise(f"https://a.ca/{word}", word) for word in ("rates", "massage", "team")]
    [10, 5, 0]
    """
    words = {*_WORD.findall(urlsplit(url).path.lower()), *_WORD.findall(text.lower()[:80])}
    return sum(PROMISE.get(word, 0) for word in words)


def clean(url: str) -> str:
    """A URL in one spelling: no fragment, sorted query, no tracking."""
    parts = urlsplit(canonicalize_url(url))
    query = "&".join(
        part for part in parts.query.split("&") if part and not part.startswith(("utm_", "fbclid", "gclid"))
    )
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def menu_links(tree: LexborHTMLParser, base: str, places: Collection[str]) -> list[tuple[int, str]]:
    """Promising links of a page with their promise, best first, each once: the clinic's own and its platform's.

    A booking platform's page leads to other clinics too, so from there only what is the clinic's own counts.
    """
    on_platform = platform_of(base) is not None
    found: dict[str, int] = {}
    for url, text in _anchors(tree, base):
        menus = menu_urls(url)
        for target in menus or (url,):
            wanted = _is_own_page(target, places) or (menus and not on_platform)
            worth = 9 if menus else promise(target, text)
            if wanted and worth:
                spelled = clean(target)
                found[spelled] = max(found.get(spelled, 0), worth)
    return sorted(((worth, url) for url, worth in found.items()), key=lambda link: (-link[0], link[1]))


def _is_own_page(url: str, places: Collection[str]) -> bool:
    return belongs(url, places) and not _NEVER.search(urlsplit(url).path) and url.count("&") <= 2


def _anchors(tree: LexborHTMLParser, base: str) -> Iterable[tuple[str, str]]:
    for anchor in tree.css("a[href], iframe[src]")[:2_000]:
        href = anchor.attributes.get("href") or anchor.attributes.get("src") or ""
        try:
            url = urljoin(base, href.strip())
            usable = url.startswith(("http://", "https://")) and len(url) < 500 and clean(url)
        except ValueError:  # pages hold links that are no addresses, such as http://[oops
            continue
        if usable:
            yield url, anchor.text()[:80]
