CREATE VIEW coverage AS
SELECT coalesce(l.publish_region, 'Alberta, place unknown') AS region,
    count(DISTINCT l.location_id) AS known,
    count(DISTINCT l.location_id) FILTER (v.visit_id IS NOT NULL) AS visited,
    count(DISTINCT l.location_id) FILTER (v.page_digest IS NOT NULL) AS readable,
    count(DISTINCT l.location_id) FILTER (p.price_id IS NOT NULL) AS priced,
    count(DISTINCT l.location_id) FILTER (p.price_id IS NOT NULL AND p.abstains IS NULL) AS voting
FROM locations l
LEFT JOIN visits v USING (clinic_id)
LEFT JOIN prices p ON p.location_id = l.location_id AND p.is_current
GROUP BY ALL ORDER BY region;
COMMENT ON VIEW coverage IS 'How far figures reach: locations known, visited, readable, priced and voting, by region.';
