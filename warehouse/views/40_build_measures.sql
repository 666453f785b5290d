CREATE VIEW build_measures AS
WITH counted AS (
    SELECT
        count(*) FILTER (is_current) AS current_prices,
        count(*) FILTER (is_current AND abstains IS NULL) AS voting_prices,
        count(DISTINCT location_id) FILTER (is_current) AS priced_locations,
        count(*) FILTER (is_current AND duration_min IS NOT NULL) / nullif(count(*) FILTER (is_current), 0) AS with_length,
        count(*) FILTER (is_current AND category = 'massage' AND modality IS NOT NULL)
            / nullif(count(*) FILTER (is_current AND category = 'massage'), 0) AS with_modality,
        median(cents) FILTER (is_current AND abstains IS NULL AND duration_bin = 60) AS hour_cents
    FROM prices
)
SELECT measure, kind, value FROM (
    SELECT 'current prices' AS measure, 'count' AS kind, current_prices::DOUBLE AS value FROM counted
    UNION ALL SELECT 'current prices that may vote', 'count', voting_prices FROM counted
    UNION ALL SELECT 'locations with current prices', 'count', priced_locations FROM counted
    UNION ALL SELECT 'visits', 'count', count(*) FROM visits
    UNION ALL SELECT 'pages', 'count', count(*) FROM pages
    UNION ALL SELECT 'current prices with a length', 'share', with_length FROM counted
    UNION ALL SELECT 'current massage prices with a modality', 'share', with_modality FROM counted
    UNION ALL SELECT 'middle price of 60 minutes, in cents', 'level', hour_cents FROM counted
)
WHERE value IS NOT NULL
ORDER BY measure;
COMMENT ON VIEW build_measures IS 'What a build is compared by with the one before it, so that a sudden fall is seen before it is published.';
COMMENT ON COLUMN build_measures.measure IS 'What is measured.';
COMMENT ON COLUMN build_measures.kind IS 'count, share (0 to 1) or level.';
COMMENT ON COLUMN build_measures.value IS 'Its value.';
