-- More than 1.82 times dearer or cheaper than what other locations ask for the same length: three standard deviations of
-- 0.20 on the log scale. Compared within the publish region where it has eight locations, else within Alberta. Resorts
-- are dearer than all other places; they are compared among themselves or not at all.
WITH asked AS (
    SELECT v.location_id, l.publish_region, v.duration_bin, median(ln(v.cents)) AS log_cents
    FROM unflagged AS v JOIN locations AS l ON l.location_id = v.location_id
    WHERE v.is_current AND v.currency = 'CAD' AND v.duration_bin IS NOT NULL
    GROUP BY ALL
), regional AS (
    SELECT publish_region, duration_bin, median(log_cents) AS middle, count(*) AS n FROM asked GROUP BY ALL
), provincial AS (
    SELECT duration_bin, median(log_cents) AS middle, count(*) AS n FROM asked
    WHERE publish_region IS DISTINCT FROM 'Rockies resorts'
    GROUP BY ALL
), pools AS (
    SELECT v.price_no, v.cents, v.duration_bin, CASE
        WHEN r.n >= 8 THEN r.middle
        WHEN p.n >= 8 AND l.publish_region IS DISTINCT FROM 'Rockies resorts' THEN p.middle
    END AS middle
    FROM unflagged AS v
    JOIN locations AS l ON l.location_id = v.location_id
    LEFT JOIN provincial AS p ON p.duration_bin = v.duration_bin
    LEFT JOIN regional AS r ON r.duration_bin = v.duration_bin AND r.publish_region = l.publish_region
    WHERE v.is_current AND v.currency = 'CAD'
)
SELECT price_no, format('${:.2f} for {} minutes, where others ask about ${:.0f}', cents / 100, duration_bin,
    exp(middle) / 100) AS reason
FROM pools
WHERE abs(ln(cents) - middle) > 0.6
