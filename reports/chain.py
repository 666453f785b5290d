"""Links from month to month chained to an index, and where the chain breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from reports.matched import fenced, interval, links, relatives
from reports.price_panel import Panel
from reports.quantiles import Floats, Ints
from reports.time_product_dummy import time_product_dummy
from reports.votes import Bools

LEAST_CLINICS = 10
#: The index and its check differ if they do so by a larger share than this.
_APART = 0.005


@dataclass(frozen=True, slots=True)
class Point:
    """The index in one month; ``None`` where it may not be published, then ``reason`` says why."""

    month: date
    chain: int | None
    """Levels compare only among months of the same chain."""
    index: float | None
    change: float | None
    low: float | None
    high: float | None
    n: int
    rises: int
    cuts: int
    carried: int
    held: int
    check: float | None
    """The time-product dummy's index; ``None`` where no sighting links the month to the start of its chain."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Chains:
    """Which months lie in a chain, by number from 1, 0 outside, and the month that each month's chain starts in."""

    number: Ints
    base: Ints
    linked: Bools
    """Whether the chain goes on from the month before."""

    @property
    def starts(self) -> Bools:
        return (self.number > 0) & ~self.linked


def index_of(found: Panel) -> list[Point]:
    """The index of a panel, from the first month with an index on; without any, all months with the reasons."""
    if not len(found.y) or len(found.months) < 2:
        return []
    rho, carried = relatives(found)
    held = fenced(rho)
    rho = np.where(held, np.nan, rho)
    counts = _counts(rho, carried, held)
    chains = _chains(counts["n"] >= LEAST_CLINICS)
    columns: dict[str, Sequence[Any]] = {
        "month": found.months,
        "chain": [int(number) or None for number in chains.number],
        **{name: [0, *map(int, count)] for name, count in counts.items()},
        **_levels(found, rho, chains, counts["n"]),
    }
    points = [Point(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]
    # The first month has nothing before it to be matched with, so it is told only where a chain starts in it.
    first = int(np.argmax(chains.number > 0)) if chains.number.any() else 1
    return points[first:]


def _counts(rho: Floats, carried: Bools, held: Bools) -> dict[str, Ints]:
    """Clinics between each month and the next."""
    matched = np.isfinite(rho)
    found = {"n": matched, "rises": rho > 0, "cuts": rho < 0, "carried": carried & matched, "held": held}
    return {name: which.sum(axis=0) for name, which in found.items()}


def _levels(found: Panel, rho: Floats, chains: _Chains, n: Ints) -> dict[str, Sequence[Any]]:
    """What is chained: the index, its change and interval, the check, and what to say of them."""
    steps = links(rho)
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    level = 100 * np.exp(logs - logs[chains.base])
    check, seen = _check(found, chains)
    low, high = interval(rho, chains.linked[1:])
    within = chains.number > 0
    return {
        "index": _known(level, within),
        "change": _known(_of_months(100 * np.expm1(steps)), chains.linked),
        "low": _known(_of_months(low), chains.linked),
        "high": _known(_of_months(high), chains.linked),
        "check": _known(check, within & np.isfinite(check)),
        "reason": _reasons(chains, n, level, check, seen),
    }


def _chains(linked: Bools) -> _Chains:
    """Chains of links that may be published."""
    into, out = np.concatenate([[False], linked]), np.concatenate([linked, [False]])
    starts = out & ~into
    base = np.maximum.accumulate(np.where(starts, np.arange(len(starts)), 0))
    return _Chains(np.where(into | out, np.cumsum(starts), 0), base, into)


def _check(found: Panel, chains: _Chains) -> tuple[Floats, Bools]:
    """The dummy's index, NaN where it cannot be told, and which months anything was seen in."""
    logs, part = time_product_dummy(found)
    comparable = (part >= 0) & (part == part[chains.base])
    return np.where(comparable, 100 * np.exp(logs - logs[chains.base]), np.nan), part >= 0


def _reasons(chains: _Chains, n: Ints, level: Floats, check: Floats, seen: Bools) -> list[str | None]:
    """Why a month has no index, starts anew, or wants a second look."""
    found: list[str | None] = []
    for t, number in enumerate(chains.number):
        who = "clinic has" if n[t - 1] == 1 else "clinics have"
        few = f"{n[t - 1]} {who} prices of the same things in both months; {LEAST_CLINICS} are needed"
        notes = [
            (number == 0, few),
            (number > 1 and chains.starts[t], f"starts anew at 100, not to be compared with the months before: {few}"),
            (number > 0 and not seen[t], "no price was seen in this month, all are carried"),
            (number > 0 and abs(check[t] / level[t] - 1) > _APART, "the check differs by more than half a percent"),
        ]
        found.append("; ".join(note for holds, note in notes if holds) or None)
    return found


def _of_months(values: Floats) -> Floats:
    """Values of links as values of the months they lead to."""
    return np.concatenate([[np.nan], values])


def _known(values: Floats, where: Bools) -> list[float | None]:
    return [float(value) if known else None for value, known in zip(values, where, strict=True)]
