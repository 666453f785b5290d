"""The line of a length before or behind a price: the nearest that can be meant for it."""

from __future__ import annotations

import re

from pipelines.readers.website.items import Group, Item
from pipelines.readers.website.texts import Text
from pipelines.wordlists import consists_of

_NUMBER = re.compile(r"\d{2,3}")
#: Heads of columns are shorter.
_LONG = 25


def length_line(items: list[Item], at: int, step: int) -> Text | None:
    """The line of a length in one direction, before any other price and not beyond a second name.

    The nearest that says nothing else, for others may tell of the minutes of a part; else the nearest of all.
    """
    names, position = 0, at + step
    nearest: Text | None = None
    while 0 <= position < len(items) and names < 2:
        item = items[position]
        if isinstance(item, Group) or (item.of_record and _is_record(items[at])):
            break
        if _opens_another(item) if step > 0 else heads(item):
            break
        if item.lengths and _fits(item, items[at]):
            return item
        if item.tells_length and (item.is_length or _is_beside(items, position, at, step)):
            if _is_of_a_row(items, position, step) and not is_open(items[at]):
                break
            nearest = nearest or item
            if item.is_bare_length:
                return item
        names += item.is_name
        position += step
    return nearest


def _is_of_a_row(items: list[Item], position: int, step: int) -> bool:
    """Whether a length stands next to another one, as in the head of columns."""
    beyond = items[position + step] if 0 <= position + step < len(items) else None
    return isinstance(beyond, Text) and beyond.is_length and len(beyond.line.text) < _LONG


def is_open(item: Item) -> bool:
    """Whether a price is a range or a least one."""
    return isinstance(item, Group) and any(unit.money.most or unit.money.is_from for unit in item.units)


def _is_record(item: Item) -> bool:
    return isinstance(item, Group) and item.is_record


def _opens_another(text: Text) -> bool:
    """Whether a line behind a price begins the next record, as a heading with a name, or ends this one, as a button."""
    return text.is_button or heads(text)


def heads(text: Text) -> bool:
    """Whether a heading parts what stands before it from what it names."""
    return text.is_heading and text.is_name and not text.is_length


def _fits(text: Text, item: Item) -> bool:
    """Whether a line, even a sentence, tells as many lengths as a group has prices: *50 or 80 minutes* for two.

    Not if it goes on to speak of others, as *one area takes 30 or 45 minutes, the whole body 60*.
    """
    if text.is_prose and len(text.lengths) != len(set(_NUMBER.findall(text.line.text))):
        return False
    return isinstance(item, Group) and len(item.units) > 1 and len(text.lengths) == len(item.units)


def _is_title(text: Text) -> bool:
    """Whether a line names another thing, and not only which price comes: *Regular price*."""
    return text.is_name and text.is_title and not consists_of(text.name, "regular")


def _is_beside(items: list[Item], position: int, at: int, step: int) -> bool:
    """Whether a line with a name and a length is about the price at ``at``, not about the nameless price behind it.

    Before its price only what describes the thing stands between them.
    """
    if step < 0:
        return not any(isinstance(text, Text) and _is_title(text) for text in items[position + 1 : at])
    behind = items[position + 1] if position + 1 < len(items) else None
    return not (isinstance(behind, Group) and not behind.is_named)
