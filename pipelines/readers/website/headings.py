"""The headings that stand above a line."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.readers.website.texts import PLAIN, Text


@dataclass(slots=True)
class Stack:
    """The headings that stand above a line, outermost first."""

    texts: list[tuple[int, Text]] = field(default_factory=list)

    def push(self, text: Text, rank: int) -> None:
        """Put a heading up; it displaces those of its rank and below."""
        self.close(rank)
        self.texts.append((rank, text))

    def close(self, rank: int) -> None:
        """Take down the headings of a rank and below."""
        while self.texts and self.texts[-1][0] >= rank:
            self.texts.pop()

    def above(self, rank: int) -> list[Text]:
        """The headings over something of a rank that name anything, innermost first."""
        return [text for own, text in reversed(self.texts) if text.is_name and (own < rank or rank == PLAIN)]
