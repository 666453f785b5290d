"""What a block holds, in order: texts without a price, and groups of prices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipelines.durations import Duration, bare_lengths
from pipelines.readers.website.outline import Line
from pipelines.readers.website.units import Row, Unit
from pipelines.readers.website.wording import begins_part, has_words, is_detail, is_title_case, wording

#: Ranks of lines that are no headings: lower ones end where a heading or a line of their rank begins.
SUBTITLE, PLAIN = 8, 9
_WORDS_OF_A_TITLE = 5
#: Sentences speak of shorter times too: how early to come, how long to rest.
SHORTEST_TOLD = 20
_MENU_TAGS = frozenset({"li", "nav", "ul"})
_OR = re.compile(r"\W*(?:or|and|oder|und|ou|et|o|y|of|en)?\W*", re.IGNORECASE)


def _is_choice(lengths: list[Duration], text: str) -> bool:
    """Whether lengths are a choice (*60 or 90 min*), not those of parts (*60 min massage, 30 min scrub*)."""
    return all(_OR.fullmatch(text, one.end, max(one.end, other.start)) for one, other in pairwise(lengths))


class Text:
    """A line without a price, with what its words tell."""

    __slots__ = ("is_name", "line", "name", "of_record", "row", "words")

    def __init__(self, line: Line, row: Row) -> None:
        self.line = line
        self.row = row
        self.words = wording(line.text)
        #: What it may call something; lines that hold refused amounts call nothing.
        self.name = "" if row.refused else row.own if row.durations or row.units else self.words.name
        menu_entry = line.link and line.tag in _MENU_TAGS and not self.is_heading
        #: Whether it stands with a name and a length in a block of its own, a record whose price was not read.
        self.of_record = False
        #: Whether it can name a service or a section.
        self.is_name = bool(self.name) and self.words.naming and not menu_entry and not is_detail(self.name)

    @property
    def rank(self) -> int:
        """Rank of the heading that it is, ``PLAIN`` if it is none."""
        return self.line.level or PLAIN

    @property
    def is_heading(self) -> bool:
        """Whether the page marks it as a heading."""
        return self.line.is_heading

    @property
    def durations(self) -> list[Duration]:
        """The lengths on it."""
        return self.row.durations or ([] if self.row.refused else bare_lengths(self.line.text))

    @property
    def lengths(self) -> list[Duration]:
        """The session lengths that it states, rates such as *per hour* left out."""
        return [length for length in self.durations if not length.per_hour]

    @property
    def is_length(self) -> bool:
        """Whether it states a length and names nothing."""
        return bool(self.durations) and not self.is_name and not self.is_prose

    @property
    def is_bare_length(self) -> bool:
        """Whether it is a length, labelled at most, without a word of anything else."""
        return bool(self.durations) and not self.row.own

    @property
    def tells_length(self) -> bool:
        """Whether it gives a price near it a length: at one of its ends or in a title, not amid many words.

        Words that begin with what is included, or with a request, tell of other minutes.
        """
        if not self.lengths or self.is_prose or not _is_choice(self.lengths, self.line.text):
            return False
        if self.is_bare_length:
            return True
        if begins_part(self.line.text):
            return False
        if self.is_name:
            few = self.is_title or self.name.count(" ") < _WORDS_OF_A_TITLE
        else:
            few = self.lengths[0].minutes >= SHORTEST_TOLD
        return few or self.lengths[0].start == 0 or not has_words(self.line.text[self.lengths[-1].end :])

    @property
    def is_prose(self) -> bool:
        """Whether it is sentences."""
        return self.words.prose

    @property
    def is_button(self) -> bool:
        """Whether it asks for a click, and so ends the record it stands in."""
        return self.words.button

    @property
    def is_title(self) -> bool:
        """Whether it is a heading or written like one."""
        return self.line.level > 0 or (self.words.titled if self.name == self.words.name else is_title_case(self.name))


@dataclass(slots=True, eq=False)
class Group:
    """Prices that belong together."""

    units: list[Unit]
    title: Text | None = None
    """The line of the price, where it is a heading with words of its own and so rules what follows too."""
    is_table: bool = False

    @property
    def is_named(self) -> bool:
        """Whether the prices bring a name along."""
        return any(unit.own or unit.names or unit.tail_names for unit in self.units)

    @property
    def is_record(self) -> bool:
        """Whether its own block names it, and not only its own line."""
        return any(unit.names for unit in self.units)

    @property
    def lacks_length(self) -> bool:
        """Whether none of the prices has a length."""
        return not any(unit.is_timed for unit in self.units)

    @property
    def _is_a_column(self) -> bool:
        """Whether its prices stand below each other without a word: one length cannot be that of all."""
        apart = len({unit.line for unit in self.units}) == len(self.units) > 1
        return apart and not any(unit.own or unit.label or unit.names or unit.tail for unit in self.units)

    @property
    def is_told_apart(self) -> bool:
        """Whether its prices stand on one line with words for each: ``Single: $60 / Couple: $110``."""
        return len({unit.line for unit in self.units}) == 1 and all(unit.label for unit in self.units[1:])

    @property
    def has_a_name_each(self) -> bool:
        """Whether every price has a line and a name of its own."""
        return len({unit.line for unit in self.units}) == len(self.units) and all(unit.own for unit in self.units)

    def zip_lengths(self, lengths: list[Duration]) -> bool:
        """Give each price a length of its own, in order, if there are as many: ``60/90 min`` and ``$80 / $110``.

        Not to things with names of their own: of two things one does not last longer than the other for its place.
        """
        if len(lengths) != len(self.units) or self.has_a_name_each:
            return False
        for unit, length in zip(self.units, lengths, strict=True):
            unit.duration = length
        return True

    def give_length(self, lengths: list[Duration], source: Text | None = None) -> None:
        """Give every price the one length, or one of several; a single price has the choice of them."""
        each = list({length.minutes: length for length in lengths}.values())
        if len(each) > 1 and len(self.units) > 1:
            self.zip_lengths(each)
            return
        if self._is_a_column:
            return
        for unit in self.units:
            if source:
                unit.length_text, unit.length_name = source.line.text, source.name
            if len(each) > 1:
                unit.lengths = tuple(length.minutes for length in each)
            elif each:
                unit.duration = each[0]


Item = Text | Group


def gaps(items: list[Item]) -> list[list[Text]]:
    """The texts before the first group, between each two, and behind the last."""
    found: list[list[Text]] = [[]]
    for item in items:
        if isinstance(item, Group):
            found.append([])
        else:
            found[-1].append(item)
    return found


def groups(items: list[Item]) -> list[Group]:
    """The groups among the items."""
    return [item for item in items if isinstance(item, Group)]


def after_last_button(texts: list[Text]) -> list[Text]:
    """The texts that no button parts from what comes next."""
    last = max((n for n, text in enumerate(texts) if text.is_button), default=-1)
    return texts[last + 1 :]
