"""How long the whole reading of a page takes, as a ratio to bare parsing of the same pages in the same run.

    python -m tests.benchmarks.reading [FOLDER]

Reads the HTML pages of a folder (the sample clinics' unless one is named). Peers: selectolax alone, and
BeautifulSoup's text with a regular expression. *first* is our reading with nothing remembered from earlier pages or
rounds, *ours* what a long crawl comes to, where most lines have been met before. Then pages of growing size and
several makes, to show that cost and memory grow with size and end at the limits.
"""

from __future__ import annotations

import gc
import re
import resource
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

ROUNDS = 9
SIZES = (10, 100, 1_000, 10_000)
PRICE = re.compile(r"(\d{2,3})\s*(?:min|minutes)\D{0,20}\$\s*(\d+)")
_CARD = (
    "<div class=card><h3>Swedish Massage {n}</h3><p>Long flowing strokes for the tired and the sore, with oil.</p>"
    "<p>60 min $85</p><p>90 min $120</p></div>"
)
_PARAGRAPH = "<p>Word of the {n} people who came with a stiff neck and went home at 5 pm without one.</p>"
MAKES: dict[str, Callable[[int], str]] = {
    "price cards": lambda size: "".join(_CARD.format(n=n) for n in range(size // len(_CARD))),
    "prose": lambda size: _CARD + "".join(_PARAGRAPH.format(n=n) for n in range(size // len(_PARAGRAPH))),
    "one line": lambda size: "60 min $85 " * (size // 11),
    "nested": lambda size: "<div>" * (size // 5) + "60 min $85",
    "table": lambda size: "<table>" + "<tr><td>Swedish<td>60 min<td>$85" * (size // 32),
}


def bare(page: bytes) -> None:
    LexborHTMLParser(page)


def soup(page: bytes) -> None:
    PRICE.findall(BeautifulSoup(page, "lxml").get_text())


def ours(page: bytes) -> None:
    read_page(Page(page))


def forget() -> None:
    """Empty what our functions remember of texts; the word lists and the taxonomy stay loaded."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipelines"):
            for function in vars(module).values():
                parameters = getattr(function, "cache_parameters", None)
                if parameters and parameters()["maxsize"]:
                    function.cache_clear()


def seconds(work: Callable[[bytes], None], pages: list[bytes]) -> float:
    gc.collect()
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


def one_round(pages: list[bytes]) -> dict[str, float]:
    """Seconds of each peer, and of ours without and with what was met before."""
    taken = {"bare": seconds(bare, pages), "soup": seconds(soup, pages)}
    forget()
    return {**taken, "first": seconds(ours, pages), "ours": seconds(ours, pages)}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else samples.sites()
    pages = [path.read_bytes() for path in sorted(folder.rglob("*.html"))]
    rounds = [one_round(pages) for _ in range(ROUNDS + 1)][1:]
    print(f"{len(pages)} pages, {sum(map(len, pages)) // 1000} kB, median of {ROUNDS} interleaved rounds")
    for name in ("ours", "first", "soup"):
        ratio = statistics.median(one[name] / one["bare"] for one in rounds)
        print(f"  {name:5} {ratio:6.1f} x a bare selectolax parse")
    print(f"ms a page by its make and size{'':4}" + "".join(f"{size:>9} kB" for size in SIZES) + "   peak memory")
    for make, text in MAKES.items():
        taken = [seconds(ours, [text(size * 1_000).encode()]) for size in SIZES]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"  {make:32}" + "".join(f"{one * 1000:12.1f}" for one in taken) + f"   {peak:6} MB")


if __name__ == "__main__":
    main()
