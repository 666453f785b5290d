"""Generated guides: refresh changes claims' digits and the date, nothing else, and a second refresh nothing at all.

Two hundred guides run by default; ten thousand run with

    RATECARD_GUIDES=10000 python -m pytest tests/reports/guides/test_refresh_property.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.guides import refresh as module
from reports.guides.articles import decode, read_article
from reports.guides.checking import Checker
from reports.guides.finder import claims
from reports.guides.measured import Answer
from reports.guides.refresh import refresh
from tests.reports.guides.factories import TODAY, USUAL, Slot, measured

GUIDES = int(os.environ.get("RATECARD_GUIDES", "200"))
many = settings(max_examples=GUIDES, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Part = str | Slot
DOLLARS = st.integers(40, 240)
KINDS = st.sampled_from(["NMT", "massage", "Swedish massage", "deep tissue massage", "SMRT", "hot stone massage"])
CITIES = ("Calgary", "Edmonton", "Red Deer", "Lethbridge", "Medicine Hat", "Banff", "Canmore")
PLACES = st.one_of(
    st.sampled_from(["Calgary", "Edmonton", "Red Deer", "Calgary and Edmonton", "Alberta", "Toronto", "Banff"]),
    st.permutations(CITIES).flatmap(lambda cities: st.integers(2, 4).map(lambda n: listed(cities[:n]))),
)
LENGTHS = st.sampled_from(["60-minute", "90-minute", "one-hour", "30-minute", "45 minute"])
#: What stands around claims and must stay; some of it carries money that is none.
NOISE = st.sampled_from(
    [
        "Tips of $10 are usual.", "A deposit of $25 holds the time.", "See <b title='$85'>this</b> & <that.",
        "It’s “calm” — really…", "`$85 to $120 for 60 minutes`", "<!-- a note: $85 for 60 minutes -->", "a\u00a0b\u2009c",
        "![$99 for 60 minutes](x.png)", "[rates](https://example.org/$85?x=1&y=2 'NMT $90')", "Ring 403-555-0185.",
        "<script>var price = '$85 for a 60-minute massage';</script>", "~~$85 for a 60-minute massage~~", "&amp; &nbsp; &#169;",
        "In 2019 we had 3 rooms.", "The rules were last updated on January 5, 2024 by the province.",
        "<del>$88 for 60 minutes</del>", "The bylaw (updated 2024-01-05) applies.", "<span style=\"width:85px\">x", "</div></p>", "\\$5 \\* \\_", "| a | b |", "\u202e", "é ß 漢",
    ]
)  # fmt: skip
PROSE = st.text(
    st.characters(codec="utf-8", exclude_characters="$0123456789\0\r\n", exclude_categories=["Cs"]), max_size=30
)


def listed(names: Sequence[str], last: str = "and") -> str:
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else names[0]


def number(dollars: int) -> Slot:
    return Slot(str(dollars))


def taxed(dollars: int) -> Slot:
    return Slot(str((105 * dollars + 50) // 100))


@st.composite
def claim(draw: st.DrawFn, dash: str) -> list[Part]:
    low = draw(DOLLARS)
    high = low + draw(st.integers(5, 90))
    kind, place, length = draw(KINDS), draw(PLACES), draw(LENGTHS)
    a, b = number(low), number(high)
    return draw(
        st.sampled_from(
            [
                [f"A {length} {kind} session in {place} costs between $", a, " and $", b, "."],
                ["On average, you can expect to pay between $", a, " to $", b, f" for a {length} {kind} session in {place}."],
                [f"In {place}, expect $", a, dash, b, f" for a {length} {kind} session."],
                [f"The average price of a {length} {kind} session in {place} is $", a, "."],
                [f"A {length} {kind} session in {place} starts at $", a, ", plus GST."],
                [f"A {length} {kind} session in {place} costs up to $", a, "."],
                [f"A {length} {kind} session in {place} costs $", a, ".00 to $", b, ".00, GST included."],
                [f"A {length} {kind} session in {place} costs $", a, " to $", b, " ($", taxed(low), " to $", taxed(high), " with GST)."],
                [f"A {length} {kind} session in {place} costs $", a, " ($", taxed(low), " with GST)."],
            ]
        )
    )  # fmt: skip


DATES = st.sampled_from(["2026-01-26", "January 26, 2026", "26 Jan 2026", "2026/01/26", "March 2026", "2031-01-01"])


@st.composite
def table(draw: st.DrawFn) -> list[Part]:
    """A table with its lengths at the heads of columns, or in a column of their own."""
    low = draw(DOLLARS)
    a, b = number(low), number(low + draw(st.integers(5, 90)))
    if draw(st.booleans()):
        return [f"| Kind | 60 min | 90 min |\n|---|---|---|\n| {draw(KINDS)} | $", a, " | $", b, " |\n\n"]
    head = draw(st.sampled_from(["Duration (min)", "Minutes", "Option"]))
    return [f"| {head} | Price |\n|---|---|\n| 60 | $", a, " |\n| 90 | $", b, " |\n\n"]


@st.composite
def markdown(draw: st.DrawFn) -> list[Part]:
    parts: list[Part] = []
    if draw(st.booleans()):
        title = draw(KINDS)
        keys = draw(st.permutations([f'title: "{title} guide"', "tags: [a, b]", "weight:   3", "Updated:"]))
        for key in ["---", *keys, "---"]:
            parts += ["updated: ", Slot(draw(DATES), True), "\n"] if key == "Updated:" else [f"{key}\n"]
    else:
        parts += ["Updated: ", Slot(draw(DATES), True), "\n\n"]
    opening = st.sampled_from(["", "- ", "1. ", "* "])
    for _ in range(draw(st.integers(1, 4))):
        block = draw(st.sampled_from(["heading", "claim", "claim", "claim", "table", "noise", "code", "quote"]))
        if block == "heading":
            parts += [f"## {draw(KINDS)} in {draw(PLACES)}\n\n"]
        elif block == "table":
            parts += draw(table())
        elif block == "code":
            parts += ["```\nA 60-minute massage in Calgary costs $10 to $20.\n```\n\n"]
        elif block == "quote":
            parts += ["> A 60-minute massage in Calgary costs $10 to $20.\n\n"]
        elif block == "noise":
            parts += [draw(NOISE), "\n\n"]
        else:
            dash = draw(st.sampled_from(["–", "-", " – ", " to "]))
            parts += [draw(opening), *draw(claim(dash)), draw(st.sampled_from(["\n\n", " It varies.\n\n", "  \n\n"]))]
    return parts


@st.composite
def html(draw: st.DrawFn) -> list[Part]:
    parts: list[Part] = [f"<!DOCTYPE html>\n<html><head><title>{draw(KINDS)}</title></head>\n<body class='a  b'>\n"]
    parts += ["<p>Updated: ", Slot(draw(DATES), True), "</p>\n"]
    for _ in range(draw(st.integers(1, 4))):
        inside: list[Part] = []
        for part in draw(claim(draw(st.sampled_from(["&ndash;", "-", "&nbsp;&#8211;&nbsp;", " to $"])))):
            inside += ["<b>", part, "</b>"] if isinstance(part, Slot) and draw(st.booleans()) else [part]
        tag = draw(st.sampled_from(["p", "li", "td", "div", "P", "p data-x='$85 for 60 minutes'"]))
        parts += [
            f"<{tag}>",
            *inside,
            f"</{tag.split()[0]}>",
            draw(NOISE.filter(lambda text: "<s" not in text and text[0] not in "~`![\\")),
            "\n",
        ]
        parts += draw(st.sampled_from([[], ["<pre>NMT $85 an hour</pre>\n"], ["<blockquote>$85 an hour</blockquote>"]]))
    return parts


@st.composite
def figures(draw: st.DrawFn) -> Checker:
    """Figures that differ from cell to cell; some cells have none."""
    known: dict[object, Answer] = {}

    def answer(modality: str, minutes: int, regions: object) -> Answer:
        cell = (modality, minutes, regions)
        if cell not in known:
            low = draw(st.integers(12, 30)) * 5
            grade = draw(st.sampled_from(["A", "B", "C", "D", "A", None, "none"]))
            found = measured(low, low + 5 * draw(st.integers(2, 12)), grade=grade)
            found = replace(found, modality=modality, minutes=minutes)
            known[cell] = Answer(reason="too few") if grade == "none" else Answer(found)
        return known[cell]

    return Checker(answer)


def pattern(parts: list[Part]) -> re.Pattern[str]:
    """What a refreshed guide may look like: all as it was but for the slots."""
    allowed = (
        re.escape(part) if isinstance(part, str) else r"[\w ,/.-]{6,20}" if part.is_date else r"\d{1,3}(?:\.\d\d)?"
        for part in parts
    )
    return re.compile("".join(allowed), re.DOTALL)


def joined(parts: list[Part]) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in parts)


@many
@given(st.one_of(markdown().map(lambda p: (p, "a.md")), html().map(lambda p: (p, "a.html"))), figures(), st.booleans())
def test_only_digits_of_claims_and_the_date_change_and_only_once(made, checker: Checker, windows: bool) -> None:
    parts, name = made
    if windows:
        parts = [p.replace("\n", "\r\n") if isinstance(p, str) else p for p in parts]
    source = joined(parts)
    done = refresh(source, name, checker, TODAY)
    assert pattern(parts).fullmatch(done.text), (source, done.text)
    again = refresh(done.text, name, checker, TODAY)
    assert again.text == done.text
    if done.text == source:
        assert sum(f.verdict.is_stale for f in done.findings) == len(done.by_hand)


@given(
    st.permutations(CITIES),
    st.integers(1, len(CITIES)),
    st.sampled_from(["and", "or"]),
    st.sampled_from(
        [
            "An hour of NMT in {} costs $90.", "In {}, an hour of NMT costs $90.", "An hour of NMT costs $90 in {}.",
            "# NMT in {}\n\nAn hour costs $90.", "Expect $90 to $120 in {} for an hour of NMT.",
        ]
    ),
)  # fmt: skip
def test_a_list_of_places_stays_whole(cities: list[str], count: int, last: str, sentence: str) -> None:
    (claim,) = claims(read_article(sentence.format(listed(cities[:count], last)), "a.md"))
    assert claim.regions == tuple(cities[:count])


@many
@given(PROSE, NOISE, PROSE, st.sampled_from(["a.md", "a.html", "a.txt", ""]))
def test_what_holds_no_claim_is_never_touched(before: str, noise: str, behind: str, name: str) -> None:
    source = f"{before}\n{noise}{behind}\n\nUpdated: 2026-01-26\n"
    assert refresh(source, name, Checker(lambda *_: Answer(USUAL)), TODAY).text == source


@given(st.binary(max_size=300))
def test_any_bytes_are_read_and_given_back_or_refused(content: bytes) -> None:
    try:
        text = decode(content)
    except ValueError:
        return
    assert text.encode() == content
    for name in ("a.md", "a.html"):
        refresh(text.text, name, Checker(lambda *_: Answer(USUAL)), TODAY)


OLD, NEW = b"costs $60\n" * 50, b"costs $90\n" * 50


@pytest.mark.parametrize(
    "call", ["os.fsync", "os.fdopen", "tempfile.mkstemp", "Path.replace", "Path.chmod", "Path.read_bytes"]
)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
def test_a_crash_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch, call: str, error: BaseException) -> None:
    path = tmp_path / "guide.md"
    path.write_bytes(OLD)
    owner, name = call.split(".")

    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(getattr(module, owner), name, fail)
    with pytest.raises(type(error)):
        module.write(path, OLD, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["guide.md"]


def test_a_crash_after_the_swap_leaves_the_new_file(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "guide.md"
    path.write_bytes(OLD)
    real = Path.replace

    def replace_and_die(self: Path, target: Path) -> None:
        real(self, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(module.Path, "replace", replace_and_die)
    with pytest.raises(KeyboardInterrupt):
        module.write(path, OLD, NEW)
    assert path.read_bytes() == NEW


def test_an_article_is_only_ever_the_sum_of_its_pieces() -> None:
    source = "# NMT\n\nExpect *$85*&ndash;**$120** an hour.\n"
    for piece in read_article(source, "a.md").pieces:
        for at, char in enumerate(piece.placed.text):
            start, end = piece.placed.span(at, at + 1)
            assert source[start:end] == char or source[start] == "&"
