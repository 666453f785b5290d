"""What a person should look at: what was refused, not understood, or has no vote, each with its evidence."""

from __future__ import annotations

import duckdb
import pandas as pd

from pipelines.modality import suggest
from pipelines.records import UNKNOWN_NAME

_PRICE = """
SELECT p.location_id, p.service, p.duration_min, p.cents AS price_cents, p.confidence, p.abstains, o.snippet,
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
    """Names of massages that the taxonomy does not know, most frequent first, with the ids that come nearest.

    Each is a candidate for a synonym in ``modalities.csv``; a suggestion is a hint, never a decision.
    """
    rows = con.execute(
        """
        SELECT p.service, count(DISTINCT p.location_id) AS locations, min(o.snippet) AS snippet, min(p.url) AS url
        FROM prices AS p JOIN offers AS o ON o.page_digest = p.page_digest AND o.ordinal = p.ordinal
        WHERE p.is_current AND p.category = 'massage' AND (p.modality IS NULL OR list_contains(o.flags, $unknown))
        GROUP BY p.service ORDER BY locations DESC, p.service
        """,
        {"unknown": UNKNOWN_NAME},
    ).df()
    rows.insert(2, "suggestions", [", ".join(suggest(name)) for name in rows["service"]])
    return rows


def open_flags(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Current prices that a check flagged and nobody has decided on, by check; one row a question."""
    return _flags(con, decided=False)


def decided_flags(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Flagged current prices that somebody has decided on, with the verdict and why."""
    return _flags(con, decided=True)


def _flags(con: duckdb.DuckDBPyConnection, *, decided: bool) -> pd.DataFrame:
    """Flags with their evidence; a price that several pages show is asked about once."""
    return con.execute(
        """
        SELECT f.flag_id, f.check_name, p.location_id, p.service, p.duration_min, p.cents AS price_cents, f.reason,
            f.verdict, f.decided_on, d.reason AS because, v.snippet, v.link, p.audience
        FROM flags AS f
        JOIN prices AS p ON p.price_id = f.price_id
        LEFT JOIN provenance AS v ON v.price_id = p.price_id
        LEFT JOIN decisions AS d
            ON (d.check_name, d.location_id, d.service, d.audience, d.cents)
                = (f.check_name, p.location_id, p.service, p.audience, p.cents)
            AND d.duration_min IS NOT DISTINCT FROM p.duration_min
        WHERE p.is_current AND (f.verdict IS NOT NULL) = $decided
        QUALIFY row_number() OVER (PARTITION BY f.flag_id ORDER BY p.url, p.price_id) = 1
        ORDER BY f.check_name, p.location_id, p.service, p.duration_min, p.cents
        """,
        {"decided": decided},
    ).df()


def unplaced(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Locations without a place, and those that no address on their pages agrees with, with the addresses printed."""
    return con.execute(
        """
        WITH shown AS (
            SELECT clinic_id, url, page_digest FROM visits WHERE outcome <> 'failed'
            QUALIFY row_number() OVER (PARTITION BY clinic_id, url ORDER BY seen_at DESC, visit_id DESC) = 1
        ), printed AS (
            SELECT l.location_id, count(a.city_key) AS placed,
                coalesce(bool_or(l.place_key IN (a.place_key, a.city_key) OR p.parent = a.city_key), false) AS agrees,
                string_agg(DISTINCT a.text, ' | ' ORDER BY a.text) AS addresses, min(s.url) AS url
            FROM locations AS l
            JOIN shown AS s ON s.clinic_id = l.clinic_id
            JOIN addresses AS a ON a.page_digest = s.page_digest
            LEFT JOIN places AS p ON p.place_key = l.place_key
            GROUP BY l.location_id
        )
        SELECT l.location_id, l.city, l.place_key, l.place_basis, d.addresses, d.url,
            CASE WHEN l.place_key IS NULL THEN 'no place: it counts only for Alberta as a whole'
                ELSE 'no address on its pages lies there' END AS reason
        FROM locations AS l LEFT JOIN printed AS d ON d.location_id = l.location_id
        WHERE l.listed AND (l.place_key IS NULL OR (d.placed > 0 AND NOT d.agrees))
        ORDER BY reason, l.location_id
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
