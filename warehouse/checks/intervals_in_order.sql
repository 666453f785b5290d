-- Intervals that end before they begin, or that go on after the price was gone.
SELECT url, cents, first_seen_at, last_seen_at, gone_at FROM price_intervals
WHERE last_seen_at < first_seen_at OR gone_at < last_seen_at;
