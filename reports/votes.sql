-- One row a cell and location: its price for the modality and length, with the dates that it rests on.
-- $as_of is a day; a price holds on it when it was seen by then and no later visit up to then missed it.
WITH held AS (
    SELECT
        p.location_id, l.clinic_id, l.place_key, p.service, p.duration_bin, p.cents,
        -- What a client pays again and again counts; an initial visit's price only where nothing else is printed.
        list_position(['regular', 'follow_up', 'first_visit'], p.audience) AS audience_rank,
        list_distinct(list_append(p.modalities, p.modality)) AS named,
        least(p.last_seen_at::DATE, $as_of::DATE) AS last_seen_on
    FROM voting_prices AS p
    JOIN locations AS l ON l.location_id = p.location_id
    WHERE l.listed
        AND p.currency = 'CAD' AND p.category = 'massage' AND audience_rank IS NOT NULL
        AND p.duration_bin IS NOT NULL
        AND p.first_seen_at::DATE <= $as_of::DATE
        AND (p.gone_at IS NULL OR p.gone_at::DATE > $as_of::DATE)
        AND p.last_seen_at::DATE >= $as_of::DATE - $fresh_days::INTEGER
), newest AS (
    -- A service that moved to another address leaves its old page behind; what was seen last counts.
    -- One day of grace, because a crawl may run past midnight.
    SELECT * FROM held
    QUALIFY last_seen_on >= max(last_seen_on) OVER (PARTITION BY location_id, service, duration_bin) - 1
), counted AS (
    SELECT DISTINCT t.ancestor_id AS modality, n.* EXCLUDE (named)
    FROM (SELECT *, unnest(named) AS named_id FROM newest) AS n
    JOIN modality_tree AS t ON t.descendant_id = n.named_id
    WHERE ($modality IS NULL OR t.ancestor_id = $modality) AND ($minutes IS NULL OR n.duration_bin = $minutes)
    QUALIFY audience_rank = min(audience_rank) OVER (PARTITION BY t.ancestor_id, n.location_id, n.duration_bin)
), asked AS (
    -- Tiers of one service each count; the same tier on two pages counts once.
    SELECT modality, duration_bin, location_id, clinic_id, place_key, service, cents,
        min(last_seen_on) AS oldest, max(last_seen_on) AS newest
    FROM counted
    GROUP BY ALL
)
SELECT
    modality, duration_bin, location_id, clinic_id, place_key, median(cents) AS cents, min(oldest) AS oldest,
    max(newest) AS newest
FROM asked
GROUP BY modality, duration_bin, location_id, clinic_id, place_key
ORDER BY modality, duration_bin, location_id
