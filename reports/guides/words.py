"""The word lists of ``words.toml`` as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

_WORD = re.compile(r"\w+")
_STEM = 2


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("reports.guides").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def pattern(topic: str, meaning: str) -> re.Pattern[str]:
    """The pattern that finds any phrase of one list.

    >>> [bool(pattern("no_price", "tip").search(text)) for text in ("A tip of $10", "tipple")]
    [True, False]
    """
    own = [f"(?:{phrase[1:-1]})" for phrase in _lists()[topic][meaning] if _is_expression(phrase)]
    plain = [_expression(phrase) for phrase in _lists()[topic][meaning] if not _is_expression(phrase)]
    # the word border is looked for once, not again for every phrase
    return re.compile("|".join([rf"\b(?:{'|'.join(plain)})"] * bool(plain) + own), re.IGNORECASE)


@lru_cache(maxsize=2048)
def first_meaning(topic: str, text: str) -> str | None:
    """The first list of a topic that a text holds a phrase of.

    >>> first_meaning("no_price", "the average salary"), first_meaning("no_price", "a session")
    ('wage', None)
    """
    found = {meaning for meaning, expression in _expressions(topic) if expression.search(text)}
    for word in _WORD.finditer(text):
        for meaning, expression in _by_start(topic).get(word.group()[:_STEM].lower(), ()):
            if meaning not in found and expression.match(text, word.start()):
                found.add(meaning)
    return next((meaning for meaning in _lists()[topic] if meaning in found), None)


@cache
def _expressions(topic: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The regular expressions of a topic, one pattern a list."""
    own = {meaning: [p[1:-1] for p in phrases if _is_expression(p)] for meaning, phrases in _lists()[topic].items()}
    joined = {meaning: "|".join(f"(?:{one})" for one in found) for meaning, found in own.items() if found}
    return tuple((meaning, re.compile(expression, re.IGNORECASE)) for meaning, expression in joined.items())


@cache
def _by_start(topic: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The plain phrases of a topic by the first letters of their first word; shorter words by all of theirs."""
    index: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for meaning, phrases in _lists()[topic].items():
        for phrase in phrases:
            if not _is_expression(phrase):
                start = _WORD.match(phrase)
                stem = start.group()[:_STEM].lower() if start else ""
                index.setdefault(stem, []).append((meaning, re.compile(_expression(phrase), re.IGNORECASE)))
    return index


def _is_expression(phrase: str) -> bool:
    return phrase.startswith("/") and phrase.endswith("/")


def _expression(phrase: str) -> str:
    """A plain phrase as a regular expression that is to stand behind a word border."""
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"[\s-]{1,2}".join(words) + ("" if phrase.endswith("*") else r"(?!\w)")
