"""What people let pass although a check refused it: a file of the record, beside the crawls, that every build reads."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse import logbook
from warehouse.errors import DecisionsBroken

FILE = "allowances.csv"


@dataclass(frozen=True, slots=True)
class Allowance:
    """One refusal that a person overruled, for one build."""

    allowed_on: date
    check_name: str
    offence: str
    reason: str


_COLUMNS = [field.name for field in fields(Allowance)]


def read_allowances(path: Path) -> list[Allowance]:
    """All allowances, oldest first; none if there is no file. Raises ``DecisionsBroken`` with the line."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        try:
            return [
                Allowance(date.fromisoformat(row["allowed_on"]), row["check_name"], row["offence"], row["reason"])
                for row in rows
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise DecisionsBroken(f"{path} line {rows.line_num}: {error}") from error


def add_allowances(path: Path, new: Iterable[Allowance]) -> None:
    """Writes allowances behind those that are there."""
    read_allowances(path)  # nothing is written behind what cannot be read
    logbook.append(path, _COLUMNS, map(asdict, new))


def load_allowances(con: duckdb.DuckDBPyConnection, rows: Iterable[Allowance]) -> None:
    """Fills the table ``allowances``."""
    schema = pa.schema([("allowed_on", pa.date32()), *((name, pa.string()) for name in _COLUMNS[1:])])
    con.register("allowance_rows", pa.Table.from_pylist([asdict(row) for row in rows], schema=schema))
    con.execute("INSERT INTO allowances BY NAME FROM allowance_rows")
    con.unregister("allowance_rows")
