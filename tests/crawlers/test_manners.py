"""How a crawl behaves where servers, disks and people interrupt it; and one look at a live page."""

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.folder import closed_folders, read_counts, read_visits, stored_pages
from crawlers.gate import ContactMissingError
from crawlers.run import FetchError, fetch_page
from tests.conftest import REGISTRY_HEAD, reply, site

RATES = "<h1>Rates</h1><h2>Deep Tissue Massage</h2><p>60 min $95</p>"
HERE = Path(__file__).parents[2]
LOCAL = {"ALLOW_PRIVATE_HOSTS": ["*.localhost"], "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}


def registry(folder: Path, port: int, *slugs: str) -> str:
    path = folder / "clinics.csv"
    rows = (f"{slug},{slug.title()},Calgary,AB,,,http://{slug}.localhost:{port}/,,,t\n" for slug in slugs)
    path.write_text(REGISTRY_HEAD + "".join(rows), encoding="utf-8")
    return str(path)


def failures(folder: Path) -> dict[str, str | None]:
    (crawl,) = closed_folders(folder / "data" / "crawls")
    return {"/" + visit.url.split("/", 3)[3]: visit.failure for visit in read_visits(crawl)}


def test_crawl_delay_is_the_least_wait_though_the_server_is_quick(ratecard, tmp_path):
    asked: list[float] = []

    def noted(handler):
        asked.append(time.monotonic())
        reply(handler, RATES.encode() + handler.path.encode())

    home = "".join(f'<a href="/rates{n}">rates</a>' for n in range(3))
    pages = {"/": home, "/robots.txt": "User-agent: *\nCrawl-delay: 0.4\n", **{f"/rates{n}": noted for n in range(3)}}
    with site(pages) as port:
        done = ratecard("crawl", "--no-build", "--clinics", registry(tmp_path, port, "willow"),
                        env={"RATECARD_DELAY_SECONDS": "0.01"})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(asked) == 3
    assert min(later - earlier for earlier, later in pairwise(asked)) >= 0.35


def test_odd_answers_end_in_one_visit_each(ratecard, tmp_path):
    def moved(location: str | None):
        return lambda h: reply(h, b"", status=302, **({"Location": location} if location is not None else {}))

    def cut_short(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b"<p>60 min $95")
        handler.close_connection = True

    def dripping(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)  # the far side's slowness: the crawl gives up before it ends

    names = ("loop", "badport", "badhost", "nowhere", "file", "cut", "drip", "latin", "untyped", "brackets", "empty")
    pages = {
        "/": "".join(f'<a href="/{name}">rates</a>' for name in names) + '<a href="http://[oops/">rates</a>',
        "/loop": moved("/loop"),
        "/badport": moved("http://willow.localhost:99999/"),
        "/badhost": moved("http://[oops/"),
        "/nowhere": moved(None),
        "/file": moved("file:///etc/passwd"),
        "/cut": cut_short,
        "/drip": dripping,
        "/latin": lambda h: reply(h, "<p>Séance 60 min 95 $".encode("latin-1"), media_type="text/html; charset=latin1"),
        "/untyped": lambda h: reply(h, b"\xff\xfe\x00<p>60 min $95", media_type=""),
        "/brackets": '<a href="http://willow.localhost:port/">rates</a><a href="">x</a>',
        "/empty": b"",
    }
    with site(pages) as port:
        done = ratecard("crawl", "--no-build", "--clinics", registry(tmp_path, port, "willow"),
                        env={"RATECARD_TIMEOUT_SECONDS": "1", "RATECARD_PAGES_PER_CLINIC": "20"})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    found = failures(tmp_path)
    kept = {path for path, failure in found.items() if failure is None}
    assert kept >= {"/", "/latin", "/brackets", "/empty"}
    assert set(found) == {"/", *(f"/{name}" for name in names)}
    refused = {name: found[f"/{name}"] for name in ("loop", "badport", "badhost", "nowhere", "file", "cut", "drip")}
    assert refused == {
        "loop": "other", "badport": "other", "badhost": "other", "nowhere": "http_302", "file": "http_302",
        "cut": "connection", "drip": "timeout",
    }  # fmt: skip
    (crawl,) = closed_folders(tmp_path / "data" / "crawls")
    assert "latin1" in {stored.page.charset for stored in stored_pages(crawl)}


def test_full_disk_stops_the_crawl_and_the_next_one_finishes_its_folder(ratecard, tmp_path):
    (tmp_path / "full.py").write_text(
        "import errno, io, sys, ratecard.front\n"
        "from crawlers.archive import Archive\n"
        "write, count = Archive._write_record, []\n"
        "def full(self, record):\n"
        "    count.append(1)\n"
        "    if len(count) > 2: raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "    write(self, record)\n"
        "Archive._write_record = full\nratecard.front.app()\n"
    )
    home = "".join(f'<a href="/rates{n}">rates</a>' for n in range(5))
    with site({"/": home, **{f"/rates{n}": f"{RATES}{n}" for n in range(5)}}) as port:
        rows = registry(tmp_path, port, "willow")
        done = ratecard("crawl", "--clinics", rows, module="full", env={"PYTHONPATH": f"{tmp_path}:{HERE}"})
        assert done.returncode == 3
        assert "No space left on device; make room" in done.stderr
        assert "Traceback" not in done.stderr
        assert closed_folders(tmp_path / "data" / "crawls") == []
        again = ratecard("crawl", "--no-build", "--clinics", rows)
    assert again.returncode == 0, again.stderr
    counts = [read_counts(folder)["counts"] for folder in closed_folders(tmp_path / "data" / "crawls")]
    assert [(c["new"], c["unchanged"]) for c in counts] == [(1, 0), (5, 1)]


def test_data_folder_that_cannot_be_is_a_clear_refusal(ratecard, tmp_path):
    (tmp_path / "data").write_text("a file")
    done = ratecard("crawl", "--clinics", registry(tmp_path, 1, "willow"))
    assert done.returncode == 3
    assert "data cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_crawl_that_a_person_stops_says_so_in_its_folder(tmp_path):
    begun, go_on = threading.Event(), threading.Event()

    def held(handler):
        begun.set()
        go_on.wait(20)
        reply(handler, RATES.encode())

    home = "".join(f'<a href="/rates{n}">rates</a>' for n in range(40))
    with site({"/": home, **{f"/rates{n}": held for n in range(40)}}) as port:
        env = {**os.environ, "RATECARD_DELAY_SECONDS": "0", "RATECARD_PAGES_PER_CLINIC": "50", "RATECARD_ALLOW_PRIVATE_HOSTS": '["*.localhost"]',
               "PYTHONPATH": str(HERE)}  # fmt: skip
        arguments = [
            sys.executable,
            "-m",
            "ratecard",
            "crawl",
            "--no-build",
            "--clinics",
            registry(tmp_path, port, "a"),
        ]
        with subprocess.Popen(arguments, cwd=tmp_path, env=env, stderr=subprocess.PIPE) as process:
            assert begun.wait(20)
            process.send_signal(signal.SIGINT)
            assert process.stderr is not None
            threading.Timer(0.3, go_on.set).start()
            process.communicate(timeout=20)
    (folder,) = closed_folders(tmp_path / "data" / "crawls")
    assert read_counts(folder)["interrupted"] is True
    assert 1 <= read_counts(folder)["counts"]["visits"] < 41


def test_live_pages_are_looked_at_one_after_another():
    with site({"/": RATES, "/b": "<p>b"}) as port:
        found = [fetch_page(f"http://willow.localhost:{port}{path}", LOCAL).body for path in ("/", "/b")]
    assert found == [RATES.encode(), b"<p>b"]


@pytest.mark.parametrize(
    ("path", "said"), [("/pdf", "not a page"), ("/missing", "404"), ("/away", "redirects to another site")]
)
def test_live_page_that_cannot_be_had_says_why(path, said):
    pages = {
        "/pdf": lambda h: reply(h, b"%PDF-1.7", media_type="application/pdf"),
        "/away": lambda h: reply(h, b"", status=302, Location="http://other.localhost/"),
    }
    with site(pages) as port, pytest.raises(FetchError, match=said):
        fetch_page(f"http://willow.localhost:{port}{path}", LOCAL)


def test_live_page_on_a_private_address_is_refused():
    with pytest.raises(FetchError, match="private address"):
        fetch_page("http://127.0.0.1:1/", {**LOCAL, "CONTACT": "test@example.org"})


def test_live_page_of_a_real_site_needs_a_contact_address():
    with pytest.raises(ContactMissingError, match="RATECARD_CONTACT"):
        fetch_page("https://real.example/", {"CONTACT": None})
