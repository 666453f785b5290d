"""What readers see of a Markdown text without blocks, by markdown-it-py's inline rules, each part with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, entity, escape, html_inline, newline, text

from reports.guides.html import HIDDEN
from reports.guides.placed import BREAK

#: Without any of these, a text is shown as it is written.
_MARKUP = re.compile(r"[\\`*_\[\]<&~]")
#: Only texts with money, comments or the date of the last change are looked at character by character.
_MATTERS = re.compile(r"[$]|dollars|bucks|CAD\b|<!--|&#|&dollar|pdated|odified", re.IGNORECASE)
_STRUCK = re.compile(r"~~(?=\S)(.{1,300}?)(?<=\S)~~", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+|\n")
#: Spaces that break a line for good where it ends.
_HARD = "  "


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of an inline text that a rule matched: ``text`` is what is seen of it, ``None`` if nothing is."""

    start: int
    end: int
    text: str | None


class _Watching(ParserInline):
    """markdown-it's inline parser, noting what each rule took."""

    def tokenize(self, state: StateInline) -> None:
        """As in ``ParserInline``, with a note of every match of the text that is being read."""
        rules = self.ruler.getRules("")
        seen: list[Shown] | None = state.env["shown"] if state.env.get("state") is state else None
        while state.pos < state.posMax:
            start = state.pos
            nested = state.level >= state.md.options["maxNesting"]
            rule = next((rule for rule in rules if rule(state, False)), None) if not nested else None
            if rule is None:
                state.pos += 1
            if seen is not None:
                seen.extend(_shown(state, rule, start))
        state.pending = ""


def _shown(state: StateInline, rule: Any, start: int) -> Iterator[Shown]:
    source = state.src[start : state.pos]
    if rule is None or rule is text:
        yield Shown(start, state.pos, source)
    elif rule is newline:
        yield Shown(start, start + 1, BREAK if state.src.endswith(_HARD, 0, start) else " ")
    elif rule in (entity, escape):
        yield Shown(start, state.pos, BREAK if source.startswith("\\\n") else state.tokens[-1].content)
    elif rule is html_inline:
        yield Shown(start, state.pos, None)


@cache
def parser(*, indented_code: bool = True) -> MarkdownIt:
    """Blocks only; inline texts are read one by one, and only where they matter."""
    made = MarkdownIt("zero")
    made.inline = _Watching()
    made.configure("commonmark").enable("table")
    made.core.ruler.enableOnly(["normalize", "block"])
    return made if indented_code else made.disable("code")


def shown_parts(content: str, *, always: bool = False) -> Iterator[Shown]:
    """What is seen of a content, comments and tags of HTML among it; all as it is written where nothing in it matters.

    >>> [part.text for part in shown_parts("<del>$88</del> *$95*")]
    [None, None, ' ', '$', '95']
    """
    if not _MARKUP.search(content) or not (always or _MATTERS.search(content)):
        yield from _lines(content)
        return
    hidden = list(_hidden(content, shown := _watched(content)))
    yield from (part for part in shown if not any(start <= part.start < end for start, end in hidden))


def _watched(content: str) -> list[Shown]:
    shown: list[Shown] = []
    env: dict[str, Any] = {"shown": shown}
    state = StateInline(content, parser(), env, [])
    env["state"] = state
    parser().inline.tokenize(state)
    return shown


def _lines(content: str) -> Iterator[Shown]:
    if "\n" not in content:
        yield Shown(0, len(content), content)
        return
    for match in _LINE.finditer(content):
        hard = match.group() == "\n" and content.endswith(_HARD, 0, match.start())
        yield Shown(*match.span(), BREAK if hard else match.group().replace("\n", " "))


def _hidden(content: str, shown: list[Shown]) -> Iterator[tuple[int, int]]:
    """Where a content is struck out, or stands in tags of HTML that hide it or say that another speaks."""
    yield from (match.span() for match in _STRUCK.finditer(content))
    opened: Counter[str] = Counter()
    begin = 0
    for part in shown:
        tag = _TAG.fullmatch(content, part.start, part.end) if part.text is None else None
        if tag is None or tag[2].lower() not in HIDDEN or tag[3]:
            continue
        if not opened.total():
            begin = part.end
        opened[tag[2].lower()] += -1 if tag[1] else 1
        opened = +opened
        if tag[1] and not opened.total():
            yield begin, part.start
    if opened.total():
        yield begin, len(content)
