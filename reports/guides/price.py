"""A price as a sentence states it, and the session lengths beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.durations import Duration, durations
from reports.guides.records import Number

_SUSPENDED = re.compile(r"(?<=\d)-(?= (?:or|and|to) \d)|(?<=\d)-(?=to-\d)|(?<=\dto)-|(?<=\d-to)-(?=\d)")


@dataclass(frozen=True, slots=True)
class Price:
    """A range, a single price or one end, with its place in the sentence. ``extreme`` marks an open end that says least
    or most, ``average`` a price told beside a range, ``taxed`` the same price told once more with a sales tax on it.
    """

    start: int
    end: int
    low: Number | None = None
    high: Number | None = None
    average: Number | None = None
    currency: str | None = None
    extreme: bool = False
    per_minute: bool = False
    taxed: Price | None = None

    @property
    def is_range(self) -> bool:
        """Whether it has both ends."""
        return self.low is not None and self.high is not None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers."""
        return tuple(number for number in (self.low, self.high, self.average) if number)

    def named_numbers(self) -> dict[str, Number]:
        """Its numbers by what they are; those of the same price with tax end in ``_taxed``."""
        own = {"low": self.low, "high": self.high, "average": self.average}
        with_tax = self.taxed.named_numbers() if self.taxed else {}
        return {name: n for name, n in own.items() if n} | {f"{name}_taxed": n for name, n in with_tax.items()}

    def moved(self, offset: int) -> Price:
        """The same in a text that begins so much earlier."""
        return replace(
            self,
            start=self.start + offset,
            end=self.end + offset,
            low=self.low and self.low.moved(offset),
            high=self.high and self.high.moved(offset),
            average=self.average and self.average.moved(offset),
            taxed=self.taxed and self.taxed.moved(offset),
        )


def lengths(text: str) -> list[Duration]:
    """The session lengths of a text, also where one unit serves several: *60- or 90-minute*.

    >>> [length.minutes for length in lengths("a 60- or 90-minute session")]
    [60, 90]
    """
    return durations(_SUSPENDED.sub(" ", text))
