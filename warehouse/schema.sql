-- The tables of the warehouse. Every comment here becomes an entry of docs/data-dictionary.md.
-- Times are UTC, money is whole cents. Keys are tested by checks/*.sql before a build is published, which costs less
-- than indexes in the file.

CREATE TABLE clinics (
    clinic_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    website VARCHAR,
    booking_url VARCHAR,
    booking_platform VARCHAR,
    locations INTEGER NOT NULL,
    listed BOOLEAN NOT NULL
);
COMMENT ON TABLE clinics IS 'Businesses that sell massage; one or more locations each.';
COMMENT ON COLUMN clinics.clinic_id IS 'Stable id: the registry id of the clinic''s first location.';
COMMENT ON COLUMN clinics.name IS 'The name the clinic goes by.';
COMMENT ON COLUMN clinics.website IS 'The clinic''s own site, where it has one.';
COMMENT ON COLUMN clinics.booking_url IS 'Its public page on a booking platform, where known.';
COMMENT ON COLUMN clinics.booking_platform IS 'The platform of that page.';
COMMENT ON COLUMN clinics.locations IS 'Number of its locations.';
COMMENT ON COLUMN clinics.listed IS 'Whether the registry still lists any of its locations.';

CREATE TABLE locations (
    location_id VARCHAR NOT NULL,
    clinic_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    address VARCHAR,
    postal_code VARCHAR,
    city VARCHAR,
    place_key VARCHAR,
    place_basis VARCHAR,
    place_sure DOUBLE,
    cma VARCHAR,
    publish_region VARCHAR,
    province VARCHAR,
    source VARCHAR,
    listed BOOLEAN NOT NULL
);
COMMENT ON TABLE locations IS 'Addresses at which a clinic works. A location is what votes in a figure.';
COMMENT ON COLUMN locations.location_id IS 'Stable id: the id of its row in clinics.csv.';
COMMENT ON COLUMN locations.clinic_id IS 'The clinic it belongs to.';
COMMENT ON COLUMN locations.name IS 'Name of the clinic at this location.';
COMMENT ON COLUMN locations.address IS 'Street address, where known.';
COMMENT ON COLUMN locations.postal_code IS 'Postal code, where known.';
COMMENT ON COLUMN locations.city IS 'City as registered.';
COMMENT ON COLUMN locations.place_key IS 'The place it lies in (places); NULL if unknown, then it counts only for Alberta as a whole.';
COMMENT ON COLUMN locations.place_basis IS 'What tells the place: registry city, registry address: ..., or page address: ... with the cues that agree.';
COMMENT ON COLUMN locations.place_sure IS 'How sure the place is, 0 to 1; below 0.9 it is not used.';
COMMENT ON COLUMN locations.cma IS 'Census metropolitan area or agglomeration of the place.';
COMMENT ON COLUMN locations.publish_region IS 'Region that figures are published for.';
COMMENT ON COLUMN locations.province IS 'Province, two letters.';
COMMENT ON COLUMN locations.source IS 'Where the registry has it from.';
COMMENT ON COLUMN locations.listed IS 'Whether the registry still lists it; one that it dropped keeps its history and votes no more.';

CREATE TABLE registry (
    folder VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR,
    city VARCHAR,
    province VARCHAR,
    address VARCHAR,
    postal_code VARCHAR,
    website VARCHAR,
    booking_url VARCHAR,
    booking_platform VARCHAR,
    source VARCHAR
);
COMMENT ON TABLE registry IS 'What clinics.csv said of each location when a crawl last visited with it.';
COMMENT ON COLUMN registry.folder IS 'The crawl whose copy it is from.';
COMMENT ON COLUMN registry.position IS 'Its row there, from 1.';
COMMENT ON COLUMN registry.id IS 'Id of the location.';
COMMENT ON COLUMN registry.name IS 'Name of the clinic.';
COMMENT ON COLUMN registry.city IS 'City.';
COMMENT ON COLUMN registry.province IS 'Province, two letters.';
COMMENT ON COLUMN registry.address IS 'Street address.';
COMMENT ON COLUMN registry.postal_code IS 'Postal code.';
COMMENT ON COLUMN registry.website IS 'The clinic''s own site.';
COMMENT ON COLUMN registry.booking_url IS 'Its page on a booking platform.';
COMMENT ON COLUMN registry.booking_platform IS 'The platform.';
COMMENT ON COLUMN registry.source IS 'Where the entry is from.';

CREATE TABLE crawls (
    crawl_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    interrupted BOOLEAN NOT NULL,
    reader_version VARCHAR NOT NULL,
    ratecard_version VARCHAR NOT NULL,
    user_agent VARCHAR,
    files_digest VARCHAR NOT NULL
);
COMMENT ON TABLE crawls IS 'Crawls whose folders this file was built from.';
COMMENT ON COLUMN crawls.crawl_id IS 'Name of the crawl folder: the moment it began, UTC.';
COMMENT ON COLUMN crawls.started_at IS 'When it began, UTC.';
COMMENT ON COLUMN crawls.finished_at IS 'When it ended, UTC.';
COMMENT ON COLUMN crawls.interrupted IS 'Whether a crash ended it and it was finished later from what was on disk.';
COMMENT ON COLUMN crawls.reader_version IS 'Version of the readers that read its pages last.';
COMMENT ON COLUMN crawls.ratecard_version IS 'Version of the program that visited.';
COMMENT ON COLUMN crawls.user_agent IS 'User-Agent that it named itself by.';
COMMENT ON COLUMN crawls.files_digest IS 'SHA-256 of the names and sizes of its files: a folder that changed is folded anew.';

CREATE TABLE folders_set_aside (
    folder VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE folders_set_aside IS 'Crawl folders that could not be read and are not part of this file.';
COMMENT ON COLUMN folders_set_aside.folder IS 'Name of the folder.';
COMMENT ON COLUMN folders_set_aside.reason IS 'What is wrong with it.';

CREATE TABLE visits (
    visit_id VARCHAR NOT NULL,
    crawl_id VARCHAR NOT NULL,
    clinic_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    failure VARCHAR,
    status INTEGER,
    page_digest VARCHAR,
    media_type VARCHAR,
    charset VARCHAR,
    bytes BIGINT
);
COMMENT ON TABLE visits IS 'Attempts to fetch one page each.';
COMMENT ON COLUMN visits.visit_id IS 'Crawl id and running number.';
COMMENT ON COLUMN visits.crawl_id IS 'The crawl it was part of.';
COMMENT ON COLUMN visits.clinic_id IS 'The clinic that was visited.';
COMMENT ON COLUMN visits.url IS 'The address that answered, after redirects.';
COMMENT ON COLUMN visits.seen_at IS 'When, UTC.';
COMMENT ON COLUMN visits.outcome IS 'new, unchanged or failed.';
COMMENT ON COLUMN visits.failure IS 'Class of failure: dns, timeout, connection, http_404, robots, too_large, ...';
COMMENT ON COLUMN visits.status IS 'HTTP status, where there was an answer.';
COMMENT ON COLUMN visits.page_digest IS 'SHA-256 of the bytes that came, key of pages.';
COMMENT ON COLUMN visits.media_type IS 'Media type of the answer.';
COMMENT ON COLUMN visits.charset IS 'Character set that the answer declared.';
COMMENT ON COLUMN visits.bytes IS 'Length of the answer''s body in bytes.';

CREATE TABLE pages (
    page_digest VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    media_type VARCHAR,
    bytes BIGINT,
    first_seen_at TIMESTAMP NOT NULL,
    first_crawl_id VARCHAR NOT NULL
);
COMMENT ON TABLE pages IS 'Distinct contents that addresses answered with.';
COMMENT ON COLUMN pages.page_digest IS 'SHA-256 of the bytes, hexadecimal.';
COMMENT ON COLUMN pages.url IS 'The address it was first seen at.';
COMMENT ON COLUMN pages.media_type IS 'Media type that it was first served with.';
COMMENT ON COLUMN pages.bytes IS 'Length in bytes.';
COMMENT ON COLUMN pages.first_seen_at IS 'When it was first seen, UTC.';
COMMENT ON COLUMN pages.first_crawl_id IS 'The crawl folder that holds its bytes.';

CREATE TABLE offers (
    page_digest VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    thing_key INTEGER NOT NULL,
    service VARCHAR NOT NULL,
    heading VARCHAR,
    category VARCHAR NOT NULL,
    duration_min INTEGER,
    duration_least_min INTEGER,
    price_cents BIGINT NOT NULL,
    price_max_cents BIGINT,
    sale_price_cents BIGINT,
    is_from BOOLEAN NOT NULL,
    tax_words VARCHAR,
    confidence DOUBLE NOT NULL,
    snippet VARCHAR NOT NULL,
    location_on_page VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    flags VARCHAR[] NOT NULL,
    cents_before_tax BIGINT NOT NULL,
    tax_basis VARCHAR NOT NULL,
    currency VARCHAR NOT NULL,
    modality VARCHAR,
    modalities VARCHAR[] NOT NULL,
    duration_bin INTEGER,
    short_hour BOOLEAN NOT NULL,
    audience VARCHAR NOT NULL,
    abstains VARCHAR
);
COMMENT ON TABLE offers IS 'Priced things as pages print them, with how they were normalised.';
COMMENT ON COLUMN offers.page_digest IS 'The page it stands on.';
COMMENT ON COLUMN offers.ordinal IS 'Its place among the offers of the page, from 0.';
COMMENT ON COLUMN offers.thing_key IS 'What it is once normalised, key of things.';
COMMENT ON COLUMN offers.service IS 'Name as printed, or the heading that governs it.';
COMMENT ON COLUMN offers.heading IS 'Heading above it, where there is one beside the name.';
COMMENT ON COLUMN offers.category IS 'massage, other_treatment, couples, package, addon, fee, gift, product or course.';
COMMENT ON COLUMN offers.duration_min IS 'Length in minutes as printed; of a printed range the high end.';
COMMENT ON COLUMN offers.duration_least_min IS 'Low end of a printed range of lengths.';
COMMENT ON COLUMN offers.price_cents IS 'Price as printed, in cents; of a range the low end.';
COMMENT ON COLUMN offers.price_max_cents IS 'High end of a printed range, in cents.';
COMMENT ON COLUMN offers.sale_price_cents IS 'Reduced price printed beside the regular one, in cents.';
COMMENT ON COLUMN offers.is_from IS 'Whether the page says from, starting at or 100+.';
COMMENT ON COLUMN offers.tax_words IS 'What the page says of GST: plus_gst, gst_included or nothing.';
COMMENT ON COLUMN offers.confidence IS 'Trust in the reading, 0 to 1.';
COMMENT ON COLUMN offers.snippet IS 'The words on the page that state the price.';
COMMENT ON COLUMN offers.location_on_page IS 'Where on the page they stand.';
COMMENT ON COLUMN offers.reader IS 'Which reader found it.';
COMMENT ON COLUMN offers.flags IS 'What a person should know before trusting it.';
COMMENT ON COLUMN offers.cents_before_tax IS 'Price before GST, in cents.';
COMMENT ON COLUMN offers.tax_basis IS 'excluded, included (GST taken out) or assumed_excluded (the page does not say).';
COMMENT ON COLUMN offers.currency IS 'ISO code; CAD where the page prints a bare $ sign, all locations being in Alberta.';
COMMENT ON COLUMN offers.modality IS 'Primary modality, key of modalities; NULL if unknown.';
COMMENT ON COLUMN offers.modalities IS 'All modalities the name gives, the primary one first.';
COMMENT ON COLUMN offers.duration_bin IS 'The published length it counts in: 15, 20, 30, 45, 60, 75, 90 or 120.';
COMMENT ON COLUMN offers.short_hour IS 'Whether it is a 50-minute hour (50, 80, 110).';
COMMENT ON COLUMN offers.audience IS 'regular, first_visit, follow_up, student, senior, member or child.';
COMMENT ON COLUMN offers.abstains IS 'Why it has no vote in figures; NULL if it votes.';

CREATE TABLE rejections (
    page_digest VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    location_on_page VARCHAR NOT NULL
);
COMMENT ON TABLE rejections IS 'Text that looks like a price but was not understood, or was refused.';
COMMENT ON COLUMN rejections.page_digest IS 'The page it stands on.';
COMMENT ON COLUMN rejections.ordinal IS 'Its place among the rejections of the page, from 0.';
COMMENT ON COLUMN rejections.text IS 'The text.';
COMMENT ON COLUMN rejections.reason IS 'Why it was set aside.';
COMMENT ON COLUMN rejections.location_on_page IS 'Where on the page it stands.';

CREATE TABLE addresses (
    page_digest VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    place_key VARCHAR,
    city_key VARCHAR,
    basis VARCHAR,
    sure DOUBLE
);
COMMENT ON TABLE addresses IS 'Address lines that pages print, with the place of Alberta that each lies in.';
COMMENT ON COLUMN addresses.page_digest IS 'The page it stands on.';
COMMENT ON COLUMN addresses.ordinal IS 'Its place among the addresses of the page, from 0.';
COMMENT ON COLUMN addresses.text IS 'The line, with the one before it where the address goes on.';
COMMENT ON COLUMN addresses.place_key IS 'The place, key of places; NULL if it is elsewhere or cannot be decided.';
COMMENT ON COLUMN addresses.city_key IS 'The municipality that the place is or lies in, key of places.';
COMMENT ON COLUMN addresses.basis IS 'What names the place, and the best thing beside it that agrees: city, postal_code.';
COMMENT ON COLUMN addresses.sure IS 'How sure that is, 0 to 1.';

CREATE TABLE things (
    thing_key INTEGER NOT NULL,
    service VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    modality VARCHAR,
    modalities VARCHAR[] NOT NULL,
    duration_min INTEGER,
    duration_bin INTEGER,
    short_hour BOOLEAN NOT NULL,
    audience VARCHAR NOT NULL,
    tax_basis VARCHAR NOT NULL,
    currency VARCHAR NOT NULL
);
COMMENT ON TABLE things IS 'Distinct priced things: what a price is for. Many clinics share one.';
COMMENT ON COLUMN things.thing_key IS 'Running number, in the order in which crawls first saw the things.';
COMMENT ON COLUMN things.service IS 'Name as printed.';
COMMENT ON COLUMN things.category IS 'As in offers.';
COMMENT ON COLUMN things.modality IS 'Primary modality.';
COMMENT ON COLUMN things.modalities IS 'All modalities the price is for.';
COMMENT ON COLUMN things.duration_min IS 'Length in minutes as printed.';
COMMENT ON COLUMN things.duration_bin IS 'The published length it counts in.';
COMMENT ON COLUMN things.short_hour IS 'Whether it is a 50-minute hour.';
COMMENT ON COLUMN things.audience IS 'For whom it holds.';
COMMENT ON COLUMN things.tax_basis IS 'excluded, included or assumed_excluded.';
COMMENT ON COLUMN things.currency IS 'ISO code.';

CREATE TABLE page_runs (
    clinic_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    run_no INTEGER NOT NULL,
    page_digest VARCHAR NOT NULL,
    first_seen_at TIMESTAMP_S NOT NULL,
    last_seen_at TIMESTAMP_S NOT NULL,
    ended_at TIMESTAMP_S,
    sightings INTEGER NOT NULL,
    tie INTEGER NOT NULL
);
COMMENT ON TABLE page_runs IS 'What each address showed and from when to when: one row for as long as good visits saw the same bytes.';
COMMENT ON COLUMN page_runs.clinic_id IS 'The clinic visited.';
COMMENT ON COLUMN page_runs.url IS 'The address.';
COMMENT ON COLUMN page_runs.run_no IS 'Running number of the address, from 1.';
COMMENT ON COLUMN page_runs.page_digest IS 'The content, key of pages.';
COMMENT ON COLUMN page_runs.first_seen_at IS 'First visit that saw it, UTC.';
COMMENT ON COLUMN page_runs.last_seen_at IS 'Last visit that saw it, UTC.';
COMMENT ON COLUMN page_runs.ended_at IS 'First visit that saw something else, UTC; NULL while it lasts.';
COMMENT ON COLUMN page_runs.sightings IS 'Number of visits that saw it.';
COMMENT ON COLUMN page_runs.tie IS 'Tells apart runs of one address that begin in the same second; else 0.';

CREATE TABLE price_intervals (
    clinic_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    thing_key INTEGER NOT NULL,
    cents BIGINT NOT NULL,
    first_seen_at TIMESTAMP_S NOT NULL,
    last_seen_at TIMESTAMP_S NOT NULL,
    gone_at TIMESTAMP_S,
    sightings INTEGER NOT NULL,
    tie INTEGER NOT NULL,
    confidence DOUBLE NOT NULL,
    abstains VARCHAR,
    page_digest VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL
);
COMMENT ON TABLE price_intervals IS 'The history of prices, compact: the view prices reads it with names, one row a location.';
COMMENT ON COLUMN price_intervals.clinic_id IS 'The clinic that asks it, at each of its locations.';
COMMENT ON COLUMN price_intervals.url IS 'The page that shows it.';
COMMENT ON COLUMN price_intervals.thing_key IS 'What it is for, key of things.';
COMMENT ON COLUMN price_intervals.cents IS 'Cents before GST.';
COMMENT ON COLUMN price_intervals.first_seen_at IS 'When it was seen first, UTC.';
COMMENT ON COLUMN price_intervals.last_seen_at IS 'When it was seen last, UTC.';
COMMENT ON COLUMN price_intervals.gone_at IS 'First good visit of its page that no longer showed it, UTC; NULL if none did.';
COMMENT ON COLUMN price_intervals.sightings IS 'Number of visits that saw it.';
COMMENT ON COLUMN price_intervals.tie IS 'As in page_runs, of the run it began in.';
COMMENT ON COLUMN price_intervals.confidence IS 'Trust in the reading at the newest sighting.';
COMMENT ON COLUMN price_intervals.abstains IS 'Why it has no vote in figures; NULL if it votes.';
COMMENT ON COLUMN price_intervals.page_digest IS 'The page of the newest sighting; with ordinal the key of offers.';
COMMENT ON COLUMN price_intervals.ordinal IS 'Its place on that page.';

CREATE TABLE decisions (
    decided_on DATE NOT NULL,
    check_name VARCHAR NOT NULL,
    location_id VARCHAR NOT NULL,
    service VARCHAR NOT NULL,
    duration_min INTEGER,
    audience VARCHAR NOT NULL,
    cents BIGINT NOT NULL,
    verdict VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE decisions IS 'What people decided about flagged prices, from decisions.csv beside the crawls.';
COMMENT ON COLUMN decisions.decided_on IS 'When it was decided.';
COMMENT ON COLUMN decisions.check_name IS 'The check that had asked.';
COMMENT ON COLUMN decisions.location_id IS 'The location that it is about.';
COMMENT ON COLUMN decisions.service IS 'Name of the thing, as printed.';
COMMENT ON COLUMN decisions.duration_min IS 'Its length in minutes.';
COMMENT ON COLUMN decisions.audience IS 'For whom it is.';
COMMENT ON COLUMN decisions.cents IS 'Its price before GST; another price is another question.';
COMMENT ON COLUMN decisions.verdict IS 'keep: the price is right and votes. drop: it stays out for good.';
COMMENT ON COLUMN decisions.reason IS 'Why, in the words of whoever decided.';

CREATE TABLE allowances (
    allowed_on DATE NOT NULL,
    check_name VARCHAR NOT NULL,
    offence VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE allowances IS 'Builds that were published although a check refused them, from allowances.csv beside the crawls.';
COMMENT ON COLUMN allowances.allowed_on IS 'When.';
COMMENT ON COLUMN allowances.check_name IS 'The check, a file of warehouse/checks/.';
COMMENT ON COLUMN allowances.offence IS 'What it had found.';
COMMENT ON COLUMN allowances.reason IS 'Why it was let pass, in the words of whoever did.';

CREATE TABLE flags (
    flag_id VARCHAR NOT NULL,
    price_id VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    verdict VARCHAR,
    decided_on DATE
);
COMMENT ON TABLE flags IS 'Prices that look wrong, with the check that says so. They do not vote until somebody keeps them.';
COMMENT ON COLUMN flags.flag_id IS 'What to name it by in a decision: the same in every build, for the same price of the same thing.';
COMMENT ON COLUMN flags.price_id IS 'The price, key of prices.';
COMMENT ON COLUMN flags.check_name IS 'The check, a file of warehouse/sense/.';
COMMENT ON COLUMN flags.reason IS 'What it found.';
COMMENT ON COLUMN flags.verdict IS 'keep or drop, once a person has decided; NULL while it is open.';
COMMENT ON COLUMN flags.decided_on IS 'When.';

CREATE TABLE modalities (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    parents VARCHAR[] NOT NULL,
    rollup BOOLEAN NOT NULL
);
COMMENT ON TABLE modalities IS 'The taxonomy: kinds of massage and what is sold beside it.';
COMMENT ON COLUMN modalities.id IS 'Stable id.';
COMMENT ON COLUMN modalities.name IS 'Name for people.';
COMMENT ON COLUMN modalities.kind IS 'modality, technique, setting or other_treatment.';
COMMENT ON COLUMN modalities.parents IS 'The ids directly above.';
COMMENT ON COLUMN modalities.rollup IS 'Whether its prices count in the figures of its parents.';

CREATE TABLE modality_tree (
    ancestor_id VARCHAR NOT NULL,
    descendant_id VARCHAR NOT NULL
);
COMMENT ON TABLE modality_tree IS 'Whose prices count in whose figures: every modality with itself and with all that roll up into it.';
COMMENT ON COLUMN modality_tree.ancestor_id IS 'The modality a figure is for.';
COMMENT ON COLUMN modality_tree.descendant_id IS 'A modality whose prices count in it.';

CREATE TABLE places (
    place_key VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    parent VARCHAR,
    cma VARCHAR,
    publish_region VARCHAR,
    population INTEGER,
    lat DOUBLE,
    lon DOUBLE
);
COMMENT ON TABLE places IS 'Cities, towns, villages, neighbourhoods and other named places of Alberta.';
COMMENT ON COLUMN places.place_key IS 'Unique name: with its parent or kind where the name alone is not.';
COMMENT ON COLUMN places.name IS 'Name.';
COMMENT ON COLUMN places.kind IS 'city, town, village, hamlet, neighbourhood, ...';
COMMENT ON COLUMN places.parent IS 'The place it is part of.';
COMMENT ON COLUMN places.cma IS 'Census metropolitan area or agglomeration.';
COMMENT ON COLUMN places.publish_region IS 'Region that figures are published for.';
COMMENT ON COLUMN places.population IS 'Residents at the 2021 census.';
COMMENT ON COLUMN places.lat IS 'Latitude in degrees.';
COMMENT ON COLUMN places.lon IS 'Longitude in degrees.';

CREATE TABLE releases (
    release_id VARCHAR NOT NULL,
    made_on DATE NOT NULL,
    method_version VARCHAR NOT NULL,
    content_digest VARCHAR NOT NULL
);
COMMENT ON TABLE releases IS 'Dated, immutable sets of figures, as they lay in releases/ beside the crawls when this file was built.';
COMMENT ON COLUMN releases.release_id IS 'Name of the release.';
COMMENT ON COLUMN releases.made_on IS 'Its date.';
COMMENT ON COLUMN releases.method_version IS 'Version of the method behind its figures.';
COMMENT ON COLUMN releases.content_digest IS 'SHA-256 of its content.';

CREATE TABLE warehouse_info (
    schema_version INTEGER NOT NULL,
    fold_version VARCHAR NOT NULL,
    reader_versions VARCHAR[] NOT NULL
);
COMMENT ON TABLE warehouse_info IS 'One row on this file itself; it holds no clock time, so that equal crawls give equal files.';
COMMENT ON COLUMN warehouse_info.schema_version IS 'Version of these tables.';
COMMENT ON COLUMN warehouse_info.fold_version IS 'Digest of the SQL that folded it; a file of the same version is continued, any other built anew.';
COMMENT ON COLUMN warehouse_info.reader_versions IS 'Versions of the readers that read its crawls, sorted.';
