-- Every visit is of a clinic that we know.
SELECT visit_id FROM visits ANTI JOIN clinics USING (clinic_id)
