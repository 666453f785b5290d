CREATE VIEW coverage AS
WITH seen AS (
    SELECT clinic_id, bool_or(outcome <> 'failed') AS readable, max(seen_at) AS last_visit_at
    FROM visits GROUP BY clinic_id
), priced AS (
    SELECT location_id, bool_or(abstains IS NULL) AS voting FROM prices WHERE is_current GROUP BY location_id
)
SELECT
    coalesce(l.publish_region, 'unknown place') AS publish_region,
    count(*) AS locations,
    count(DISTINCT l.clinic_id) AS clinics,
    count(DISTINCT l.clinic_id) FILTER (s.clinic_id IS NOT NULL) AS clinics_visited,
    count(DISTINCT l.clinic_id) FILTER (s.readable) AS clinics_readable,
    count(DISTINCT l.clinic_id) FILTER (p.location_id IS NOT NULL) AS clinics_priced,
    count(DISTINCT l.clinic_id) FILTER (p.voting) AS clinics_voting,
    max(s.last_visit_at) AS last_visit_at
FROM locations AS l
LEFT JOIN seen AS s ON s.clinic_id = l.clinic_id
LEFT JOIN priced AS p ON p.location_id = l.location_id
WHERE l.listed
GROUP BY ALL
ORDER BY 1;
COMMENT ON VIEW coverage IS 'How much of the registry has prices, by region; a clinic with locations in two regions counts in both.';
COMMENT ON COLUMN coverage.publish_region IS 'Region; unknown place gathers locations whose city is not among the places.';
COMMENT ON COLUMN coverage.locations IS 'Locations that the registry lists.';
COMMENT ON COLUMN coverage.clinics IS 'Clinics that have a location there.';
COMMENT ON COLUMN coverage.clinics_visited IS 'Of these, the ones that some crawl visited.';
COMMENT ON COLUMN coverage.clinics_readable IS 'Of these, the ones that some visit got a page from.';
COMMENT ON COLUMN coverage.clinics_priced IS 'Of these, the ones with a current price.';
COMMENT ON COLUMN coverage.clinics_voting IS 'Of these, the ones with a current price that votes in figures.';
COMMENT ON COLUMN coverage.last_visit_at IS 'Newest visit to any of them, UTC.';
