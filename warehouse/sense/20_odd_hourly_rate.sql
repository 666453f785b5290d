-- Below $50 or above $260 an hour a price may well be right, but a person should have seen it.
SELECT price_no, format('${:.2f} an hour is rare: most ask $50 to $260', cents * 0.6 / duration_min) AS reason
FROM unflagged
WHERE duration_min > 0 AND cents::HUGEINT * 60 // duration_min NOT BETWEEN 5000 AND 26000
