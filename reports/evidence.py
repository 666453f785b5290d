"""The prices that a figure rests on, each with the words on the page and a link to them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from reports.names import bin_minutes, labels_of, modality_id, region_label

DEFINITION = (
    "Current list prices before GST that may vote, of the modality and those that count in it, each with the words on "
    "the page; the link opens the page and marks them, as far as it still shows them."
)

_BEHIND = """
SELECT p.location_id, l.name AS location_name, l.place_key, p.service, p.cents AS price_cents, v.snippet, v.link,
    p.last_seen_at, p.price_id
FROM voting_prices AS p
JOIN locations AS l ON l.location_id = p.location_id
LEFT JOIN provenance AS v ON v.price_id = p.price_id
WHERE p.is_current AND p.category = 'massage' AND p.currency = 'CAD' AND p.duration_bin = $minutes AND EXISTS (
    SELECT 1 FROM modality_tree AS t
    WHERE t.ancestor_id = $modality AND list_contains(list_append(p.modalities, p.modality), t.descendant_id))
ORDER BY p.cents, p.location_id, p.price_id
"""


def evidence(
    con: duckdb.DuckDBPyConnection, *, modality: str, minutes: int, regions: Sequence[str] = ()
) -> pd.DataFrame:
    """One row a price, cheapest first; all of Alberta unless ``regions`` are named. Raises ``UnknownName``."""
    asked = {region_label(region) for region in regions}
    rows = con.execute(_BEHIND, {"modality": modality_id(modality), "minutes": bin_minutes(minutes)}).df()
    there = [
        not asked or bool(asked & set(labels_of(key if isinstance(key, str) else None))) for key in rows["place_key"]
    ]
    return rows[pd.Series(there, index=rows.index, dtype=bool)].drop(columns="place_key").reset_index(drop=True)
