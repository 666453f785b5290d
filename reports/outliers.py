"""Prices that figures leave out because they lie far from the model's, for a person to look at."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from reports.desk import Desk
from reports.province import FENCE

#: The name under which ``ratecard decide`` keeps or drops them.
CHECK = "far_from_model"
_PRICES = """
SELECT
    left(sha256(to_json([
        $check, p.location_id, p.service, p.duration_min::VARCHAR, p.audience, p.cents::VARCHAR
    ])::VARCHAR), 8) AS flag_id,
    $check AS check_name, p.location_id, p.service, p.duration_min, p.cents AS price_cents,
    list_distinct(list_append(p.modalities, p.modality)) AS modalities, p.duration_bin, NULL AS verdict,
    NULL AS decided_on, NULL AS because, v.snippet, v.link, p.audience
FROM voting_prices AS p
LEFT JOIN provenance AS v ON v.price_id = p.price_id
WHERE p.is_current AND p.location_id IN (SELECT unnest($locations::VARCHAR[])) AND p.duration_bin IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM decisions AS d
        WHERE (d.check_name, d.location_id, d.service, d.audience, d.cents)
            = ($check, p.location_id, p.service, p.audience, p.cents)
            AND d.duration_min IS NOT DISTINCT FROM p.duration_min
    )
QUALIFY row_number() OVER (PARTITION BY flag_id ORDER BY p.url, p.price_id) = 1
ORDER BY p.location_id, p.service, p.duration_min, p.cents
"""


def outliers(con: duckdb.DuckDBPyConnection, desk: Desk) -> pd.DataFrame:
    """The prices behind votes that were set aside, in the columns of open flags; decided ones are not asked again."""
    if desk.found is None:
        return pd.DataFrame()
    aside = desk.found.set_aside
    names = [aside.locations[n] for n in aside.location]
    kinds = [aside.modalities[n] for n in aside.modality]
    middles = [
        desk.found.location(int(r), int(m), int(d)) or 0.0
        for r, m, d in zip(aside.region, aside.modality, aside.minutes, strict=True)
    ]
    told = {
        (who, kind, int(minutes)): f"${np.exp(middle) / 100:.0f} by the model, more than {np.exp(FENCE):.2f} times off"
        for who, kind, minutes, middle in zip(names, kinds, aside.minutes, middles, strict=True)
    }
    rows = con.execute(_PRICES, {"check": CHECK, "locations": sorted(set(names))}).df()
    keys = zip(rows["location_id"], rows["modalities"], rows["duration_bin"], strict=True)
    reasons = [next((told[who, k, d] for k in own if (who, k, d) in told), None) for who, own, d in keys]
    rows.insert(6, "reason", reasons)
    return rows[rows["reason"].notna()].drop(columns=["modalities", "duration_bin"]).reset_index(drop=True)
