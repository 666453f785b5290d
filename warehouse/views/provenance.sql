CREATE VIEW provenance AS
SELECT p.price_id, p.location_id, p.service, p.duration_min, p.cents, p.snippet, o.location_on_page, o.reader, o.flags,
    p.url, p.url || '#:~:text=' || url_encode(left(trim(regexp_replace(p.snippet, '\s+', ' ', 'g')), 80)) AS link_to_text,
    p.page_digest, g.crawl_id AS stored_in_crawl, p.first_visit_id, p.first_seen_at, p.last_visit_id, p.last_seen_at
FROM prices p JOIN offers o USING (page_digest, ordinal) JOIN pages g USING (page_digest)
ORDER BY p.price_id;
COMMENT ON VIEW provenance IS 'Each price with its evidence: the words, the page, the visits, and a link that scrolls to the text.';
