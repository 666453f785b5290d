"""Visible text that knows, for every character, where in the author's file it stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

#: One character each, so that places stay: other spaces, hyphens and dashes become those that patterns know.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\t\r\n\f\v", " ")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys("\u2012\u2212", "–")
)
#: Stands in a text where the author breaks a line for good (``<br>``); other line ends are spaces.
BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow each other in both; a run of one character may be longer in the source (``&amp;``)."""

    at: int
    source: int
    length: int
    source_length: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and the runs of the source that it was made from."""

    text: str
    runs: tuple[Run, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source a non-empty part of the text begins and ends."""
        first, last = self._run(start), self._run(end - 1)
        begin = first.source + (start - first.at if first.length == first.source_length else 0)
        if last.length == last.source_length:
            return begin, last.source + end - last.at
        return begin, last.source + last.source_length

    def _run(self, at: int) -> Run:
        return self.runs[max(0, bisect_right(self.runs, at, key=lambda run: run.at) - 1)]


@dataclass(slots=True)
class Placing:
    """A placed text in the making."""

    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, source: int, source_length: int | None = None) -> None:
        """Append a text as it stands in the source, or what a reference of another length there means."""
        self._append(text.translate(_PLAIN), source, len(text) if source_length is None else source_length)

    def hard_break(self, source: int) -> None:
        """Append the end of a line."""
        self._append(BREAK, source, 0)

    def _append(self, text: str, source: int, source_length: int) -> None:
        if text:
            self.runs.append(Run(self.length, source, len(text), source_length))
            self.parts.append(text)
            self.length += len(text)

    def placed(self) -> Placed:
        """What was put together so far."""
        return Placed("".join(self.parts), tuple(self.runs))
