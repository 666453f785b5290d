"""Rows as people and programs read them: a table for the terminal, CSV, JSON or Markdown."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

Format = Literal["table", "csv", "json", "md"]
FORMATS: tuple[str, ...] = get_args(Format)
_CENTS = "_cents"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(
    rows: pd.DataFrame,
    form: str,
    *,
    definition: str = "",
    definitions: Mapping[str, str] | None = None,
    width: int | None = None,
) -> str:
    """The rows in one of ``FORMATS``; columns called ``*_cents`` hold money.

    Table and Markdown print dollars and the definition under the rows. CSV has dollars as plain numbers and the
    definition in a last column; JSON is ``{"definition", "rows"}`` with cents as they are. ``definitions`` of single
    columns stand in JSON under that name, and in the last column of CSV's first row. Text from pages can neither steer
    a terminal, break a table nor become a formula. Raises ``ValueError`` for another format.
    """
    if form == "json":
        return _json(rows, definition, definitions)
    if form == "csv":
        return _csv(rows, definition, definitions)
    if form == "md":
        return _markdown(_told(rows), definition)
    if form == "table":
        return _table(_told(rows), definition, width)
    raise ValueError(f"no format is called {form!r}; there are {', '.join(FORMATS)}")


def dollars(cents: float) -> str:
    """Cents as people write dollars.

    >>> dollars(11000), dollars(10250), dollars(123456.7), dollars(-500)
    ('$110', '$102.50', '$1,234.57', '-$5')
    """
    whole = round(cents)
    text = f"${abs(whole) / 100:,.2f}".removesuffix(".00")
    return f"-{text}" if whole < 0 else text


def _json(rows: pd.DataFrame, definition: str, definitions: Mapping[str, str] | None) -> str:
    records = [{str(name): _value(value) for name, value in row.items()} for row in rows.to_dict("records")]
    told = {"definition": definition, **({"definitions": definitions} if definitions else {}), "rows": records}
    return json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"


def _csv(rows: pd.DataFrame, definition: str, definitions: Mapping[str, str] | None) -> str:
    shown = pd.DataFrame(
        {_title(name): [_cell(name, value) for value in rows[name]] for name in rows.columns}, dtype=object
    )
    if definition:
        shown["definition"] = definition
    if definitions and len(shown):
        # A page of text, which a table of thousands of rows need not repeat.
        shown["definition"] = None
        shown.loc[0, "definition"] = " ".join(f"{_title(name)}: {text}" for name, text in definitions.items())
    out = io.StringIO()
    shown.to_csv(out, index=False, lineterminator="\n")
    return out.getvalue()


def _cell(name: str, value: object) -> object:
    value = _value(value)
    if isinstance(value, (int, float)) and name.endswith(_CENTS):
        return f"{value / 100:.2f}"
    if isinstance(value, list):
        value = "|".join(map(str, value))
    if isinstance(value, str):
        value = value.replace("\0", "")
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value


def _markdown(rows: pd.DataFrame, definition: str) -> str:
    lines = [[_title(name) for name in rows.columns], ["---"] * len(rows.columns), *_texts(rows)]
    escaped = [[re.sub(r"([\\|`*_<\[])", r"\\\1", cell) for cell in line] for line in lines]
    body = "\n".join(f"| {' | '.join(line)} |" for line in escaped)
    return f"{body}\n" + (f"\n{definition}\n" if definition else "")


def _table(rows: pd.DataFrame, definition: str, width: int | None) -> str:
    table = Table(box=box.SIMPLE_HEAD)
    for name in rows.columns:
        number = bool(pd.api.types.is_numeric_dtype(rows[name])) or name.endswith(_CENTS)
        table.add_column(Text(_title(name)), justify="right" if number else "left")
    for line in _texts(rows):
        table.add_row(*map(Text, line))
    console = Console(file=io.StringIO(), width=width or _width(rows), color_system=None)
    console.print(table)
    if definition:
        console.print(Text(definition))
    out = console.file
    assert isinstance(out, io.StringIO)
    return out.getvalue()


def _width(rows: pd.DataFrame) -> int:
    """Room for every cell, within reason, so that output that is not a terminal's is not folded at 80 columns."""
    lines = [[_title(name) for name in rows.columns], *_texts(rows)]
    return min(max(sum(3 + max(map(len, column)) for column in zip(*lines, strict=True)) + 2, 80), 240)


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the columns that say nothing in any row; people read across them for nothing."""
    return rows.loc[:, rows.notna().any()] if len(rows) else rows


def _texts(rows: pd.DataFrame) -> list[list[str]]:
    """Every cell as one line of text."""
    columns: Sequence[Sequence[str]] = [[_text(name, value) for value in rows[name]] for name in rows.columns]
    return [list(line) for line in zip(*columns, strict=True)]


def _text(name: str, value: object) -> str:
    value = _value(value)
    if value is None:
        return ""
    if isinstance(value, (int, float)) and name.endswith(_CENTS):
        return dollars(value)
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return _CONTROL.sub(" ", str(value)).strip()


def _value(value: object) -> object:
    """A cell's value in plain Python; pandas turns whole numbers beside gaps into floats, which is undone."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_value(part) for part in value]
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _title(name: object) -> str:
    return str(name).removesuffix(_CENTS)
