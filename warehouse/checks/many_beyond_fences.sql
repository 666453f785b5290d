-- More than one voting price in five held back by an hourly fence, of at least twenty: the reading as a whole is wrong.
SELECT count(*) FILTER (f.price_id IS NOT NULL) AS beyond, count(*) AS prices
FROM prices AS p
LEFT JOIN (SELECT DISTINCT price_id FROM flags WHERE check_name = 'hourly_fence' AND verdict IS DISTINCT FROM 'keep') AS f
    ON f.price_id = p.price_id
WHERE p.is_current AND p.abstains IS NULL
HAVING count(*) >= 20 AND count(*) FILTER (f.price_id IS NOT NULL) > 0.2 * count(*);
