-- From what the folders say to the tables that people read. Everything is in sets; nothing depends on row order.

-- The newest word on each location wins; the registry that was passed is newer than any folder's copy.
CREATE TEMP TABLE known AS
SELECT *, coalesce(
    nullif(regexp_replace(lower(trim(coalesce(website, ''))), '^https?://(www\.)?|/+$', '', 'g'), ''),
    nullif(trim(coalesce(booking_url, '')), ''),
    'id:' || id
) AS site
FROM staged_registry
QUALIFY row_number() OVER (PARTITION BY id ORDER BY priority DESC, position) = 1;

-- Rows that share a website are one clinic, also when its first row got another id since an older crawl.
CREATE TEMP TABLE known_locations AS
SELECT k.id AS location_id, first_value(k.id) OVER (PARTITION BY k.site ORDER BY k.priority DESC, k.position) AS clinic_id,
    count(*) OVER (PARTITION BY k.site) AS locations, k.*
FROM known AS k;

INSERT INTO addresses BY NAME
SELECT * EXCLUDE (folder) FROM staged_addresses
QUALIFY folder = max(folder) OVER (PARTITION BY page_digest)
ORDER BY page_digest, ordinal;

-- All addresses on the pages that a clinic shows now must lie in one city; if they name several of its parts, it is the city.
CREATE TEMP TABLE page_places AS
WITH shown AS (
    SELECT DISTINCT l.clinic_id, v.url, arg_max(v.page_digest, (v.seen_at, v.visit_id)) AS page_digest
    FROM staged_visits AS v JOIN known_locations AS l ON l.location_id = v.clinic_id
    WHERE v.outcome <> 'failed'
    GROUP BY l.clinic_id, v.url
), printed AS (
    SELECT DISTINCT s.clinic_id, a.text, a.place_key, a.city_key, a.basis, a.sure
    FROM shown AS s JOIN addresses AS a ON a.page_digest = s.page_digest
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
FROM known_locations AS k
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

INSERT INTO visits BY NAME
SELECT v.visit_id, v.crawl_id, l.clinic_id, v.url, v.seen_at, v.outcome, v.failure, v.status, v.page_digest,
    v.media_type, v.charset, v.bytes
FROM staged_visits AS v JOIN locations AS l ON l.location_id = v.clinic_id
ORDER BY v.seen_at, v.visit_id;

INSERT INTO pages BY NAME
SELECT page_digest, url, media_type, bytes, seen_at AS first_seen_at, crawl_id AS first_crawl_id
FROM visits
WHERE outcome = 'new'
QUALIFY row_number() OVER (PARTITION BY page_digest ORDER BY seen_at, visit_id) = 1
ORDER BY page_digest;

-- Two folders may hold the same page when their data were gathered apart; the newer reading counts.
INSERT INTO offers BY NAME
SELECT * EXCLUDE (folder) FROM staged_offers
QUALIFY folder = max(folder) OVER (PARTITION BY page_digest)
ORDER BY page_digest, ordinal;

INSERT INTO rejections BY NAME
SELECT * EXCLUDE (folder) FROM staged_rejections
QUALIFY folder = max(folder) OVER (PARTITION BY page_digest)
ORDER BY page_digest, ordinal;

-- Visits that tell: a failed one, or one whose page lies in a folder that was set aside, neither shows nor ends a price.
CREATE TEMP TABLE telling AS
SELECT v.clinic_id, v.url, v.page_digest, v.seen_at, v.visit_id,
    row_number() OVER (PARTITION BY v.clinic_id, v.url ORDER BY v.seen_at, v.visit_id) AS visit_no
FROM visits AS v SEMI JOIN pages AS p ON p.page_digest = v.page_digest
WHERE v.outcome IN ('new', 'unchanged');

-- Consecutive visits to an address that saw the same page are one run, so that work follows change.
CREATE TEMP TABLE runs AS
WITH grouped AS (
    SELECT *, visit_no - row_number() OVER (PARTITION BY clinic_id, url, page_digest ORDER BY visit_no) AS island
    FROM telling
), folded AS (
    SELECT clinic_id, url, page_digest, min(visit_no) AS first_no, min(seen_at) AS first_seen_at,
        max(seen_at) AS last_seen_at, arg_min(visit_id, visit_no) AS first_visit_id, count(*) AS sightings
    FROM grouped GROUP BY clinic_id, url, page_digest, island
)
SELECT *,
    row_number() OVER (PARTITION BY clinic_id, url ORDER BY first_no) AS run_no,
    lead(first_seen_at) OVER (PARTITION BY clinic_id, url ORDER BY first_no) AS next_seen_at
FROM folded;

-- The same price in consecutive runs is one interval. A price of nothing is an offer but no price.
CREATE TEMP TABLE intervals AS
WITH shown AS (
    SELECT r.*, o.* EXCLUDE (page_digest)
    FROM runs AS r JOIN offers AS o ON o.page_digest = r.page_digest
    WHERE o.cents_before_tax > 0
    QUALIFY row_number() OVER (
        PARTITION BY clinic_id, url, run_no, service, modality, duration_min, audience, category, cents_before_tax,
            tax_basis, currency
        ORDER BY ordinal
    ) = 1
), islands AS (
    SELECT *, run_no - row_number() OVER (
        PARTITION BY clinic_id, url, service, modality, duration_min, audience, category, cents_before_tax, tax_basis,
            currency
        ORDER BY run_no
    ) AS island
    FROM shown
)
SELECT clinic_id, url, service, modality, duration_min, audience, category, cents_before_tax AS cents, tax_basis,
    currency, min(first_seen_at) AS first_seen_at, max(last_seen_at) AS last_seen_at,
    arg_min(first_visit_id, run_no) AS first_visit_id, sum(sightings)::BIGINT AS sightings,
    arg_max(
        struct_pack(page_digest, ordinal, modalities, duration_bin, short_hour, abstains, confidence, snippet,
            gone_at := next_seen_at),
        run_no
    ) AS newest
FROM islands
GROUP BY clinic_id, url, service, modality, duration_min, audience, category, cents_before_tax, tax_basis, currency,
    island;

INSERT INTO prices BY NAME
SELECT
    left(sha256(to_json([
        l.location_id, i.url, i.service, i.modality, i.duration_min::VARCHAR, i.audience, i.category,
        i.cents::VARCHAR, i.tax_basis, i.currency, i.first_visit_id
    ])::VARCHAR), 20) AS price_id,
    l.location_id, i.url, i.newest.page_digest, i.newest.ordinal, i.service, i.modality, i.newest.modalities,
    i.duration_min, i.newest.duration_bin, i.newest.short_hour, i.audience, i.category, i.cents, i.tax_basis,
    i.currency, i.newest.abstains, i.newest.confidence, i.newest.snippet, i.first_seen_at, i.last_seen_at,
    i.newest.gone_at, i.sightings,
    i.newest.gone_at IS NULL AND l.listed AS is_current
FROM intervals AS i JOIN locations AS l ON l.clinic_id = i.clinic_id
ORDER BY l.location_id, i.url, i.newest.ordinal, i.first_seen_at, price_id;

INSERT INTO modality_tree
WITH RECURSIVE closure(ancestor_id, descendant_id) AS (
    SELECT id, id FROM modalities
    UNION
    SELECT edge.parent, c.descendant_id
    FROM closure AS c
    JOIN (SELECT id, unnest(parents) AS parent FROM modalities WHERE rollup) AS edge ON edge.id = c.ancestor_id
)
SELECT ancestor_id, descendant_id FROM closure ORDER BY ALL;

INSERT INTO warehouse_info
SELECT $schema_version, coalesce(list(DISTINCT reader_version ORDER BY reader_version), []) FROM crawls;
