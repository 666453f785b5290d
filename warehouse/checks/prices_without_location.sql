-- Every price belongs to a location, an offer and the two visits that bound it.
SELECT price_id FROM prices p
WHERE location_id NOT IN (SELECT location_id FROM locations)
   OR NOT EXISTS (FROM offers o WHERE o.page_digest = p.page_digest AND o.ordinal = p.ordinal)
   OR first_visit_id NOT IN (SELECT visit_id FROM visits)
   OR last_visit_id NOT IN (SELECT visit_id FROM visits)
