-- What the crawl folders say, as read; private to a build.
CREATE TEMP TABLE staged_registry (
    priority VARCHAR, position INTEGER, id VARCHAR, name VARCHAR, city VARCHAR, province VARCHAR, address VARCHAR,
    postal_code VARCHAR, website VARCHAR, booking_url VARCHAR, booking_platform VARCHAR, source VARCHAR
);
CREATE TEMP TABLE staged_visits (
    folder VARCHAR NOT NULL, visit_id VARCHAR NOT NULL, crawl_id VARCHAR NOT NULL, clinic_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL, outcome VARCHAR NOT NULL, failure VARCHAR, status INTEGER,
    page_digest VARCHAR, media_type VARCHAR, charset VARCHAR, bytes BIGINT
);
CREATE TEMP TABLE staged_crawls AS FROM crawls WHERE false;
