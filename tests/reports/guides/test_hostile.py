"""Articles that are broken, huge or made to harm: they cost little and crash nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.guides.articles import Unreadable, decode, read_article
from reports.guides.finder import claims

CLAIM = "A 60-minute massage in Calgary costs $85 to $120."
SIZE = 60_000
MAKES = {
    "tags": "<div>" * (SIZE // 5) + CLAIM,
    "closing tags": "</b>" * (SIZE // 4) + CLAIM,
    "brackets": "[" * (SIZE // 2) + CLAIM + "]" * (SIZE // 2),
    "emphasis": "*a _b " * (SIZE // 6) + CLAIM,
    "backticks": "`" * SIZE + CLAIM,
    "quotes": "“" * SIZE + CLAIM,
    "amounts": "$85 to $120 for 60 minutes, " * (SIZE // 28),
    "dollars": "$" * SIZE,
    "digits": "$" + "9" * SIZE,
    "numbers in words": "one hundred and " * (SIZE // 16) + "dollars",
    "comments": "<!-- rate: nmt 60 calgary -->" * (SIZE // 29),
    "open comment": CLAIM + "<!--" * (SIZE // 4),
    "entities": "&nbsp;&#36;85;" * (SIZE // 14),
    "places": "Calgary, Edmonton and " * (SIZE // 22) + "$85 an hour",
    "spaces": "$85" + " " * SIZE + "to $120 an hour",
    "pipes": "|" * SIZE + "\n" + "|-" * (SIZE // 2),
    "one line": (CLAIM + " ") * (SIZE // len(CLAIM)),
    "updated": "Updated: " * (SIZE // 9),
    "quote marks": "> " * (SIZE // 2) + CLAIM,
    "lists": "- " * 2_000 + CLAIM,
    "front matter": "---\n" + "a: b\n" * (SIZE // 5) + CLAIM,
    "attributes": "<p " + "a='$85' " * (SIZE // 8) + ">" + CLAIM,
    "open tag": "<p title='" + "x" * SIZE + CLAIM,
    "cdata": "<![CDATA[" * (SIZE // 9) + CLAIM,
    "declarations": "<!" * (SIZE // 2) + CLAIM,
    "tables": "<table><tr><td>60<td>$85" * (SIZE // 24),
}  # fmt: skip


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize("make", MAKES)
def test_nothing_costs_much_or_crashes(make: str, name: str) -> None:
    start = time.process_time()
    claims(read_article(MAKES[make], name))
    assert time.process_time() - start < 5


@given(st.text(max_size=400), st.sampled_from(["a.md", "a.html", "a.txt", ""]))
def test_any_text_is_read(text: str, name: str) -> None:
    for claim in claims(read_article(f"{text}\n{CLAIM}", name)):
        assert claim.start < claim.end


@given(st.lists(st.sampled_from(["<p>", "</p>", "<td>", "<", ">", "&", "&amp;", "$85", " to ", "$120", " an hour", "<b>", "</i>", "<!--", "-->", "\n", "|", "`", "**", "- ", "~~", "](", "[", "\\", "rate: ignore"]), max_size=40))  # fmt: skip
def test_any_markup_keeps_places(parts: list[str]) -> None:
    source = "".join(parts)
    for name in ("a.md", "a.html"):
        article = read_article(source, name)
        for piece in article.pieces:
            for placed in piece.cells or (piece.placed,):
                for at, char in enumerate(placed.text):
                    start, end = placed.span(at, at + 1)
                    assert source[start:end] == char or char in " \n" or source[start] in "&\\", (source, placed)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_encodings_come_back_as_they_were(encoding: str) -> None:
    content = f"Café – {CLAIM}".replace("–", "-" if encoding == "latin-1" else "–").encode(encoding)
    text = decode(content)
    assert text.encode() == content
    assert len(claims(read_article(text.text, "a.md"))) == 1


@pytest.mark.parametrize("content", [b"\x89PNG\0", b"%PDF\0", b"x" * 5_000_001, b"\xff\xfe\0"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(content)
