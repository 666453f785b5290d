-- Prices that cannot be followed to the visit that saw them.
SELECT i.url, i.cents, i.last_seen_at
FROM price_intervals AS i
ANTI JOIN page_runs AS r ON r.clinic_id = i.clinic_id AND r.url = i.url AND r.page_digest = i.page_digest
    AND i.last_seen_at BETWEEN r.first_seen_at AND r.last_seen_at
WHERE i.gone_at IS NULL OR i.gone_at >= (SELECT begins FROM touched);
