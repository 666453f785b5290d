-- A price that jumps by more than 35 percent is held for one visit and counts once it has been seen again. Two prices of
-- one thing that a page shows side by side are no jump.
WITH things AS (
    SELECT price_no, cents, first_seen_at, [
        location_id, url, service, modality, duration_min::VARCHAR, audience] AS thing
    FROM unflagged WHERE sightings = 1
), earlier AS (
    SELECT [location_id, url, service, modality, duration_min::VARCHAR, audience] AS thing, last_seen_at,
        median(cents) AS cents
    FROM prices WHERE abstains IS NULL AND thing IN (SELECT thing FROM things)
    GROUP BY ALL
)
SELECT t.price_no, format('from ${:.2f} to ${:.2f}, seen once', e.cents / 100, t.cents / 100) AS reason
FROM things AS t ASOF JOIN earlier AS e ON e.thing = t.thing AND e.last_seen_at < t.first_seen_at
WHERE abs(ln(t.cents / e.cents)) > ln(1.35)
