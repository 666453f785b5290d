-- Counts that fall by more than three in ten since the last build; small ones vary.
SELECT measure, format('{:.0f} before', l.value) AS before, format('{:.0f} now', n.value) AS now
FROM last_measures AS l JOIN build_measures AS n USING (measure, kind)
WHERE kind = 'count' AND l.value >= 20 AND n.value < 0.7 * l.value;
