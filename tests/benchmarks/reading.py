"""How long the whole reading of a page takes, as a ratio to bare parsing of the same pages in the same run.

    python -m tests.benchmarks.reading [FOLDER]

Reads the HTML pages of a folder (the sample clinics' unless one is named). Peers: selectolax alone, and
BeautifulSoup's text with a regular expression. Then one page of growing size, to show that cost grows with it.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from crawlers import samples
from pipelines.readers import read_page
from pipelines.records import Page

ROUNDS = 7
PRICE = re.compile(r"(\d{2,3})\s*(?:min|minutes)\D{0,20}\$\s*(\d+)")
CARD = (
    b"<div class=card><h3>Swedish Massage %d</h3><p>Long flowing strokes for the tired and the sore, with warm oil.</p>"
    b"<p>60 min $85</p><p>90 min $120</p></div>"
)


def bare(page: bytes) -> None:
    LexborHTMLParser(page)


def soup(page: bytes) -> None:
    PRICE.findall(BeautifulSoup(page, "lxml").get_text())


def ours(page: bytes) -> None:
    read_page(Page(page))


def seconds(work: Callable[[bytes], None], pages: list[bytes]) -> float:
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else samples.sites()
    pages = [path.read_bytes() for path in sorted(folder.rglob("*.html"))]
    rounds = [{work.__name__: seconds(work, pages) for work in (bare, ours, soup)} for _ in range(ROUNDS + 1)][1:]
    print(f"{len(pages)} pages, {sum(map(len, pages)) // 1000} kB, median of {ROUNDS} interleaved rounds")
    for name in ("ours", "soup"):
        ratio = statistics.median(one[name] / one["bare"] for one in rounds)
        print(f"  {name:5} {ratio:6.1f} x a bare selectolax parse")
    for size in (10, 100, 1_000, 10_000):
        page = b"".join(CARD % n for n in range(size * 1_000 // len(CARD)))
        taken = seconds(ours, [page])
        print(f"  {size:6} kB {taken:7.2f} s  {taken / size * 1000:6.2f} ms a kB")


if __name__ == "__main__":
    main()
