-- A step needs the old price to be gone: tiers that stand side by side are no change.
CREATE VIEW price_changes AS
WITH stepped AS (
    SELECT
        *,
        lag(cents) OVER steps AS cents_before,
        lag(price_id) OVER steps AS price_id_before,
        lag(gone_at) OVER steps AS gone_before
    FROM prices
    WINDOW steps AS (
        PARTITION BY location_id, url, service, modality, duration_min, audience, category, currency, tax_basis
        ORDER BY first_seen_at, price_id
    )
)
SELECT
    location_id, service, modality, duration_min, audience, category, cents_before, cents,
    cents - cents_before AS change_cents, round(100.0 * (cents - cents_before) / cents_before, 1) AS change_percent,
    first_seen_at AS changed_at, url, price_id_before, price_id
FROM stepped
WHERE gone_before <= first_seen_at AND cents <> cents_before
ORDER BY changed_at, location_id, service, duration_min, price_id;
COMMENT ON VIEW price_changes IS 'Steps from one price of a service to its next on the same page.';
COMMENT ON COLUMN price_changes.location_id IS 'See prices.location_id.';
COMMENT ON COLUMN price_changes.service IS 'See prices.service.';
COMMENT ON COLUMN price_changes.modality IS 'See prices.modality.';
COMMENT ON COLUMN price_changes.duration_min IS 'See prices.duration_min.';
COMMENT ON COLUMN price_changes.audience IS 'See prices.audience.';
COMMENT ON COLUMN price_changes.category IS 'See prices.category.';
COMMENT ON COLUMN price_changes.cents_before IS 'The price before the step.';
COMMENT ON COLUMN price_changes.cents IS 'The price after it.';
COMMENT ON COLUMN price_changes.change_cents IS 'The difference.';
COMMENT ON COLUMN price_changes.change_percent IS 'The difference in percent of the price before.';
COMMENT ON COLUMN price_changes.changed_at IS 'The first visit that saw the new price, UTC; the change lies between it and the visit before.';
COMMENT ON COLUMN price_changes.url IS 'See prices.url.';
COMMENT ON COLUMN price_changes.price_id_before IS 'The earlier interval (prices).';
COMMENT ON COLUMN price_changes.price_id IS 'The later interval (prices).';
