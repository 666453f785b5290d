-- No voting price is below $25 or above $400 an hour, free of charge, or without a modality.
SELECT price_id, cents, duration_min FROM prices
WHERE abstains IS NULL AND (cents <= 0 OR duration_bin IS NULL OR modality IS NULL
    OR cents * 60 // duration_min NOT BETWEEN 2500 AND 40000)
