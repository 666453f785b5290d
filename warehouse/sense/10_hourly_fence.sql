-- An hour of massage by one person costs no less than $25 and no more than $400; beyond that the reading is wrong.
SELECT price_no, format('${:.2f} an hour lies outside $25 to $400', cents * 0.6 / duration_min) AS reason
FROM unflagged
WHERE duration_min > 0 AND cents::HUGEINT * 60 // duration_min NOT BETWEEN 2500 AND 40000
