"""Why a visit failed, as one of few classes that a person can count."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawlers.middlewares.address_guard import BlockedAddressError
from crawlers.middlewares.redirects import RedirectOffSiteError
from crawlers.middlewares.robots import RobotsForbidError

_CLASSES: tuple[tuple[type[BaseException], str], ...] = (
    (BlockedAddressError, "blocked_address"),
    (RobotsForbidError, "robots"),
    (RedirectOffSiteError, "redirect_off_site"),
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "too_large"),
    (DownloadConnectionRefusedError, "connection"),
    (ResponseDataLossError, "connection"),
    (DownloadFailedError, "connection"),
)

#: What each class means, for people.
WORDS = {
    "blocked_address": "leads to a private address",
    "robots": "robots.txt does not allow it",
    "redirect_off_site": "redirects to another site",
    "dns": "the name does not exist",
    "timeout": "no answer in time",
    "too_large": "the answer is too large",
    "connection": "the server does not answer",
    "unsupported_type": "not a page",
    "other": "failed",
}


def classify(error: BaseException | None) -> str:
    """The class of an error, following its causes.

    >>> classify(DownloadTimeoutError()), classify(ValueError())
    ('timeout', 'other')
    """
    seen = error
    while seen is not None:
        for kind, name in _CLASSES:
            if isinstance(seen, kind):
                return name
        if isinstance(seen, IgnoreRequest) and "max" in str(seen).lower() and "size" in str(seen).lower():
            return "too_large"
        for reason in getattr(seen, "reasons", ()):
            found = classify(reason.value)
            if found != "other":
                return found
        seen = seen.__cause__ or seen.__context__
    return "other"
