-- Intervals that end before they begin, or that go on after the price was gone.
SELECT price_id, first_seen_at, last_seen_at, gone_at
FROM prices
WHERE last_seen_at < first_seen_at OR gone_at < last_seen_at OR (is_current AND gone_at IS NOT NULL);
