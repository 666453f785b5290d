"""One check before a release: what was found, what is wanted, and whether so few clinics can tell."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

#: Clinics below which shares of clinics are too uncertain to pass or fail anything.
ENOUGH_CLINICS = 150
DEFINITION = (
    "What is checked before a release; n counts the clinics (of a city its locations) that the value is of. With too "
    "few clinics, or a value on the wrong side by no more than chance allows (too close to tell), nothing is decided."
)


@dataclass(frozen=True, slots=True)
class Gate:
    """One check. ``passed`` is ``None`` where it decides nothing: n is small, or chance alone could tell against it."""

    check: str
    value: float | None
    wanted: str
    n: int
    passed: bool | None
    close: bool = False
    """Whether it is undecided because the value is uncertain: chance alone may have put it where it is."""
    least: int = ENOUGH_CLINICS
    """The least n that it decides with."""
    in_all: int | None = None
    """The clinics that are held against ``least`` where these are not n: all of the model, for a check on a part."""

    @property
    def words(self) -> str:
        """The verdict in words."""
        if self.close:
            return "too close to tell"
        if self.passed is None:
            counted = f"{self.n} of {self.least}" if self.in_all is None else f"{self.in_all} of {self.least} in all"
            return f"n too small: {counted}"
        return "passed" if self.passed else "FAILED"


def frame_of(checks: list[Gate]) -> pd.DataFrame:
    """The checks as people read them."""
    rows = [
        {"check": g.check, "value": None if g.value is None else round(g.value, 4), "wanted": g.wanted, "n": g.n,
         "verdict": g.words}
        for g in checks
    ]  # fmt: skip
    return pd.DataFrame(rows)
