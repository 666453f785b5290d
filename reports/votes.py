"""What locations say: the votes behind the figures, with brands held to their share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib import resources

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.quantiles import Floats, Ints

#: A price that was seen within so many days is fresh; one not seen for longer than this, but within the next, ageing.
FRESH_DAYS = 90
#: A price that nobody has seen for longer than this many days has no vote; the model still learns from it.
VOTING_DAYS = 180
#: A price that nobody has seen for longer than this many days is nothing to go by.
EXPIRY_DAYS = 365
#: The largest share of a cell that one brand may have, unless there are too few brands for it.
BRAND_SHARE = 0.2

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes as columns, one row a modality, length and location; codes point into the tuples of names."""

    modality: Ints
    minutes: Ints
    location: Ints
    brand: Ints
    region: Ints
    cents: Floats
    oldest: npt.NDArray[np.datetime64]
    newest: npt.NDArray[np.datetime64]
    exact: Bools
    """Whether a price names the modality itself, not only something that belongs to it."""
    kept: Bools
    """Whether a person has looked at a price of it and kept it."""
    stale: Bools
    """Whether it is too old to vote; such a row only teaches the model."""
    short: Bools
    """Whether the hour has 50 minutes."""
    share: Floats
    """What the row counts for in the model: one printed price is one observation, in however many modalities."""
    modalities: tuple[str, ...]
    locations: tuple[str, ...]
    brands: tuple[str, ...]
    regions: tuple[str, ...]
    places: tuple[str | None, ...]
    """The place of each location."""

    def __len__(self) -> int:
        return len(self.cents)

    def where(self, rows: Bools | Ints) -> Votes:
        """The votes of some rows, with the same codes."""
        return replace(self, **{name: getattr(self, name)[rows] for name in _COLUMNS})


_COLUMNS = (
    "modality", "minutes", "location", "brand", "region", "cents", "oldest", "newest", "exact", "kept", "stale",
    "short", "share",
)  # fmt: skip


def votes(con: duckdb.DuckDBPyConnection, as_of: date | None) -> Votes:
    """The votes of all locations on a day in all modalities and lengths, and the stale prices behind them."""
    query = resources.files("reports").joinpath("votes.sql").read_text(encoding="utf-8")
    asked = {"as_of": as_of, "voting_days": VOTING_DAYS, "expiry_days": EXPIRY_DAYS}
    return of_frame(con.execute(query, asked).df())


def of_frame(rows: pd.DataFrame) -> Votes:
    """Votes from a table with the columns of ``votes.sql``."""
    names = {column: pd.factorize(rows[column], sort=True) for column in _NAMED}
    first = rows.drop_duplicates("location_id").set_index("location_id")["place_key"]
    locations = tuple(map(str, names["location_id"][1]))
    return Votes(
        modality=names["modality"][0].astype(np.int64),
        minutes=rows["minutes"].to_numpy(np.int64),
        location=names["location_id"][0].astype(np.int64),
        brand=names["clinic_id"][0].astype(np.int64),
        region=names["region"][0].astype(np.int64),
        cents=rows["cents"].to_numpy(np.float64),
        oldest=rows["oldest"].to_numpy("datetime64[D]"),
        newest=rows["newest"].to_numpy("datetime64[D]"),
        exact=rows["is_exact"].to_numpy(bool),
        kept=rows["is_kept"].to_numpy(bool),
        stale=rows["is_stale"].to_numpy(bool),
        short=rows["is_short"].to_numpy(bool),
        share=rows["share"].to_numpy(np.float64),
        modalities=tuple(map(str, names["modality"][1])),
        locations=locations,
        brands=tuple(map(str, names["clinic_id"][1])),
        regions=tuple(map(str, names["region"][1])),
        places=tuple(first[location] or None for location in locations),
    )


_NAMED = ("modality", "location_id", "clinic_id", "region")


def brand_weights(brand: Ints, wanted: Floats | None = None) -> Floats | None:
    """Weights that leave no brand more than a fifth of a cell; ``None`` where every vote counts the same.

    With fewer than five brands all count alike. ``wanted`` are the weights before the cap, 1 each unless given. The
    result sums to the number of independent votes, (sum of brands' weights)^2 / sum of their squares (Kish 1965).
    """
    _, member = np.unique(brand, return_inverse=True)
    start = np.ones(len(brand)) if wanted is None else wanted
    totals = np.bincount(member, start).astype(np.float64)
    if wanted is None and len(totals) == len(brand):
        return None
    capped = _capped(totals)
    weights = start * (capped / totals)[member]
    return np.asarray(weights * (capped.sum() / np.sum(capped**2)))


def _capped(totals: Floats) -> Floats:
    """Totals of brands, the large ones cut so that none has more than its share of what remains."""
    share = max(BRAND_SHARE, 1 / len(totals))
    if share * len(totals) <= 1 + 1e-9:
        return np.full(len(totals), totals.min())
    order = np.sort(totals)[::-1]
    # ``large`` brands at the cap c: c = share * (large * c + the rest)
    caps = (share * order[large:].sum() / (1 - share * large) for large in range(len(order)))
    cap = next(cap for large, cap in enumerate(caps) if order[large] <= cap * (1 + 1e-12))
    return np.asarray(np.minimum(totals, cap))
