"""What people put down stays: rows behind rows, whoever else writes, however the file was edited."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from warehouse.logbook import append


def test_a_row_goes_behind_a_last_line_without_its_end(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("day,reason\n1,rang them", encoding="utf-8")
    append(path, ("day", "reason"), [{"day": 2, "reason": 'said "yes", twice', "more": 3}])
    assert path.read_text(encoding="utf-8") == 'day,reason\n1,rang them\n2,"said ""yes"", twice"\n'


def test_no_row_is_lost_between_two_who_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda day: append(path, ("day",), [{"day": day}]), range(40)))
    assert sorted(map(int, path.read_text(encoding="utf-8").split()[1:])) == list(range(40))
