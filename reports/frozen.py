"""What a release freezes: every figure of a day, the votes that they rest on, and the prices behind these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from reports.desk import Desk
from reports.figure import Figure, frame
from reports.figures import figures_of
from reports.moves import Key
from reports.names import joined
from reports.votes import EXPIRY_DAYS

#: Regions that releases also have one figure for, where their prices are alike.
SETS: Mapping[str, Sequence[str]] = {joined(labels): labels for labels in [("Calgary", "Edmonton")]}
_AMOUNTS = tuple(name for name in Figure.__slots__ if name.endswith("_cents"))
_FRACTIONS = tuple(name for name in Figure.__slots__ if name.endswith("_rse"))
_NO_NUMBERS: Mapping[str, Any] = dict.fromkeys((*_AMOUNTS, *_FRACTIONS, "grade", "words"))


def all_figures(desk: Desk) -> list[Figure]:
    """All that a release has: every cell with votes, and the sets of regions."""
    found = figures_of(desk)
    for labels in SETS.values():
        pooled = [one for one in figures_of(desk, regions=labels) if one.region == joined(labels)]
        found += [one for one in pooled if one.n]
    return sorted(found, key=lambda one: (str(one.modality), one.minutes or 0, one.region))


def votes_frame(desk: Desk) -> pd.DataFrame:
    """The votes that count, by name."""
    if desk.found is None:
        return pd.DataFrame()
    votes = desk.found.votes
    return pd.DataFrame(
        {
            "modality": [votes.modalities[n] for n in votes.modality],
            "minutes": votes.minutes,
            "location_id": [votes.locations[n] for n in votes.location],
            "clinic_id": [votes.brands[n] for n in votes.brand],
            "place_key": [votes.places[n] for n in votes.location],
            "cents": votes.cents,
            "oldest": votes.oldest,
            "newest": votes.newest,
        }
    )


def rounded(found: Sequence[Figure]) -> pd.DataFrame:
    """Figures as they are released; the last bits of a sum depend on how many processors made it."""
    places = dict.fromkeys(_FRACTIONS, 6) | dict.fromkeys(_AMOUNTS, 2)
    return frame(found).drop(columns="release").round(places)


def held_back(found: Sequence[Figure], waiting: Mapping[Key, str]) -> list[Figure]:
    """The figures without the numbers of those that wait for a person; ``waiting`` says how each of these moved."""
    return [_without_numbers(one, waiting.get(_key(one))) for one in found]


def prices(con: duckdb.DuckDBPyConnection, day: date) -> pa.Table:
    """The prices that the votes of a day rest on, each with its words, its address and when it was seen."""
    query = resources.files("reports").joinpath("release_prices.sql").read_text(encoding="utf-8")
    return con.sql(query, params={"as_of": day, "expiry_days": EXPIRY_DAYS}).to_arrow_table()


def _without_numbers(one: Figure, what: str | None) -> Figure:
    if what is None:
        return one
    return replace(one, **_NO_NUMBERS, reason=f"held back until a person has looked at it: {what}")


def _key(one: Figure) -> Key:
    return one.region, str(one.modality), int(one.minutes or 0)
