"""Page to offers: booking platforms by their own menus, every other page by the website reader.

A platform is one module of this package with ``NAME``, ``recognises(page)``, ``menu_urls(url)`` and ``read(page)``;
it is found by being there.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from pipelines.parsing import NestedTooDeep
from pipelines.readers import website
from pipelines.records import Page, Reading, Rejection


class Platform(Protocol):
    """What a booking platform's module offers."""

    NAME: str

    def recognises(self, page: Page) -> bool:
        """Whether the page carries this platform's menu."""

    def menu_urls(self, url: str) -> tuple[str, ...]:
        """The public menu pages of a link to this platform; none for other links."""

    def read(self, page: Page) -> Reading:
        """The offers of a menu page."""


@cache
def platforms() -> tuple[Platform, ...]:
    """All platform modules of this package, in alphabetical order."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(cast("Platform", module) for module in modules if hasattr(module, "recognises"))


def platform_of(url: str) -> str | None:
    """The name of the platform that a link leads to."""
    return next((platform.NAME for platform in platforms() if platform.menu_urls(url)), None)


def menu_urls(url: str) -> tuple[str, ...]:
    """The public menu pages of a link to a known booking platform; none for any other link."""
    return next((urls for platform in platforms() if (urls := platform.menu_urls(url))), ())


def read_page(page: Page) -> Reading:
    """All that a page yields. Never raises: what goes wrong in reading becomes a rejection."""
    try:
        for platform in platforms():
            if platform.recognises(page):
                return platform.read(page)
        return website.read(page)
    except Exception as error:  # the last line of defence: a page must never end a crawl
        return Reading(rejections=(Rejection("", f"the reader failed: {type(error).__name__}: {error}"),))


def sketch(page: Page) -> str:
    """How the website reader sees a page, line by line near its amounts; empty for what another reader reads."""
    if any(platform.recognises(page) for platform in platforms()):
        return ""
    try:
        return "\n".join(website.sketch_of(website.outline_of(page)))
    except NestedTooDeep as error:
        return str(error)
