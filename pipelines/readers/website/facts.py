"""What holds for all prices of a page: its tax words, and what it sells."""

from __future__ import annotations

import re
from functools import cached_property

from pipelines.classify import is_clinical, names_massage, speaks_of_tax, tax_words
from pipelines.folding import fold
from pipelines.primary import sole_modality
from pipelines.readers.website.outline import Outline
from pipelines.records import TaxWords

_MONEY_SIGN = re.compile(r"[$€£]\s?\d")
_MASSAGE = ("massag", "masaje", "massas", "bodywork")
_FEW_LINES = 200
_RIGHTS = re.compile(r"©|\bcopyright\b", re.IGNORECASE)
_UP_TO_A_MARK = re.compile(r"[|.,;:•·–—]|\s-\s|\ball rights\b", re.IGNORECASE)
_YEARS = re.compile(r"©|\b(?:copyright|20\d\d|by)\b|\(c\)", re.IGNORECASE)


class PageFacts:
    """What holds for all prices of a page, looked up in all its words when it is first asked for."""

    def __init__(self, outline: Outline) -> None:
        self.title = outline.title
        self._outline = outline

    @cached_property
    def _text(self) -> str:
        return self._outline.text

    @cached_property
    def tax(self) -> TaxWords | None:
        """What the page says of tax for all its prices."""
        return _page_tax(self._outline) if speaks_of_tax(self._text) else None

    @cached_property
    def clinical(self) -> bool:
        """Whether its massage is massage therapy."""
        return is_clinical(self._text)

    @cached_property
    def sells_massage(self) -> bool:
        """Whether it speaks of massage or bodywork at all."""
        return names_massage(self._text)

    def is_owner(self, name: str) -> bool:
        """Whether a name is the clinic's, as the line on its rights says: what it does there names no treatment.

        >>> from pipelines.readers.website.plaintext import of_text
        >>> facts = PageFacts(of_text("© 2026 Lucky Bamboo Massage"))
        >>> facts.is_owner("Lucky Bamboo Massage"), facts.is_owner("Bamboo Massage")
        (True, False)
        """
        return bool(name) and fold(name) in self._owners

    @cached_property
    def _owners(self) -> frozenset[str]:
        """The names in the lines on rights: their words up to a mark, without sign and years."""
        rights = (_YEARS.sub(" ", line.text) for line in self._outline.lines if _RIGHTS.search(line.text))
        return frozenset(fold(_UP_TO_A_MARK.split(words.strip(" -–|.,:"), maxsplit=1)[0]) for words in rights)

    @cached_property
    def subject(self) -> str | None:
        """The one modality of a page that never speaks of massage, such as a reflexologist's."""
        lowered = self._text.lower()
        if any(letters in lowered for letters in _MASSAGE) or not self.sells_massage:
            return None
        return sole_modality([self.title, *(line.text for line in self._outline.lines[:_FEW_LINES])])


def _page_tax(outline: Outline) -> TaxWords | None:
    """A statement on tax that stands for all prices: a line of its own, without an amount."""
    lines = (line.text for line in outline.lines if len(line.text) < 200 and not _MONEY_SIGN.search(line.text))
    return next((said for text in lines if (said := tax_words(text))), None)
