-- A number that is the length, a year or part of a telephone number may have been taken for a price.
WITH digits AS (
    SELECT u.*, o.snippet, (cents // 100)::VARCHAR AS dollars,
        regexp_extract(o.snippet, '\d{3}\D{1,2}\d{3}[-. ]\d{4}') AS telephone
    FROM unflagged AS u JOIN offers AS o ON o.page_digest = u.page_digest AND o.ordinal = u.ordinal
    WHERE cents % 100 = 0
)
SELECT price_no, CASE
    WHEN cents = duration_min * 100 THEN 'the price equals the minutes'
    WHEN cents // 100 BETWEEN 1990 AND 2040 THEN 'the price looks like a year'
    ELSE 'the price is part of a telephone number'
END AS reason
FROM digits
WHERE cents = duration_min * 100
    OR cents // 100 BETWEEN 1990 AND 2040
    OR (len(dollars) > 2 AND telephone <> '' AND contains(telephone, dollars)
        AND NOT regexp_matches(snippet, '\$\s?' || dollars))
