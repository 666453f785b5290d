"""What the warehouse holds and how old it is."""

from __future__ import annotations

import duckdb
import pandas as pd

DEFINITION = "What the warehouse holds. Times are UTC; a failed visit neither shows nor ends a price."

_FACTS = """
SELECT fact, value FROM (VALUES
    (1, 'crawls', (SELECT count(*)::VARCHAR FROM crawls)),
    (2, 'newest crawl', (SELECT max(crawl_id) FROM crawls)),
    (3, 'interrupted crawls', (SELECT count(*)::VARCHAR FROM crawls WHERE interrupted)),
    (4, 'crawl folders set aside', (SELECT count(*)::VARCHAR FROM folders_set_aside)),
    (5, 'clinics', (SELECT count(*)::VARCHAR FROM clinics WHERE listed)),
    (6, 'locations', (SELECT count(*)::VARCHAR FROM locations WHERE listed)),
    (7, 'visits', (SELECT count(*)::VARCHAR FROM visits)),
    (8, 'failed visits', (SELECT count(*)::VARCHAR FROM visits WHERE outcome = 'failed')),
    (9, 'newest page', (SELECT strftime(max(seen_at), '%Y-%m-%d %H:%M') FROM visits WHERE outcome <> 'failed')),
    (10, 'pages', (SELECT count(*)::VARCHAR FROM pages)),
    (11, 'current prices', (SELECT count(*)::VARCHAR FROM prices WHERE is_current)),
    (12, 'of these voting', (SELECT count(*)::VARCHAR FROM prices WHERE is_current AND abstains IS NULL)),
    (13, 'rejections', (SELECT count(*)::VARCHAR FROM rejections)),
    (14, 'reader versions', (SELECT array_to_string(reader_versions, ', ') FROM warehouse_info))
) AS facts(position, fact, value)
ORDER BY position
"""


def status(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Facts about the warehouse, in the columns ``fact`` and ``value``."""
    return con.execute(_FACTS).df()


def set_aside(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Crawl folders that could not be read, with the reason."""
    return con.execute("FROM folders_set_aside ORDER BY folder").df()
