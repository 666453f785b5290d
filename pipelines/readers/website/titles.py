"""Names and headings: which lines name the prices near them."""

from __future__ import annotations

from itertools import pairwise

from pipelines.modality import names_treatment
from pipelines.readers.website import behind, runs
from pipelines.readers.website.headings import Stack
from pipelines.readers.website.items import Group, Item, after_last_button, gaps, groups
from pipelines.readers.website.texts import PLAIN, SUBTITLE, Text
from pipelines.readers.website.title_lines import (
    is_bold_treatment,
    is_entry,
    names_what_follows,
    names_with_length,
    without_long_lists,
)
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_section

#: So far behind a price its name may stand.
_NEAR = 3


def give_own(group: Group, before: list[Text], after: list[Text]) -> None:
    """Names in a group's own territory, where all texts are about it.

    A group without a name takes the territory's title; for one that has a name the territory holds its headings.
    """
    if group.is_named:
        stack = Stack()
        _push_gap(stack, before, named=True)
        for unit in group.units:
            _head(unit, stack.above(unit.rank))
    else:
        headed = any(text.is_heading and text.is_length for text in before)  # then a caption stands behind the price
        _name(group, _titles(before) or ([] if headed else _titles(_names_behind(after))[:1]))
        for unit in group.units:  # a heading that is but a length, as *Full Hour*, parts its record from others too
            unit.rank = min([unit.rank, *(text.rank for text in before if text.is_heading and text.is_length)])


def _names_behind(after: list[Text]) -> list[Text]:
    """What may name a price that it stands behind: the first line, and treatments soon after; no sentences."""
    near = without_long_lists(after)[:_NEAR]
    said = (text for text in near if text is near[0] or names_treatment(text.name))
    return [text for text in said if not text.line.text.endswith(".")]


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
    named = [text for text in without_long_lists(texts) if text.is_name]
    headings = sorted((t for t in reversed(named) if t.is_heading), key=lambda text: text.rank)
    if headings and is_section(headings[0].name) and len(headings) > 1:
        headings = [*headings[1:], headings[0]]
    others = sorted((t for t in named if not t.is_heading), key=lambda text: (not text.is_title, text.rank))
    near = [text for text in named[-1:] if names_with_length(text) or is_bold_treatment(text)]
    if any(names_treatment(text.name) for text in headings):
        near = []  # next to the price stands more only than in headings that name no treatment
    return [*near, *_deepest_first(headings), *others]


def _deepest_first(headings: list[Text]) -> list[Text]:
    """Lower headings name things, higher ones the sections that these stand in."""
    return sorted(headings, key=lambda text: -text.rank)


def give_from_lines(items: list[Item], *, details_follow: bool) -> None:
    """Names of a list of several groups, from the lines between them; ``details_follow`` if lengths stand behind."""
    runs.join_choices(items)
    runs.carry_on(items)
    if behind.names_follow(items, details_follow=details_follow):
        behind.give_from_lines_behind(items)
    else:
        _from_lines_before(items)


def _from_lines_before(items: list[Item]) -> None:
    """Names and headings stand above: the last title of a gap names the prices below it, the others head them."""
    stack = Stack()
    between = gaps(items)
    for gap, group in zip(between, groups(items), strict=False):
        named = group.is_named
        _push_gap(stack, gap, named=named)
        for unit in group.units:
            unit.rank = min(unit.rank, group.title.rank) if group.title else unit.rank
            above = [text for text in stack.above(unit.rank) if _rules(text, group, gap)]
            if not named:
                unit.names += [text.name for text in above[:1]]
            _head(unit, above if named else above[1:])
            if above and above[0].is_heading:
                unit.rank = min(unit.rank, above[0].rank)
        if group.title is not None:
            stack.push(group.title, group.title.rank)
    _lengths_of_names(items)


def _rules(text: Text, group: Group, gap: list[Text]) -> bool:
    """Whether a heading rules a group: a mere bold line rules no table beyond other prices, if its rows have names."""
    return text.is_heading or text in gap or not (group.is_table and group.is_named)


def _push_gap(stack: Stack, gap: list[Text], *, named: bool) -> None:
    """Put the names of a gap on the stack; of lines that are no headings the last title is innermost.

    A heading ends what stood before it even if it names nothing itself (*Book now*).
    """
    names = [text for text in without_long_lists(gap) if text.is_name and not (named and is_entry(text))]
    named_here = frozenset(names)
    near = [text for text in after_last_button(gap) if text in named_here and not text.is_heading]
    titled = [text for text in near if text.is_title or (text is gap[-1] and names_what_follows(gap))]
    if not any(text.is_heading and text.is_name and names_treatment(text.name) for text in gap):
        titled = titled or near  # below the name of a treatment such a line only describes it
    titled_here = frozenset(titled)
    for text in gap:
        if text.is_heading:
            stack.push(text, text.rank)
        elif titled and text is titled[-1]:
            stack.push(text, SUBTITLE if named else PLAIN)
        elif text in titled_here or (text in named_here and text.is_title and not stack.texts):
            stack.push(text, SUBTITLE)
    if named and len(gap) > 1 and gap[-2] not in titled_here and is_section(gap[-1].line.text):
        stack.close(SUBTITLE)  # *Price list* opens another part, even where it is no heading


def _lengths_of_names(items: list[Item]) -> None:
    """A line that names a thing and its length, above a price without one: ``30-minute deep tissue massage``."""
    for text, item in pairwise(items):
        if isinstance(text, Text) and isinstance(item, Group) and text.is_name and text.lengths and item.lacks_length:
            item.give_length(text.lengths)
