CREATE VIEW current_prices AS
SELECT
    p.price_id, p.location_id, l.clinic_id, l.name AS location_name, l.city, l.place_key, l.publish_region, p.service,
    p.modality, p.modalities, p.duration_min, p.duration_bin, p.short_hour, p.audience, p.category, p.cents,
    p.tax_basis, p.currency, p.abstains, p.confidence, o.snippet, p.url, p.first_seen_at, p.last_seen_at
FROM prices AS p
JOIN locations AS l ON l.location_id = p.location_id
JOIN offers AS o ON o.page_digest = p.page_digest AND o.ordinal = p.ordinal
WHERE p.is_current
ORDER BY p.location_id, p.url, p.ordinal, p.price_id;
COMMENT ON VIEW current_prices IS 'Prices that hold now, with where they hold. Columns are those of prices and locations.';
COMMENT ON COLUMN current_prices.price_id IS 'See prices.price_id.';
COMMENT ON COLUMN current_prices.location_id IS 'See prices.location_id.';
COMMENT ON COLUMN current_prices.clinic_id IS 'See locations.clinic_id.';
COMMENT ON COLUMN current_prices.location_name IS 'See locations.name.';
COMMENT ON COLUMN current_prices.city IS 'See locations.city.';
COMMENT ON COLUMN current_prices.place_key IS 'See locations.place_key.';
COMMENT ON COLUMN current_prices.publish_region IS 'See locations.publish_region.';
COMMENT ON COLUMN current_prices.service IS 'See prices.service.';
COMMENT ON COLUMN current_prices.modality IS 'See prices.modality.';
COMMENT ON COLUMN current_prices.modalities IS 'See prices.modalities.';
COMMENT ON COLUMN current_prices.duration_min IS 'See prices.duration_min.';
COMMENT ON COLUMN current_prices.duration_bin IS 'See prices.duration_bin.';
COMMENT ON COLUMN current_prices.short_hour IS 'See prices.short_hour.';
COMMENT ON COLUMN current_prices.audience IS 'See prices.audience.';
COMMENT ON COLUMN current_prices.category IS 'See prices.category.';
COMMENT ON COLUMN current_prices.cents IS 'See prices.cents.';
COMMENT ON COLUMN current_prices.tax_basis IS 'See prices.tax_basis.';
COMMENT ON COLUMN current_prices.currency IS 'See prices.currency.';
COMMENT ON COLUMN current_prices.abstains IS 'See prices.abstains.';
COMMENT ON COLUMN current_prices.confidence IS 'See prices.confidence.';
COMMENT ON COLUMN current_prices.snippet IS 'See offers.snippet.';
COMMENT ON COLUMN current_prices.url IS 'See prices.url.';
COMMENT ON COLUMN current_prices.first_seen_at IS 'See prices.first_seen_at.';
COMMENT ON COLUMN current_prices.last_seen_at IS 'See prices.last_seen_at.';
