"""The reference tables that the build takes from the code: modalities, places and the registry's rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb
import pyarrow as pa

from pipelines.addresses import locate
from pipelines.modality import MODALITIES
from pipelines.places import PLACES, find_place
from warehouse.folders import REGISTRY_COLUMNS

_TEXT = pa.string()
_MODALITIES = pa.schema(
    [("id", _TEXT), ("name", _TEXT), ("kind", _TEXT), ("rollup", pa.bool_()), ("parents", pa.list_(_TEXT))]
)
_PLACES = pa.schema(
    [
        ("key", _TEXT),
        ("name", _TEXT),
        ("kind", _TEXT),
        ("parent", _TEXT),
        ("cma", _TEXT),
        ("publish_region", _TEXT),
        ("population", pa.int32()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
    ]
)


def load_reference(con: duckdb.DuckDBPyConnection) -> None:
    """Fills ``modalities`` and ``places`` anew."""
    _insert(con, "modalities", _rows(MODALITIES.values(), _MODALITIES))
    _insert(con, "places", _rows(PLACES.values(), _PLACES).rename_columns({"key": "place_key"}))


def load_registry(con: duckdb.DuckDBPyConnection, clinics: Sequence[Mapping[str, object]]) -> None:
    """Stages the registry's rows, which win over those that crawl folders carry."""
    columns = {name: [_text(row.get(name)) for row in clinics] for name in REGISTRY_COLUMNS}
    rows = pa.table(columns, schema=pa.schema([(name, _TEXT) for name in REGISTRY_COLUMNS]))
    rows = rows.add_column(0, "position", pa.array(range(len(clinics)), pa.int32()))
    # '~' sorts after the digits with which crawl ids begin.
    con.register("registry_rows", rows)
    con.execute("INSERT INTO staged_registry SELECT '~registry', * FROM registry_rows")
    con.unregister("registry_rows")


def load_places_of_registry(con: duckdb.DuckDBPyConnection) -> None:
    """Finds the place of each distinct city and address that is known: by the city if it is known, else the address.

    A city that no place or several bear leaves it to the address, which has to name the city again or a postal code.
    """
    staged = con.execute("SELECT DISTINCT city, address, province, postal_code FROM known ORDER BY ALL").fetchall()
    found = [(*row, *_place_of(*row)) for row in staged]
    names = ("city", "address", "province", "postal_code", "place_key", "basis")
    columns = {name: pa.array([row[n] for row in found], _TEXT) for n, name in enumerate(names)}
    columns["sure"] = pa.array([row[len(names)] for row in found], pa.float64())
    con.register("found_places", pa.table(columns))
    con.execute("CREATE TEMP TABLE staged_places AS FROM found_places")
    con.unregister("found_places")


def _place_of(
    city: str | None, address: str | None, province: str | None, postal_code: str | None
) -> tuple[str | None, str | None, float | None]:
    """Key of the place of a registry row, what tells it, and how sure that is."""
    if city and (place := find_place(city)):
        return place.key, "registry city", 1.0
    located = locate(", ".join(filter(None, (address, city, province, postal_code))))
    if located is None:
        return None, None, None
    return located.place.key, f"registry address: {located.told_by}", located.sure


def _rows(records: Iterable[object], schema: pa.Schema) -> pa.Table:
    """Records as a table; an empty text is an absent value."""
    rows = list(records)
    return pa.table(
        {name: [getattr(row, name) if getattr(row, name) != "" else None for row in rows] for name in schema.names},
        schema=schema,
    )


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    con.register("reference_rows", rows)
    con.execute(f"DELETE FROM {table}")
    con.execute(f"INSERT INTO {table} BY NAME FROM reference_rows ORDER BY ALL")
    con.unregister("reference_rows")


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "") else None
