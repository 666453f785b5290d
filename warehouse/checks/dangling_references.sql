-- Rows that name a row of another table which is not there.
SELECT 'locations.clinic_id' AS reference, location_id AS key
FROM locations ANTI JOIN clinics USING (clinic_id)
UNION ALL SELECT 'visits.crawl_id', visit_id FROM visits ANTI JOIN crawls USING (crawl_id)
UNION ALL SELECT 'visits.clinic_id', visit_id FROM visits ANTI JOIN clinics USING (clinic_id)
UNION ALL SELECT 'offers.page_digest', page_digest FROM offers ANTI JOIN pages USING (page_digest)
UNION ALL SELECT 'rejections.page_digest', page_digest FROM rejections ANTI JOIN pages USING (page_digest)
UNION ALL SELECT 'addresses.page_digest', page_digest FROM addresses ANTI JOIN pages USING (page_digest)
UNION ALL SELECT 'locations.place_key', l.location_id
FROM locations AS l ANTI JOIN places AS p ON p.place_key = l.place_key WHERE l.place_key IS NOT NULL
UNION ALL SELECT 'prices.location_id', price_id FROM prices ANTI JOIN locations USING (location_id)
UNION ALL SELECT 'prices.ordinal', price_id FROM prices ANTI JOIN offers USING (page_digest, ordinal)
UNION ALL SELECT 'prices.modality', p.price_id
FROM prices AS p ANTI JOIN modalities AS m ON m.id = p.modality WHERE p.modality IS NOT NULL;
