"""Whether an amount stands in running text or in a list, and in which sentence."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from pipelines.durations import durations, without
from pipelines.folding import words
from pipelines.moneys import moneys
from pipelines.readers.website.phrases import has_words
from pipelines.readers.website.seams import SENTENCE_ENDS, cut
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_prose
from pipelines.wordlists import says, words_of

_MARK = re.compile(r"[-–—:.…|)\u2003]\s?$")
_NOTE = re.compile(r"\s?\([^()]{1,40}\)\s?")
#: Stands between the things of a list, hardly in a sentence.
_LIST_MARK = re.compile(r"\s[|·•]\s")
_WORDS_OF_A_LIST = 6


def is_sentence(unit: Unit, text: str) -> bool:
    """Whether an amount stands in running text; one set off at a line's end is a list's, however long.

    >>> from pipelines.readers.website.rows import read_row
    >>> from pipelines.readers.website.outline import Line
    >>> long = "An hour of slow and careful work on everything that a week at a desk has done to you"
    >>> [is_sentence(read_row(Line(t, 0, "p"), 0).units[0], t) for t in (f"{long} - $90", f"{long} costs $90.")]
    [False, True]
    """
    return is_prose(text) and not (is_set_off(unit, text) or is_list(text))


def opens_sentence(unit: Unit, text: str) -> bool:
    """Whether a sentence opens with a length and an amount, as a line of a list does, and words only tell of them.

    Where a verb follows they are its subject, and the sentence may speak of anybody's prices.

    >>> from pipelines.readers.website.rows import read_row
    >>> from pipelines.readers.website.outline import Line
    >>> texts = "60 min $85 with hot towels and oil", "60 min for $85 is what the neighbours ask"
    >>> [opens_sentence(read_row(Line(text, 0, "p"), 0).units[0], text) for text in texts]
    [True, False]
    """
    if unit.duration is None or unit.duration.per_hour:
        return False
    opens = max((end.end() for end in SENTENCE_ENDS.finditer(text, 0, unit.money.start)), default=0)
    closes = max(unit.money.end, unit.duration.end)
    stated = text[opens:closes]
    said, follows = words(cut(stated, [*durations(stated), *moneys(stated)])), words(text[closes:])[:1]
    return words_of("small").issuperset(said) and words_of("sentence", "prose").isdisjoint(follows)


def is_clause(text: str) -> bool:
    """Whether a line is a sentence, however short.

    >>> is_clause("House calls are $150 for an hour."), is_clause("60 minutes - $90.")
    (True, False)
    """
    return text.rstrip().endswith((".", "!")) and says("prose", "sentence", text)


def is_list(text: str) -> bool:
    """Whether a line is little else than lengths and amounts: ``30 min $55 | 60 min $95 | 90 min $135``."""
    amounts = moneys(text)
    if len(amounts) == 1 or is_clause(text):
        return False
    if all(_LIST_MARK.search(text, one.end, other.start) for one, other in pairwise(amounts)):
        return True
    others = (word for word in words(text) if word[0].isalpha() and word not in words_of("length") | words_of("tax"))
    return len(list(islice(others, _WORDS_OF_A_LIST))) < _WORDS_OF_A_LIST


def is_set_off(unit: Unit, text: str) -> bool:
    """Whether a mark sets an amount off at the end of its line, as in a list."""
    rest = text[unit.money.end :].rstrip()
    if rest and not _NOTE.fullmatch(rest) and has_words(without(rest, durations(rest))):
        return False
    return _MARK.search(text, max(0, unit.money.start - 4), unit.money.start) is not None


def sentence_of(unit: Unit, text: str) -> str:
    """The sentence of a line that an amount stands in."""
    ends = [end.end() for end in SENTENCE_ENDS.finditer(text)]
    begins = max((end for end in ends if end <= unit.money.start), default=0)
    return text[begins : next((end for end in ends if end > unit.money.start), len(text))]
