CREATE VIEW price_changes AS
SELECT location_id, url, service, modality, duration_min, audience,
    lag(cents) OVER same AS cents_before, cents AS cents_after, first_seen_at AS changed_at, price_id
FROM prices
WINDOW same AS (PARTITION BY location_id, url, service, modality, duration_min, audience, category ORDER BY first_seen_at, price_id)
QUALIFY cents_before <> cents_after AND lag(last_seen_at) OVER same <= first_seen_at
ORDER BY changed_at, location_id, price_id;
COMMENT ON VIEW price_changes IS 'Where a thing''s price gave way to another one on the same page.';
