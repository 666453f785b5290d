-- An interval does not end before it begins.
SELECT price_id FROM prices WHERE last_seen_at < first_seen_at OR sightings < 1
