"""Where the effects of the price model stand, and which of them each vote has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from reports.quantiles import Ints
from reports.votes import Votes


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the effects stand: m, lengths, short hour, modalities, regions, combinations of region and modality."""

    minutes: Ints
    modalities: int
    regions: int
    pairs: Ints
    """Combinations that occur, as region * modalities + modality, ascending."""

    @property
    def size(self) -> int:
        """Number of effects."""
        return 2 + len(self.minutes) + self.modalities + self.regions + len(self.pairs)

    @property
    def fixed(self) -> int:
        """Number of fixed effects; they stand first."""
        return 2 + len(self.minutes) + self.modalities

    def cells(self, region: Ints, modality: Ints, minutes: Ints) -> Ints:
        """The five columns of each cell, a row a cell; -1 for an effect that no data tell of."""
        length = np.searchsorted(self.minutes, minutes)
        known = np.take(self.minutes, length, mode="clip") == minutes
        pair = region * self.modalities + modality
        at = np.searchsorted(self.pairs, pair)
        met = (np.take(self.pairs, at, mode="clip") == pair) & (region >= 0) if len(self.pairs) else np.zeros(0, bool)
        first = 2 + len(self.minutes)
        return np.column_stack(
            [
                np.zeros(len(region), np.int64),
                np.where(known, 1 + length, -1),
                first + modality,
                np.where(region >= 0, first + self.modalities + region, -1),
                np.where(met, self.fixed + self.regions + at, -1),
            ]
        )

    @property
    def short(self) -> int:
        """The column of the short hour."""
        return 1 + len(self.minutes)


def columns_of(votes: Votes) -> Columns:
    """The columns that some votes tell of."""
    modalities = len(votes.modalities)
    pairs = np.unique(votes.region * modalities + votes.modality)
    return Columns(np.unique(votes.minutes), modalities, len(votes.regions), pairs)


def design(votes: Votes, columns: Columns) -> sparse.csr_array:
    """A row a vote, a column an effect."""
    at = columns.cells(votes.region, votes.modality, votes.minutes)
    rows = np.repeat(np.arange(len(votes)), at.shape[1])[at.ravel() >= 0]
    entries = at.ravel()[at.ravel() >= 0]
    short = np.flatnonzero(votes.short)
    rows = np.concatenate([rows, short])
    entries = np.concatenate([entries, np.full(len(short), columns.short)])
    return sparse.csr_array((np.ones(len(rows)), (rows, entries)), shape=(len(votes), columns.size))
