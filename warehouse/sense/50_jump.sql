-- A price that jumps by more than 35 percent is held for one visit and counts once it has been seen again. Two prices of
-- one thing that a page shows side by side are no jump.
WITH steps AS (
    SELECT price_id, cents, sightings, first_seen_at, lag(cents) OVER thing AS before_cents,
        lag(last_seen_at) OVER thing AS before_seen_at
    FROM unflagged
    WINDOW thing AS (
        PARTITION BY location_id, url, service, modality, duration_min, audience ORDER BY first_seen_at, price_id
    )
)
SELECT price_id, format('from ${:.2f} to ${:.2f}, seen once', before_cents / 100, cents / 100) AS reason
FROM steps
WHERE before_cents > 0 AND before_seen_at < first_seen_at AND sightings = 1 AND abs(ln(cents / before_cents)) > ln(1.35)
