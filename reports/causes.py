"""Why a figure moved: the clinics whose votes in it changed, the method, or the model alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

import pandas as pd

from reports.moves import Key, Move
from reports.names import labels_of
from reports.render import dollars

_NAMED = 4


class Ballot:
    """The votes of one release by cell, with the version of the method that made figures of them."""

    def __init__(self, votes: pd.DataFrame, method: str) -> None:
        self.method = method
        names = ["location_id", "clinic_id", "place_key", "cents"]
        self._rows = {
            (str(modality), int(str(minutes))): list(rows[names].itertuples(index=False, name=None))
            for (modality, minutes), rows in (votes.groupby(["modality", "minutes"]) if len(votes) else ())
        }

    def cell(self, key: Key, labels: set[str]) -> dict[str, tuple[float, str]]:
        """Cents and brand of each location that votes in a cell; ``labels`` are those that the region stands for."""
        _, modality, minutes = key
        return {
            str(location): (float(cents), str(brand))
            for location, brand, place, cents in self._rows.get((modality, minutes), ())
            if not labels.isdisjoint(labels_of(place if isinstance(place, str) else None))
        }


def because(move: Move, old: Ballot, new: Ballot, sets: Mapping[str, Sequence[str]]) -> str:
    """What moved a figure, the strongest clinics first; ``old`` are the votes that its earlier numbers came from."""
    labels = set(sets.get(move.region, [move.region]))
    before, after = old.cell(move.key, labels), new.cell(move.key, labels)
    changed = _changed(before, after, move.before_cents or move.after_cents or 0.0)
    method = [f"method {old.method} → {new.method}"] if old.method != new.method else []
    return "; ".join([*method, *changed]) or _unchanged(len(after))


def _unchanged(n: int) -> str:
    who = f"none of its {n} clinics changed" if n > 1 else "its one clinic did not change" if n else "no clinic there"
    return f"{who}; the model moved with the prices of others"


def _changed(
    before: Mapping[str, tuple[float, str]], after: Mapping[str, tuple[float, str]], middle: float
) -> list[str]:
    """The clinics that changed, those first that weigh most."""
    told = [_told(who, before.get(who), after.get(who), middle) for who in before.keys() | after.keys()]
    names = [text for _, text in sorted(filter(None, told), key=lambda one: (-one[0], one[1]))]
    more = [f"and {len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return [*names[:_NAMED], *more]


def _told(
    who: str, old: tuple[float, str] | None, new: tuple[float, str] | None, middle: float
) -> tuple[float, str] | None:
    """What became of one location's vote and how much that weighs, ``None`` if nothing did."""
    if old is None and new is not None:
        return _off(new[0], middle), f"new: {who} {dollars(new[0])}"
    if old is not None and new is None:
        return _off(old[0], middle), f"gone: {who} {dollars(old[0])}"
    if old is None or new is None or old == new:
        return None
    if old[0] == new[0]:
        return 0.0, f"{who}: of {new[1]}, before of {old[1]}"
    return abs(log(new[0] / old[0])), f"{who} {dollars(old[0])} → {dollars(new[0])}"


def _off(cents: float, middle: float) -> float:
    return abs(log(cents / middle)) if middle else 0.0
