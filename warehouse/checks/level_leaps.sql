-- A middle price that moves by more than a quarter between two builds: no market does that in a week.
SELECT measure, format('{:.0f} before', l.value) AS before, format('{:.0f} now', n.value) AS now
FROM last_measures AS l JOIN build_measures AS n USING (measure, kind)
WHERE kind = 'level' AND abs(ln(n.value / l.value)) > ln(1.25)
    AND (SELECT value FROM last_measures WHERE measure = 'current prices that may vote') >= 20;
