"""The published numbers: for a region, a modality and a length, what clinics typically ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import duckdb

from reports.desk import Desk, open_desk
from reports.figure import BASIS, DEFINITION, DEFINITIONS, METHOD_VERSION, Figure, frame
from reports.making import figure
from reports.names import ALBERTA, bin_minutes, joined, modality_id, region_label
from reports.sets import alike

__all__ = [
    "BASIS", "DEFINITION", "DEFINITIONS", "METHOD_VERSION", "Figure", "figures", "figures_of", "frame", "last_day",
]  # fmt: skip


def figures(
    con: duckdb.DuckDBPyConnection,
    *,
    modality: str | None = None,
    minutes: int | None = None,
    regions: Sequence[str] = (),
    as_of: date | None = None,
    modelled: bool = False,
) -> list[Figure]:
    """The figures of a warehouse, sorted by modality, length and region.

    What is not given is not restricted: without ``modality`` and ``minutes`` every one with votes, without
    ``regions`` every place, publish region and Alberta; ``modelled`` adds what the model says where nobody votes.
    Several regions are one figure if their prices are alike, else a figure each with a note. ``as_of`` is a day, the
    newest visit's unless given. A question without votes gets one figure: the model's, or none with the reason.
    Raises ``UnknownName``.
    """
    return figures_of(
        open_desk(con, as_of or last_day(con)), modality=modality, minutes=minutes, regions=regions, modelled=modelled
    )


def figures_of(
    desk: Desk,
    *,
    modality: str | None = None,
    minutes: int | None = None,
    regions: Sequence[str] = (),
    modelled: bool = False,
) -> list[Figure]:
    """As ``figures``, of what has been read and modelled already; for many questions on one day."""
    asked = modality_id(modality) if modality is not None else None
    length = bin_minutes(minutes) if minutes is not None else None
    labels = tuple(dict.fromkeys(region_label(region) for region in regions))
    found = _together(desk, asked, length, labels) if labels else _everywhere(desk, asked, length, modelled)
    return found or [_nothing(desk, asked, length, labels)]


def last_day(con: duckdb.DuckDBPyConnection) -> date | None:
    """The UTC day of the newest visit that got a page, ``None`` when there is none."""
    row = con.execute("SELECT max(seen_at)::DATE FROM visits WHERE outcome <> 'failed'").fetchone()
    return row[0] if row else None


def _everywhere(desk: Desk, modality: str | None, minutes: int | None, modelled: bool) -> list[Figure]:
    keys = desk.keys(modality, minutes, modelled=modelled)
    made = [figure(desk, m, d, [label]) for m, d, label in keys]
    return [one for one in made if one.n or one.grade or one.n_stale]


def _together(desk: Desk, modality: str | None, minutes: int | None, labels: tuple[str, ...]) -> list[Figure]:
    """One figure a modality and length for the labels together, or one a label where they are not alike."""
    return [one for m, d in desk.offered(modality, minutes, labels) for one in _of_set(desk, m, d, labels)]


def _of_set(desk: Desk, modality: str, minutes: int, labels: tuple[str, ...]) -> list[Figure]:
    if len(labels) == 1:
        return [figure(desk, modality, minutes, labels)]
    verdict = alike(desk, modality, minutes, labels)
    if verdict.alike:
        return [figure(desk, modality, minutes, labels, level=verdict.level)]
    return [replace(figure(desk, modality, minutes, [label]), note=verdict.note) for label in labels]


def _nothing(desk: Desk, modality: str | None, minutes: int | None, labels: Sequence[str]) -> Figure:
    known = desk.known(labels or [ALBERTA])
    return Figure(
        region=joined(labels or [ALBERTA]),
        modality=modality,
        minutes=minutes,
        n_known=known,
        as_of=desk.as_of,
        reason=desk.no_votes(known),
    )
