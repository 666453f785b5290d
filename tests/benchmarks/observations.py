"""Crawl folders of any size, made from nothing but a seed: what so many weekly crawls of so many clinics would leave.

An observation is one priced thing seen at one visit. A clinic changes all its prices now and then, one visit in forty
fails, and pages either stay as they are between changes or come with new bytes at every visit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

THINGS = 30
#: Visits between two changes of a clinic's prices, on average; with the history's ends intervals come to 40.
INTERVAL = 45
_START = datetime(2020, 1, 6, 9, tzinfo=UTC)

#: What each clinic shows in each crawl; ``version`` counts its price changes so far.
_SHOWN = """
CREATE OR REPLACE TABLE shown AS
SELECT clinic_no, crawl_no, hash($seed, clinic_no, crawl_no, 'down') % 40 = 0 AS down,
    sum((hash($seed, clinic_no, crawl_no) % $interval = 0)::INTEGER) OVER (PARTITION BY clinic_no ORDER BY crawl_no)
        AS version
FROM range($clinics) AS c(clinic_no), range($crawls) AS w(crawl_no)
"""
_VISITED = """
CREATE OR REPLACE TABLE visited AS
SELECT *, sha256(concat_ws('/', clinic_no, CASE WHEN $always_new THEN crawl_no ELSE version END)) AS page_digest,
    row_number() OVER (PARTITION BY page_digest ORDER BY crawl_no) = 1 AS is_new
FROM shown WHERE NOT down
"""
_OFFERS = f"""
COPY (
    SELECT page_digest, k::INTEGER AS ordinal,
        ['Deep tissue massage', 'Swedish massage', 'Massage therapy', 'Hot stone massage', 'Prenatal massage'][1 + k % 5]
            || CASE WHEN k >= 15 THEN ' with ' || (clinic_no % 200)::VARCHAR ELSE '' END AS service,
        'Massage rates' AS heading, 'massage' AS category, [30, 45, 60, 75, 90, 120][1 + k % 6]::INTEGER AS minutes,
        NULL::INTEGER AS minutes_min, 100 * (50 + minutes + hash($seed, clinic_no, k) % 40 + 3 * version) AS cents,
        cents::BIGINT AS price_cents, NULL::BIGINT AS price_max_cents, NULL::BIGINT AS sale_price_cents,
        false AS is_from, NULL::VARCHAR AS tax_words, 0.99::DOUBLE AS confidence,
        format('{{}} {{}} min ${{}}', service, minutes, price_cents // 100) AS snippet,
        format('main > ul > li line {{}}', 12 + k) AS location_on_page, 'website' AS reader, []::VARCHAR[] AS flags,
        price_cents AS cents_before_tax, 'assumed_excluded' AS tax_basis, 'CAD' AS currency,
        ['deep_tissue', 'swedish', 'massage_therapy', 'hot_stone', 'prenatal'][1 + k % 5] AS modality,
        [modality] AS modalities, minutes AS duration_bin, false AS short_hour, 'regular' AS audience,
        NULL::VARCHAR AS abstains
    FROM visited, range({THINGS}) AS t(k) WHERE crawl_no = $crawl AND is_new ORDER BY clinic_no, k
) TO '$path' (FORMAT parquet, COMPRESSION zstd)
"""
_VISITS = """
COPY (
    SELECT format('{}/{:06d}', $id, row_number() OVER (ORDER BY s.clinic_no)) AS visit_id, $id AS crawl_id,
        format('clinic-{:05d}', s.clinic_no) AS clinic_id, format('https://clinic-{:05d}.example/rates', s.clinic_no) AS url,
        strftime($at::TIMESTAMP + to_seconds(s.clinic_no), '%Y-%m-%dT%H:%M:%SZ') AS seen_at,
        CASE WHEN s.down THEN 'failed' WHEN v.is_new THEN 'new' ELSE 'unchanged' END AS outcome,
        CASE WHEN s.down THEN 'timeout' END AS failure, CASE WHEN s.down THEN NULL ELSE 200 END AS status,
        v.page_digest, 'text/html' AS media_type, NULL AS charset, 40000 AS bytes
    FROM shown AS s LEFT JOIN visited AS v USING (clinic_no, crawl_no) WHERE crawl_no = $crawl ORDER BY s.clinic_no
) TO '$path' (FORMAT json)
"""
_CLINICS = """
COPY (
    SELECT format('clinic-{:05d}', clinic_no) AS id, id AS name,
        ['Calgary', 'Edmonton', 'Red Deer', 'Lethbridge', 'Airdrie'][1 + clinic_no % 5] AS city, 'AB' AS province,
        '' AS address, '' AS postal_code, format('https://clinic-{:05d}.example/', clinic_no) AS website,
        '' AS booking_url, '' AS booking_platform, 'made up' AS source
    FROM range($clinics) AS c(clinic_no)
) TO '$path' (FORMAT csv, HEADER)
"""
_EMPTY = {
    "rejections.parquet": "''::VARCHAR AS text, '' AS reason, '' AS location_on_page",
    "addresses.parquet": "'' AS text, NULL::VARCHAR AS place_key, NULL::VARCHAR AS city_key, NULL::VARCHAR AS basis, "
    "NULL::DOUBLE AS sure",
}


@dataclass(frozen=True, slots=True)
class History:
    """How much there is to make. ``always_new``: every visit sees other bytes, the most that a page can cost."""

    clinics: int
    crawls: int
    always_new: bool = False
    seed: int = 7

    @property
    def observations(self) -> int:
        """About how many priced things all visits see."""
        return self.clinics * self.crawls * THINGS


def write(history: History, data_dir: Path) -> None:
    """Write the crawl folders of a history below ``data_dir/crawls``."""
    with duckdb.connect() as con:
        sizes = {"clinics": history.clinics, "crawls": history.crawls}
        con.execute(_SHOWN, {**sizes, "seed": history.seed, "interval": INTERVAL})
        con.execute(_VISITED, {"always_new": history.always_new})
        for number in range(history.crawls):
            _write_folder(con, data_dir / "crawls", number, history)


def _write_folder(con: duckdb.DuckDBPyConnection, crawls: Path, number: int, history: History) -> None:
    at = _START + timedelta(days=7 * number)
    crawl_id = at.strftime("%Y%m%dT%H%M%SZ")
    folder = crawls / crawl_id
    folder.mkdir(parents=True)
    asked = {"crawl": number, "seed": history.seed, "id": crawl_id, "at": at.replace(tzinfo=None)}
    asked["clinics"] = history.clinics
    for query, name in ((_OFFERS, "offers.parquet"), (_VISITS, "visits.jsonl"), (_CLINICS, "clinics.csv")):
        wanted = {key: value for key, value in asked.items() if f"${key}" in query.replace("$path", "")}
        con.execute(query.replace("$path", str(folder / name)), wanted)
    for name, columns in _EMPTY.items():
        con.execute(f"COPY (SELECT '' AS page_digest, 0 AS ordinal, {columns} LIMIT 0) TO '{folder / name}'")
    (folder / "pages.warc.gz").write_bytes(b"")
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = {"crawl_id": crawl_id, "started_at": stamp, "finished_at": None, "interrupted": False}
    facts |= {"reader_version": "made up", "ratecard_version": "0", "user_agent": None}
    (folder / "crawl.json").write_text(json.dumps(facts))
