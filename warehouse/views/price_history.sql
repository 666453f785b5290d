CREATE VIEW price_history AS
SELECT location_id, url, service, modality, duration_min, audience, category, cents, tax_basis, first_seen_at, last_seen_at,
    sightings, is_current, price_id
FROM prices
ORDER BY location_id, url, service, duration_min, audience, first_seen_at, price_id;
COMMENT ON VIEW price_history IS 'Every price of every location through time, in order.';
