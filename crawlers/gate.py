"""What must hold before anybody is visited: a sound registry, a contact address, and no other crawl on the data.

Both ways to start a crawl, ours and ``scrapy crawl``, pass through here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from scrapy.settings import BaseSettings

from crawlers.addresses import is_allowed
from crawlers.links import site_of
from crawlers.recovery import recover


class CrawlRefusedError(Exception):
    """A crawl that may not or cannot start; the text says what to do."""


class ContactMissingError(CrawlRefusedError):
    """Real sites would be visited without a contact address."""


class CrawlRunningError(CrawlRefusedError):
    """Another crawl holds the data folder."""


def require_contact(settings: BaseSettings, urls: Iterable[str]) -> None:
    """Raise ``ContactMissingError`` if a real site would be visited by somebody without an address."""
    allowed = settings.getlist("ALLOW_PRIVATE_HOSTS")
    real = [url for url in urls if not is_allowed(urlsplit(url).hostname or "", allowed)]
    if real and not settings.get("CONTACT"):
        others = f" and {len(real) - 1} more are real sites" if len(real) > 1 else " is a real site"
        raise ContactMissingError(
            f"{site_of(real[0])}{others}, and no contact address is set for the User-Agent.\n"
            'Set one first: contact = "you@example.org" in ratecard.toml, or RATECARD_CONTACT in the environment.'
        )


def lock_crawls(data_dir: Path) -> FileLock:
    """Take the one crawl lock of a data folder and finish what a crash left there. Raises ``CrawlRefusedError``.

    The lock is the operating system's: it is gone with the process that held it, however that ended.
    """
    lock = FileLock(data_dir / "crawl.lock")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        recover(data_dir / "crawls")
    except Timeout as error:
        raise CrawlRunningError(
            f"a crawl is already running on {data_dir} (it holds {lock.lock_file}); wait for it to end"
        ) from error
    except OSError as error:
        lock.release()
        raise CrawlRefusedError(
            f"{data_dir} cannot be written: {error.strerror}; make room or choose another data_dir"
        ) from error
    return lock
