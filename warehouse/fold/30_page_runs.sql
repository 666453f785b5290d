-- Consecutive visits to an address that saw the same page are one run, so that work follows change. A failed visit, or one
-- whose page lies in a folder that was set aside, neither shows nor ends anything.
CREATE TEMP TABLE seen AS
WITH telling AS (
    SELECT k.clinic_id, v.url, v.page_digest, v.seen_at,
        row_number() OVER (PARTITION BY k.clinic_id, v.url ORDER BY v.seen_at, v.visit_id) AS visit_no
    FROM staged_visits AS v
    JOIN known AS k ON k.location_id = v.clinic_id
    SEMI JOIN pages AS p ON p.page_digest = v.page_digest
    WHERE v.outcome IN ('new', 'unchanged')
), grouped AS (
    SELECT *, visit_no - row_number() OVER (PARTITION BY clinic_id, url, page_digest ORDER BY visit_no) AS island
    FROM telling
)
SELECT clinic_id, url, page_digest, min(visit_no) AS visit_no, min(seen_at) AS first_seen_at,
    max(seen_at) AS last_seen_at, count(*) AS sightings
FROM grouped GROUP BY clinic_id, url, page_digest, island;

-- The runs that the new visits go on with: step 1 of an address that was known is its last run so far.
CREATE TEMP TABLE steps AS
WITH last_runs AS (
    SELECT r.* FROM page_runs AS r SEMI JOIN seen AS s ON s.clinic_id = r.clinic_id AND s.url = r.url
    WHERE r.ended_at IS NULL
), groups AS (
    SELECT clinic_id, url, page_digest, 0 AS visit_no, first_seen_at, last_seen_at, sightings, run_no, tie FROM last_runs
    UNION ALL BY NAME
    SELECT * FROM seen
), marked AS (
    SELECT *, page_digest IS DISTINCT FROM lag(page_digest) OVER visits_of AS begins
    FROM groups WINDOW visits_of AS (PARTITION BY clinic_id, url ORDER BY visit_no)
), numbered AS (
    SELECT *, sum(begins::INTEGER) OVER (PARTITION BY clinic_id, url ORDER BY visit_no) AS step FROM marked
), merged AS (
    SELECT clinic_id, url, step, any_value(page_digest) AS page_digest, min(first_seen_at) AS first_seen_at,
        max(last_seen_at) AS last_seen_at, sum(sightings) AS sightings, max(run_no) AS run_no, max(tie) AS tie,
        coalesce(sum(sightings) FILTER (visit_no > 0), 0) AS new_sightings
    FROM numbered GROUP BY clinic_id, url, step
)
SELECT clinic_id, url, step::INTEGER AS step, page_digest, first_seen_at, last_seen_at, sightings::INTEGER AS sightings,
    new_sightings::INTEGER AS new_sightings, run_no IS NOT NULL AS goes_on,
    coalesce(max(run_no) OVER (PARTITION BY clinic_id, url) + step - 1, step)::INTEGER AS run_no,
    coalesce(tie, row_number() OVER (PARTITION BY clinic_id, url, first_seen_at ORDER BY step) - 1)::INTEGER AS tie,
    lead(first_seen_at) OVER (PARTITION BY clinic_id, url ORDER BY step) AS ended_at,
    sum(new_sightings) OVER (PARTITION BY clinic_id, url ORDER BY step) AS sightings_so_far,
    dense_rank() OVER (ORDER BY clinic_id, url) AS address_no
FROM merged;

DELETE FROM page_runs
WHERE ended_at IS NULL AND (clinic_id, url) IN (SELECT (clinic_id, url) FROM steps WHERE goes_on);
INSERT INTO page_runs BY NAME
SELECT * EXCLUDE (step, new_sightings, goes_on, sightings_so_far, address_no) FROM steps
ORDER BY clinic_id, url, run_no;
