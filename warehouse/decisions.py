"""What people decided about flagged prices: a file of the record, beside the crawls, that every build reads again."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse import logbook
from warehouse.errors import DecisionsBroken

FILE = "decisions.csv"


class Verdict(StrEnum):
    """What a person says of a flagged price."""

    KEEP = "keep"
    """The price is right: it votes again."""
    DROP = "drop"
    """The price is wrong or out of place: it stays out, and nobody is asked again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict. It holds for this price of this thing at this location; another price is another question."""

    decided_on: date
    check_name: str
    location_id: str
    service: str
    duration_min: int | None
    audience: str
    cents: int
    verdict: Verdict
    reason: str


_COLUMNS = [field.name for field in fields(Decision)]


def read_decisions(path: Path) -> list[Decision]:
    """All decisions, oldest first; none if there is no file yet. Raises ``DecisionsBroken`` with the line."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != _COLUMNS:
            raise DecisionsBroken(f"{path}: its head must be {','.join(_COLUMNS)}")
        return [_decision(row, path, rows.line_num) for row in rows]


def _decision(row: dict[str, str], path: Path, line: int) -> Decision:
    try:
        return Decision(
            decided_on=date.fromisoformat(row["decided_on"]),
            check_name=row["check_name"],
            location_id=row["location_id"],
            service=row["service"],
            duration_min=int(row["duration_min"]) if row["duration_min"] else None,
            audience=row["audience"],
            cents=int(row["cents"]),
            verdict=Verdict(row["verdict"]),
            reason=row["reason"],
        )
    except (ValueError, TypeError) as error:
        raise DecisionsBroken(f"{path} line {line}: {error}") from error


def add_decisions(path: Path, new: Iterable[Decision]) -> None:
    """Writes decisions behind those that are there; a later one on the same price counts."""
    read_decisions(path)  # nothing is written behind what cannot be read
    logbook.append(path, _COLUMNS, map(asdict, new))


def load_decisions(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Fills ``decisions``; of several on one price the last."""
    newest = {
        (d.check_name, d.location_id, d.service, d.duration_min, d.audience, d.cents): d for d in read_decisions(path)
    }
    rows = pa.Table.from_pylist(
        [asdict(decision) | {"verdict": decision.verdict.value} for decision in newest.values()],
        schema=pa.schema(
            [
                ("decided_on", pa.date32()),
                *((name, pa.string()) for name in ("check_name", "location_id", "service")),
                ("duration_min", pa.int32()),
                ("audience", pa.string()),
                ("cents", pa.int64()),
                ("verdict", pa.string()),
                ("reason", pa.string()),
            ]
        ),
    )
    con.register("decision_rows", rows)
    con.execute("INSERT INTO decisions BY NAME FROM decision_rows ORDER BY ALL")
    con.unregister("decision_rows")
