"""All that is checked before a release: the model's foresight, known anchors, bias of readers, and the last release."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from reports.desk import Desk
from reports.figures import figures_of
from reports.gate import ENOUGH_CLINICS, Gate
from reports.gates import gates
from reports.moves import by_key
from reports.province import brand_means, residuals
from reports.releases import Release

#: What an hour costs in the big cities by every survey (CMMOTA 2023: $96.83 in Alberta, $99.03 in large cities), with
#: room for the years since, in cents. Beyond it the reading is wrong, or the market has turned.
ANCHOR = (9_000, 12_500)
_ANCHORED = ("Calgary", "Edmonton")
#: Locations that a city's figure is of before it is held against the anchor.
_LEAST_ANCHORED = 6
_LEAST_OF_KIND = 15
_LEAST_NEWCOMERS = 30
_LARGEST_BIAS = 0.05
_KINDS = """
SELECT l.clinic_id, 'booking platform ' || coalesce(any_value(c.booking_platform), 'none') AS kind
FROM locations AS l JOIN clinics AS c ON c.clinic_id = l.clinic_id GROUP BY l.clinic_id
UNION ALL
SELECT DISTINCT l.clinic_id, 'GST ' || p.tax_basis
FROM voting_prices AS p JOIN locations AS l ON l.location_id = p.location_id WHERE p.is_current
"""


def all_checks(con: duckdb.DuckDBPyConnection, desk: Desk, before: Sequence[Release] = ()) -> list[Gate]:
    """Every check on the figures of a desk; ``before`` are the earlier releases."""
    return [*gates(desk.found), *_anchors(desk), *_biases(con, desk), *_newcomers(desk, before[-1:])]


def failed(checks: Sequence[Gate]) -> list[Gate]:
    """The checks that failed; too few clinics are no failure."""
    return [check for check in checks if check.passed is False]


def _anchors(desk: Desk) -> list[Gate]:
    return [_anchor(desk, city) for city in _ANCHORED]


def _anchor(desk: Desk, city: str) -> Gate:
    (one,) = figures_of(desk, modality="massage_therapy", minutes=60, regions=[city])
    cents, enough = one.typical_cents, one.n >= _LEAST_ANCHORED
    name, wanted = f"an hour of massage therapy in {city}", "${:.0f} to ${:.0f}".format(*(c / 100 for c in ANCHOR))
    if cents is None or not one.headline:
        return Gate(name, cents and cents / 100, wanted, one.n, None, close=enough, least=_LEAST_ANCHORED)
    passed = ANCHOR[0] <= cents <= ANCHOR[1] if enough else None
    return Gate(name, cents / 100, wanted, one.n, passed, least=_LEAST_ANCHORED)


def _biases(con: duckdb.DuckDBPyConnection, desk: Desk) -> list[Gate]:
    """Mean distance from the model by booking platform and tax words: a reader that errs shows here."""
    if desk.found is None or desk.found.main is None:
        return []
    votes = desk.found.fitted
    brands, means = brand_means(votes, residuals(votes, desk.found.main))
    own = pd.DataFrame({"clinic_id": [votes.brands[n] for n in brands], "off": means})
    joined = con.execute(_KINDS).df().merge(own, on="clinic_id")
    found = []
    for kind, off in joined.groupby("kind")["off"]:
        if len(off) >= _LEAST_OF_KIND:
            mean = float(off.mean())
            sure = abs(mean) > 3 * float(off.std(ddof=1)) / len(off) ** 0.5
            passed = not (sure and abs(mean) > _LARGEST_BIAS) if len(own) >= ENOUGH_CLINICS else None
            wanted = f"-{_LARGEST_BIAS:g} to {_LARGEST_BIAS:g}"
            found.append(Gate(f"mean distance in ln, {kind}", mean, wanted, len(off), passed, in_all=len(own)))
    return found


def _newcomers(desk: Desk, last: Sequence[Release]) -> list[Gate]:
    """The share of locations that are new since the last release inside the ranges that it had for them."""
    if not last or desk.found is None:
        return []
    votes, known = desk.found.votes, set(last[0].table("votes")["location_id"])
    ranges = by_key(last[0].table("figures").dropna(subset=["unrounded_low_cents"]))
    fresh = np.array([name not in known for name in votes.locations], bool)[votes.location]
    inside: dict[int, list[bool]] = {}
    for row in np.flatnonzero(fresh):
        key = (votes.regions[votes.region[row]], votes.modalities[votes.modality[row]], int(votes.minutes[row]))
        if key in ranges:
            low, high = (float(str(ranges[key][name])) for name in ("unrounded_low_cents", "unrounded_high_cents"))
            inside.setdefault(int(votes.location[row]), []).append(bool(low <= votes.cents[row] <= high))
    if not inside:
        return []
    share = float(np.mean([np.mean(own) for own in inside.values()]))
    passed = share >= 0.65 if len(inside) >= _LEAST_NEWCOMERS else None
    name = "newcomers inside the last release's ranges"
    return [Gate(name, share, "at least 0.65", len(inside), passed, least=_LEAST_NEWCOMERS)]
