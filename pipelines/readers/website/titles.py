"""Names and headings: which lines name the prices near them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.modality import names_treatment
from pipelines.readers.website.items import PLAIN, SUBTITLE, Group, Item, Text, gaps, groups
from pipelines.readers.website.rows import Unit
from pipelines.readers.website.wording import is_section

_MOST = 0.7
#: So many list entries above a price list are what it is for, not its name.
_MANY = 3
_SHORT = 6


def give_own(group: Group, before: list[Text], after: list[Text]) -> None:
    """Names in a group's own territory, where all texts are about it.

    A group without a name takes the territory's title; for one that has a name the territory holds its headings.
    """
    if group.is_named:
        stack = _Stack()
        _push_gap(stack, before, named=True)
        for unit in group.units:
            _head(unit, stack.above(unit.rank))
    else:
        _name(group, _titles(before) or _titles(after)[:1])


def _name(group: Group, titles: list[Text]) -> None:
    """Name a group by the titles of its record, likeliest first."""
    rank = min((text.rank for text in titles if text.is_heading), default=PLAIN)
    for unit in group.units:
        unit.names += [text.name for text in titles]
        unit.rank = min(unit.rank, rank)
    if titles and titles[0].lengths and group.lacks_length:
        group.give_length(titles[0].lengths)


def _head(unit: Unit, headings: list[Text]) -> None:
    """Put headings over a price, nearest first; nothing of their rank or below can stand over it any more."""
    unit.headings += [text.name for text in headings]
    unit.rank = min([unit.rank, *(text.rank for text in headings if text.is_heading)])


def _titles(texts: list[Text]) -> list[Text]:
    """The names among the lines of one record, likeliest first: the last real heading, else the first title."""
    named = [text for text in _without_long_lists(texts) if text.is_name]
    headings = sorted((t for t in reversed(named) if t.is_heading), key=lambda text: text.rank)
    if headings and is_section(headings[0].name) and len(headings) > 1:
        headings = [*headings[1:], headings[0]]
    others = sorted((t for t in named if not t.is_heading), key=lambda text: (not text.is_title, text.rank))
    near = [text for text in named[-1:] if text.rank == SUBTITLE and names_treatment(text.name)]
    if any(names_treatment(text.name) for text in headings):
        near = []  # a bold line next to the price tells more only than headings that name no treatment
    return [*near, *_deepest_first(headings), *others]


def _deepest_first(headings: list[Text]) -> list[Text]:
    """Lower headings name things, higher ones the sections that these stand in."""
    return sorted(headings, key=lambda text: -text.rank)


def give_from_lines(items: list[Item], *, details_follow: bool) -> None:
    """Names of a list of several groups, from the lines between them; ``details_follow`` if lengths stand behind."""
    if _names_follow(items, details_follow=details_follow):
        _from_lines_after(items)
    else:
        _from_lines_before(items)


def _names_follow(items: list[Item], *, details_follow: bool) -> bool:
    """Whether each price's name, or what describes it, stands behind it.

    So it is where the list opens with a price and closes with a name, or where the line before each price ends
    another record (a button, prose) and the line behind it is a name.
    """
    between = gaps(items)
    first, last = between[0], between[-1]
    # prices that follow each other without a word between are of one record
    behind = [next((text for text in gap if not text.is_length), None) for gap in between[1:] if gap]
    names_behind = [text for text in behind if text is not None and text.is_name and not text.is_heading]
    named = [group.is_named for group in groups(items)]
    if all(named):
        opens = details_follow or not any(text.is_name and not text.is_heading for text in first)
        return opens and len(names_behind) == len(behind) >= _MOST * len(named)
    headings_behind = [text for text in behind if text is not None and text.is_name]
    if sum(1 for gap in between[1:] if gap) == 1:
        # one run of prices: only a treatment's name behind it is surely theirs
        return not any(text.is_name for text in _after_last_button(first)) and any(
            names_treatment(text.name) and len(text.name.split()) <= _SHORT for text in names_behind
        )
    if not any(text.is_name for text in _after_last_button(first)):
        return len(headings_behind) >= _MOST * len(behind) and any(text.is_name for text in last)
    if not any(text.is_name for text in last):
        return False
    closing = [gap[-1] for gap in between[1:-1] if gap]
    closes = [text for text in closing if text.is_button or text.is_prose]
    return len(closing) > 1 and len(closes) >= _MOST * len(closing) and len(headings_behind) >= _MOST * len(behind)


def _after_last_button(texts: list[Text]) -> list[Text]:
    """The texts that no button parts from what comes next."""
    last = max((n for n, text in enumerate(texts) if text.is_button), default=-1)
    return texts[last + 1 :]


def _from_lines_after(items: list[Item]) -> None:
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


@dataclass(slots=True)
class _Stack:
    """The headings that stand above a line, outermost first."""

    texts: list[tuple[int, Text]] = field(default_factory=list)

    def push(self, text: Text, rank: int) -> None:
        """Put a heading up; it displaces those of its rank and below."""
        while self.texts and self.texts[-1][0] >= rank:
            self.texts.pop()
        self.texts.append((rank, text))

    def above(self, rank: int) -> list[Text]:
        """The headings over something of a rank that name anything, innermost first."""
        return [text for own, text in reversed(self.texts) if text.is_name and (own < rank or rank == PLAIN)]


def _from_lines_before(items: list[Item]) -> None:
    """Names and headings stand above: the last title of a gap names the prices below it, the others head them."""
    stack = _Stack()
    between = gaps(items)
    for gap, group in zip(between, groups(items), strict=False):
        named = group.is_named
        _push_gap(stack, gap, named=named)
        for unit in group.units:
            above = stack.above(unit.rank)
            if not named:
                unit.names += [text.name for text in above[:1]]
            _head(unit, above if named else above[1:])
            if above and above[0].is_heading:
                unit.rank = min(unit.rank, above[0].rank)
    _lengths_of_names(items)


def _push_gap(stack: _Stack, gap: list[Text], *, named: bool) -> None:
    """Put the names of a gap on the stack; of lines that are no headings the last title is innermost.

    A heading ends what stood before it even if it names nothing itself (*Book now*).
    """
    names = [text for text in _without_long_lists(gap) if text.is_name]
    near = [text for text in _after_last_button(gap) if text in names and not text.is_heading]
    titled = [text for text in near if text.is_title] or near
    for text in gap:
        if text.is_heading:
            stack.push(text, text.rank)
        elif titled and text is titled[-1]:
            stack.push(text, SUBTITLE if named else PLAIN)
        elif text in titled or (text in names and text.is_title and not stack.texts):
            stack.push(text, SUBTITLE)


def _without_long_lists(texts: list[Text]) -> list[Text]:
    """Texts without many list entries, buttons or cells, and without the headings of such a run.

    That is what a price list is for or filtered by, or a list of other things; no titles of it.
    """
    for tag in ("li", "button", "td"):
        entries = {n for n, text in enumerate(texts) if text.line.tag == tag}
        if len(entries) >= _MANY:
            gone = entries | {n - 1 for n in entries if n and texts[n - 1].is_heading}
            texts = [text for n, text in enumerate(texts) if n not in gone]
    return texts


def _lengths_of_names(items: list[Item]) -> None:
    """A line that names a thing and its length, above a price without one: ``30-minute deep tissue massage``."""
    for text, item in pairwise(items):
        if isinstance(text, Text) and isinstance(item, Group) and text.is_name and text.lengths and item.lacks_length:
            item.give_length(text.lengths)
