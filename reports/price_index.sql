-- One row a thing that is sold and a month: the price that held at the month's end, if its page is known for the month.
-- What a visit of the month no longer found is gone at once. A location that the registry dropped keeps its history and
-- is carried no further than the last crawl that listed it.
WITH prices_of AS (
    SELECT
        l.clinic_id, p.url, p.cents, p.duration_bin AS minutes, list_position($places, coalesce(l.place_key, '')) AS place,
        dense_rank() OVER (ORDER BY l.clinic_id)::INTEGER AS clinic,
        dense_rank() OVER (ORDER BY l.clinic_id, p.location_id, p.service, p.duration_min, p.audience)::INTEGER AS thing,
        date_trunc('month', p.first_seen_at)::DATE AS first_month,
        CASE WHEN p.gone_at::DATE <= $as_of::DATE THEN date_trunc('month', p.gone_at)::DATE END AS gone_month,
        CASE WHEN NOT l.listed THEN date_trunc('month', c.started_at)::DATE END AS listed_until
    FROM voting_prices AS p
    JOIN locations AS l ON l.location_id = p.location_id
    LEFT JOIN registry AS r ON r.id = l.location_id
    LEFT JOIN crawls AS c ON c.crawl_id = r.folder
    WHERE p.audience IN ('regular', 'follow_up') AND p.first_seen_at::DATE <= $as_of::DATE
        AND ($modality IS NULL OR EXISTS (
            SELECT 1 FROM modality_tree AS t
            WHERE t.ancestor_id = $modality AND list_contains(list_append(p.modalities, p.modality), t.descendant_id)
        ))
), paged AS (
    SELECT *, min(url) OVER (PARTITION BY thing) < max(url) OVER (PARTITION BY thing) AS on_several_pages FROM prices_of
), known AS (
    SELECT p.clinic, p.thing, p.place, p.minutes, p.on_several_pages, ln(p.cents) AS y, m.month, m.is_carried, m.seen_on
    FROM paged AS p
    JOIN page_months AS m ON m.clinic_id = p.clinic_id AND m.url = p.url AND m.month >= p.first_month
        AND m.month < coalesce(p.gone_month, DATE '9999-01-01')
        AND (NOT m.is_carried OR m.month <= coalesce(p.listed_until, DATE '9999-01-01'))
), held AS (
    SELECT * FROM known WHERE NOT on_several_pages
    UNION ALL
    -- A thing that moved to another address leaves its old page behind; what was seen last counts. One day of grace,
    -- because a crawl may run past midnight.
    SELECT * FROM known WHERE on_several_pages
    QUALIFY (NOT is_carried, seen_on) >= max((NOT is_carried, seen_on - 1)) OVER (PARTITION BY thing, month)
)
SELECT any_value(clinic) AS clinic, thing, any_value(place) AS place, any_value(minutes) AS minutes, month,
    median(y) AS y, bool_and(is_carried) AS is_carried
FROM held
GROUP BY thing, month
