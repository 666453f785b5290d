-- Fields that are filled ten points less often than in the last build: a reader may have gone blind to them.
SELECT measure, format('{:.0f} % before', 100 * l.value) AS before, format('{:.0f} % now', 100 * n.value) AS now
FROM last_measures AS l JOIN build_measures AS n USING (measure, kind)
WHERE kind = 'share' AND n.value < l.value - 0.1
    AND (SELECT value FROM last_measures WHERE measure = 'current prices') >= 20;
