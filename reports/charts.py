"""Pictures of figures, readable in black and white: each says what it shows, how many clinics, and of which day."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from pipelines.modality import MODALITIES
from pipelines.places import PLACES
from reports.desk import Desk
from reports.figure import Figure
from reports.figures import figures_of
from reports.names import bin_minutes, joined, modality_id, region_label
from reports.price_index import NO_INDEX, Point, frame
from reports.show import price_range

#: Prices, the figures' ranges and the middle, told apart by shape and weight rather than by colour.
_INK, _SOFT, _PALE = "black", "#999999", "#dddddd"
_RANGE_WORDS = "Bar: 8 in 10 locations; thick: the middle half; tick: the middle one"
_BASIS = "List prices before GST, one vote a location."
_WIDTH = 520
_TITLE: Mapping[str, Any] = {"anchor": "start", "fontSize": 15, "subtitleFontSize": 11, "subtitleColor": _INK}
_DOLLARS = "$,.0f"
#: Width of a bar of the distribution in dollars.
_BIN = 5


#: What altair makes of layers.
Picture = Any
#: Room for the words beside a range.
_ROW_AXIS = alt.Axis(labelLimit=420)


class NothingToDraw(Exception):
    """No figure or price that a chart could show."""


class NotAPicture(ValueError):
    """A file name that is not that of a picture we can write."""


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
    title = f"{_named(kind)}, {length} minutes, by city"
    return _with_title(chart.properties(width=_WIDTH), title, [*lines, *without])


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
    bars = alt.Chart(dots).mark_bar(fill=_PALE, stroke=_INK).encode(x=x, y=counts)
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
    chart = alt.layer(*layers).properties(width=_WIDTH, height=220)
    return _with_title(chart, f"{_named(kind)}, {length} minutes, {label}", _told([one], one.n, words))


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
    return _with_title(chart.properties(width=_WIDTH), f"{_named(kind)} by length, {label}", lines)


def over_time(points: Sequence[Point], modality: str, minutes: int | None, region: str) -> Picture:
    """The price index with its 95 % interval, every chain a line of its own; ``None`` minutes are all lengths."""
    rows = frame([point for point in points if point.index is not None])
    if rows.empty:
        raise NothingToDraw(NO_INDEX)
    rows["month"] = pd.to_datetime(rows["month"])
    ends = rows.fillna({"low": rows["index"], "high": rows["index"]})
    x = alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y"))
    scale, title = alt.Scale(zero=False), "first month of each line = 100"
    base = alt.Chart(ends.drop(columns="reason")).encode(x=x, detail="chain:N")
    band = base.mark_area(color=_SOFT, opacity=0.5).encode(y=alt.Y("low:Q", title=title, scale=scale), y2="high:Q")
    line = base.mark_line(color=_INK, point=alt.OverlayMarkDef(color=_INK)).encode(y=alt.Y("index:Q", scale=scale))
    chart = alt.layer(band, line, *_new_starts(rows)).properties(width=_WIDTH, height=240)
    length = f"{minutes} minutes" if minutes else "all lengths"
    return _with_title(chart, f"Price index: {_named(modality_id(modality))}, {length}, {region}", _index_lines(rows))


def _new_starts(rows: pd.DataFrame) -> list[alt.Chart]:
    """A dashed line with words before each chain but the first."""
    starts = _starts(rows)[1:].assign(words="starts anew at 100")
    if starts.empty:
        return []
    base = alt.Chart(starts[["month", "words"]]).encode(x=alt.X("month:T"))
    words = base.mark_text(angle=270, align="left", dy=-6, color=_INK).encode(text="words:N", y=alt.value(236))
    return [base.mark_rule(strokeDash=[6, 3]), words]


def _starts(rows: pd.DataFrame) -> pd.DataFrame:
    """The first month of each chain."""
    return rows[~rows["chain"].duplicated()]


def _index_lines(rows: pd.DataFrame) -> list[str]:
    linked = rows[rows["chain"].duplicated()]
    least, most = linked["n"].min(), linked["n"].max()
    rises, cuts, carried = linked["rises"].sum(), linked["cuts"].sum(), linked["carried"].max()
    days = [f"{month:%B %Y}" for month in _starts(rows)["month"][1:]]
    between = "what changed in between is not in it: lines do not compare."
    again = [f"Starts anew at 100 in {joined(days)}; {between}"] if days else []
    return [
        "Chained from what clinics' own prices for the same things changed from month to month, each clinic one vote. "
        "List prices before GST. Grey: 95 % interval.",
        *again,
        f"n {least if least == most else f'{least} to {most}'} clinics matched, up to {carried} of them not seen in "
        f"their month; {rises} rises and {cuts} cuts; to {rows['month'].iloc[-1]:%B %Y}.",
    ]


def save(chart: Picture, to: Path) -> None:
    """Writes an SVG or PNG picture, by the file's name. Raises ``NotAPicture`` for any other."""
    if to.suffix not in (".svg", ".png"):
        raise NotAPicture(f"{to.name}: charts are .svg or .png")
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(f".{to.name}.new{to.suffix}")
    try:
        chart.save(str(beside), scale_factor=2 if to.suffix == ".png" else 1)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)


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
        base.mark_rule(strokeWidth=3, color=_SOFT).encode(y=y, x=x, x2="high:Q"),
        base.mark_rule(strokeWidth=9, color=_SOFT).encode(y=y, x=alt.X("mid_low:Q"), x2="mid_high:Q"),
        base.mark_tick(thickness=3, size=20, color=_INK).encode(y=y, x=alt.X("middle:Q")),
    ]


def _points(rows: pd.DataFrame, y: alt.Y) -> alt.Chart:
    dots: alt.Chart = alt.Chart(rows).mark_point(size=26, color=_INK, opacity=0.7)
    return dots.encode(y=y, x=alt.X("price:Q"))


def _told(found: Sequence[Figure], n: int, words: str) -> list[str]:
    """Definition, number of locations and day."""
    days = [one.newest for one in found if one.newest]
    day = max(days) if days else found[0].as_of
    own = (f"grade {found[0].grade}", found[0].words or found[0].reason) if len(found) == 1 else ()
    remarks = "; ".join(filter(None, (f"n {n} location{'s' * (n != 1)}, prices seen up to {day}", *own)))
    return [f"{_BASIS} {words}." if words else _BASIS, f"{remarks}."]


def _with_title(chart: Picture, title: str, lines: Sequence[str]) -> Picture:
    wrapped = [part for line in lines for part in textwrap.wrap(line, 100)]
    head = alt.TitleParams(title, subtitle=wrapped, **_TITLE)
    return chart.properties(title=head).configure_view(stroke=None).configure(background="white", font="sans-serif")


def _named(modality: str) -> str:
    return MODALITIES[modality].name
