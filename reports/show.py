"""Figures as a person reads them in a terminal or a document."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reports.figure import Figure
from reports.render import dollars

_WIDTH = 25
_OUTSIDE, _TYPICAL_RANGE, _MID_RANGE, _MIDDLE = "·", "─", "━", "●"


def for_people(found: Sequence[Figure], *, bars: bool = True) -> pd.DataFrame:
    """One row a figure: what it is of, grade, middle, range, bar, how many locations, when seen, what else to know.

    Grades D and E have no middle price here: they are no headlines. Bars share one scale, which ``legend`` tells.
    """
    scale = _scale(found)
    rows = [
        {
            "region": one.region,
            "modality": one.modality,
            "minutes": one.minutes,
            "grade": one.grade,
            "typical": dollars(round(one.typical_cents, -2)) if one.headline and one.typical_cents else None,
            "typical range": price_range(one),
            "bar": bar(one, *scale) if bars and scale else None,
            "average": dollars(one.average_cents) if one.headline and one.average_cents else None,
            "n": one.n,
            "fresh": one.n_fresh if one.n_fresh < one.n else None,
            "flagged": one.flagged or None,
            "seen": seen(one),
            "remark": "; ".join(filter(None, (one.words, one.reason, one.note))) or None,
        }
        for one in found
    ]
    return pd.DataFrame(rows)


def legend(found: Sequence[Figure]) -> str:
    """What the bars say."""
    scale = _scale(found)
    if not scale:
        return ""
    low, high = (dollars(cents) for cents in scale)
    return (
        f"Bars from {low} to {high}: {_TYPICAL_RANGE} 8 in 10 locations, {_MID_RANGE} the middle half, "
        f"{_MIDDLE} the middle one."
    )


def price_range(one: Figure) -> str | None:
    """The typical range as a sentence writes it.

    >>> price_range(Figure("Calgary", "massage", 60, 10_000, 8_500, 12_000))
    '$85-$120'
    """
    if one.typical_low_cents is None or one.typical_high_cents is None:
        return None
    return f"{dollars(one.typical_low_cents)}-{dollars(one.typical_high_cents)}"


def bar(one: Figure, low: float, high: float, width: int = _WIDTH) -> str | None:
    """The figure's ranges on a scale from ``low`` to ``high`` cents; grades D and E have no middle there either.

    >>> bar(Figure("", "", 60, 50, 10, 90, grade="A", mid_low_cents=30, mid_high_cents=70), 0, 100, 11)
    '·──━━●━━──·'
    """
    ends = (one.typical_low_cents, one.mid_low_cents, one.typical_cents, one.mid_high_cents, one.typical_high_cents)
    if None in ends:
        return None
    at = [round((end - low) / (high - low) * (width - 1)) for end in ends if end is not None]
    cells = [_OUTSIDE] * width
    cells[at[0] : at[4] + 1] = _TYPICAL_RANGE * (at[4] + 1 - at[0])
    cells[at[1] : at[3] + 1] = _MID_RANGE * (at[3] + 1 - at[1])
    if one.headline:
        cells[at[2]] = _MIDDLE
    return "".join(cells)


def seen(one: Figure) -> str | None:
    """The days on which its prices were last seen."""
    if one.oldest is None or one.newest is None:
        return None
    return str(one.newest) if one.oldest == one.newest else f"{one.oldest} to {one.newest}"


def _scale(found: Sequence[Figure]) -> tuple[float, float] | None:
    """A tenth more on either side than all ranges need, in whole ten dollars; ``None`` if there is no range."""
    lows = [one.typical_low_cents for one in found if one.typical_low_cents is not None]
    highs = [one.typical_high_cents for one in found if one.typical_high_cents is not None]
    if not lows or not highs:
        return None
    return (min(lows) * 0.92) // 1_000 * 1_000, -(-(max(highs) * 1.08) // 1_000) * 1_000
