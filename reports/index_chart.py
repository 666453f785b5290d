"""The price index as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from reports.names import joined, modality_id
from reports.pictures import INK, SOFT, WIDTH, NothingToDraw, Picture, name_of, with_title
from reports.price_index import NO_INDEX, Point, frame


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
    band = base.mark_area(color=SOFT, opacity=0.5).encode(y=alt.Y("low:Q", title=title, scale=scale), y2="high:Q")
    line = base.mark_line(color=INK, point=alt.OverlayMarkDef(color=INK)).encode(y=alt.Y("index:Q", scale=scale))
    chart = alt.layer(band, line, *_new_starts(rows)).properties(width=WIDTH, height=240)
    length = f"{minutes} minutes" if minutes else "all lengths"
    return with_title(chart, f"Price index: {name_of(modality_id(modality))}, {length}, {region}", _index_lines(rows))


def _new_starts(rows: pd.DataFrame) -> list[alt.Chart]:
    """A dashed line with words before each chain but the first."""
    starts = _starts(rows)[1:].assign(words="starts anew at 100")
    if starts.empty:
        return []
    base = alt.Chart(starts[["month", "words"]]).encode(x=alt.X("month:T"))
    words = base.mark_text(angle=270, align="left", dy=-6, color=INK).encode(text="words:N", y=alt.value(236))
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
