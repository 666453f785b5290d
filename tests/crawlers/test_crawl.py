"""A crawl over real HTTP on loopback: what it visits, what it refuses, and what it leaves behind."""

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from crawlers.folder import closed_folders, read_visits, stored_pages
from tests.conftest import REGISTRY_HEAD, reply, site

RATES = "<h1>Rates</h1><h2>Deep Tissue Massage</h2><p>60 min $95</p>"


def registry(folder: Path, *rows: str) -> str:
    path = folder / "clinics.csv"
    path.write_text(REGISTRY_HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(path)


def row(slug: str, port: int, city: str = "Calgary", path: str = "/", booking: str = "") -> str:
    return f"{slug},{slug.title()},{city},AB,,,http://{slug}.localhost:{port}{path},{booking},,test"


def visits_of(folder: Path) -> dict[str, object]:
    """Path (with its host) to failure, or ``ok``."""
    (crawl,) = closed_folders(folder / "data" / "crawls")
    return {v.url.partition("//")[2].replace(v.url.split("/")[2], v.url.split("/")[2].partition(":")[0]): v.failure or "ok"
            for v in read_visits(crawl)}  # fmt: skip


def test_one_clinic_start_to_warehouse(ratecard, tmp_path):
    home = '<a href="/rates.html">Rates</a> <a href="/team.html">Team</a> <a href="/private/fees">fees</a>'
    pages = {"/": home, "/rates.html": RATES, "/private/fees": "<p>60 min $10</p>",
             "/robots.txt": "User-agent: *\nDisallow: /private/\n"}  # fmt: skip
    with site(pages) as port:
        done = ratecard("crawl", "--clinics", registry(tmp_path, row("willow", port)))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "Willow, Calgary: 2 pages, 1 offer" in done.stderr
    assert "robots.txt does not allow it" in done.stderr
    assert visits_of(tmp_path) == {
        "willow.localhost/": "ok", "willow.localhost/rates.html": "ok", "willow.localhost/private/fees": "robots"
    }  # fmt: skip
    with duckdb.connect(tmp_path / "data" / "ratecard.duckdb", read_only=True) as con:
        assert con.execute("SELECT service, cents, abstains FROM prices").fetchall() == [
            ("Deep Tissue Massage", 9_500, None)
        ]


def test_each_failure_has_its_class(ratecard, tmp_path):
    def slow(handler):
        time.sleep(4)  # the far side's slowness, not the test's: the crawl gives up after two seconds

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(3_000):
            handler.wfile.write(b"x" * 1_000)

    bomb = gzip.compress(b"0" * 3_000_000)
    pages = {
        "/": " ".join(f'<a href="/{name}">rates</a>' for name in
                      ("missing", "broken", "slow", "endless", "bomb", "pdf", "away", "inside", "metadata")),
        "/broken": lambda h: reply(h, b"", status=500),
        "/slow": slow,
        "/endless": endless,
        "/bomb": lambda h: reply(h, bomb, Content_Encoding="gzip"),
        "/pdf": lambda h: reply(h, b"%PDF-1.7", media_type="application/pdf"),
        "/away": lambda h: reply(h, b"", status=302, Location="http://other.localhost/rates"),
        "/inside": lambda h: reply(h, b"", status=302, Location="http://127.0.0.1:1/rates"),
        "/metadata": lambda h: reply(h, b"", status=302, Location="http://169.254.169.254/latest"),
    }  # fmt: skip
    with site(pages) as port:
        rows = (
            row("willow", port),
            row("gone", 1),
            "nowhere,Nowhere,Calgary,AB,,,http://nowhere.localhost.invalid/,,,t",
            f"number,Number,Calgary,AB,,,http://2130706433:{port}/,,,t",
            f"plain,Plain,Calgary,AB,,,http://127.0.0.1:{port}/,,,t",
        )
        done = ratecard("crawl", "--no-build", "--clinics", registry(tmp_path, *rows),
                        env={"RATECARD_PAGE_BYTES": "1000000", "RATECARD_CONTACT": "test@example.org"})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    found = visits_of(tmp_path)
    assert found == {
        "willow.localhost/": "ok",
        "willow.localhost/missing": "http_404",
        "willow.localhost/broken": "http_500",
        "willow.localhost/slow": "timeout",
        "willow.localhost/endless": "too_large",
        "willow.localhost/bomb": "too_large",
        "willow.localhost/pdf": "unsupported_type",
        "willow.localhost/away": "redirect_off_site",
        "willow.localhost/inside": "redirect_off_site",
        "willow.localhost/metadata": "redirect_off_site",
        "gone.localhost/": "connection",
        "nowhere.localhost.invalid/": "dns",
        "2130706433/": "blocked_address",
        "127.0.0.1/": "blocked_address",
    }


def test_name_that_resolves_to_a_private_address_is_refused(ratecard, tmp_path):
    script = tmp_path / "rebind.py"
    script.write_text(
        "import socket, ratecard.front, sys\n"
        "socket.gethostbyname = lambda name: '10.0.0.7'\n"
        "sys.argv = ['ratecard', *sys.argv[1:]]\nratecard.front.app()\n"
    )
    rows = registry(tmp_path, "rebind,Rebind,Calgary,AB,,,http://rebind.example/,,,t")
    done = ratecard("crawl", "--no-build", "--clinics", rows, module="rebind",
                    env={"RATECARD_CONTACT": "test@example.org", "PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"})  # fmt: skip
    assert visits_of(tmp_path) == {"rebind.example/": "blocked_address"}, done.stderr


def test_unreachable_robots_txt_forbids_the_host(ratecard, tmp_path):
    with site({"/": RATES, "/robots.txt": lambda h: reply(h, b"", status=503)}) as port:
        done = ratecard("crawl", "--no-build", "--clinics", registry(tmp_path, row("willow", port)))
    assert visits_of(tmp_path) == {"willow.localhost/": "robots"}
    assert done.returncode == 1
    assert "not one page could be read" in done.stderr


def test_loops_and_floods_of_links_stay_within_bounds(ratecard, tmp_path):
    flood = " ".join(f'<a href="/rates/{n}">rates</a>' for n in range(200)) + '<a href="/">home rates</a>'
    pages = {"/": flood, **{f"/rates/{n}": flood for n in range(200)}}
    with site(pages) as port:
        ratecard("crawl", "--no-build", "--clinics", registry(tmp_path, row("willow", port)),
                 env={"RATECARD_PAGES_PER_CLINIC": "5"})  # fmt: skip
    assert len(visits_of(tmp_path)) == 5


def test_second_crawl_finds_the_pages_unchanged_and_stores_them_once(ratecard, tmp_path):
    with site({"/": f'<a href="/rates">rates</a>{RATES}', "/rates": RATES}) as port:
        rows = registry(tmp_path, row("willow", port))
        for _ in range(2):
            assert ratecard("crawl", "--clinics", rows).returncode == 0
    first, second = closed_folders(tmp_path / "data" / "crawls")
    assert [v.outcome for v in read_visits(second)] == ["unchanged", "unchanged"]
    assert [len(list(stored_pages(folder))) for folder in (first, second)] == [2, 0]
    assert b"WARC-Type: revisit" in gzip.decompress((second / "pages.warc.gz").read_bytes())
    with duckdb.connect(tmp_path / "data" / "ratecard.duckdb", read_only=True) as con:
        assert set(con.execute("SELECT sightings, is_current FROM prices").fetchall()) == {(2, True)}


def test_booking_platform_is_the_only_way_off_the_site(ratecard, tmp_path):
    menu = """<script>const routerOptions = { treatments: [{"id":1,"name":"NMT","treatment_duration":3600,"price":110}],
    disciplines: [], };</script>"""
    home = '<a href="http://willow.janeapp.localhost:{port}/#/x">Book</a> <a href="http://b.localhost:{port}/rates">rates</a>'
    with site({"/": home, "willow.janeapp.localhost/": menu, "b.localhost/rates": RATES}) as port:
        ratecard("crawl", "--no-build", "--clinics", registry(tmp_path, row("willow", port)))
    assert visits_of(tmp_path) == {"willow.localhost/": "ok", "willow.janeapp.localhost/": "ok"}


def test_user_agent_names_us_and_a_contact(ratecard, tmp_path):
    seen = []

    def note(handler):
        seen.append(handler.headers["User-Agent"])
        reply(handler, RATES.encode())

    with site({"/": note}) as port:
        ratecard("crawl", "--no-build", "--clinics", registry(tmp_path, row("willow", port)),
                 env={"RATECARD_CONTACT": "mail@ratecard.example"})  # fmt: skip
    assert seen == ["Ratecard/0.1.0 (+mail@ratecard.example)"]


@pytest.mark.parametrize("program", ["ratecard", "scrapy"])
def test_real_sites_are_not_visited_without_a_contact_address(ratecard, tmp_path, program):
    rows = registry(tmp_path, "real,Real,Calgary,AB,,,https://real.example/,,,t")
    if program == "ratecard":
        done = ratecard("crawl", "--clinics", rows)
        assert done.returncode == 3
    else:
        done = ratecard("crawl", "clinics", "-a", f"clinics={rows}", module="scrapy", cwd=Path(__file__).parents[2],
                        env={"RATECARD_DATA_DIR": str(tmp_path / "data")})  # fmt: skip
    assert "no contact address is set" in done.stderr
    assert "RATECARD_CONTACT" in done.stderr
    assert "Traceback" not in done.stderr
    assert not closed_folders(tmp_path / "data" / "crawls")


def test_plain_scrapy_crawls_and_builds_as_well(ratecard, tmp_path):
    with site({"/": RATES}) as port:
        rows = registry(tmp_path, row("willow", port))
        done = ratecard("crawl", "clinics", "-a", f"clinics={rows}", module="scrapy", cwd=Path(__file__).parents[2],
                        env={"RATECARD_DATA_DIR": str(tmp_path / "data")})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Willow, Calgary: 1 page, 1 offer" in done.stderr
    assert (tmp_path / "data" / "ratecard.duckdb").exists()


@pytest.fixture
def crawl_under_way(tmp_path):
    """A crawl in a process of its own that waits on a slow page with one page stored; yields process and registry."""
    import os
    import threading

    release = threading.Event()

    def held(handler):
        release.wait(20)
        reply(handler, RATES.encode())

    with site({"/": f'<a href="/rates">rates</a>{RATES}', "/rates": held}) as port:
        rows = registry(tmp_path, row("willow", port))
        env = {**os.environ, "RATECARD_DELAY_SECONDS": "0", "RATECARD_ALLOW_PRIVATE_HOSTS": '["*.localhost"]',
               "PYTHONPATH": str(Path(__file__).parents[2])}  # fmt: skip
        process = subprocess.Popen([sys.executable, "-m", "ratecard", "crawl", "--clinics", rows], cwd=tmp_path, env=env,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not any(
            f.stat().st_size for f in (tmp_path / "data" / "crawls").glob("*.partial/visits.jsonl")
        ):
            time.sleep(0.02)
        yield process, rows
        process.kill()
        process.wait()
        release.set()


def test_second_crawl_while_one_runs_is_refused(ratecard, crawl_under_way):
    _, rows = crawl_under_way
    done = ratecard("crawl", "--clinics", rows)
    assert done.returncode == 3
    assert "a crawl is already running" in done.stderr


def test_killed_crawl_is_finished_by_the_next_one(ratecard, tmp_path, crawl_under_way):
    process, _ = crawl_under_way
    process.send_signal(signal.SIGKILL)
    process.wait()
    (partial,) = (tmp_path / "data" / "crawls").glob("*.partial")
    with (partial / "visits.jsonl").open("a") as lines:
        lines.write('{"visit_id": "cut off in the mid')
    with (partial / "pages.warc.gz").open("ab") as warc:
        warc.write(gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n")[:20])
    with site({"/": RATES}) as port:
        done = ratecard("crawl", "--clinics", registry(tmp_path, row("other", port)))
    assert done.returncode == 0, done.stderr
    recovered, _ = closed_folders(tmp_path / "data" / "crawls")
    facts = json.loads((recovered / "crawl.json").read_text())
    assert facts["interrupted"] is True
    assert facts["counts"]["visits"] == facts["counts"]["pages"] == 1
    with duckdb.connect(tmp_path / "data" / "ratecard.duckdb", read_only=True) as con:
        assert con.execute("SELECT count(DISTINCT location_id) FROM prices").fetchone() == (2,)
