"""A published number and what every field of it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from reports import grades
from reports.estimate import KAPPA
from reports.votes import BRAND_SHARE, EXPIRY_DAYS, FRESH_DAYS, VOTING_DAYS

#: Changes when the same prices would give other figures.
METHOD_VERSION = "3"
BASIS = "before GST"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell says. Amounts in cents, ``None`` where there is no figure; then ``reason`` says why."""

    region: str
    modality: str | None
    minutes: int | None
    typical_cents: float | None = None
    typical_low_cents: int | None = None
    typical_high_cents: int | None = None
    average_cents: float | None = None
    n: int = 0
    brands: int = 0
    flagged: int = 0
    oldest: date | None = None
    newest: date | None = None
    as_of: date | None = None
    basis: str = BASIS
    unrounded_low_cents: float | None = None
    unrounded_high_cents: float | None = None
    reason: str | None = None
    grade: str | None = None
    words: str | None = None
    mid_low_cents: int | None = None
    mid_high_cents: int | None = None
    lowest_cents: float | None = None
    highest_cents: float | None = None
    typical_rse: float | None = None
    low_rse: float | None = None
    high_rse: float | None = None
    typical_ci_low_cents: float | None = None
    typical_ci_high_cents: float | None = None
    low_ci_low_cents: float | None = None
    low_ci_high_cents: float | None = None
    high_ci_low_cents: float | None = None
    high_ci_high_cents: float | None = None
    average_ci_low_cents: float | None = None
    average_ci_high_cents: float | None = None
    n_fresh: int = 0
    n_exact: int = 0
    n_stale: int = 0
    n_known: int = 0
    n_basis: int = 0
    set_aside: int = 0
    median_age_days: float | None = None
    method: str = "none"
    step: str | None = None
    note: str | None = None
    release: str | None = None

    @property
    def headline(self) -> bool:
        """Whether the figure may stand alone in a sentence: grades A to C."""
        return self.grade is not None and self.grade <= "C"


DEFINITIONS: dict[str, str] = {
    "region": "Place, publish region or Alberta; several named together are one figure with the same weight for each, "
    "if their prices are alike.",
    "modality": "Kind of massage, with everything that belongs to it in the taxonomy.",
    "minutes": "Published length; 50-minute hours count as 60 where a location lists no 60, unscaled.",
    "typical_cents": "Middle price: the median of locations, one vote each, blended (see method).",
    "typical_low_cents": "10th percentile of locations, blended, to the nearest $5 ($10 for grade D; finer where that "
    "would leave out typical): with typical_high, about 8 in 10 locations list a price between the two.",
    "typical_high_cents": "90th percentile of locations, blended, rounded likewise.",
    "average_cents": "Mean of the locations' prices after cleaning, weighted like the quantiles; not blended.",
    "n": "Clinics, each location one, that vote: with the median of its current regular list prices for one person.",
    "brands": "Owners of these locations, a chain being one; where there are five or more, none has over "
    f"{BRAND_SHARE:.0%} of the weight.",
    "flagged": "Current prices that a check holds back until a person has looked at them.",
    "oldest": "When the vote seen longest ago was last seen.",
    "newest": "When the vote seen last was last seen.",
    "as_of": "The day that the figure is for.",
    "basis": "Whether GST is in it.",
    "unrounded_low_cents": "typical_low before rounding.",
    "unrounded_high_cents": "typical_high before rounding.",
    "reason": "Why there is no figure.",
    "grade": grades.DEFINITION,
    "words": "What has to be said with the figure.",
    "mid_low_cents": "25th percentile of locations, blended, to the nearest $5: half lie between it and mid_high.",
    "mid_high_cents": "75th percentile of locations, likewise.",
    "lowest_cents": "Lowest of the votes; no typical price, and not told of fewer than three.",
    "highest_cents": "Highest of the votes, likewise.",
    "typical_rse": "Standard error of typical as a share of it.",
    "low_rse": "Standard error of the unrounded low end as a share of it.",
    "high_rse": "Standard error of the unrounded high end as a share of it.",
    "typical_ci_low_cents": "Low end of the 95 % interval of typical: typical x exp(-1.96 standard errors).",
    "typical_ci_high_cents": "High end of that interval.",
    "low_ci_low_cents": "Low end of the 95 % interval of the unrounded low end.",
    "low_ci_high_cents": "High end of that interval.",
    "high_ci_low_cents": "Low end of the 95 % interval of the unrounded high end.",
    "high_ci_high_cents": "High end of that interval.",
    "average_ci_low_cents": "Low end of the 95 % interval of the average, brands being the clusters.",
    "average_ci_high_cents": "High end of that interval.",
    "n_fresh": f"Of n, those whose prices were all seen within {FRESH_DAYS} days.",
    "n_exact": "Of n, those with a price that names the modality itself, not only something that belongs to it.",
    "n_stale": f"Locations whose prices were last seen {VOTING_DAYS + 1} to {EXPIRY_DAYS} days ago; they do not vote.",
    "n_known": "Locations there that the registry lists, whether or not they sell it or print prices.",
    "n_basis": "Locations that the numbers rest on: n, or those of the modality or of the other clinics drawn on.",
    "set_aside": "Votes left out because they lie more than 1.82 times above or below the model's price.",
    "median_age_days": "Median of days since the votes were last seen.",
    "method": f"blend: own quantiles with weight n/(n+{KAPPA:g}), the rest is the model's; model: under 3 votes; none.",
    "step": "What was drawn on: exact, with what belongs to it, a wider modality there with the modelled difference, "
    "or the model of the province.",
    "note": "What else to know.",
    "release": "The release that it is part of; empty for one made just now.",
}
DEFINITION = (
    "One location, one vote: the median of its current regular list prices of one massage for one person, before GST. "
    "Typical is the median of the locations and average their mean. Typical range is the 10th to the 90th percentile "
    "(Hyndman-Fan type 8), rounded to the nearest $5: about 8 in 10 locations list a price within it. With few "
    f"locations both lean on the model of all clinics (own weight n/(n+{KAPPA:g})). n counts locations, fresh those "
    f"seen within {FRESH_DAYS} days; flagged counts prices that a check holds back until a person has looked at them. "
    f"{grades.DEFINITION} Prices not seen for {VOTING_DAYS} days, and clinics without public prices, are not in it."
)


def frame(rows: Iterable[Figure]) -> pd.DataFrame:
    """Figures as a table, a column a field."""
    names = list(DEFINITIONS)
    return pd.DataFrame([{name: getattr(row, name) for name in names} for row in rows], columns=names)
