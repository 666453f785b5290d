-- Who is known: the newest word on each location wins; the registry that was passed is newer than any folder's copy.
DELETE FROM registry WHERE id IN (SELECT id FROM staged_registry WHERE priority <> '~registry');
INSERT INTO registry BY NAME
SELECT * EXCLUDE (priority), priority AS folder FROM staged_registry WHERE priority <> '~registry'
QUALIFY row_number() OVER (PARTITION BY id ORDER BY priority DESC, position) = 1
ORDER BY id;

-- Rows that share a website are one clinic, also when its first row got another id since an older crawl.
CREATE TEMP TABLE known AS
WITH told AS (
    SELECT * RENAME (folder AS priority), NOT EXISTS (FROM staged_registry WHERE priority = '~registry') AS listed
    FROM registry
    UNION ALL BY NAME
    SELECT *, true AS listed FROM staged_registry WHERE priority = '~registry'
), newest AS (
    SELECT *, coalesce(
        nullif(regexp_replace(lower(trim(coalesce(website, ''))), '^https?://(www\.)?|/+$', '', 'g'), ''),
        nullif(trim(coalesce(booking_url, '')), ''),
        'id:' || id
    ) AS site
    FROM told
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY priority DESC, position) = 1
)
SELECT *, id AS location_id, first_value(id) OVER (PARTITION BY site ORDER BY priority DESC, position) AS clinic_id,
    count(*) OVER (PARTITION BY site) AS locations
FROM newest;
