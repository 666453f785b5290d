-- The price of one thing rises with its length, within known ratios to its 60-minute price. This finds wrong lengths
-- that no comparison between clinics can see. Where all others disagree with the 60-minute price, that one is flagged.
WITH ratios(duration_bin, least, most) AS (
    VALUES (30, 0.45, 0.80), (45, 0.65, 0.95), (75, 1.05, 1.40), (90, 1.20, 1.65), (120, 1.50, 2.30)
), hours AS (
    SELECT location_id, service, modality, audience, median(cents) AS cents, min(first_seen_at) AS first_seen_at,
        max(last_seen_at) AS last_seen_at
    FROM unflagged WHERE duration_bin = 60 AND is_current GROUP BY ALL
), compared AS (
    SELECT v.price_no, v.location_id, v.service, v.modality, v.audience, v.duration_bin, v.cents, h.cents AS hour_cents,
        v.cents / h.cents NOT BETWEEN r.least AND r.most AS is_off
    FROM unflagged AS v
    JOIN ratios AS r ON r.duration_bin = v.duration_bin
    JOIN hours AS h ON (h.location_id, h.service, h.audience) = (v.location_id, v.service, v.audience)
        AND h.modality IS NOT DISTINCT FROM v.modality
    WHERE v.is_current
), curves AS (
    SELECT location_id, service, modality, audience, count(*) > 1 AND bool_and(is_off) AS hour_is_off
    FROM compared GROUP BY ALL
)
SELECT c.price_no,
    format('{} minutes at ${:.2f} do not fit 60 minutes at ${:.2f}', c.duration_bin, c.cents / 100, c.hour_cents / 100)
        AS reason
FROM compared AS c
JOIN curves AS k ON (k.location_id, k.service, k.audience) = (c.location_id, c.service, c.audience)
    AND k.modality IS NOT DISTINCT FROM c.modality
WHERE c.is_off AND NOT k.hour_is_off
UNION ALL
SELECT v.price_no, format('60 minutes at ${:.2f} fit none of the other lengths', v.cents / 100)
FROM unflagged AS v
JOIN curves AS k ON (k.location_id, k.service, k.audience) = (v.location_id, v.service, v.audience)
    AND k.modality IS NOT DISTINCT FROM v.modality
WHERE k.hour_is_off AND v.duration_bin = 60 AND v.is_current
