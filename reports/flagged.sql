-- Current prices that would vote if no check held them back, once for each modality that they would count in.
SELECT DISTINCT t.ancestor_id AS modality, p.duration_bin, l.place_key, f.flag_id
FROM (SELECT *, unnest(list_distinct(list_append(modalities, modality))) AS named_id FROM prices WHERE is_current) AS p
JOIN flags AS f ON f.price_id = p.price_id AND f.verdict IS DISTINCT FROM 'keep'
JOIN modality_tree AS t ON t.descendant_id = p.named_id
JOIN locations AS l ON l.location_id = p.location_id
WHERE l.listed AND ($modality IS NULL OR t.ancestor_id = $modality) AND ($minutes IS NULL OR p.duration_bin = $minutes)
