-- One row a thing that is sold and a month: its price at the month's end, carried on for a while where its page could
-- not be seen. A price that a visit no longer found is gone at once.
WITH prices_of AS (
    SELECT
        hash(l.clinic_id) AS clinic_id, hash(p.location_id, p.service, p.duration_min, p.audience) AS thing, p.cents,
        p.last_seen_at::DATE AS last_seen_on,
        date_trunc('month', p.first_seen_at)::DATE AS first_month,
        date_trunc('month', p.last_seen_at)::DATE AS last_month,
        least(
            date_trunc('month', p.last_seen_at)::DATE + to_months($carry::INTEGER),
            coalesce(date_trunc('month', p.gone_at)::DATE - INTERVAL 1 MONTH, DATE '9999-01-01'),
            date_trunc('month', $as_of::DATE)
        )::DATE AS until_month
    FROM voting_prices AS p
    JOIN locations AS l ON l.location_id = p.location_id
    WHERE p.currency = 'CAD' AND p.category = 'massage' AND p.audience IN ('regular', 'follow_up')
        AND p.duration_bin IS NOT NULL AND p.first_seen_at::DATE <= $as_of::DATE
        AND coalesce(l.place_key, '') IN (SELECT unnest($places::VARCHAR[]))
        AND ($minutes IS NULL OR p.duration_bin = $minutes)
        AND ($modality IS NULL OR EXISTS (
            SELECT 1 FROM modality_tree AS t
            WHERE t.ancestor_id = $modality AND list_contains(list_append(p.modalities, p.modality), t.descendant_id)
        ))
), monthly AS (
    SELECT *, unnest(generate_series(first_month, greatest(until_month, first_month), INTERVAL 1 MONTH))::DATE AS month
    FROM prices_of
), held AS (
    SELECT *, month > last_month AS is_carried, least(last_seen_on, last_day(month)) AS seen_by FROM monthly
    -- What was replaced within the month does not count at its end.
    QUALIFY (NOT is_carried, seen_by) >= max((NOT is_carried, seen_by - 1))
        OVER (PARTITION BY thing, month)
)
SELECT clinic_id, thing, month, median(ln(cents))::DOUBLE AS y, bool_and(is_carried) AS is_carried
FROM held
GROUP BY clinic_id, thing, month
ORDER BY clinic_id, thing, month
