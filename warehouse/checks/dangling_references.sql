-- Rows that name a row of another table which is not there. Of intervals only those that this build may have changed.
WITH fresh AS (FROM price_intervals WHERE gone_at IS NULL OR gone_at >= (SELECT begins FROM touched))
SELECT 'locations.clinic_id' AS reference, location_id AS key
FROM locations ANTI JOIN clinics USING (clinic_id)
UNION ALL SELECT 'visits.crawl_id', visit_id FROM visits ANTI JOIN crawls USING (crawl_id)
UNION ALL SELECT 'visits.clinic_id', visit_id FROM visits ANTI JOIN clinics USING (clinic_id)
UNION ALL SELECT 'offers.page_digest', page_digest FROM offers ANTI JOIN pages USING (page_digest)
UNION ALL SELECT 'rejections.page_digest', page_digest FROM rejections ANTI JOIN pages USING (page_digest)
UNION ALL SELECT 'addresses.page_digest', page_digest FROM addresses ANTI JOIN pages USING (page_digest)
UNION ALL SELECT 'locations.place_key', l.location_id
FROM locations AS l ANTI JOIN places AS p ON p.place_key = l.place_key WHERE l.place_key IS NOT NULL
UNION ALL SELECT 'price_intervals.clinic_id', url FROM fresh ANTI JOIN locations USING (clinic_id)
UNION ALL SELECT 'price_intervals.ordinal', url FROM fresh ANTI JOIN offers USING (page_digest, ordinal)
UNION ALL SELECT 'price_intervals.thing_key', url FROM fresh ANTI JOIN things USING (thing_key)
UNION ALL SELECT 'offers.thing_key', page_digest FROM offers ANTI JOIN things USING (thing_key)
UNION ALL SELECT 'page_runs.page_digest', url FROM page_runs ANTI JOIN pages USING (page_digest)
UNION ALL SELECT 'things.modality', t.service
FROM things AS t ANTI JOIN modalities AS m ON m.id = t.modality WHERE t.modality IS NOT NULL;
