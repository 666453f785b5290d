"""Names with their lengths in one column, the prices in the next: joined line by line if they are as many."""

from __future__ import annotations

from itertools import repeat

from pipelines.readers.website.items import Group
from pipelines.readers.website.texts import Text
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_generic

#: Fewer lines may be as many as the prices by chance.
_LEAST = 3


def join(group: Group, before: list[Text]) -> bool:
    """Give each of a column of bare prices the name and length of its line in the column before; whether that is so."""
    lines = [text for text in before if len(text.lengths) == 1 and text.tells_length]
    if not _LEAST <= len(lines) == len(group.units) or group.is_named or not group.lacks_length:
        return False
    names = _column_before(lines, before)
    heading: Text | None = None
    waiting = iter(zip(group.units, names or repeat(None), strict=False))
    for text in before:
        if text in lines:
            unit, name = next(waiting)
            _give(unit, text, name or heading)
        elif text.name and (text.is_heading or text.is_name):
            heading = text
    return True


def _column_before(lines: list[Text], before: list[Text]) -> list[Text]:
    """The names in a third column, where the lengths are one by themselves and as many names stand right before it."""
    first, count = before.index(lines[0]), len(lines)
    names = before[max(0, first - count) : first]
    apart = before[first : first + count] == lines and len(names) == count
    return names if apart and all(text.is_name and not text.is_heading for text in names) else []


def _give(unit: Unit, text: Text, heading: Text | None) -> None:
    unit.duration = text.lengths[0]
    unit.length_text = text.line.text
    if text.is_name and not is_generic(text.name) and heading is None:
        unit.own = text.name
    else:
        unit.label = text.name
    unit.names = [heading.name] if heading else []
