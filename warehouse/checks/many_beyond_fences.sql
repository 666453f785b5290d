-- More than one voting price in five held back by an hourly fence, of at least twenty: the reading as a whole is wrong.
WITH voting AS (SELECT cents::HUGEINT * 60 // duration_min AS hourly FROM prices
    WHERE is_current AND abstains IS NULL AND duration_min > 0)
SELECT count(*) FILTER (hourly NOT BETWEEN 2500 AND 40000) AS beyond, count(*) AS prices
FROM voting
HAVING count(*) >= 20 AND beyond > 0.2 * prices;
