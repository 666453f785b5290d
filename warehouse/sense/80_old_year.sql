-- "2023 rates" above a price that is still shown in 2026: nobody may have looked at that page for years.
WITH years AS (
    SELECT v.price_no, year(v.last_seen_at) AS seen_in,
        nullif(concat(
            regexp_extract(text, '(?i)\b(20[12]\d)\b[^0-9$.|!?]{0,20}\b(?:rates?|prices?|pricing|fees?|menu)\b', 1),
            regexp_extract(text, '(?i)\b(?:rates?|prices?|pricing|fees?|menu)\b[^0-9$.|!?]{0,20}\b(20[12]\d)\b', 1)
        ), '')[:4]::INTEGER AS printed
    FROM (
        SELECT v.price_no, v.last_seen_at, concat_ws(' | ', o.heading, v.service, o.snippet) AS text
        FROM unflagged AS v
        JOIN offers AS o ON o.page_digest = v.page_digest AND o.ordinal = v.ordinal
    ) AS v
)
SELECT price_no, format('prices of {}, still shown in {}', printed, seen_in) AS reason
FROM years
WHERE seen_in - printed >= 2
