"""The checks of a release on real pages: each page one clinic of no known region.

    python -m tests.benchmarks.figures_pages FOLDER...

Reads every file of the folders as ``ratecard extract`` does, builds a warehouse of them, and prints the checks, or that the
clinics are too few for them to decide anything.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from crawlers.local import read_file
from pipelines.readers import read_page
from pipelines.table import offer_row
from reports.checks import all_checks
from reports.desk import open_desk
from reports.figures import figures_of, last_day
from reports.gate import ENOUGH_CLINICS, frame_of
from reports.render import render
from reports.show import for_people, legend
from tests.warehouse.factories import Crawl, clinic
from warehouse.build import build
from warehouse.connect import connect


def main() -> None:
    paths = sorted(path for name in sys.argv[1:] for path in Path(name).iterdir() if path.is_file())
    with tempfile.TemporaryDirectory() as folder:
        crawl = Crawl(Path(folder), 1, [clinic(f"p{n:04}", "") for n in range(len(paths))])
        for n, path in enumerate(paths):
            found = read_page(read_file(path)).offers
            crawl.saw(f"p{n:04}", [offer_row("", at, offer, date(2026, 1, 1)) for at, offer in enumerate(found)])
        crawl.write()
        with connect(build(Path(folder)).path) as con:
            desk = open_desk(con, last_day(con))
            told = [one for one in figures_of(desk, modality="massage_therapy", regions=["Alberta"]) if one.n]
            checks = all_checks(con, desk)
    print(
        f"{len(paths)} pages; {checks[0].n} clinics with an hour's price, {ENOUGH_CLINICS} are needed for the checks to decide"
    )
    print(render(frame_of(checks), "table"))
    print("The figures that they would give, of no one place and no one year:", legend(told))
    print(render(for_people(told), "table"))


if __name__ == "__main__":
    main()
