"""The description of exported CSV files as a Frictionless tabular data package (datapackage.org, v1)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from warehouse.dictionary import Described

#: Types of DuckDB by those of the Table Schema standard; whatever is not listed is text.
_TYPES = {
    "INTEGER": "integer", "BIGINT": "integer", "UBIGINT": "integer", "HUGEINT": "integer", "DOUBLE": "number",
    "BOOLEAN": "boolean", "DATE": "date",
}  # fmt: skip


def data_package(relations: Iterable[Described], folder: Path, schema_version: int) -> str:
    """The text of ``datapackage.json`` for the CSV files of some relations that lie in a folder."""
    package = {
        "profile": "tabular-data-package",
        "name": "ratecard",
        "title": "Prices of massage in Alberta, as clinics print them",
        "version": f"{schema_version}.0.0",
        "description": "Times are UTC, money is whole cents before GST. A leading apostrophe keeps a text from being a "
        "formula; lists are joined with bars.",
        "resources": [_resource(relation, folder / f"{relation.name}.csv") for relation in relations],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _resource(relation: Described, path: Path) -> dict[str, object]:
    content = path.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": relation.name.replace("_", "-"),
        "path": path.name,
        "description": relation.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {
            "fields": [
                {"name": column.name, "type": _TYPES.get(column.type, "string"), "description": column.meaning}
                for column in relation.columns
            ],
            "missingValues": [""],
        },
    }
