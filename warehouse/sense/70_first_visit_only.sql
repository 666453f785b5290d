-- A first visit costs more (with an assessment) or less (an offer) than what comes after; alone it tells of neither.
SELECT v.price_no, 'a first visit''s price, and no later one is printed' AS reason
FROM unflagged AS v
WHERE v.audience = 'first_visit' AND v.is_current AND NOT EXISTS (
    SELECT 1 FROM unflagged AS o
    WHERE o.location_id = v.location_id AND o.is_current AND o.audience IN ('regular', 'follow_up') AND o.duration_bin = v.duration_bin
        AND o.modality IS NOT DISTINCT FROM v.modality
)
