-- Prices that cannot be followed to the visit that saw them.
SELECT p.price_id, p.url, p.snippet[:80] FROM prices AS p ANTI JOIN provenance AS v ON v.price_id = p.price_id;
