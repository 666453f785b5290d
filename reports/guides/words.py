"""The word lists of ``words.toml`` as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("reports.guides").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def pattern(topic: str, meaning: str) -> re.Pattern[str]:
    """The pattern that finds any phrase of one list.

    >>> [bool(pattern("no_price", "tip").search(text)) for text in ("A tip of $10", "tipple")]
    [True, False]
    """
    return re.compile("|".join(_expression(phrase) for phrase in _lists()[topic][meaning]), re.IGNORECASE)


@cache
def any_of(topic: str) -> re.Pattern[str]:
    """The pattern that finds any phrase of any list of a topic."""
    return re.compile("|".join(pattern(topic, meaning).pattern for meaning in _lists()[topic]), re.IGNORECASE)


def first_meaning(topic: str, text: str) -> str | None:
    """The first list of a topic that a text holds a phrase of.

    >>> first_meaning("no_price", "the average salary"), first_meaning("no_price", "a session")
    ('wage', None)
    """
    return next((meaning for meaning in _lists()[topic] if pattern(topic, meaning).search(text)), None)


def _expression(phrase: str) -> str:
    if phrase.startswith("/") and phrase.endswith("/"):
        return f"(?:{phrase[1:-1]})"
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"\b" + r"[\s-]{1,2}".join(words) + ("" if phrase.endswith("*") else r"(?!\w)")
