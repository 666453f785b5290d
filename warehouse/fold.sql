-- Fills the tables from the staged crawl folders (views staged_visits, staged_offers, staged_rejections).

INSERT INTO visits BY NAME
SELECT visit_id, crawl_id, clinic_id, url, seen_at, outcome, failure, status, page_digest
FROM staged_visits ORDER BY visit_id;

INSERT INTO pages BY NAME
SELECT page_digest, url, media_type, bytes AS size_bytes, seen_at AS first_seen_at, crawl_id
FROM staged_visits
WHERE outcome = 'new'
QUALIFY row_number() OVER (PARTITION BY page_digest ORDER BY seen_at, visit_id) = 1
ORDER BY page_digest;

INSERT INTO offers BY NAME
SELECT * EXCLUDE (minutes, minutes_min), minutes AS duration_min, minutes_min AS duration_least_min
FROM staged_offers
WHERE page_digest IN (SELECT page_digest FROM pages)
QUALIFY row_number() OVER (PARTITION BY page_digest, ordinal ORDER BY crawl_id) = 1
ORDER BY page_digest, ordinal;
-- ^ EXCLUDE keeps the staging column crawl_id out, see staged_offers

INSERT INTO rejections BY NAME
SELECT page_digest, ordinal, text, reason, location_on_page
FROM staged_rejections
WHERE page_digest IN (SELECT page_digest FROM pages)
QUALIFY row_number() OVER (PARTITION BY page_digest, ordinal ORDER BY crawl_id) = 1
ORDER BY page_digest, ordinal;

-- A sighting is a good visit of a page times each offer on it times each location of the clinic. Equal sightings that
-- follow each other among the good visits of the page's address are one interval: the visit's number less the number
-- of the sighting among its equals is constant as long as no visit in between missed it.
INSERT INTO prices BY NAME
WITH good AS (
    SELECT *, row_number() OVER per_url AS visit_number, count(*) OVER (PARTITION BY clinic_id, url) AS visit_count
    FROM visits WHERE page_digest IS NOT NULL
    WINDOW per_url AS (PARTITION BY clinic_id, url ORDER BY seen_at, visit_id)
),
sightings AS (
    SELECT l.location_id, g.clinic_id, g.url, g.visit_id, g.seen_at, g.visit_number, g.visit_count, o.*,
        md5(concat_ws(chr(31), l.location_id, g.url, o.service, o.category, coalesce(o.modality, ''),
            coalesce(o.duration_min, -1), o.audience, o.cents_before_tax, o.tax_basis, o.currency)) AS identity
    FROM good g JOIN offers o USING (page_digest) JOIN locations l ON l.clinic_id = g.clinic_id
    QUALIFY row_number() OVER (PARTITION BY identity, g.visit_id ORDER BY o.ordinal) = 1
),
numbered AS (
    SELECT *, visit_number - row_number() OVER (PARTITION BY identity ORDER BY visit_number) AS island FROM sightings
)
SELECT
    md5(identity || chr(31) || min(visit_id)) AS price_id,
    any_value(location_id) AS location_id, any_value(clinic_id) AS clinic_id, any_value(url) AS url,
    any_value(service) AS service, any_value(category) AS category, any_value(modality) AS modality,
    arg_max(modalities, visit_number) AS modalities,
    any_value(duration_min) AS duration_min, any_value(duration_bin) AS duration_bin, any_value(short_hour) AS short_hour,
    any_value(audience) AS audience, any_value(cents_before_tax) AS cents, any_value(tax_basis) AS tax_basis,
    any_value(currency) AS currency,
    arg_max(confidence, visit_number) AS confidence, arg_max(abstains, visit_number) AS abstains,
    arg_max(snippet, visit_number) AS snippet,
    arg_max(page_digest, visit_number) AS page_digest, arg_max(ordinal, visit_number) AS ordinal,
    arg_min(visit_id, visit_number) AS first_visit_id, arg_max(visit_id, visit_number) AS last_visit_id,
    min(seen_at) AS first_seen_at, max(seen_at) AS last_seen_at, count(*)::INTEGER AS sightings,
    max(visit_number) = any_value(visit_count) AS is_current
FROM numbered
GROUP BY identity, island
ORDER BY price_id;
