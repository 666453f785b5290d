"""A line without a price, with what its words tell."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.durations import Duration, bare_lengths
from pipelines.modality import GENERIC, mentions
from pipelines.readers.website.outline import SEAM, Line
from pipelines.readers.website.phrases import has_words
from pipelines.readers.website.units import Row
from pipelines.readers.website.wording import begins_part, is_detail, is_title_case, wording

#: Ranks of lines that are no headings: lower ones end where a heading or a line of their rank begins.
SUBTITLE, PLAIN = 8, 9
_WORDS_OF_A_TITLE = 5
_LINKS_OF_A_MENU = 2
#: Sentences speak of shorter times too: how early to come, how long to rest.
SHORTEST_TOLD = 20
_MENU_TAGS = frozenset({"li", "nav", "ul"})
_OR = re.compile(r"\W*(?:or|and|oder|und|ou|et|o|y|of|en)?\W*", re.IGNORECASE)


def _is_choice(lengths: list[Duration], text: str) -> bool:
    """Whether lengths are a choice (*60 or 90 min*), not those of parts (*60 min massage, 30 min scrub*)."""
    return all(_OR.fullmatch(text, one.end, max(one.end, other.start)) for one, other in pairwise(lengths))


class Text:
    """A line without a price, with what its words tell."""

    __slots__ = (
        "durations",
        "ends_block",
        "is_heading",
        "is_name",
        "lengths",
        "line",
        "name",
        "of_record",
        "row",
        "words",
    )

    def __init__(self, line: Line, row: Row) -> None:
        self.line = line
        self.row = row
        self.words = wording(line.text)
        #: Whether the page marks it as a heading.
        self.is_heading = line.is_heading
        #: The lengths on it.
        self.durations = row.durations or ([] if row.refused else bare_lengths(line.text))
        #: The session lengths that it states, rates such as *per hour* left out.
        self.lengths = [length for length in self.durations if not length.per_hour]
        #: What it may call something; lines that hold refused amounts call nothing.
        self.name = "" if row.refused else row.own if row.durations or row.units else self.words.name
        linked = line.link and (line.tag in _MENU_TAGS or line.text.count(SEAM) >= _LINKS_OF_A_MENU)
        menu_entry = linked and not self.is_heading
        #: Whether it stands with a name and a length in a block of its own, a record whose price was not read.
        self.of_record = False
        #: Whether it is a heading that ended a block and so heads what stands behind, unless that has one of its own.
        self.ends_block = False
        #: Whether it can name a service or a section.
        self.is_name = bool(self.name) and self.words.naming and not menu_entry and not self._is_detail

    @property
    def _is_detail(self) -> bool:
        """Whether its name begins like a detail, *With hot towels*, and is no treatment's title: *With Hot Stones*."""
        if not is_detail(self.name) or self.line.level:
            return False
        named = any(mention.modality.id not in GENERIC for mention in mentions(self.name))
        return not (named and is_title_case(self.name))

    @property
    def rank(self) -> int:
        """Rank of the heading that it is, ``PLAIN`` if it is none."""
        return self.line.level or PLAIN

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
