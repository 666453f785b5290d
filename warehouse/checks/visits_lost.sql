-- Visits that were staged but did not reach the table.
SELECT s.visit_id FROM staged_visits AS s ANTI JOIN visits AS v ON v.visit_id = s.visit_id;
