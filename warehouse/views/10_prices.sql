CREATE MACRO price_id_of(p) AS left(sha256(to_json([
    p.location_id, p.url, p.service, p.modality, p.duration_min::VARCHAR, p.audience, p.category, p.cents::VARCHAR,
    p.tax_basis, p.currency, array_to_string(p.modalities, '|'), p.first_seen_at::VARCHAR, p.tie::VARCHAR
])::VARCHAR), 20);
COMMENT ON MACRO price_id_of IS 'The key of a row of prices, from what it is.';

-- price_id costs something; it is worked out only where a query asks for it. Evidence is a join away, in provenance.
CREATE VIEW prices AS
WITH named AS (
    SELECT
    l.location_id, i.url, t.service, t.category, t.modality, t.modalities, t.duration_min, t.duration_bin, t.short_hour,
    t.audience, i.cents, t.tax_basis, t.currency, i.confidence, i.abstains,
    i.page_digest, i.ordinal, i.first_seen_at, i.last_seen_at,
    i.gone_at, i.sightings, i.tie, i.gone_at IS NULL AND l.listed AS is_current
FROM price_intervals AS i
JOIN things AS t ON t.thing_key = i.thing_key
JOIN locations AS l ON l.clinic_id = i.clinic_id
)
SELECT price_id_of(named) AS price_id, * FROM named;
COMMENT ON VIEW prices IS 'Prices of locations as intervals: one row for as long as a page showed the same price of the same thing.';
COMMENT ON COLUMN prices.price_id IS 'Stable key, the same in every rebuild.';
COMMENT ON COLUMN prices.location_id IS 'The location that asks it.';
COMMENT ON COLUMN prices.url IS 'The page that shows it.';
COMMENT ON COLUMN prices.service IS 'Name as printed.';
COMMENT ON COLUMN prices.category IS 'As in offers.';
COMMENT ON COLUMN prices.modality IS 'Primary modality.';
COMMENT ON COLUMN prices.modalities IS 'All modalities the price is for.';
COMMENT ON COLUMN prices.duration_min IS 'Length in minutes as printed.';
COMMENT ON COLUMN prices.duration_bin IS 'The published length it counts in.';
COMMENT ON COLUMN prices.short_hour IS 'Whether it is a 50-minute hour.';
COMMENT ON COLUMN prices.audience IS 'For whom it holds.';
COMMENT ON COLUMN prices.cents IS 'Cents before GST.';
COMMENT ON COLUMN prices.tax_basis IS 'excluded, included or assumed_excluded.';
COMMENT ON COLUMN prices.currency IS 'ISO code.';
COMMENT ON COLUMN prices.confidence IS 'Trust in the reading at the newest sighting.';
COMMENT ON COLUMN prices.abstains IS 'Why it has no vote in figures; NULL if it votes.';
COMMENT ON COLUMN prices.page_digest IS 'The page of the newest sighting; with ordinal the key of offers.';
COMMENT ON COLUMN prices.ordinal IS 'Its place on that page.';
COMMENT ON COLUMN prices.first_seen_at IS 'When it was seen first, UTC.';
COMMENT ON COLUMN prices.last_seen_at IS 'When it was seen last, UTC.';
COMMENT ON COLUMN prices.gone_at IS 'First good visit of its page that no longer showed it, UTC; NULL if none did.';
COMMENT ON COLUMN prices.sightings IS 'Number of visits that saw it.';
COMMENT ON COLUMN prices.tie IS 'Tells apart prices of one thing that begin in the same second; else 0.';
COMMENT ON COLUMN prices.is_current IS 'Whether the newest good visit of its page still showed it and the registry lists the location.';
