CREATE VIEW price_history AS
SELECT
    location_id, service, modality, duration_min, audience, category, cents, first_seen_at, last_seen_at, gone_at,
    sightings, is_current, url, price_id
FROM prices
ORDER BY location_id, service, duration_min, audience, category, url, first_seen_at, cents, price_id;
COMMENT ON VIEW price_history IS 'What each location asked for each service and when, oldest first.';
COMMENT ON COLUMN price_history.location_id IS 'See prices.location_id.';
COMMENT ON COLUMN price_history.service IS 'See prices.service.';
COMMENT ON COLUMN price_history.modality IS 'See prices.modality.';
COMMENT ON COLUMN price_history.duration_min IS 'See prices.duration_min.';
COMMENT ON COLUMN price_history.audience IS 'See prices.audience.';
COMMENT ON COLUMN price_history.category IS 'See prices.category.';
COMMENT ON COLUMN price_history.cents IS 'See prices.cents.';
COMMENT ON COLUMN price_history.first_seen_at IS 'See prices.first_seen_at.';
COMMENT ON COLUMN price_history.last_seen_at IS 'See prices.last_seen_at.';
COMMENT ON COLUMN price_history.gone_at IS 'See prices.gone_at.';
COMMENT ON COLUMN price_history.sightings IS 'See prices.sightings.';
COMMENT ON COLUMN price_history.is_current IS 'See prices.is_current.';
COMMENT ON COLUMN price_history.url IS 'See prices.url.';
COMMENT ON COLUMN price_history.price_id IS 'See prices.price_id.';
