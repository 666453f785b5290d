"""What a block holds, in order: texts without a price, and groups of prices."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.durations import Duration
from pipelines.readers.website.texts import Text
from pipelines.readers.website.units import Unit


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
