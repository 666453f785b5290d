-- "2023 rates" above a price that is still shown in 2026: nobody may have looked at that page for years.
WITH years AS (
    SELECT v.price_id, year(v.last_seen_at) AS seen_in,
        nullif(concat(
            regexp_extract(text, '(?i)\b(20[12]\d)\b[^0-9$.|!?]{0,20}\b(?:rates?|prices?|pricing|fees?|menu)\b', 1),
            regexp_extract(text, '(?i)\b(?:rates?|prices?|pricing|fees?|menu)\b[^0-9$.|!?]{0,20}\b(20[12]\d)\b', 1)
        ), '')[:4]::INTEGER AS printed
    FROM (
        SELECT v.price_id, v.last_seen_at, concat_ws(' | ', o.heading, v.service, v.snippet) AS text
        FROM voting_prices AS v
        JOIN offers AS o ON o.page_digest = v.page_digest AND o.ordinal = v.ordinal
    ) AS v
)
SELECT price_id, format('prices of {}, still shown in {}', printed, seen_in) AS reason
FROM years
WHERE seen_in - printed >= 2
