"""Lines that go on: prices with the treatment named above them, names of several treatments at the same prices."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from pipelines.classify import names_audience
from pipelines.modality import GENERIC, mentions, names_treatment
from pipelines.readers.website.items import Group, Item
from pipelines.readers.website.texts import Text
from pipelines.readers.website.wording import describes, is_generic, is_section
from pipelines.wordlists import consists_of

_MANY = 3
_WORDS_OF_A_NAME = 3


def carry_on(items: list[Item]) -> None:
    """Lines of a length and a price directly below one that names a treatment go on with it.

    Not where the heading above names the same already: then the line only singles out one visit.
    """
    unread: list[Text] = []
    heading: str | None = None
    for above, below in pairwise(items):
        if isinstance(above, Text):
            unread.append(above)
        elif isinstance(below, Group) and _goes_on(above, below):
            heading = next((text.name for text in reversed(unread) if text.is_name), heading)
            unread.clear()
            own = above.units[-1].own
            for unit in below.units:
                unit.own = unit.own if heading and _is_specific(heading) and not _differ(own, heading) else own


def join_choices(items: list[Item]) -> None:
    """Treatments named under each other have the prices below in common.

    So it is where the same picture stands before each, or where many stand above several prices.
    """
    run: list[Text] = []
    told = [item for item in items if not (isinstance(item, Text) and item.is_bare_length)]
    for item, after in zip(told, [*told[1:], None], strict=True):
        if isinstance(item, Text) and _is_kind(item):
            if run and _picture(run[-1]) != _picture(item):
                run = []
            run.append(item)
            continue
        pictured = len(run) > 1 and _picture(run[0])
        many = len(run) >= _MANY and isinstance(after, Group) and not after.is_named
        if (pictured or many) and isinstance(item, Group) and not item.is_named:
            run[-1].name = " / ".join(text.name for text in run)
            for text in run[:-1]:
                text.is_name = False
        run = []


def _is_kind(text: Text) -> bool:
    """Whether a plain line is the name of a kind of treatment, and not that of a clinic or of massage as such."""
    titled = text.is_title or (text.name[:1].isupper() and text.name.count(" ") < _WORDS_OF_A_NAME)
    plain = text.is_name and titled and not text.line.level and not text.lengths
    return plain and any(mention.modality.id not in GENERIC for mention in mentions(text.name))


def _picture(text: Text) -> str:
    """The picture that a line begins with, if it does."""
    first = text.line.text[:1]
    return first if unicodedata.category(first) == "So" else ""


def _goes_on(above: Group, below: Group) -> bool:
    """Whether a group is a longer or shorter session of the one right above it."""
    last, first = above.units[-1], below.units[0]
    told = last.duration and first.duration and last.duration.minutes != first.duration.minutes
    nameless = not below.is_named or (not first.names and _is_bare(first.own))
    tells = last.own_describes or describes(last.own) or names_audience(last.own)
    names = _is_specific(last.own) and not tells
    return bool(told) and nameless and names


def _differ(own: str, heading: str) -> bool:
    """Whether a line names a treatment that the heading above it does not."""
    return {one.modality.id for one in mentions(own)}.isdisjoint(one.modality.id for one in mentions(heading))


def _is_bare(own: str) -> bool:
    return consists_of(own, "length_of_massage") and not names_treatment(own)


def _is_specific(name: str) -> bool:
    return names_treatment(name) and not is_generic(name) and not is_section(name)
