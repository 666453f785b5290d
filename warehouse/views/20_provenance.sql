-- Browsers mark whole words only, so a long snippet is cut between two.
CREATE VIEW provenance AS
WITH cut AS (
    SELECT p.*, o.snippet, o.location_on_page, o.reader,
        rtrim(regexp_extract(regexp_replace(o.snippet, '\s+', ' ', 'g') || ' ', '^.{1,200} ')) AS words
    FROM prices AS p JOIN offers AS o ON o.page_digest = p.page_digest AND o.ordinal = p.ordinal
)
SELECT
    p.price_id, p.url, p.snippet, p.location_on_page, p.reader, p.page_digest, g.first_crawl_id AS archived_in,
    v.visit_id, v.crawl_id, v.seen_at,
    p.url || CASE WHEN contains(p.url, '#') THEN '' ELSE '#' END || ':~:text='
        || replace(url_encode(coalesce(nullif(p.words, ''), left(p.snippet, 200))), '-', '%2D') AS link
FROM cut AS p
JOIN locations AS l ON l.location_id = p.location_id
JOIN pages AS g ON g.page_digest = p.page_digest
JOIN visits AS v
    ON v.clinic_id = l.clinic_id AND v.url = p.url AND v.page_digest = p.page_digest AND v.seen_at = p.last_seen_at
QUALIFY row_number() OVER (PARTITION BY p.price_id ORDER BY v.visit_id DESC) = 1
ORDER BY p.price_id;
COMMENT ON VIEW provenance IS 'From a price to the words on the page and the visit that last saw them.';
COMMENT ON COLUMN provenance.price_id IS 'Key (prices).';
COMMENT ON COLUMN provenance.url IS 'Address of the page.';
COMMENT ON COLUMN provenance.snippet IS 'The words on the page that state the price.';
COMMENT ON COLUMN provenance.location_on_page IS 'Where on the page they stand.';
COMMENT ON COLUMN provenance.reader IS 'The reader that found them.';
COMMENT ON COLUMN provenance.page_digest IS 'SHA-256 of the page as it was served (pages).';
COMMENT ON COLUMN provenance.archived_in IS 'The crawl whose pages.warc.gz holds these bytes.';
COMMENT ON COLUMN provenance.visit_id IS 'The newest visit that saw the price (visits).';
COMMENT ON COLUMN provenance.crawl_id IS 'The crawl of that visit (crawls).';
COMMENT ON COLUMN provenance.seen_at IS 'When it was, UTC.';
COMMENT ON COLUMN provenance.link IS 'Address that opens the page and marks the words, as far as it still shows them.';
