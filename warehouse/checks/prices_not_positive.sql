-- Prices of nothing or less.
SELECT clinic_id, url, cents FROM price_intervals WHERE cents <= 0;
