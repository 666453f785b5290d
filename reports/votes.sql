-- One row a cell and location: its price for the modality and length, with what the price rests on.
-- $as_of is a day; a price holds on it when it was seen by then and no later visit up to then missed it.
WITH kept AS (
    SELECT price_id FROM flags WHERE verdict = 'keep'
    UNION
    SELECT p.price_id
    FROM decisions AS d
    JOIN voting_prices AS p ON (p.location_id, p.service, p.audience, p.cents)
            = (d.location_id, d.service, d.audience, d.cents)
        AND p.duration_min IS NOT DISTINCT FROM d.duration_min
    WHERE d.check_name = 'far_from_model' AND d.verdict = 'keep'
), held AS (
    SELECT
        p.price_id, p.location_id, p.service, p.duration_bin, p.cents, p.short_hour,
        -- What a client pays again and again counts; an initial visit's price only where nothing else is printed.
        list_position(['regular', 'follow_up', 'first_visit'], p.audience) AS audience_rank,
        list_distinct(list_append(p.modalities, p.modality)) AS named,
        least(p.last_seen_at::DATE, $as_of::DATE) AS last_seen_on,
        last_seen_on < $as_of::DATE - $voting_days::INTEGER AS is_stale,
        k.price_id IS NOT NULL AS is_kept
    FROM voting_prices AS p
    LEFT JOIN kept AS k ON k.price_id = p.price_id
    WHERE p.currency = 'CAD' AND p.category = 'massage' AND audience_rank IS NOT NULL
        AND p.duration_bin IS NOT NULL
        AND p.first_seen_at::DATE <= $as_of::DATE
        AND (p.gone_at IS NULL OR p.gone_at::DATE > $as_of::DATE)
        AND p.last_seen_at::DATE >= $as_of::DATE - $expiry_days::INTEGER
), newest AS (
    -- A service that moved to another address leaves its old page behind; what was seen last counts.
    -- One day of grace, because a crawl may run past midnight.
    SELECT * FROM held
    QUALIFY last_seen_on >= max(last_seen_on) OVER (PARTITION BY location_id, service, duration_bin) - 1
), counted AS (
    SELECT t.ancestor_id AS modality, t.ancestor_id = n.named_id AS is_exact, n.* EXCLUDE (named, named_id)
    FROM (SELECT *, unnest(named) AS named_id FROM newest) AS n
    JOIN modality_tree AS t ON t.descendant_id = n.named_id
    -- Prices that still vote go before stale ones, what is paid again before first visits, true before short hours.
    QUALIFY (is_stale, audience_rank, n.short_hour) = min((is_stale, audience_rank, n.short_hour))
        OVER (PARTITION BY t.ancestor_id, n.location_id, n.duration_bin)
), tiers AS (
    -- The tiers of one service are one price, their median; the same tier on two pages is one tier.
    SELECT modality, duration_bin, location_id, service, list_sort(list(DISTINCT cents)) AS asked,
        min(last_seen_on) AS oldest, max(last_seen_on) AS newest, bool_or(is_exact) AS is_exact,
        bool_or(is_kept) AS is_kept, any_value(is_stale) AS is_stale, any_value(short_hour) AS short_hour
    FROM counted
    GROUP BY modality, duration_bin, location_id, service
), asked AS (
    SELECT modality, duration_bin, location_id, median(list_aggregate(asked, 'median')) AS cents, min(oldest) AS oldest,
        max(newest) AS newest, bool_or(is_exact) AS is_exact, bool_or(is_kept) AS is_kept,
        any_value(is_stale) AS is_stale, any_value(short_hour) AS is_short,
        hash(list_sort(list(service || ':' || asked::VARCHAR))) AS rests_on
    FROM tiers
    GROUP BY modality, duration_bin, location_id
)
SELECT
    a.modality, a.duration_bin AS minutes, a.location_id, l.clinic_id,
    coalesce(l.place_key, '') AS place_key, coalesce(l.publish_region, '') AS region,
    a.cents::DOUBLE AS cents, a.oldest, a.newest, a.is_exact, a.is_kept, a.is_stale, a.is_short,
    -- One printed price is one observation, however many modalities it counts in.
    1.0 / count(*) OVER (PARTITION BY a.location_id, a.duration_bin, a.rests_on) AS share
FROM asked AS a
JOIN locations AS l ON l.location_id = a.location_id
WHERE l.listed
ORDER BY a.modality, a.duration_bin, a.location_id
