-- The prices that the votes of a day rest on, with the words on the page and when they were last seen there.
SELECT
    p.price_id, p.location_id, l.clinic_id, l.name AS location_name, l.place_key, l.publish_region, p.service, p.modality,
    p.modalities, p.duration_min, p.duration_bin, p.short_hour, p.audience, p.cents, p.tax_basis, p.url, o.snippet,
    p.page_digest, p.first_seen_at, least(p.last_seen_at, $as_of::DATE + INTERVAL 1 DAY) AS last_seen_at
FROM voting_prices AS p
JOIN locations AS l ON l.location_id = p.location_id
JOIN offers AS o ON o.page_digest = p.page_digest AND o.ordinal = p.ordinal
WHERE l.listed AND p.currency = 'CAD' AND p.category = 'massage' AND p.duration_bin IS NOT NULL
    AND p.audience IN ('regular', 'follow_up', 'first_visit')
    AND p.first_seen_at::DATE <= $as_of::DATE
    AND (p.gone_at IS NULL OR p.gone_at::DATE > $as_of::DATE)
    AND p.last_seen_at::DATE >= $as_of::DATE - $expiry_days::INTEGER
ORDER BY p.location_id, p.url, p.service, p.duration_min, p.cents, p.price_id
