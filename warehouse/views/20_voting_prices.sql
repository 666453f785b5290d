CREATE VIEW voting_prices AS
SELECT p.*
FROM prices AS p
WHERE p.abstains IS NULL
    AND NOT EXISTS (SELECT 1 FROM flags AS f WHERE f.price_id = p.price_id AND f.verdict IS DISTINCT FROM 'keep');
COMMENT ON VIEW voting_prices IS 'Prices that may vote in figures: nothing makes them abstain, and no flag on them is open or confirmed.';
COMMENT ON COLUMN voting_prices.price_id IS 'See prices.price_id.';
COMMENT ON COLUMN voting_prices.location_id IS 'See prices.location_id.';
COMMENT ON COLUMN voting_prices.url IS 'See prices.url.';
COMMENT ON COLUMN voting_prices.service IS 'See prices.service.';
COMMENT ON COLUMN voting_prices.category IS 'See prices.category.';
COMMENT ON COLUMN voting_prices.modality IS 'See prices.modality.';
COMMENT ON COLUMN voting_prices.modalities IS 'See prices.modalities.';
COMMENT ON COLUMN voting_prices.duration_min IS 'See prices.duration_min.';
COMMENT ON COLUMN voting_prices.duration_bin IS 'See prices.duration_bin.';
COMMENT ON COLUMN voting_prices.short_hour IS 'See prices.short_hour.';
COMMENT ON COLUMN voting_prices.audience IS 'See prices.audience.';
COMMENT ON COLUMN voting_prices.cents IS 'See prices.cents.';
COMMENT ON COLUMN voting_prices.tax_basis IS 'See prices.tax_basis.';
COMMENT ON COLUMN voting_prices.currency IS 'See prices.currency.';
COMMENT ON COLUMN voting_prices.confidence IS 'See prices.confidence.';
COMMENT ON COLUMN voting_prices.abstains IS 'See prices.abstains.';
COMMENT ON COLUMN voting_prices.page_digest IS 'See prices.page_digest.';
COMMENT ON COLUMN voting_prices.ordinal IS 'See prices.ordinal.';
COMMENT ON COLUMN voting_prices.first_seen_at IS 'See prices.first_seen_at.';
COMMENT ON COLUMN voting_prices.last_seen_at IS 'See prices.last_seen_at.';
COMMENT ON COLUMN voting_prices.gone_at IS 'See prices.gone_at.';
COMMENT ON COLUMN voting_prices.sightings IS 'See prices.sightings.';
COMMENT ON COLUMN voting_prices.tie IS 'See prices.tie.';
COMMENT ON COLUMN voting_prices.is_current IS 'See prices.is_current.';
