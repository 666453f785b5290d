"""What the warehouse costs, as ratios to what DuckDB does with the same rows in the same run.

    python -m tests.benchmarks.warehouse [load 1] [load 10] [store 1] [reports 100] [grow 3]

*load*: millions of read offers, every page new, into the tables and on into intervals, against DuckDB's COPY of the
same Parquet files. *store*: bytes of an interval, and of an observation against daily snapshots of the same prices.
*reports*: the newest prices and those of a day, from intervals and from snapshots, over millions of observations.
*grow*: a build with one more crawl, after more and more history, thousands of clinics. Each part runs in a process of
its own, so that its peak of memory is its own. All data are made from a seed (``observations.py``).
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import duckdb

import warehouse.build
from tests.benchmarks.observations import THINGS, History, write
from warehouse.build import WAREHOUSE, build

ALL = ("load 1", "load 10", "store 1", "store 10", "reports 100", "grow 3")
_CRAWLS = 67
#: So many crawls that intervals reach their length before the history ends.
_LONG = 667
#: What people ask of prices: the middle of each length, now and on a day. A visit may fail, so the newest good one counts.
#: Rounds of what takes less than some seconds; medians count.
_ROUNDS = 9
_MIDDLE = "SELECT modality, duration_bin, median(cents) FROM {} GROUP BY ALL ORDER BY ALL"
_OF_INTERVALS = {
    "latest": "(FROM prices WHERE is_current)",
    "as of": "prices_on(DATE '{day}')",
}
_OF_SNAPSHOTS = {
    "latest": "(FROM snapshots SEMI JOIN (SELECT url, max(day) AS day FROM snapshots GROUP BY url) USING (url, day))",
    "as of": "(FROM snapshots SEMI JOIN (SELECT url, max(day) AS day FROM snapshots WHERE day <= DATE '{day}' "
    "GROUP BY url) USING (url, day))",
}


def history(millions: int, *, crawls: int, always_new: bool = False) -> History:
    return History(clinics=1_000_000 * millions // (crawls * THINGS), crawls=crawls, always_new=always_new)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def timed(name: str, into: dict[str, float]) -> Iterator[None]:
    """Note how long each call of a step of the build takes."""
    step = getattr(warehouse.build, name)

    def measured(*args: object, **named: object) -> object:
        start = time.perf_counter()
        try:
            return step(*args, **named)
        finally:
            into[name] = into.get(name, 0.0) + time.perf_counter() - start

    setattr(warehouse.build, name, measured)
    yield
    setattr(warehouse.build, name, step)


def copied(data_dir: Path) -> float:
    """Seconds of DuckDB's own COPY of the offers into a table of their own columns."""
    path = data_dir / "copy.duckdb"
    path.unlink(missing_ok=True)
    files = f"'{data_dir / 'crawls'}/*/offers.parquet'"
    with duckdb.connect(str(path)) as con:
        con.execute(f"CREATE TABLE copied AS FROM read_parquet({files}) LIMIT 0")
        taken = seconds(lambda: con.execute(f"COPY copied FROM {files} (FORMAT parquet)"))
        return taken + seconds(lambda: con.execute("CHECKPOINT"))


def load(millions: int, data_dir: Path) -> None:
    write(history(millions, crawls=_CRAWLS, always_new=True), data_dir)
    ratios: list[tuple[float, float, float]] = []
    for _ in range(_ROUNDS if millions < 10 else 1):
        (data_dir / WAREHOUSE).unlink(missing_ok=True)
        taken: dict[str, float] = {}
        peer = copied(data_dir)
        with timed("_stage_all", taken), timed("_run_fold", taken):
            whole = seconds(lambda: build(data_dir))
        staged = taken["_stage_all"]
        ratios.append((peer / staged, peer / (staged + taken["_run_fold"]), peer / whole))
    loaded, folded, built = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(
        f"load {millions} M: {loaded:.2f} of COPY's rate; folded into intervals {folded:.2f}; whole build {built:.2f}"
    )


def size_of(con: duckdb.DuckDBPyConnection, query: str, folder: Path) -> int:
    """Bytes of a file that holds nothing but the rows of a query."""
    sizes = []
    for number, rows in enumerate((f"({query}) LIMIT 0", f"({query})")):
        path = folder / f"size-{number}.duckdb"
        con.execute(f"ATTACH '{path}' AS sized (STORAGE_VERSION 'v1.5.0')")
        con.execute(f"CREATE TABLE sized.rows AS FROM {rows}")
        con.execute("CHECKPOINT sized")
        con.execute("DETACH sized")
        sizes.append(path.stat().st_size)
        path.unlink()
    return sizes[1] - sizes[0]


def snapshots_of(con: duckdb.DuckDBPyConnection) -> str:
    """A query of the same prices as copies: one row for each visit that saw one."""
    con.execute("""
        CREATE TEMP TABLE days AS
        SELECT clinic_id, url, seen_at, seen_at::DATE AS day FROM visits WHERE outcome <> 'failed'""")
    return """
        SELECT d.day, p.location_id, p.url, p.service, p.category, p.modality, p.duration_min, p.duration_bin,
            p.audience, p.cents, p.tax_basis, p.currency, p.confidence, p.abstains, p.page_digest, p.ordinal
        FROM prices AS p JOIN days AS d ON d.url = p.url AND d.seen_at BETWEEN p.first_seen_at AND p.last_seen_at
        ORDER BY d.day"""


def store(millions: int, data_dir: Path) -> None:
    write(history(millions, crawls=_LONG), data_dir)
    build(data_dir)
    with duckdb.connect(config={"memory_limit": "6GB"}) as con:
        con.execute(f"ATTACH '{data_dir / WAREHOUSE}' AS ratecard (READ_ONLY)")
        con.execute("USE ratecard")
        (intervals, observations) = con.execute("SELECT count(*), sum(sightings) FROM price_intervals").fetchone() or ()
        ours = size_of(con, "FROM price_intervals", data_dir) + size_of(con, "FROM things", data_dir)
        daily = size_of(con, snapshots_of(con), data_dir)
    print(
        f"store {observations / 1e6:.1f} M observations in {intervals} intervals ({observations / intervals:.0f} each): "
        f"{ours / intervals:.1f} bytes an interval, {ours / observations:.2f} an observation against "
        f"{daily / observations:.2f} in daily snapshots: {ours / daily:.3f} of it"
    )


def reports(millions: int, data_dir: Path) -> None:
    write(history(millions, crawls=_LONG), data_dir)
    taken = seconds(lambda: build(data_dir))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with duckdb.connect(config={"memory_limit": "6GB"}) as con:
        con.execute(f"ATTACH '{data_dir / WAREHOUSE}' AS ratecard (READ_ONLY)")
        con.execute("USE ratecard")
        (seen, day) = con.execute("SELECT sum(sightings), min(first_seen_at)::DATE FROM prices").fetchone() or ()
        print(f"reports: build of {seen / 1e6:.0f} M observations from nothing {taken:.0f} s, peak memory {peak} MB")
        path = data_dir / "snapshots.duckdb"
        con.execute(f"ATTACH '{path}' AS daily (STORAGE_VERSION 'v1.5.0')")
        con.execute(f"CREATE TABLE daily.snapshots AS {snapshots_of(con)}")
        con.execute("CHECKPOINT daily")
        con.execute("USE daily")
        middle_of_it = str(day + timedelta(days=7 * _LONG // 2))
        for name, intervals in _OF_INTERVALS.items():
            mine = _MIDDLE.format(intervals.format(day=middle_of_it))
            theirs = _MIDDLE.format(_OF_SNAPSHOTS[name].format(day=middle_of_it))
            ours, daily = [], []
            for _ in range(_ROUNDS):
                con.execute("USE ratecard")
                ours.append(seconds(lambda query=mine: con.execute(query).fetchall()))
                same = con.execute(mine).fetchall()
                con.execute("USE daily")
                daily.append(seconds(lambda query=theirs: con.execute(query).fetchall()))
            agree = same == con.execute(theirs).fetchall()
            ratio = statistics.median(ours) / statistics.median(daily)
            print(f"  {name}: {statistics.median(ours):.3f} s, {ratio:.3f} of snapshots; answers agree: {agree}")


def grow(thousands: int, data_dir: Path) -> None:
    """Time of the build after one more crawl, at several lengths of history."""
    made = History(clinics=1_000 * thousands, crawls=162)
    write(made, data_dir)
    folders = sorted((data_dir / "crawls").iterdir())
    aside = data_dir / "later"
    aside.mkdir()
    for folder in folders:
        folder.rename(aside / folder.name)
    there = 0
    first = 0.0
    for length in (10, 20, 40, 80, 160):
        for folder in folders[there:length]:
            (aside / folder.name).rename(folder)
        build(data_dir)
        (aside / folders[length].name).rename(folders[length])
        there = length + 1
        taken = seconds(lambda: build(data_dir))
        first = first or taken
        print(f"grow: one crawl more after {length:3}: {taken:.2f} s, {taken / first:.2f} of the first")


PARTS = {"load": load, "store": store, "reports": reports, "grow": grow}


def run(part: str) -> None:
    """One part, in this process."""
    name, size = part.split()
    with tempfile.TemporaryDirectory() as folder:
        PARTS[name](int(size), Path(folder))
        shutil.rmtree(Path(folder) / "crawls")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    peers = ", the daily snapshots beside it included" if name == "reports" else ""
    print(f"  peak memory of {part}{peers}: {peak} MB")


def main() -> None:
    parts = sys.argv[1:] or ALL
    if len(parts) == 1:
        run(parts[0])
        return
    for part in parts:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.warehouse", part], check=True)


if __name__ == "__main__":
    main()
