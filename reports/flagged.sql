-- Current prices that would vote if no check held them back, counted for each cell that they would count in.
SELECT t.ancestor_id AS modality, p.duration_bin, l.place_key, count(DISTINCT f.flag_id) AS flagged
FROM (SELECT *, unnest(list_distinct(list_append(modalities, modality))) AS named_id FROM prices WHERE is_current) AS p
JOIN flags AS f ON f.price_id = p.price_id AND f.verdict IS DISTINCT FROM 'keep'
JOIN modality_tree AS t ON t.descendant_id = p.named_id
JOIN locations AS l ON l.location_id = p.location_id
WHERE l.listed AND p.duration_bin IS NOT NULL
GROUP BY ALL
