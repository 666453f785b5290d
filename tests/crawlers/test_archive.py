"""Crawl folders: what is written reads back, by any WARC reader, and a crash costs at most what was under way."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawlers.archive import Archive
from crawlers.folder import closed_folders, known_pages, read_counts, read_visits, reread, stored_pages
from crawlers.items import Fetched
from crawlers.recovery import recover
from pipelines.records import Page

SEEN = datetime(2026, 11, 21, 4, 22, 33, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html; charset=windows-1252"), ("Content-Encoding", "gzip"), ("X-Odd", "é"))


def fetched(path: str, body: bytes | None = None, **other) -> Fetched:
    page = None if body is None else Page(body, f"http://a.example{path}", charset="windows-1252")
    return replace(Fetched("willow", f"http://a.example{path}", SEEN, None, 200, page, HEADERS), **other)


def body(name: str) -> bytes:
    return f"<h1>Rates {name}</h1><h2>Deep Tissue Massage</h2><p>60 min $95 – ".encode("cp1252")


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path, (), "Ratecard/0 (+test)")


def filled(archive: Archive) -> Archive:
    archive.add(fetched("/1", body("one")))
    archive.add(fetched("/2", body("two")))
    archive.add(fetched("/x", failure="dns", status=None))
    return archive


def test_pages_read_back_as_they_came(archive):
    folder = filled(archive).close()
    stored = list(stored_pages(folder))
    assert [s.page.body for s in stored] == [body("one"), body("two")]
    assert {s.page.charset for s in stored} == {"windows-1252"}
    assert {s.seen_at for s in stored} == {SEEN}
    assert [(v.visit_id, v.outcome, v.failure) for v in read_visits(folder)] == [
        (f"{folder.name}/000001", "new", None), (f"{folder.name}/000002", "new", None),
        (f"{folder.name}/000003", "failed", "dns"),
    ]  # fmt: skip
    facts = read_counts(folder)
    assert facts["interrupted"] is False
    assert facts["counts"] == {
        "clinics": 1, "visits": 3, "new": 2, "unchanged": 0, "failed": 1, "pages": 2, "offers": 2, "rejections": 0,
            "addresses": 0,
    }  # fmt: skip


def test_same_bytes_are_stored_once_and_refer_to_the_first_time(archive, tmp_path):
    filled(archive).add(fetched("/again", body("one")))
    folder = archive.close()
    second = Archive(tmp_path, (), "test")
    second.add(fetched("/2", body("two")))
    again = second.close()
    for where, url in ((folder, "http://a.example/1"), (again, "http://a.example/2")):
        with (where / "pages.warc.gz").open("rb") as stream:
            (revisit,) = ArchiveIterator(stream, record_types=WarcRecordType.revisit)
        assert revisit.headers["WARC-Refers-To-Target-URI"] == url
        assert revisit.headers["WARC-Refers-To-Date"] == "2026-11-21T04:22:33Z"
        assert revisit.headers["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert [v.outcome for v in read_visits(again)] == ["unchanged"]
    assert set(known_pages(tmp_path)) == {Page(body("one")).digest, Page(body("two")).digest}


def test_warc_begins_with_warcinfo_and_its_digests_hold(archive):
    folder = filled(archive).close()
    with (folder / "pages.warc.gz").open("rb") as stream:
        kinds = [record.record_type for record in ArchiveIterator(stream, verify_digests=True)]
    assert kinds == [WarcRecordType.warcinfo, WarcRecordType.response, WarcRecordType.response]


def test_two_crawls_in_one_second_get_two_folders(tmp_path):
    first, second = (Archive(tmp_path, (), "test").close() for _ in range(2))
    assert first.name != second.name
    assert closed_folders(tmp_path) == sorted([first, second])


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.999])
def test_page_cut_off_by_a_crash_becomes_a_failed_visit(archive, tmp_path, kept):
    filled(archive)
    warc = archive.folder / "pages.warc.gz"
    start = warc.read_bytes().rindex(b"\x1f\x8b\x08")
    whole = warc.read_bytes()
    warc.write_bytes(whole[: start + int((len(whole) - start) * kept)])
    (folder,) = recover(tmp_path)
    assert [(v.outcome, v.failure) for v in read_visits(folder)] == [
        ("new", None), ("failed", "other"), ("failed", "dns")
    ]  # fmt: skip
    assert [s.page.body for s in stored_pages(folder)] == [body("one")]
    gzip.decompress((folder / "pages.warc.gz").read_bytes())  # nothing half is left at the end
    assert read_counts(folder)["interrupted"] is True
    assert pq.read_table(folder / "offers.parquet").num_rows == 1


def test_page_without_its_visit_is_taken_off_so_that_the_next_crawl_stores_it(archive, tmp_path):
    filled(archive).add(fetched("/3", body("three")))
    visits = archive.folder / "visits.jsonl"
    lines = visits.read_bytes().splitlines(keepends=True)
    visits.write_bytes(b"".join(lines[:-1]) + lines[-1][:20])
    (folder,) = recover(tmp_path)
    assert len(list(read_visits(folder))) == 3
    assert [s.page.body for s in stored_pages(folder)] == [body("one"), body("two")]
    after = Archive(tmp_path, (), "test")
    assert after.add(fetched("/3", body("three"))).outcome == "new"


def test_visits_survive_a_block_of_zeros(archive, tmp_path):
    filled(archive)
    with (archive.folder / "visits.jsonl").open("ab") as file:
        file.write(b"\0" * 512)
    (folder,) = recover(tmp_path)
    assert len(list(read_visits(folder))) == 3


def test_folder_that_saw_nothing_is_removed(tmp_path):
    (tmp_path / "20261121T042233Z.partial" / "odd").mkdir(parents=True)
    assert recover(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_recovering_twice_changes_nothing(archive, tmp_path):
    filled(archive)
    (folder,) = recover(tmp_path)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert recover(tmp_path) == []
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_another_reader_version_reads_again_and_gets_the_same(archive):
    folder = filled(archive).close()
    assert reread(folder) is False
    before = pq.read_table(folder / "offers.parquet")
    facts = {**read_counts(folder), "reader_version": "an older one"}
    (folder / "crawl.json").write_text(json.dumps(facts))
    assert reread(folder) is True
    assert pq.read_table(folder / "offers.parquet").equals(before)
    assert read_counts(folder)["reader_version"] != "an older one"
    assert reread(folder, force=True) is True


def test_an_archive_that_lost_pages_leaves_what_was_read_of_them(archive):
    folder = filled(archive).close()
    before = (folder / "offers.parquet").read_bytes()
    (folder / "pages.warc.gz").write_bytes(b"no archive any more")
    with pytest.raises(ValueError, match="lacks 2 of 2 pages"):
        reread(folder, force=True)
    assert (folder / "offers.parquet").read_bytes() == before


def test_damaged_leftover_does_not_hold_up_the_next_crawl(archive, tmp_path, caplog):
    filled(archive)
    (archive.folder / "crawl.json").write_text("{")
    assert recover(tmp_path) == []
    assert archive.folder.exists()
    assert "could not be finished" in caplog.text
