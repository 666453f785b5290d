"""Phone area codes of Alberta: two serve half of the province each, the others all of it, toll-free ones say nothing.

Both halves serve Central East and the Rockies, where Banff dials as the south and Jasper as the north.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipelines.datafile import listed, rows


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in rows("phone_codes.csv")}


def serves(code: str, publish_region: str) -> bool | None:
    """Whether an area code is one of a publish region; ``None`` if it says nothing.

    >>> serves("403", "Calgary CMA"), serves("780", "Calgary CMA"), serves("604", "Calgary CMA")
    (True, False, False)
    >>> serves("587", "Calgary CMA"), serves("800", "Calgary CMA")
    (True, None)
    """
    row = _rows().get(code)
    if row is None:
        return False
    if row["kind"] == "half":
        return publish_region in listed(row["publish_regions"])
    return True if row["kind"] == "province" else None


def in_one_half(region: str, other: str) -> bool:
    """Whether two publish regions may lie in the same half of the province.

    >>> in_one_half("Calgary CMA", "Rockies resorts"), in_one_half("Calgary CMA", "North")
    (True, False)
    """
    halves = (listed(row["publish_regions"]) for row in _rows().values() if row["kind"] == "half")
    return any(region in half and other in half for half in halves)
