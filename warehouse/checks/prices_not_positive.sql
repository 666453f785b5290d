-- Prices of nothing or less.
SELECT price_id, location_id, cents FROM prices WHERE cents <= 0;
