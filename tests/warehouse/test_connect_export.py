"""Reading the warehouse: locked down, exported the same each time, safe against what pages say."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.warehouse.factories import Crawl, clinic, offer, rejection
from warehouse.build import build
from warehouse.connect import connect, sql
from warehouse.dictionary import data_dictionary, relations
from warehouse.errors import NoWarehouse, QueryRefused
from warehouse.export import export
from warehouse.workbook import SHEETS

HOSTILE = ['=HYPERLINK("x")', "+1", "-2", "@sum", "\ttab", "\rreturn", 'quo"te', "new\nline", "nul\0byte", "", "é🙂"]


def built(data_dir: Path, names: list[str]) -> Path:
    crawl = Crawl(data_dir, 1, [clinic("aaa", name="=cmd()")])
    crawl.saw("aaa", [offer(100 + n, service=name) for n, name in enumerate(names)], [rejection("@bad $5")])
    crawl.write()
    return build(data_dir).path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that no test may change."""
    return built(tmp_path_factory.mktemp("plain"), ["Massage"])


def test_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouse, match="ratecard build"):
        connect(tmp_path / "ratecard.duckdb")


def test_foreign_files_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    path.write_text("not a database at all")
    with pytest.raises(NoWarehouse, match="cannot be opened"):
        connect(path)
    path.unlink()
    duckdb.connect(str(path)).close()
    with pytest.raises(NoWarehouse, match="no warehouse of Ratecard"):
        connect(path)


def test_other_schema_version_is_refused(tmp_path: Path) -> None:
    path = built(tmp_path, ["Massage"])
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE warehouse_info SET schema_version = 99")
    with pytest.raises(NoWarehouse, match="schema version 99"):
        connect(path)


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM prices",
        "DROP TABLE prices",
        "COPY prices TO '{}/out.csv'",
        "INSTALL httpfs",
        "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')",
        "FROM read_text('{}/build.lock')",
        "ATTACH '{}/other.duckdb'",
        "SET enable_external_access = true",
        "SELECT 1; SELECT 2",
        "",
        "SELEKT",
    ],
)
def test_anything_but_one_reading_query_is_refused(plain: Path, query: str) -> None:
    with pytest.raises(QueryRefused):
        sql(plain, query.format(plain.parent))
    assert sorted(file.name for file in plain.parent.iterdir()) == ["build.lock", "crawls", "ratecard.duckdb"]


def test_export_holds_every_table_and_view(tmp_path: Path) -> None:
    path = built(tmp_path, ["Massage"])
    with connect(path) as con:
        names = relations(con)
    files = export(path, tmp_path / "out")
    whole = {"datapackage.json", "ratecard.xlsx"}
    assert {file.name for file in files} == whole | {f"{name}.{kind}" for name in names for kind in ("csv", "parquet")}
    assert {file.name for file in (tmp_path / "out").iterdir()} == {file.name for file in files}
    assert {"clinics", "prices", "price_history", "coverage", "provenance", "releases"} <= set(names)


def test_exports_of_the_same_crawls_are_the_same_bytes(tmp_path: Path) -> None:
    path = built(tmp_path, ["Massage", "Other", *HOSTILE])
    first = {file.name: file.read_bytes() for file in export(path, tmp_path / "one")}
    build(tmp_path)
    second = {file.name: file.read_bytes() for file in export(path, tmp_path / "two")}
    assert first == second


def test_hostile_text_comes_through_and_is_no_formula(tmp_path: Path) -> None:
    path = built(tmp_path, HOSTILE)
    export(path, tmp_path / "out")
    kept = pq.read_table(tmp_path / "out" / "offers.parquet", columns=["ordinal", "service"]).to_pylist()
    assert [row["service"] for row in kept] == HOSTILE
    with (tmp_path / "out" / "offers.csv").open(newline="", encoding="utf-8") as file:
        cells = [row["service"] for row in csv.DictReader(file)]
    assert cells == [f"'{text}" if text.startswith(tuple("=+-@\t\r")) else text for text in HOSTILE]
    assert "'=cmd()" in (tmp_path / "out" / "clinics.csv").read_text()
    assert "'@bad $5" in (tmp_path / "out" / "rejections.csv").read_text()


def test_snippet_of_a_megabyte(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, 1, [clinic("aaa")])
    crawl.saw("aaa", [offer(100, snippet="$100 " * 200_000)])
    crawl.write()
    path = build(tmp_path).path
    row = sql(path, "SELECT length(snippet) AS n, length(link) AS m FROM provenance").to_dict("records")
    assert row[0]["n"] == 1_000_000
    assert row[0]["m"] < 1_000


def test_data_dictionary_is_current_and_complete() -> None:
    text = data_dictionary()
    page = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
    assert page.read_text(encoding="utf-8") == text, "run: python -m warehouse.dictionary > docs/data-dictionary.md"
    assert "|  |\n" not in text, "a column lacks its comment"
    assert "\n\n\n" not in text, "a table or view lacks its comment"
    assert "`minutes`" not in text


def test_the_workbook_explains_its_sheets_and_holds_no_formula(tmp_path: Path) -> None:
    path = built(tmp_path, HOSTILE)
    export(path, tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "ratecard.xlsx") as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        texts = book.read("xl/sharedStrings.xml").decode()
    assert names == ["read me", *SHEETS]
    assert "<f>" not in cells
    assert "hyperlink" not in cells
    assert '=HYPERLINK("x")' in texts.replace("&quot;", '"')
    assert "Prices that hold now" in texts


def test_the_data_package_describes_every_csv_file(tmp_path: Path) -> None:
    path = built(tmp_path, ["Massage"])
    export(path, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert {resource["path"] for resource in package["resources"]} == {f.name for f in (tmp_path / "out").glob("*.csv")}
    for resource in package["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        head = next(csv.reader([content.decode().splitlines()[0]]))
        assert [column["name"] for column in resource["schema"]["fields"]] == head
        assert all(column["description"] for column in resource["schema"]["fields"])
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
