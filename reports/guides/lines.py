"""The lines of a source, and where those of a block's content stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a source from an offset on, whatever ends them."""

    def __init__(self, source: str, body: int) -> None:
        self._source, self._cursor = source, 0
        ends = [match.span() for match in _LINE_END.finditer(source, body)]
        self._lines = list(
            zip([body, *(end for _, end in ends)], [*(start for start, _ in ends), len(source)], strict=True)
        )

    def start(self, number: int) -> int:
        """Where a line begins."""
        return self._lines[number][0]

    def end(self, number: int) -> int:
        """Where a line ends, without what ends it; that of the last for a number behind it."""
        return self._lines[min(number, len(self._lines) - 1)][1]

    def begin_row(self, number: int) -> None:
        """Begin a row of a table: its cells follow each other on a line."""
        self._cursor = self.start(number)

    def starts(self, content: str, first: int, *, in_row: bool) -> list[tuple[int, int]] | None:
        """For each line of a content, its offset there and in the source; ``None`` if one is not in the source."""
        found: list[tuple[int, int]] = []
        at = 0
        for number, line in enumerate(content.split("\n"), first):
            place = self._place(line.strip(), number, in_row=in_row) if number < len(self._lines) else -1
            if place < 0:
                return None
            found.append((at + len(line) - len(line.lstrip()), place))
            at += len(line) + 1
        return found

    def _place(self, bare: str, number: int, *, in_row: bool) -> int:
        begin, end = self._lines[number]
        if not in_row:
            return self._source.rfind(bare, begin, end)
        place = self._source.find(bare, max(begin, self._cursor), end)
        if place >= 0:
            self._cursor = place + len(bare) + (1 if bare else 0)
        return place


def source_offset(offset: int, starts: Sequence[tuple[int, int]]) -> int:
    """The offset in the source of one in a content whose lines begin at ``starts``."""
    line, place = starts[max(0, bisect_right(starts, offset, key=itemgetter(0)) - 1)]
    return place + offset - line
