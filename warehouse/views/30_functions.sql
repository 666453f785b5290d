-- A price holds from the visit that saw it first until the one that no longer did; of an address that could not be
-- reached meanwhile the newest good visit counts.
CREATE MACRO prices_on(day) AS TABLE
SELECT * EXCLUDE (is_current) FROM prices
WHERE first_seen_at < (day::DATE + 1)::TIMESTAMP_S AND (gone_at IS NULL OR gone_at >= (day::DATE + 1)::TIMESTAMP_S);
COMMENT ON MACRO TABLE prices_on IS 'Prices that held at the end of a UTC day: FROM prices_on(DATE ''2026-03-01'').';

CREATE MACRO provenance(price) AS TABLE FROM provenance WHERE price_id = price;
COMMENT ON MACRO TABLE provenance IS 'From one price to the words on the page and the visit that last saw them.';
