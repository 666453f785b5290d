"""Lists in which the name of each price stands behind it."""

from __future__ import annotations

from pipelines.modality import names_treatment
from pipelines.readers.website.items import Item, after_last_button, gaps, groups
from pipelines.readers.website.neighbours import prices_lead

_MOST = 0.7
_SHORT = 6


def names_follow(items: list[Item], *, details_follow: bool) -> bool:
    """Whether each price's name, or what describes it, stands behind it.

    So it is where the list opens with a price and closes with a name, or where the line before each price ends
    another record (a button, prose) and the line behind it is a name.
    """
    if prices_lead(items):
        return True
    between = gaps(items)
    first, last = between[0], between[-1]
    # prices that follow each other without a word between are of one record
    behind = [next((text for text in gap if not text.is_length), None) for gap in between[1:] if gap]
    names_behind = [text for text in behind if text is not None and text.is_name and not text.is_heading]
    named = [group.is_named for group in groups(items)]
    if all(named):
        opens = details_follow or not any(text.is_name and not text.is_heading for text in first)
        return opens and len(names_behind) == len(behind) >= _MOST * len(named)
    headings_behind = [
        text for text in behind if text is not None and text.is_name and (text.is_title or names_treatment(text.name))
    ]
    if sum(1 for gap in between[1:] if gap) == 1:
        # one run of prices: only a treatment's name behind it is surely theirs
        return (
            bool(last)
            and not any(text.is_name for text in after_last_button(first))
            and any(names_treatment(text.name) and len(text.name.split()) <= _SHORT for text in names_behind)
        )
    if not any(text.is_name for text in after_last_button(first)):
        return len(headings_behind) >= _MOST * len(behind) and any(text.is_name for text in last)
    if not any(text.is_name for text in last):
        return False
    closing = [gap[-1] for gap in between[1:-1] if gap]
    closes = [text for text in closing if text.is_button or text.is_prose]
    return len(closing) > 1 and len(closes) >= _MOST * len(closing) and len(headings_behind) >= _MOST * len(behind)


def give_from_lines_behind(items: list[Item]) -> None:
    """Names of a list whose lines stand behind their prices; headings before the first rule all until the next."""
    between = gaps(items)
    headings = [text.name for text in reversed(between[0]) if text.is_name]
    for n in range(len(between) - 2, 0, -1):
        between[n] = between[n] or between[n + 1]
    for group, gap in zip(groups(items), between[1:], strict=True):
        names = [text for text in gap if text.is_name]
        for unit in group.units:
            if group.is_named:
                unit.label = " ".join(
                    filter(None, [unit.label, *(text.name for text in names[:1] if not text.is_heading)])
                )
            else:
                unit.names += [text.name for text in names[:1]]
            unit.headings += headings
        if names and names[0].lengths and group.lacks_length:
            group.give_length(names[0].lengths)
        headings = [text.name for text in reversed(names[1:]) if text.is_heading] or headings
