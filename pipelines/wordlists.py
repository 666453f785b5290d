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
def pattern(topic: str, meaning: str) -> re.Pattern[str]:
    """The pattern that finds any phrase of one list, in any case.

    >>> bool(pattern("category", "addon").search("Hot stone add-on")), bool(pattern("category", "gift").search("Lift"))
    (True, False)
    """
    expressions = [_expression(phrase) for phrase in _lists()[topic][meaning]]
    # all that start a word behind one look for its start: far faster than each with its own
    starting = "|".join(e.removeprefix(r"\b") for e in expressions if e.startswith(r"\b"))
    inside = [e for e in expressions if not e.startswith(r"\b")]
    return re.compile("|".join([rf"\b(?:{starting})", *inside] if starting else inside), re.IGNORECASE)


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
    known = words_of(meaning)
    found = words(text)
    return bool(found) and all(word in known or word[0].isdigit() for word in found)


def _expression(phrase: str) -> str:
    """One phrase as a regular expression.

    >>> _expression("no show*")
    '\\\\bno[\\\\s-]{1,2}show\\\\w*'
    """
    if phrase.startswith("/"):
        return phrase[1:-1]
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"\b" + r"[\s-]{1,2}".join(parts) + ("" if phrase.endswith("*") else r"\b")
