-- The same price in consecutive runs of an address is one interval. What the last run showed is taken out and goes on.
CREATE TEMP TABLE open_intervals AS
SELECT s.address_no, i.*
FROM price_intervals AS i JOIN steps AS s ON s.clinic_id = i.clinic_id AND s.url = i.url AND s.goes_on
WHERE i.gone_at IS NULL;
DELETE FROM price_intervals
WHERE gone_at IS NULL AND (clinic_id, url) IN (SELECT (clinic_id, url) FROM steps WHERE goes_on);

-- A price of nothing is an offer but no price; one that a page prints twice is one.
CREATE TEMP TABLE shown AS
SELECT s.address_no, s.step, o.thing_key, o.cents_before_tax AS cents, min(o.ordinal) AS ordinal
FROM steps AS s JOIN offers AS o ON o.page_digest = s.page_digest
WHERE NOT s.goes_on AND o.cents_before_tax > 0
GROUP BY ALL
UNION ALL
SELECT address_no, 1, thing_key, cents, ordinal FROM open_intervals;

INSERT INTO price_intervals BY NAME
WITH islands AS (
    SELECT *, step - row_number() OVER (PARTITION BY address_no, thing_key, cents ORDER BY step) AS island FROM shown
), found AS (
    SELECT address_no, thing_key, cents, min(step) AS first_step, max(step) AS last_step, arg_max(ordinal, step) AS ordinal
    FROM islands GROUP BY address_no, thing_key, cents, island
)
SELECT f.thing_key, f.cents, b.clinic_id, b.url, coalesce(i.first_seen_at, b.first_seen_at) AS first_seen_at,
    e.last_seen_at, e.ended_at AS gone_at, coalesce(i.tie, b.tie) AS tie,
    (coalesce(i.sightings, 0) + e.sightings_so_far - b.sightings_so_far + b.new_sightings)::INTEGER AS sightings,
    o.confidence, o.abstains, e.page_digest, f.ordinal
FROM found AS f
JOIN steps AS b ON b.address_no = f.address_no AND b.step = f.first_step
JOIN steps AS e ON e.address_no = f.address_no AND e.step = f.last_step
JOIN offers AS o ON o.page_digest = e.page_digest AND o.ordinal = f.ordinal
LEFT JOIN open_intervals AS i
    ON i.address_no = f.address_no AND i.thing_key = f.thing_key AND i.cents = f.cents AND b.goes_on
-- What ended together lies together: it takes half the room, and a question about one day reads only what held then.
ORDER BY gone_at NULLS LAST, b.clinic_id, b.url, f.thing_key, first_seen_at, f.cents, tie;
