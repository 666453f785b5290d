-- One row a page and month in which its prices are known: a good visit of the month saw it, or they are carried on.
-- They are carried for at most $carry months, and through at most so many crawls that visited the clinic and did not get
-- the page. What comes after $as_of is not looked at, so that a month that is over stays as it is.
WITH crawled AS (
    SELECT clinic_id, crawl_id, date_trunc('month', min(seen_at))::DATE AS month,
        row_number() OVER (PARTITION BY clinic_id ORDER BY min(seen_at), crawl_id) AS crawl_no
    FROM visits
    WHERE seen_at::DATE <= $as_of::DATE
    GROUP BY clinic_id, crawl_id
), seen AS (
    SELECT v.clinic_id, v.url, date_trunc('month', v.seen_at)::DATE AS month, max(v.seen_at)::DATE AS seen_on,
        max(c.crawl_no) AS crawl_no
    FROM visits AS v
    SEMI JOIN pages AS p ON p.page_digest = v.page_digest
    JOIN crawled AS c ON c.clinic_id = v.clinic_id AND c.crawl_id = v.crawl_id
    WHERE v.outcome IN ('new', 'unchanged') AND v.seen_at::DATE <= $as_of::DATE
    GROUP BY ALL
), lasting AS (
    SELECT s.*, least(
        s.month + to_months($carry::INTEGER),
        lead(s.month) OVER (PARTITION BY s.clinic_id, s.url ORDER BY s.month) - INTERVAL 1 MONTH,
        missed.month - INTERVAL 1 MONTH,
        date_trunc('month', $as_of::DATE)
    )::DATE AS until_month
    FROM seen AS s
    LEFT JOIN crawled AS missed ON missed.clinic_id = s.clinic_id AND missed.crawl_no = s.crawl_no + $carry::INTEGER + 1
)
SELECT clinic_id, url, seen_on, known.month::DATE AS month, known.month::DATE > l.month AS is_carried
FROM lasting AS l, generate_series(l.month, greatest(until_month, l.month), INTERVAL 1 MONTH) AS known(month)
