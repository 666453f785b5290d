-- A price that jumps by more than 35 percent is held for one visit and counts once it has been seen again.
WITH steps AS (
    SELECT price_id, cents, sightings, lag(cents) OVER (
        PARTITION BY location_id, url, service, modality, duration_min, audience ORDER BY first_seen_at, price_id
    ) AS before_cents
    FROM voting_prices
)
SELECT price_id, format('from ${:.2f} to ${:.2f}, seen once', before_cents / 100, cents / 100) AS reason
FROM steps
WHERE before_cents > 0 AND sightings = 1 AND abs(ln(cents / before_cents)) > ln(1.35)
