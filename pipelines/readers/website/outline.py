"""A page as an outline: its visible lines in order, each with the blocks that hold it.

This is the small intermediate form that everything after works on. A *line* is what stands between two block borders
or line breaks; inline elements inside it are kept apart by ``SEAM``, a white-space character that never occurs in
page text, so that ``<b>60 min</b><i>$85</i>`` stays two segments of one line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.modality import GENERIC, mentions

SEAM = "\N{EM SPACE}"
#: Longer lines are cut, and what is cut off is set aside: a price stands at the end of no such line.
LONGEST_LINE = 5_000
#: Longer pages are read so far: it bounds what a page can cost, and no price list comes near it.
MOST_LINES = 20_000
#: Levels of the lines in these elements; a line all in bold has level 8.
HEADINGS = {f"h{n}": n for n in range(1, 7)} | {
    "dt": 7,
    "summary": 7,
    "legend": 7,
    "caption": 7,
    "optgroup": 7,
    "strong": 8,
    "b": 8,
}
_TITLES, _BOLD = 7, 8
_WORDS_OF_A_HEADING = 5
_FILLING = frozenset({"button", "div", "p"})


class Line(NamedTuple):
    """One visible line. ``level`` is 1 to 6 for headings, 7 for titles of lists, 8 for all-bold lines, 0 for others."""

    text: str
    block: int
    tag: str
    level: int = 0
    struck: tuple[tuple[int, int], ...] = ()
    link: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the page marks it as a heading of some text, or as the title of a list."""
        return 0 < self.level < _BOLD


@dataclass(slots=True)
class Outline:
    """The lines of a page and the tree of blocks above them; block 0 is the page itself."""

    lines: list[Line] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])
    tags: list[str] = field(default_factory=lambda: ["page"])
    levels: list[int] = field(default_factory=lambda: [0])
    """Levels of the lines in each block, 0 where the block is no heading."""
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Table cells that span more than their own column and row: how many columns, how many rows."""
    paths: dict[int, str] = field(default_factory=dict)
    """Element paths of the blocks that were asked for."""
    title: str = ""
    unread: list[str] = field(default_factory=list)
    """What was cut off from lines that are too long."""
    beyond: int = 0
    """How many lines stand behind the last that is read."""

    def add(
        self, text: str, block: int, level: int, struck: tuple[tuple[int, int], ...] = (), link: bool = False
    ) -> None:
        """Add a line to the end; ``level`` is for lines in blocks that are no headings."""
        if len(self.lines) >= MOST_LINES:
            self.beyond += 1
            return
        if 0 < self.levels[block] < _TITLES and self._goes_on(text, block):
            text = f"{self.lines.pop().text} {text}"
        if len(text) > LONGEST_LINE:
            self.unread.append(text[-LONGEST_LINE:])
            text = text[:LONGEST_LINE]
            struck = tuple(span for span in struck if span[0] < LONGEST_LINE)
        self.lines.append(Line(text, block, self.tags[block], self.levels[block] or level, struck, link))

    def _goes_on(self, text: str, block: int) -> bool:
        """Whether a line of a heading goes on with the one before, broken for its looks: *Deep Tissue* / *Massage*."""
        if not self.lines or self.lines[-1].block != block:
            return False
        before = self.lines[-1].text
        both = f"{before} {text}"
        one, other = ({mention.modality.id for mention in mentions(part)} - GENERIC for part in (before, text))
        if one and other and one.isdisjoint(other):
            return False  # two treatments
        return both.count(" ") < _WORDS_OF_A_HEADING and not any(letter.isdigit() for letter in both)

    def open_block(self, parent: int, tag: str) -> int:
        """Add a block below ``parent`` and return its number."""
        self.parents.append(parent)
        self.tags.append(tag)
        level = HEADINGS.get(tag, 0)
        # <h3><button>Title</button></h3>: the block fills its heading
        self.levels.append(HEADINGS.get(self.tags[parent], 0) if not level and tag in _FILLING else level)
        return len(self.parents) - 1

    @property
    def text(self) -> str:
        """All words of the page, its title first."""
        return " ".join([self.title, *(line.text for line in self.lines)])

    def depth(self, block: int) -> int:
        """How many blocks stand around a block."""
        depth = 0
        while block > 0:
            block = self.parents[block]
            depth += 1
        return depth

    def path(self, block: int) -> str:
        """The element path of a block, from the page inwards.

        >>> outline = Outline()
        >>> outline.path(outline.open_block(outline.open_block(0, "ul"), "li"))
        'ul > li'
        """
        if block <= 0:
            return ""
        if block not in self.paths:
            around = self.path(self.parents[block])
            self.paths[block] = f"{around} > {self.tags[block]}" if around else self.tags[block]
        return self.paths[block]


def tidy(text: str) -> str:
    """A text with single spaces, none at its ends.

    >>> tidy("  Hot \\n stone ")
    'Hot stone'
    """
    return " ".join(text.split())
