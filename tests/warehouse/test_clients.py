"""Any DuckDB client opens the file and answers the questions of the documents; so does the notebook."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.warehouse.factories import Crawl, clinic, offer, rejection
from warehouse import frames
from warehouse.build import build
from warehouse.connect import connect

DOCS = Path(__file__).parents[2] / "docs"
QUESTIONS = re.findall(r"```sql\n(.*?)```", (DOCS / "warehouse.md").read_text(encoding="utf-8"), re.DOTALL)
CLIENT = shutil.which("duckdb", path=str(Path(sys.executable).parent))


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the warehouse of two crawls: prices, a rise, a refused price, a failed visit, a set-aside text."""
    folder = tmp_path_factory.mktemp("clients")
    data_dir = folder / "data"
    rows = [clinic(f"clinic-{n:02}", ("Calgary", "Edmonton")[n % 2]) for n in range(1, 5)]
    for day, dollars in ((5, 100), (40, 108)):
        crawl = Crawl(data_dir, day, rows)
        for row in rows[:3]:
            deep = offer(dollars + 5, service="Deep tissue", modality="deep_tissue", modalities=["deep_tissue"])
            crawl.saw(row["id"], [offer(dollars), deep, offer(9, service="Nine")], [rejection("$5 off")])
        crawl.failed(rows[3]["id"])
        crawl.write()
        build(data_dir)
    return folder


def test_there_are_ten_questions() -> None:
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize("query", QUESTIONS)
def test_each_question_is_answered_alike_by_every_client(data_dir: Path, query: str) -> None:
    path = data_dir / "data" / "ratecard.duckdb"
    with duckdb.connect(str(path), read_only=True) as plain:
        rows = plain.execute(query).fetchall()
    with connect(path) as con:
        frame = con.execute(query).df()
    assert CLIENT is not None
    told = subprocess.run(
        [CLIENT, "-readonly", "-json", str(path), "-c", query], capture_output=True, text=True, check=True, timeout=60
    )
    assert len(rows) == len(frame) == len(json.loads(told.stdout)) > 0


def test_the_notebook_runs(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data_dir)
    notebook = json.loads((DOCS / "warehouse.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "warehouse.ipynb", "exec"), names)
    assert len(names["now"]) == 9  # type: ignore[arg-type]
    assert len(names["changes"]) == 6  # type: ignore[arg-type]


def test_frames_of_prices(data_dir: Path) -> None:
    with connect(data_dir / "data" / "ratecard.duckdb") as con:
        deep = frames.current_prices(con, modality="massage", minutes=60, region="Calgary")
        then = frames.prices_on(con, date(2026, 1, 10), modality="deep_tissue")
        history = frames.price_history(con, "clinic-01")
        told = frames.provenance(con, str(deep["price_id"].iloc[0]))
    assert set(deep["location_id"]) == {"clinic-02"}
    assert then["cents"].tolist() == [10_500] * 3
    assert sorted(history["cents"]) == [900, 10_000, 10_500, 10_800, 11_300]
    assert told["snippet"].tolist() == [f"{deep['service'].iloc[0]} 60 min ${deep['cents'].iloc[0] // 100}"]


def test_no_column_trips_plain_sql(data_dir: Path) -> None:
    """A column called ``minutes`` does: ``60 minutes`` is an interval."""
    with duckdb.connect(str(data_dir / "data" / "ratecard.duckdb"), read_only=True) as con:
        names = con.execute(
            "SELECT DISTINCT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        ).fetchall()
        for table, column in names:
            con.execute(
                f"SELECT {column}, 1 {column}, max({column}) FROM {table} WHERE {column} IS NOT NULL GROUP BY {column}"
            )


def test_a_moment_of_a_price_is_a_moment_in_pandas(data_dir: Path) -> None:
    with connect(data_dir / "data" / "ratecard.duckdb") as con:
        seen = frames.current_prices(con)["first_seen_at"]
    assert pd.api.types.is_datetime64_any_dtype(seen)
