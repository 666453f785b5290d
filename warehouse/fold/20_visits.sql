-- What the new folders saw. Their offers, rejections and addresses are in their tables already.
-- Intervals that ended before the first of the new visits are history: nothing in them can change.
CREATE TEMP TABLE touched AS SELECT min(seen_at)::TIMESTAMP_S AS begins FROM staged_visits;

INSERT INTO visits BY NAME
SELECT v.visit_id, v.crawl_id, k.clinic_id, v.url, v.seen_at, v.outcome, v.failure, v.status, v.page_digest,
    v.media_type, v.charset, v.bytes
FROM staged_visits AS v JOIN known AS k ON k.location_id = v.clinic_id
ORDER BY v.seen_at, v.visit_id;

INSERT INTO pages BY NAME
SELECT page_digest, url, media_type, bytes, seen_at AS first_seen_at, crawl_id AS first_crawl_id
FROM staged_visits AS v ANTI JOIN pages AS p ON p.page_digest = v.page_digest
WHERE outcome = 'new'
QUALIFY row_number() OVER (PARTITION BY v.page_digest ORDER BY seen_at, visit_id) = 1
ORDER BY page_digest;
