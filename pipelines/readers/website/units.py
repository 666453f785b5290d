"""Amounts on their way to offers, and what a line yields of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.durations import Duration
from pipelines.moneys import Money


@dataclass(slots=True, eq=False)
class Unit:
    """One amount on its way to an offer. Contexts run from the nearest outwards."""

    line: int
    money: Money
    duration: Duration | None = None
    own: str = ""
    """The name on the amount's own line, before it."""
    badge: str = ""
    """Words before it that only decorate (*Most popular*) or compare (*Regular rate*)."""
    length_text: str = ""
    """The line that its length was taken from, if that is another one."""
    length_name: str = ""
    """What that line says besides the length."""
    tail: str = ""
    """Words on the amount's line behind the last amount; a name only where nothing else is."""
    label: str = ""
    """Words on that line that belong to this amount alone, as *Couple* or *member*."""
    names: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    sale: int | None = None
    own_describes: bool = False
    """Whether its name is a sentence or a bracket, and so describes rather than names."""
    tail_names: bool = False
    """Whether that tail names a kind of treatment."""
    rank: int = 9
    """Level of the heading that names it, 9 for lines that are no headings; only higher ones can stand over it."""
    lengths: tuple[int, ...] = ()
    """Several lengths that one open price is for."""

    refusal: str = ""
    """Why the head of its column makes it no price."""

    @property
    def is_timed(self) -> bool:
        """Whether it has a length, or several."""
        return self.duration is not None or bool(self.lengths)

    def on(self, line: int) -> Unit:
        """The same amount on a line of a page, ready to be given its context."""
        return Unit(
            line, self.money, self.duration, self.own, self.badge, "", "", self.tail, self.label,
            sale=self.sale, own_describes=self.own_describes, tail_names=self.tail_names, lengths=self.lengths,
        )  # fmt: skip


@dataclass(slots=True)
class Row:
    """What one line yields."""

    units: list[Unit]
    durations: list[Duration]
    own: str
    crowd: int = 0
    """How many amounts it holds, if they are too many for one line of a price list; then none is read."""
    refused: bool = False
    """Whether it held amounts that are no prices; then it names nothing either."""
