CREATE VIEW aside AS
SELECT v.clinic_id, v.url, r.text, r.reason, r.location_on_page, r.page_digest
FROM rejections r JOIN visits v USING (page_digest)
QUALIFY row_number() OVER (PARTITION BY v.url, r.page_digest, r.ordinal ORDER BY v.seen_at DESC) = 1
ORDER BY v.clinic_id, v.url, r.page_digest, r.ordinal;
COMMENT ON VIEW aside IS 'What was set aside, with the page it stands on.';
