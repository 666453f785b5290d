"""Lengths that stand on lines of their own: to which prices they belong."""

from __future__ import annotations

import re

from pipelines.durations import Duration
from pipelines.readers.website import neighbours
from pipelines.readers.website.items import Group, Item, groups
from pipelines.readers.website.length_heads import from_head_cells, from_head_lines, from_headings, from_tabs
from pipelines.readers.website.texts import SHORTEST_TOLD, Text
from pipelines.readers.website.wording import is_generic

_NEAR = 3
_SESSION = re.compile(r"[\s)]{0,2}(?:[^\W\d_]+\s){0,3}(?:session|massage|treatment|appointment|visit)\b", re.IGNORECASE)


def give_own(group: Group, before: list[Text], after: list[Text]) -> None:
    """Lengths in a group's own territory: the nearest for one price, as many as there are prices for several."""
    if not group.lacks_length:
        _complete(group, before)
        return
    near = [text for text in (*reversed(before[-_NEAR:]), *after[:_NEAR]) if text.tells_length]
    if not any(text.is_bare_length for text in near):
        near = [*_only_bare([*before, *after]), *near]
    for text in sorted(near, key=lambda text: not text.is_bare_length):
        is_head = text in before and text.line.is_heading and text.is_bare_length
        if len(group.units) == 1 or (len(text.lengths) == 1 and (group.is_told_apart or is_head)):
            group.give_length(text.lengths, text)
            return
        if group.zip_lengths(text.lengths):
            return
    _zip_columns(group, [text for text in before if text.is_length]) or _zip_columns(
        group, [text for text in after if text.is_length]
    )


def _only_bare(texts: list[Text]) -> list[Text]:
    """The line of a record that is a length and no more, however far from the price, if all such lines say the same."""
    bare = [text for text in texts if text.is_bare_length and text.tells_length]
    return bare[:1] if len({length.minutes for text in bare for length in text.lengths}) == 1 else []


def _complete(group: Group, before: list[Text]) -> None:
    """The length of a heading that other prices below it repeat is that of the nameless ones without one, too."""
    stated = {unit.duration.minutes for unit in group.units if unit.duration}
    head = next((text for text in reversed(before) if text.line.level and text.tells_length), None)
    if head is None or {length.minutes for length in head.lengths} != stated:
        return
    for unit in group.units:
        if not unit.is_timed and not unit.money.is_extra and is_generic(unit.own or "session"):
            unit.duration = head.lengths[0]


def give_told(group: Group, texts: list[Text]) -> None:
    """The one length that the sentences of a record tell of, for its one price that has none."""
    if len(group.units) != 1 or not group.lacks_length or group.units[0].money.is_from:
        return
    stated = [(length, text.line.text) for text in texts for length in text.lengths if length.minutes >= SHORTEST_TOLD]
    if len({length.minutes for length, _ in stated}) == 1 and any(_is_of_session(*found) for found in stated):
        group.give_length([stated[0][0]])


def _is_of_session(length: Duration, line: str) -> bool:
    """Whether a length in a sentence is that of the thing sold, not of a notice to give or of a wait."""
    joined = "-" in line[length.start : length.end]
    return joined or length.start == 0 or _SESSION.match(line, length.end) is not None


def _zip_columns(group: Group, lines: list[Text]) -> bool:
    """A column of lengths beside a column of as many prices."""
    column = [text.lengths[0] for text in lines if len(text.lengths) == 1]
    return len(column) == len(lines) > 1 and group.zip_lengths(column)


def give_from_lines(items: list[Item]) -> bool:
    """Lengths of a list of several groups: from headings, a head line, tabs, else from the lines beside each price.

    Whether those lines stand behind their prices.
    """
    from_headings(items)
    from_head_lines(items)
    from_head_cells(items)
    from_tabs(items)
    behind = neighbours.give(items)
    _from_record(items)
    return behind


def _from_record(items: list[Item]) -> None:
    """The only length among prices without names is that of all of them: one thing, sold in several ways."""
    found = groups(items)
    lengths = {
        text.lengths[0].minutes: text for text in items if isinstance(text, Text) and text.is_length and text.lengths
    }
    lacking = [group for group in found if group.lacks_length]
    if len(lengths) == 1 and len(lacking) < len(found) and not any(group.is_named for group in found):
        for group in lacking:
            group.give_length(next(iter(lengths.values())).lengths)
