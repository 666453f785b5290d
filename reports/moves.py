"""Figures that moved from one release to another, and which of them wait for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd

from reports.grades import steps

Key = tuple[str, str, int]
Row = Mapping[str, object]
#: Moves beyond this share of the price, or of so many grades, wait for a person.
LARGEST_MOVE = 0.10
MOST_GRADES = 2
#: The published numbers that are compared; the ends before they are rounded.
_NUMBERS = {
    "typical_cents": "typical",
    "unrounded_low_cents": "low end",
    "unrounded_high_cents": "high end",
    "average_cents": "average",
}
#: The columns of a figure that a move is told from.
COMPARED = ("region", "modality", "minutes", "grade", "reason", "release", *_NUMBERS)
#: Smaller changes are none.
_LEAST = 0.0005
DEFINITION = (
    f"A figure that moved: before and after are typical, moved is the change of typical, of the unrounded low and high "
    f"end and of the average, because names the locations whose votes changed, the strongest first. A change of more "
    f"than {LARGEST_MOVE:.0%} or of {MOST_GRADES} grades waits for a person; waits is the name to confirm it by."
)


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


def moves(before: Mapping[Key, Row], after: Mapping[Key, Row]) -> list[Move]:
    """The figures that differ, sorted by cell; one that is new, or that had no numbers before, never waits."""
    found = [_move(key, before.get(key, {}), after.get(key, {})) for key in sorted(before.keys() | after.keys())]
    return [move for move in found if move]


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


def grade_of(row: Row) -> str | None:
    """The grade of a released figure, ``None`` where there are no numbers."""
    grade = row.get("grade")
    return str(grade) if grade else None


def _move(key: Key, old: Row, new: Row) -> Move | None:
    grade, now = grade_of(old), grade_of(new)
    shares = {name: _change(old.get(name), new.get(name)) for name in _NUMBERS}
    what = _words(old, new, shares)
    if what is None:
        return None
    far = any(share is not None and abs(share) > LARGEST_MOVE for share in shares.values())
    return Move(
        move_id=_id(key, old, new),
        region=key[0],
        modality=key[1],
        minutes=key[2],
        before_cents=_number(old.get("typical_cents")),
        after_cents=_number(new.get("typical_cents")),
        grade_before=grade,
        grade_after=now,
        what=what,
        waits=grade is not None and (far or steps(grade, now) >= MOST_GRADES),
    )


def _id(key: Key, old: Row, new: Row) -> str:
    """Another one for each move by a dollar or more of any number, and from each release: it is asked about anew."""
    numbers = [_dollars(row.get(name)) for row in (old, new) for name in _NUMBERS]
    parts = (*key, old.get("release"), *numbers, grade_of(old), grade_of(new))
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:8]


def _words(old: Row, new: Row, shares: Mapping[str, float | None]) -> str | None:
    """How a figure moved, ``None`` if it did not."""
    grade, now = grade_of(old), grade_of(new)
    if now is None:
        return f"no figure any more: {new.get('reason') or 'no votes'}" if grade else None
    if grade is None:
        return f"new, before: {old['reason']}" if old.get("reason") else "new"
    texts = [f"{_NUMBERS[name]} {share:+.1%}" for name, share in shares.items() if share and abs(share) >= _LEAST]
    return ", ".join(texts) or (None if grade == now else "only its grade")


def _change(old: object, new: object) -> float | None:
    before, after = _number(old), _number(new)
    return after / before - 1 if before and after else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _dollars(cents: object) -> int | None:
    number = _number(cents)
    return None if number is None else round(number / 100)
