-- All addresses on the pages that a clinic shows now must lie in one city; if they name several of its parts, it is the city.
CREATE TEMP TABLE page_places AS
WITH printed AS (
    SELECT DISTINCT s.clinic_id, a.text, a.place_key, a.city_key, a.basis, a.sure
    FROM page_runs AS s JOIN addresses AS a ON a.page_digest = s.page_digest
    WHERE s.ended_at IS NULL
)
SELECT clinic_id,
    CASE WHEN count(DISTINCT place_key) = 1 THEN any_value(place_key) ELSE any_value(city_key) END AS place_key,
    'page address: ' || arg_max(basis, (sure, basis)) AS basis, max(sure) AS sure
FROM printed
GROUP BY clinic_id
HAVING count(*) = count(place_key) AND count(DISTINCT city_key) = 1;

-- The registry's word on a place goes before that of pages, which tells only where a clinic has one location.
INSERT INTO locations BY NAME
SELECT k.location_id, k.clinic_id, coalesce(k.name, k.id) AS name, k.address, k.postal_code, k.city, p.place_key,
    told.basis AS place_basis, told.sure AS place_sure, p.cma, p.publish_region, k.province, k.source, k.listed
FROM known AS k
LEFT JOIN staged_places AS r
    ON (r.city, r.address, r.province, r.postal_code) IS NOT DISTINCT FROM (k.city, k.address, k.province, k.postal_code)
LEFT JOIN page_places AS g ON g.clinic_id = k.clinic_id AND k.locations = 1 AND k.city IS NULL
LEFT JOIN LATERAL (
    SELECT * FROM (VALUES (1, r.place_key, r.basis, r.sure), (2, g.place_key, g.basis, g.sure)) AS t(rank, place_key, basis, sure)
    WHERE sure >= 0.9 ORDER BY rank LIMIT 1
) AS told ON true
LEFT JOIN places AS p ON p.place_key = told.place_key
ORDER BY k.id;

INSERT INTO clinics BY NAME
SELECT
    l.clinic_id,
    any_value(l.name) FILTER (k.id = l.clinic_id) AS name,
    any_value(k.website) FILTER (k.id = l.clinic_id) AS website,
    any_value(k.booking_url) FILTER (k.id = l.clinic_id) AS booking_url,
    any_value(k.booking_platform) FILTER (k.id = l.clinic_id) AS booking_platform,
    count(*) AS locations,
    bool_or(l.listed) AS listed
FROM locations AS l JOIN known AS k ON k.id = l.location_id
GROUP BY l.clinic_id
ORDER BY l.clinic_id;
