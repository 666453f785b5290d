"""Pictures of figures, readable in black and white: each says what it shows, how many clinics, and of which day."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from pipelines.places import PLACES
from reports.desk import Desk
from reports.figure import Figure
from reports.figures import figures_of
from reports.names import bin_minutes, modality_id, region_label
from reports.pictures import INK, PALE, SOFT, WIDTH, NothingToDraw, Picture, name_of, with_title
from reports.show import price_range

_RANGE_WORDS = "Bar: 8 in 10 locations; thick: the middle half; tick: the middle one"
_BASIS = "List prices before GST, one vote a location."
_DOLLARS = "$,.0f"
#: Width of a bar of the distribution in dollars.
_BIN = 5
#: Room for the words beside a range.
_ROW_AXIS = alt.Axis(labelLimit=420)


def strip(desk: Desk, modality: str, minutes: int, regions: Sequence[str]) -> Picture:
    """The prices of each city as dots on a line, with the typical range behind them; cities by name, not by rank."""
    kind, length = modality_id(modality), bin_minutes(minutes)
    labels = list(dict.fromkeys(map(region_label, regions))) or _cities(desk, kind, length)
    made = [one for label in labels for one in figures_of(desk, modality=kind, minutes=length, regions=[label])]
    found = [one for one in made if one.grade]
    dots = _dots(desk, kind, length, [one.region for one in found])
    if not found:
        raise NothingToDraw(f"no figure for {kind}, {length} minutes")
    order = [_row_name(one, one.region) for one in sorted(found, key=lambda one: one.region)]
    y = alt.Y("row:N", sort=order, title=None, axis=_ROW_AXIS)
    chart = alt.layer(*_ranges(_table(found), y), _points(dots.merge(_table(found)[["region", "row"]]), y))
    without = [f"{one.region}: no figure ({one.reason})" for one in made if not one.grade]
    lines = _told(found, sum(one.n for one in found), _RANGE_WORDS)
    title = f"{name_of(kind)}, {length} minutes, by city"
    return with_title(chart.properties(width=WIDTH), title, [*lines, *without])


def distribution(desk: Desk, modality: str, minutes: int, region: str) -> Picture:
    """How many locations ask how much, with the typical range."""
    kind, length, label = modality_id(modality), bin_minutes(minutes), region_label(region)
    (one,) = figures_of(desk, modality=kind, minutes=length, regions=[label])
    dots = _dots(desk, kind, length, [label])
    if dots.empty:
        raise NothingToDraw(one.reason or f"nobody in {label} shows a price for {kind}, {length} minutes")
    x = alt.X("price:Q", bin=alt.Bin(step=_BIN), title="price", axis=alt.Axis(format=_DOLLARS))
    most = int((dots["price"] // _BIN).value_counts().max())
    counts = alt.Y("count():Q", title="locations", axis=alt.Axis(values=list(range(most + 1)), format="d"))
    bars = alt.Chart(dots).mark_bar(fill=PALE, stroke=INK).encode(x=x, y=counts)
    layers: list[alt.Chart] = [bars]
    if one.grade:
        ends = pd.DataFrame({"x": [one.typical_low_cents, one.typical_high_cents], "what": "8 in 10 lie between"})
        rules = alt.Chart(ends.assign(x=ends["x"] / 100)).mark_rule(strokeDash=[6, 3], strokeWidth=2)
        layers.append(rules.encode(x=alt.X("x:Q")))
        if one.headline and one.typical_cents:
            middle = pd.DataFrame({"x": [one.typical_cents / 100]})
            layers.append(alt.Chart(middle).mark_rule(strokeWidth=3).encode(x=alt.X("x:Q")))
    dashed = f"Dashed: 8 in 10 locations list a price between ({price_range(one)})"
    words = "; ".join([dashed] * (one.grade is not None) + ["solid: the middle price"] * one.headline)
    chart = alt.layer(*layers).properties(width=WIDTH, height=220)
    return with_title(chart, f"{name_of(kind)}, {length} minutes, {label}", _told([one], one.n, words))


def durations(desk: Desk, modality: str, region: str) -> Picture:
    """The typical range by length of session."""
    kind, label = modality_id(modality), region_label(region)
    found = [one for one in figures_of(desk, modality=kind, regions=[label]) if one.grade]
    if not found:
        raise NothingToDraw(f"no figure for {kind} in {label}")
    rows = _table(found)
    rows["row"] = [_row_name(one, f"{one.minutes} min") for one in found]
    chart = alt.layer(*_ranges(rows, alt.Y("row:N", sort=list(rows["row"]), title=None, axis=_ROW_AXIS)))
    lines = _told(found, _locations(desk, kind, found), _RANGE_WORDS)
    return with_title(chart.properties(width=WIDTH), f"{name_of(kind)} by length, {label}", lines)


def _cities(desk: Desk, modality: str, minutes: int) -> list[str]:
    """Places with at least three votes that are no region of others."""
    keys = desk.keys(modality, minutes, modelled=False)
    own = [label for _, _, label in keys if label in PLACES and PLACES[label].kind != "neighbourhood"]
    return [label for label in own if len(desk.rows(modality, minutes, [label])) >= 3]


def _dots(desk: Desk, modality: str, minutes: int, labels: Sequence[str]) -> pd.DataFrame:
    votes = desk.found.votes if desk.found else None
    rows = [
        {"region": label, "price": float(cents) / 100}
        for label in labels
        if votes is not None
        for cents in votes.cents[desk.rows(modality, minutes, [label])]
    ]
    return pd.DataFrame(rows, columns=["region", "price"])


def _table(found: Sequence[Figure]) -> pd.DataFrame:
    rows = [
        {
            "region": one.region, "row": _row_name(one, one.region),
            "low": (one.typical_low_cents or 0) / 100, "high": (one.typical_high_cents or 0) / 100,
            "mid_low": (one.mid_low_cents or 0) / 100, "mid_high": (one.mid_high_cents or 0) / 100,
            "middle": one.typical_cents / 100 if one.headline and one.typical_cents else None,
        }
        for one in found
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _row_name(one: Figure, what: str) -> str:
    """What stands beside a range; what is no headline of its own clinics says what it is."""
    words = f", {one.words}" if one.words and (one.method == "model" or not one.headline) else ""
    return f"{what}  {price_range(one)}  (n {one.n}, {one.grade}{words})"


def _locations(desk: Desk, modality: str, found: Sequence[Figure]) -> int:
    """How many locations vote in any of some figures of a modality."""
    if desk.found is None:
        return 0
    rows = [desk.rows(modality, one.minutes or 0, [one.region]) for one in found]
    return len(np.unique(desk.found.votes.location[np.concatenate(rows)]))


def _ranges(rows: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(rows)
    x = alt.X("low:Q", title="price", scale=alt.Scale(zero=False), axis=alt.Axis(format=_DOLLARS))
    return [
        base.mark_rule(strokeWidth=3, color=SOFT).encode(y=y, x=x, x2="high:Q"),
        base.mark_rule(strokeWidth=9, color=SOFT).encode(y=y, x=alt.X("mid_low:Q"), x2="mid_high:Q"),
        base.mark_tick(thickness=3, size=20, color=INK).encode(y=y, x=alt.X("middle:Q")),
    ]


def _points(rows: pd.DataFrame, y: alt.Y) -> alt.Chart:
    dots: alt.Chart = alt.Chart(rows).mark_point(size=26, color=INK, opacity=0.7)
    return dots.encode(y=y, x=alt.X("price:Q"))


def _told(found: Sequence[Figure], n: int, words: str) -> list[str]:
    """Definition, number of locations and day."""
    days = [one.newest for one in found if one.newest]
    day = max(days) if days else found[0].as_of
    own = (f"grade {found[0].grade}", found[0].words or found[0].reason) if len(found) == 1 else ()
    remarks = "; ".join(filter(None, (f"n {n} location{'s' * (n != 1)}, prices seen up to {day}", *own)))
    return [f"{_BASIS} {words}." if words else _BASIS, f"{remarks}."]
