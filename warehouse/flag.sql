-- What one check of sense/ finds, with what people have decided of it.
INSERT INTO flags BY NAME
SELECT
    left(sha256(to_json([
        $check_name, p.location_id, p.service, p.duration_min::VARCHAR, p.audience, p.cents::VARCHAR
    ])::VARCHAR), 8) AS flag_id,
    p.price_id, $check_name AS check_name, found.reason, d.verdict, d.decided_on
FROM ($query) AS found
JOIN unflagged AS p ON p.price_id = found.price_id
LEFT JOIN decisions AS d
    ON (d.check_name, d.location_id, d.service, d.audience, d.cents)
        = ($check_name, p.location_id, p.service, p.audience, p.cents)
    AND d.duration_min IS NOT DISTINCT FROM p.duration_min
ORDER BY ALL
