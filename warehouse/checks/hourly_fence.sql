-- Prices that vote although an hour at their rate would cost less than $25 or more than $400.
SELECT price_id, location_id, service, duration_min, cents
FROM prices
WHERE abstains IS NULL AND duration_min > 0 AND cents::HUGEINT * 60 // duration_min NOT BETWEEN 2500 AND 40000;
