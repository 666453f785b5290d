"""Scrapy's settings for visiting clinics: polite by default.

What a person may want to change comes from ``ratecard_settings``; the rest is how a guest behaves.
"""

from __future__ import annotations

from importlib.metadata import version

from ratecard_settings import RatecardSettings

_ours = RatecardSettings()

BOT_NAME = "ratecard"
SPIDER_MODULES = ["crawlers.spiders"]

# who we are: a name, a version and somebody to write to
USER_AGENT = f"Ratecard/{version('ratecard')} (+{_ours.contact or 'no contact address set'})"
CONTACT = _ours.contact

# a guest's pace: one request at a time and host, a wait between two, longer where the server is slow
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = _ours.delay_seconds
DOWNLOAD_DELAY_JITTER = 0  # Scrapy would take up to half off; ours and a Crawl-delay are the least
AUTOTHROTTLE_ENABLED = _ours.delay_seconds > 0
AUTOTHROTTLE_START_DELAY = _ours.delay_seconds
AUTOTHROTTLE_MAX_DELAY = 60.0
RETRY_TIMES = 1
RETRY_HTTP_CODES = [502, 503, 504]
COOKIES_ENABLED = False
REFERRER_POLICY = "same-origin"

# bounds on what one answer and one clinic may cost
DOWNLOAD_TIMEOUT = _ours.timeout_seconds
DOWNLOAD_MAXSIZE = _ours.page_bytes
DOWNLOAD_WARNSIZE = 0
DNS_TIMEOUT = 20
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
PAGES_PER_CLINIC = _ours.pages_per_clinic
DEPTH_PER_CLINIC = _ours.depth

# no open doors: Scrapy's remote control runs code that is sent to it, the telnet console likewise
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

ALLOW_PRIVATE_HOSTS = list(_ours.allow_private_hosts)
HTTPPROXY_ENABLED = False  # a proxy resolves names itself, past the guard
TWISTED_DNS_RESOLVER = "crawlers.middlewares.address_guard.GuardedResolver"
DOWNLOADER_MIDDLEWARES = {
    "crawlers.middlewares.address_guard.AddressGuardMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawlers.middlewares.redirects.OwnSiteRedirectMiddleware": 600,
}
ITEM_PIPELINES = {
    "pipelines.scrapy_items.ReadPipeline": 300,
    "crawlers.item_pipeline.ArchivePipeline": 500,
}
EXTENSIONS = {
    "crawlers.progress.Progress": 500,
    # defined in the front door, so that no import turns back from here to the warehouse
    "ratecard.building.BuildOnClose": 900,
}
DATA_DIR = str(_ours.data_dir)
CLINICS = str(_ours.clinics) if _ours.clinics else None
BUILD_AFTER_CRAWL = _ours.build_after_crawl

# failed visits are part of the record and of the progress lines; the log need not repeat them with tracebacks
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawlers.progress.QuietLogFormatter"
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
