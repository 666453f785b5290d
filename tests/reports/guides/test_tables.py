"""Claims of tables: which column is a length, an end, a price with tax."""

from __future__ import annotations

import pytest

from reports.guides.articles import read_article
from reports.guides.finder import claims
from reports.guides.records import Claim
from reports.guides.refresh import refresh
from tests.reports.guides.factories import TODAY, checker, told


def found(heads: str, *rows: str) -> list[Claim]:
    source = "\n".join(["# Massage in Calgary", "", f"| {heads} |", f"|{'---|' * (heads.count('|') + 1)}", *rows])
    page = "<h1>Massage in Calgary</h1><table>" + "".join(
        f"<tr>{''.join(f'<{tag}>{cell.strip()}</{tag}>' for cell in row.strip('| ').split('|'))}</tr>"
        for tag, row in [("th", heads), *(("td", row) for row in rows)]
    )
    in_text = claims(read_article(source, "a.md"))
    assert [told(claim) for claim in claims(read_article(page, "a.html"))] == [told(claim) for claim in in_text]
    return in_text


@pytest.mark.parametrize("head", ["60 min", "60 Min.", "1 hour", "60-minute"])
def test_a_length_at_the_head_of_a_column_is_no_low_end(head: str) -> None:
    (claim,) = found(f"Kind | {head}", "| Swedish | $105 |")
    assert told(claim) == "swedish 60 - 105 Calgary"


@pytest.mark.parametrize("head", ["Duration (min)", "Min", "Minutes", "Length", "Time"])
def test_the_head_gives_a_number_its_unit(head: str) -> None:
    assert [told(claim) for claim in found(f"{head} | Price", "| 30 | $60 |", "| 90 | $140 |")] == [
        "massage 30 - 60 Calgary",
        "massage 90 - 140 Calgary",
    ]
    (claim,) = found("Hours | Price", "| 1.5 | $140 |")
    assert claim.minutes == 90


@pytest.mark.parametrize("cell", ["90", "60/90", "75+"])
def test_a_number_that_nobody_reads_leaves_the_length_open(cell: str) -> None:
    """It may be the length, so neither the usual hour nor that of the heading is assumed."""
    (claim,) = found("Option | Price", f"| {cell} | $140 |")
    assert claim.barred == "a number in its row may be its length"
    table = f"# 60-minute massage in Calgary\n\n| Option | Price |\n|---|---|\n| {cell} | $40 |\n"
    assert refresh(table, "a.md", checker(), TODAY).text == table


def test_low_and_high_ends_have_their_columns() -> None:
    low, high = found("Length | Min | Max", "| 60 minutes | $85 | $120 |")
    assert (told(low), told(high)) == ("massage 60 85- - Calgary", "massage 60 -120 - Calgary")


def test_a_row_with_and_without_tax_has_one_claim() -> None:
    (claim,) = found("Length | Before GST | With GST", "| 60 minutes | $100–$120 | $105–$126 |")
    assert (told(claim), claim.tax) == ("massage 60 100-120 - Calgary", "excluded")


@pytest.mark.parametrize(
    ("row", "new"),
    [
        ("| 60 minutes | $60–$80 | $63–$84 |", "| 60 minutes | $90–$135 | $95–$142 |"),
        ("| 60 minutes | $60.00 | $63.00 |", "| 60 minutes | $110.00 | $115.50 |"),
    ],
)
def test_both_columns_are_written(row: str, new: str) -> None:
    table = "# Massage in Calgary\n\n| Length | Before GST | With GST |\n|---|---|---|\n{}\n"
    assert refresh(table.format(row), "a.md", checker(), TODAY).text == table.format(new)
    assert refresh(table.format(new), "a.md", checker(), TODAY).text == table.format(new)


def test_each_of_several_columns_finds_its_own_with_tax() -> None:
    table = (
        "# Massage in Calgary\n\n| Kind | Low | High | Low with GST | High with GST |\n|---|---|---|---|---|\n"
        "| NMT, 60 minutes | ${} | ${} | ${} | ${} |\n"
    )
    new = table.format(90, 135, 95, 142)
    assert refresh(table.format(60, 80, 63, 84), "a.md", checker(), TODAY).text == new
    assert len(claims(read_article(new, "a.md"))) == 2
