"""Votes by cell: which ones count for a modality, a length and a place, region or the province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.names import labels_of
from reports.quantiles import Ints
from reports.votes import Votes

Key = tuple[str, int, str]
_NONE: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of votes by modality, length and label; the rows of a cell are ascending by price."""

    votes: Votes
    bounds: dict[Key, tuple[int, int]]
    order: Ints

    def rows(self, modality: str, minutes: int, labels: Sequence[str]) -> Ints:
        """The rows of a cell; of several labels together each row once."""
        found = [self._rows((modality, minutes, label)) for label in labels]
        if len(found) == 1:
            return found[0]
        rows = np.unique(np.concatenate(found)) if found else _NONE
        return np.asarray(rows[np.argsort(self.votes.cents[rows], kind="stable")])

    def _rows(self, key: Key) -> Ints:
        start, end = self.bounds.get(key, (0, 0))
        return self.order[start:end]


def cells_of(votes: Votes) -> Cells:
    """The cells of some votes."""
    labels = [labels_of(place) for place in votes.places]
    names = sorted({name for own in labels for name in own})
    code = {name: n for n, name in enumerate(names)}
    per_location = [np.array([code[name] for name in own], np.int64) for own in labels]
    counts = np.array([len(own) for own in labels], np.int64)[votes.location] if len(votes) else _NONE
    rows = np.repeat(np.arange(len(votes)), counts)
    label = np.concatenate([per_location[at] for at in votes.location]) if len(votes) else _NONE
    order = np.lexsort((votes.cents[rows], label, votes.minutes[rows], votes.modality[rows]))
    keys = np.column_stack([votes.modality[rows], votes.minutes[rows], label])[order]
    starts = np.concatenate([[0], np.flatnonzero((np.diff(keys, axis=0) != 0).any(axis=1)) + 1]) if len(keys) else _NONE
    ends = np.append(starts[1:], len(keys))
    bounds = {
        (votes.modalities[keys[s, 0]], int(keys[s, 1]), names[keys[s, 2]]): (int(s), int(e))
        for s, e in zip(starts, ends, strict=True)
    } if len(keys) else {}  # fmt: skip
    return Cells(votes, bounds, rows[order])
