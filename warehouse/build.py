"""All closed crawl folders into one DuckDB file: built beside, checked, then swapped in with one rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse import allowances, decisions
from warehouse.allowances import add_allowances, load_allowances, read_allowances
from warehouse.checking import check, remember_measures
from warehouse.continuing import can_continue
from warehouse.decisions import load_decisions
from warehouse.errors import BuildFailed, BuildRunning, NothingToBuild
from warehouse.flagging import flag
from warehouse.folders import closed_folders, stage, unstage
from warehouse.loading import DamagedFolder, load
from warehouse.queries import fold_version, read_sql, sql_files
from warehouse.reference import load_places_of_registry, load_reference, load_registry
from warehouse.release_list import load_releases

SCHEMA_VERSION = 4
WAREHOUSE = "ratecard.duckdb"
#: Clients of DuckDB 1.5 can open files of this version, and so can all later ones.
_STORAGE_VERSION = "v1.5.0"
#: Beyond this a build spills to disk beside the file; machines that run it weekly are small.
_MEMORY = "3GB"
#: A location whose clinic is another one than in the file that is continued.
_REGROUPED = """
SELECT l.location_id FROM folded_clinics AS l JOIN known AS k ON k.location_id = l.location_id
WHERE k.clinic_id <> l.clinic_id
"""
_NO_PAGE = "SELECT count(*) FROM visits ANTI JOIN pages USING (page_digest) WHERE outcome <> 'failed'"


class HistoryChanged(Exception):
    """A continued file does not hold: clinics were joined or parted, or an older folder can be read after all."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``set_aside`` holds (folder, reason) pairs, ``rows`` the size of each table."""

    path: Path
    crawls: int
    set_aside: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]
    current_prices: int
    unlisted_locations: int
    """Locations that crawls know and the registry no longer lists; they do not vote."""
    visits_without_page: int
    """Visits whose page lies in no folder that could be read; they neither show nor end a price."""


def build(
    data_dir: Path, clinics: Sequence[Mapping[str, object]] = (), allow: Collection[str] = (), reason: str = ""
) -> BuildReport:
    """Folds the crawl folders of ``data_dir/crawls`` into ``data_dir/ratecard.duckdb``.

    ``clinics`` are the registry's rows as of now; without any, the copies in the crawl folders count. Readers of the
    old file are not disturbed, and whatever fails leaves it in place. Checks named in ``allow`` do not refuse it; what
    they found is put down in ``allowances.csv`` with the ``reason``. Raises ``NothingToBuild``, ``BuildRunning``,
    ``ChecksFailed`` or ``BuildFailed``, and ``OSError`` when the folder cannot be written.
    """
    if not closed_folders(data_dir / "crawls"):
        raise NothingToBuild(f"no closed crawl in {data_dir / 'crawls'}; run `ratecard crawl` first")
    target = data_dir / WAREHOUSE
    with _lock(data_dir):
        _remove_dead(data_dir)
        building = data_dir / f"{WAREHOUSE}.building-{os.getpid()}"
        try:
            work = Work(building, target, closed_folders(data_dir / "crawls"), clinics, frozenset(allow), reason)
            report = _build(work)
            _publish(building, target)
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise BuildFailed(f"{target} could not be built anew, the last one stays: {reason}") from error
        finally:
            _remove_dead(data_dir)
    return report


@contextmanager
def _lock(data_dir: Path) -> Iterator[None]:
    lock = FileLock(data_dir / "build.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BuildRunning(f"another build of {data_dir} is running; try again when it has ended") from error
    try:
        yield
    finally:
        lock.release()


def _remove_dead(data_dir: Path) -> None:
    """Removes what builds left that did not end; under the lock none of them can be alive."""
    for path in data_dir.glob(f"{WAREHOUSE}.building-*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Work:
    """What one build is given: the file to make, the one to replace, the folders, and what may pass."""

    building: Path
    target: Path
    folders: Sequence[Path]
    clinics: Sequence[Mapping[str, object]]
    allow: frozenset[str]
    reason: str


def _build(work: Work) -> BuildReport:
    """The new file, continued from the last one if that holds, else made from all folders."""
    if can_continue(work.target, work.folders, fold_version()):
        shutil.copyfile(work.target, work.building)
        try:
            return _fold(work)
        except HistoryChanged:
            work.building.unlink()
    return _fold(work)


def _fold(work: Work) -> BuildReport:
    building, continues = work.building, work.building.exists()
    with duckdb.connect(config={"temp_directory": f"{building}.spill", "memory_limit": _MEMORY}) as con:
        remember_measures(con, work.target)
        quoted = str(building).replace("'", "''")
        con.execute(f"ATTACH '{quoted}' AS building (STORAGE_VERSION '{_STORAGE_VERSION}')")
        con.execute("USE building")
        con.begin()
        con.execute(read_sql("renew.sql" if continues else "schema.sql"))
        con.execute(read_sql("staging.sql"))
        load_reference(con)
        con.commit()
        set_aside = _stage_all(con, work.folders, work.clinics)
        con.begin()
        _run_fold(con, continues=continues)
        if not continues:
            for _, view in sql_files("views"):
                con.execute(view)
        load_decisions(con, work.target.parent / decisions.FILE)
        load_releases(con, work.target.parent)
        flag(con, anew=not continues)
        con.commit()
        allowed = check(con, work.allow, work.reason)
        file = work.target.parent / allowances.FILE
        load_allowances(con, [*read_allowances(file), *allowed])
        report = _report(con, work.target, set_aside)
        con.execute("CHECKPOINT building")
        con.execute("USE memory")
        con.execute("DETACH building")
    if allowed:
        add_allowances(file, allowed)
    return report


def _run_fold(con: duckdb.DuckDBPyConnection, *, continues: bool) -> None:
    """Runs the steps of ``fold/`` in order. ``HistoryChanged`` if clinics of a continued file are others now."""
    versions = {"$schema_version": str(SCHEMA_VERSION), "$fold_version": f"'{fold_version()}'"}
    for name, step in sql_files("fold"):
        for parameter, value in versions.items():
            step = step.replace(parameter, value)
        con.execute(step)
        if name == "10_registry":
            load_places_of_registry(con)
            if continues and con.execute(_REGROUPED).fetchone():
                raise HistoryChanged


def _stage_all(
    con: duckdb.DuckDBPyConnection, folders: Sequence[Path], clinics: Sequence[Mapping[str, object]]
) -> tuple[tuple[str, str], ...]:
    """Stages the registry and the folders that the file does not hold yet; those that cannot be, with their reasons."""
    load_registry(con, clinics)
    held = {crawl for (crawl,) in con.execute("SELECT crawl_id FROM crawls").fetchall()}
    new = [folder for folder in folders if folder.name not in held]
    broken = stage(con, new)
    sound = _load_sound(con, [folder for folder in new if folder.name not in broken], broken)
    if sound and sound[0].name < max(held, default=""):
        raise HistoryChanged
    if len(broken) == len(folders):
        reasons = "; ".join(f"{folder}: {reason}" for folder, reason in sorted(broken.items()))
        raise NothingToBuild(f"no crawl folder could be read, the last warehouse stays. {reasons}")
    set_aside = tuple(sorted(broken.items()))
    for folder_and_reason in set_aside:
        con.execute("INSERT INTO folders_set_aside VALUES (?, ?)", folder_and_reason)
    return set_aside


def _load_sound(con: duckdb.DuckDBPyConnection, folders: list[Path], broken: dict[str, str]) -> list[Path]:
    """Loads folders, taking out those that prove damaged on the way; the ones that were loaded."""
    while True:
        try:
            load(con, folders)
            return folders
        except DamagedFolder as damaged:
            broken[damaged.folder.name] = str(damaged)
            unstage(con, damaged.folder)
            folders = [folder for folder in folders if folder != damaged.folder]


def _report(con: duckdb.DuckDBPyConnection, target: Path, set_aside: tuple[tuple[str, str], ...]) -> BuildReport:
    names = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'building' ORDER BY 1").fetchall()
    rows = {name: len(con.table(name)) for (name,) in names}
    rows["prices"] = _number(con, "SELECT count(*) FROM prices")
    return BuildReport(
        path=target,
        crawls=rows["crawls"],
        set_aside=set_aside,
        rows=rows,
        current_prices=_number(con, "SELECT count(*) FROM prices WHERE is_current"),
        unlisted_locations=_number(con, "SELECT count(*) FROM locations WHERE NOT listed"),
        visits_without_page=_number(con, _NO_PAGE),
    )


def _number(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchone()
    return int(row[0]) if row else 0


def _publish(building: Path, target: Path) -> None:
    """Puts the finished file in place; after a power cut there is either the old file or the new one."""
    _sync(building)
    building.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
