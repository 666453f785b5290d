"""What a person should look at: what was refused, not understood, or has no vote, each with its evidence."""

from __future__ import annotations

import duckdb
import pandas as pd

_PRICE = """
SELECT p.location_id, p.service, p.duration_min, p.cents AS price_cents, p.confidence, p.abstains, p.snippet,
    o.flags, v.link, p.price_id
FROM prices AS p
JOIN offers AS o ON o.page_digest = p.page_digest AND o.ordinal = p.ordinal
LEFT JOIN provenance AS v ON v.price_id = p.price_id
WHERE p.is_current
"""


def rejections(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Texts that look like prices and were not understood, on the pages that addresses show now."""
    return con.execute(
        """
        WITH shown AS (
            SELECT clinic_id, url, page_digest, seen_at FROM visits WHERE outcome <> 'failed'
            QUALIFY row_number() OVER (PARTITION BY clinic_id, url ORDER BY seen_at DESC, visit_id DESC) = 1
        )
        SELECT s.clinic_id, r.reason, r.text, r.location_on_page, s.url, s.seen_at
        FROM rejections AS r JOIN shown AS s ON s.page_digest = r.page_digest
        ORDER BY s.clinic_id, s.url, r.ordinal
        """
    ).df()


def unknown_modalities(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Names of massages that no modality is known for, most frequent first; candidates for a synonym."""
    return con.execute(
        """
        SELECT service, count(DISTINCT location_id) AS locations, min(snippet) AS snippet, min(url) AS url
        FROM prices WHERE is_current AND category = 'massage' AND modality IS NULL
        GROUP BY service ORDER BY locations DESC, service
        """
    ).df()


def abstaining(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Current prices of massages without a vote, with the reason and the evidence."""
    order = "ORDER BY p.abstains, p.location_id, p.service, p.price_id"
    return con.execute(f"{_PRICE} AND p.category = 'massage' AND p.abstains IS NOT NULL {order}").df()


def low_confidence(con: duckdb.DuckDBPyConnection, below: float = 0.9) -> pd.DataFrame:
    """Current prices read with less than this confidence, least first, with the evidence."""
    order = "ORDER BY p.confidence, p.location_id, p.service, p.price_id"
    return con.execute(f"{_PRICE} AND p.confidence < $below {order}", {"below": below}).df()
