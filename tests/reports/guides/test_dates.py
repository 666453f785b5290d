"""The date of the last change: which dates it is, and what it becomes."""

from __future__ import annotations

from datetime import date

import pytest

from reports.guides.articles import read_article
from reports.guides.dates import date_edits
from reports.guides.front_matter import front_matter

DAY = date(2026, 11, 5)


def dated(source: str, name: str = "a.md") -> str:
    body = front_matter(source)[1] if name.endswith(".md") else 0
    for start, end, new in sorted(date_edits(read_article(source, name), body, DAY), reverse=True):
        source = source[:start] + new + source[end:]
    return source


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Updated: 2026-01-26", "Updated: 2026-11-05"),
        ("Updated 2026-1-6", "Updated 2026-11-5"),
        ("Last updated on January 26, 2026.", "Last updated on November 5, 2026."),
        ("**Updated:** Sept. 6, 2025", "**Updated:** Nov. 5, 2026"),
        ("*Updated 5th January 2026*", "*Updated 5th November 2026*"),
        ("Updated January 2026", "Updated November 2026"),
        ("Updated: 26/01/2026", "Updated: 05/11/2026"),
        ("Updated: 01/26/2026", "Updated: 11/05/2026"),
        ("By Ann Lee, updated March 2, 2026", "By Ann Lee, updated November 5, 2026"),
        ("By Ann Lee\nUpdated: 2026-01-26", "By Ann Lee\nUpdated: 2026-11-05"),
        ("Published 2025-01-05 · Updated 2026-01-05", "Published 2025-01-05 · Updated 2026-11-05"),
        ("Hello. This guide was last updated on March 2, 2026.", "Hello. This guide was last updated on November 5, 2026."),
        ("| Updated | 2026-01-05 |\n|---|---|", "| Updated | 2026-11-05 |\n|---|---|"),
        ("---\nlast_modified_at: 2026-01-05T09:00:00\n---\n", "---\nlast_modified_at: 2026-11-05T09:00:00\n---\n"),
        ("---\nlast-updated: '2026-01-05'\ndate: 2026-01-01\n---\n", "---\nlast-updated: '2026-11-05'\ndate: 2026-01-01\n---\n"),
    ],
)  # fmt: skip
def test_dates_keep_their_dress(old: str, new: str) -> None:
    assert dated(old) == new
    assert dated(new) == new


@pytest.mark.parametrize(
    "text",
    [
        "The bylaw was last updated on March 2, 2024 by the city.",
        "The bylaw was last\nupdated on March 2, 2024 by the city.",
        "The bylaw (updated March 2, 2024) covers clinics.",
        "By law the list is updated 2024-03-02.",
        "Updated March 2, 2024 fee schedules apply.",
        "Last updated by the college on March 2, 2024.",
        "Fees, updated 2024-03-02, are on its page.",
        "Updated: 05/01/2026",  # the fifth of January, or the first of May
        "Updated: 2027-01-01",
        "Reviewed: 2026-01-01",
    ],
)
def test_other_dates_stay(text: str) -> None:
    assert dated(f"{text}\n") == f"{text}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            '<p>Updated <time datetime="2026-01-26">January 26, 2026</time></p>',
            '<p>Updated <time datetime="2026-11-05">November 5, 2026</time></p>',
        ),
        (
            '<p><time datetime="2026-01-26T08:00">Updated January 26, 2026</time></p>',
            '<p><time datetime="2026-11-05T08:00">Updated November 5, 2026</time></p>',
        ),
        ('<time datetime="soon">Updated January 26, 2026</time>', '<time datetime="soon">Updated January 26, 2026</time>'),
        (
            '<time datetime="2026-01-26">26 January</time><p>Updated 2026-01-26</p>',
            '<time datetime="2026-01-26">26 January</time><p>Updated 2026-11-05</p>',
        ),
        ("<table><tr><th>Updated</th><td>2026-01-05</td></tr></table>", "<table><tr><th>Updated</th><td>2026-11-05</td></tr></table>"),
    ],
)  # fmt: skip
def test_what_readers_and_programs_see_changes_together(old: str, new: str) -> None:
    assert dated(old, "a.html") == new
