-- Keys that stand twice in their table.
SELECT 'clinics' AS in_table, clinic_id AS key FROM clinics GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'locations', location_id FROM locations GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'crawls', crawl_id FROM crawls GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'visits', visit_id FROM visits GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'pages', page_digest FROM pages GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'things', thing_key::VARCHAR FROM things GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'page_runs', concat_ws(' ', clinic_id, url, run_no) FROM page_runs GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'price_intervals', concat_ws(' ', clinic_id, url, thing_key, cents, first_seen_at, tie)
FROM price_intervals WHERE gone_at IS NULL OR gone_at >= (SELECT begins FROM touched) GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'modalities', id FROM modalities GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'places', place_key FROM places GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'offers', page_digest || '/' || ordinal FROM offers GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'addresses', page_digest || '/' || ordinal FROM addresses GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'rejections', page_digest || '/' || ordinal FROM rejections GROUP BY ALL HAVING count(*) > 1;
