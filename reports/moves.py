"""Figures that moved between two releases, by which clinics, and which of them wait for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log

import pandas as pd

from reports.grades import steps
from reports.names import labels_of
from reports.render import dollars

Key = tuple[str, str, int]
#: Moves beyond this share of the price, or of so many grades, wait for a person.
LARGEST_MOVE = 0.10
MOST_GRADES = 2
_ENDS = ("typical_cents", "unrounded_low_cents", "unrounded_high_cents")
_NAMES = {"typical_cents": "typical", "unrounded_low_cents": "low end", "unrounded_high_cents": "high end"}
_NAMED = 4
#: Smaller changes are none.
_LEAST = 0.0005


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one figure: in words how it moved, and whether so far that a person must look (``waits``)."""

    move_id: str
    region: str
    modality: str
    minutes: int
    before_cents: float | None
    after_cents: float | None
    grade_before: str | None
    grade_after: str | None
    what: str
    waits: bool
    because: str = ""

    @property
    def key(self) -> Key:
        """The cell."""
        return self.region, self.modality, self.minutes


def by_key(figures: pd.DataFrame) -> dict[Key, dict[str, object]]:
    """Rows of released figures by cell, with ``None`` for what is absent."""
    plain = figures.astype(object).where(figures.notna(), None)
    rows = [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
    return {(str(row["region"]), str(row["modality"]), int(str(row["minutes"]))): row for row in rows}


def moves(before: Mapping[Key, Mapping[str, object]], after: Mapping[Key, Mapping[str, object]]) -> list[Move]:
    """The figures that differ, sorted by cell; one that is new, or that had no numbers before, never waits."""
    found = [_move(key, before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys())]
    return [move for move in found if move]


def because(move: Move, votes: Sequence[pd.DataFrame], sets: Mapping[str, Sequence[str]]) -> str:
    """The clinics that moved a figure, the strongest first; ``votes`` are those of the two releases."""
    labels = set(sets.get(move.region, [move.region]))
    old, new = (_cell(rows, move, labels) for rows in votes)
    middle = move.before_cents or move.after_cents or 0.0
    told = [
        *((abs(log(new[who] / old[who])), f"{who} {dollars(old[who])} → {dollars(new[who])}")
          for who in old.keys() & new.keys() if new[who] != old[who]),
        *((_off(cents, middle), f"new: {who} {dollars(cents)}") for who, cents in new.items() if who not in old),
        *((_off(cents, middle), f"gone: {who} {dollars(cents)}") for who, cents in old.items() if who not in new),
    ]  # fmt: skip
    if not told:
        return "no clinic there; the model moved with the prices of others"
    names = [text for _, text in sorted(told, key=lambda item: (-item[0], item[1]))]
    more = [f"and {len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return "; ".join([*names[:_NAMED], *more])


def frame_of(found: Iterable[Move]) -> pd.DataFrame:
    """Moves as people read them."""
    return pd.DataFrame(
        [
            {
                "region": move.region, "modality": move.modality, "minutes": move.minutes,
                "before_cents": move.before_cents, "after_cents": move.after_cents,
                "grades": f"{move.grade_before or '-'} → {move.grade_after or '-'}",
                "moved": move.what, "because": move.because, "waits": move.move_id if move.waits else None,
            }
            for move in found
        ],
        columns=["region", "modality", "minutes", "before_cents", "after_cents", "grades", "moved", "because", "waits"],
    )  # fmt: skip


def _move(key: Key, old: Mapping[str, object] | None, new: Mapping[str, object] | None) -> Move | None:
    old, new = old or {}, new or {}
    grade, now = _grade(old), _grade(new)
    shares = {name: _change(old.get(name), new.get(name)) for name in _ENDS}
    what = _words(grade, now, shares, new)
    if what is None:
        return None
    far = any(share is not None and abs(share) > LARGEST_MOVE for share in shares.values())
    before, after = (_number(row.get("typical_cents")) for row in (old, new))
    name = "|".join(map(str, (*key, _rounded(before), _rounded(after), grade, now)))
    return Move(
        move_id=sha256(name.encode()).hexdigest()[:8],
        region=key[0],
        modality=key[1],
        minutes=key[2],
        before_cents=before,
        after_cents=after,
        grade_before=grade,
        grade_after=now,
        what=what,
        waits=grade is not None and (far or steps(grade, now) >= MOST_GRADES),
    )


def _words(
    grade: str | None, now: str | None, shares: Mapping[str, float | None], new: Mapping[str, object]
) -> str | None:
    """How a figure moved, ``None`` if it did not."""
    if grade is None or now is None:
        return None if grade == now else "new" if now else f"no figure any more: {new.get('reason') or 'no votes'}"
    texts = [f"{_NAMES[name]} {share:+.1%}" for name, share in shares.items() if share and abs(share) >= _LEAST]
    return ", ".join(texts) or (None if grade == now else "only its grade")


def _cell(votes: pd.DataFrame, move: Move, labels: set[str]) -> dict[str, float]:
    rows = votes[(votes["modality"] == move.modality) & (votes["minutes"] == move.minutes)]
    inside = [bool(set(labels_of(place)) & labels) for place in rows["place_key"]]
    there = rows[inside]
    return dict(zip(there["location_id"], there["cents"], strict=True))


def _off(cents: float, middle: float) -> float:
    return abs(log(cents / middle)) if middle else 0.0


def _change(old: object, new: object) -> float | None:
    before, after = _number(old), _number(new)
    return after / before - 1 if before and after else None


def _grade(row: Mapping[str, object]) -> str | None:
    grade = row.get("grade")
    return str(grade) if grade else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _rounded(cents: float | None) -> int | None:
    return None if cents is None else round(cents / 100)
