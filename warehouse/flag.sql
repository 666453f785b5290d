-- What one check of sense/ found, with what people have decided of it; what stays doubtful is held.
CREATE OR REPLACE TEMP TABLE held AS
SELECT
    p.price_no, price_id_of(p) AS price_id, f.reason, d.verdict, d.decided_on,
    left(sha256(to_json([
        $check_name, p.location_id, p.service, p.duration_min::VARCHAR, p.audience, p.cents::VARCHAR
    ])::VARCHAR), 8) AS flag_id
FROM found AS f
JOIN unflagged AS p ON p.price_no = f.price_no
LEFT JOIN decisions AS d
    ON (d.check_name, d.location_id, d.service, d.audience, d.cents)
        = ($check_name, p.location_id, p.service, p.audience, p.cents)
    AND d.duration_min IS NOT DISTINCT FROM p.duration_min;
INSERT INTO flags BY NAME
SELECT flag_id, price_id, $check_name AS check_name, reason, verdict, decided_on FROM held ORDER BY ALL;
DELETE FROM held WHERE verdict = 'keep';
