"""The word lists of ``wordlists.toml`` as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from pipelines.folding import fold, words


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("pipelines").joinpath("wordlists.toml").read_text(encoding="utf-8"))


@cache
def phrases(topic: str, meaning: str) -> tuple[str, ...]:
    """The phrases of one list as they stand in the file."""
    return tuple(_lists()[topic][meaning])


@cache
def pattern(topic: str, meaning: str) -> re.Pattern[str]:
    """The pattern that finds any phrase of one list, in any case.

    >>> bool(pattern("category", "addon").search("Hot stone add-on")), bool(pattern("category", "gift").search("Lift"))
    (True, False)
    """
    own = [phrase[1:-1] for phrase in phrases(topic, meaning) if phrase.startswith("/")]
    plain = [_expression(phrase) for phrase in phrases(topic, meaning) if not phrase.startswith("/")]
    # the word border is looked for once, not again for every phrase
    return re.compile("|".join([rf"\b(?:{'|'.join(plain)})"] * bool(plain) + own), re.IGNORECASE)


@lru_cache(maxsize=8192)
def says(topic: str, meaning: str, text: str) -> bool:
    """Whether a text holds any phrase of one list; remembered, because lines and headings recur."""
    return pattern(topic, meaning).search(text) is not None


def occurs(topic: str, meaning: str, page: str) -> bool:
    """Whether any phrase of one list stands somewhere in a long text: looked for by its first letters, then as a whole.

    >>> occurs("prose", "clinical", "An RMT works here"), occurs("prose", "clinical", "Alarmtones, harmtul")
    (True, False)
    """
    lowered = page.lower()
    return any(_stands(stem, expression, lowered) for stem, expression in _stems(topic, meaning))


def _stands(stem: str, expression: re.Pattern[str], text: str) -> bool:
    if not stem:
        return expression.search(text) is not None
    at = text.find(stem)
    while at >= 0:
        if expression.match(text, at):
            return True
        at = text.find(stem, at + 1)
    return False


@cache
def _stems(topic: str, meaning: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The first letters of each phrase of a list, none for expressions, with what the whole must match."""
    own = [("", re.compile(phrase[1:-1])) for phrase in phrases(topic, meaning) if phrase.startswith("/")]
    plain = [phrase for phrase in phrases(topic, meaning) if not phrase.startswith("/")]
    return (*own, *((p.split()[0].rstrip("*"), re.compile(rf"\b{_expression(p)}")) for p in plain))


@cache
def meanings(topic: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """All meanings of a topic with their patterns, in the order of the file."""
    return tuple((meaning, pattern(topic, meaning)) for meaning in _lists()[topic])


@cache
def words_of(meaning: str, topic: str = "only") -> frozenset[str]:
    """The single words of one list of ``[only]``, or of another topic, as they are compared.

    >>> "personnalise" in words_of("blend", "modality")
    True
    """
    return frozenset(map(fold, _lists()[topic][meaning]))


@cache
def entries(topic: str, meaning: str) -> frozenset[str]:
    """The entries of one list as they are written."""
    return frozenset(_lists()[topic][meaning])


@cache
def meaning_of_each(topic: str) -> Mapping[str, str]:
    """The meaning of each single word of a topic.

    >>> meaning_of_each("parts")["nuque"]
    'back_neck'
    """
    return {fold(word): meaning for meaning, listed in _lists()[topic].items() for word in listed}


@lru_cache(maxsize=2048)
def consists_of(text: str, meaning: str) -> bool:
    """Whether a text has words, and none but numbers and those of one list of ``[only]``.

    >>> consists_of("60 minute massage", "generic"), consists_of("Deep tissue massage", "generic")
    (True, False)
    """
    known, found = words_of(meaning), words(text)
    for word in found:
        if word not in known and not word[0].isdigit():
            return False
    return bool(found)


def _expression(phrase: str) -> str:
    """One phrase as a regular expression that is to stand behind a word border.

    >>> _expression("no show*")
    'no[\\\\s-]{1,2}show\\\\w*'
    """
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"[\s-]{1,2}".join(parts) + ("" if phrase.endswith("*") else r"\b")
