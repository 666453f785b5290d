"""Which claims are found in which wording."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.guides.articles import read_article
from reports.guides.finder import claims
from reports.guides.records import Claim, Tax
from reports.guides.site import site_defaults
from tests.reports.guides.factories import told

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[4] / "shared"
#: Ids that mean massage of no certain kind.
GENERAL = frozenset({"any", "massage", "massage_therapy"})


def found(text: str, name: str = "a.md", region: str = "", currency: str = "CAD") -> list[Claim]:
    return claims(read_article(text, name), site_defaults(region, currency))


def cases() -> Iterator[tuple[str, list[str]]]:
    case: tuple[str, list[str]] | None = None
    for line in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("> ") and case:
            case[1].append(line[2:])
        elif line and not line.startswith("#"):
            if case:
                yield case
            case = (line, [])
    if case:
        yield case


@pytest.mark.parametrize(("sentence", "expected"), [pytest.param(*case, id=case[0][:50]) for case in cases()])
def test_sentences(sentence: str, expected: list[str]) -> None:
    assert [told(claim) for claim in found(f"{sentence}\n")] == expected
    assert [told(claim) for claim in found(f"<p>{sentence}</p>", "a.html")] == [
        told(c) for c in found(sentence, "a.txt")
    ]


def right_in_itself(claim: Claim, row: dict[str, object]) -> bool:
    """Whether the slots that a sentence and its address can tell are as labelled: amounts, length and modality."""
    kinds = set(str(row["modality"]).split("; "))
    cents = [
        None if row.get(name) is None else round(100 * float(str(row[name]))) for name in ("low", "high", "average")
    ]
    modality = bool(kinds & GENERAL and claim.modality in GENERAL) or set(claim.modality.split("; ")) == kinds
    return [claim.low, claim.high, claim.average] == cents and modality and claim.minutes == row["minutes"]


def right(claim: Claim, row: dict[str, object]) -> bool:
    """Whether every slot that a labelled claim has is as labelled."""
    regions = str(row["region"]).split("; ") if row["region"] else []
    in_place = [*claim.regions] == regions and row["currency"] in ("?", claim.currency)
    return right_in_itself(claim, row) and in_place


def labelled(row: dict[str, object]) -> list[dict[str, object]]:
    """The claims of a labelled line: it, or those that it lists; of a line with several, what is not said stays."""
    several = row.get("claims")
    empty = {"low": None, "high": None, "average": None}
    return [row | empty | one for one in several] if isinstance(several, list) else [row]


def labelled_pairs(*, on_its_site: bool) -> Iterator[tuple[dict[str, object], Claim | None]]:
    """Each labelled claim once, with what is found for it in a guide that holds its sentence and address.

    Most of these sentences name neither place nor currency, as their pages do that elsewhere; on its site a sentence
    has them as the site's defaults.
    """
    for line in (SHARED / "reference" / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        site = (row["region"] or "", (row["currency"] or "CAD").replace("?", "CAD")) if on_its_site else ("", "CAD")
        got = found(f"---\nurl: {row['url']}\n---\n\n{row['text']}\n", "a.md", *site)
        expected = labelled(row) if row["is_claim"] else []
        assert len(got) <= len(expected), row["text"]
        yield from zip(expected, [*got, *[None] * (len(expected) - len(got))], strict=True)


@pytest.mark.skipif(not (SHARED / "reference" / "claims.jsonl").exists(), reason="the labelled claims are not here")
def test_labelled_claims() -> None:
    """The sentence alone tells amounts, length and modality; where it names no place, none is made up."""
    alone = list(labelled_pairs(on_its_site=False))
    assert len(alone) >= 20
    in_itself = [claim is not None and right_in_itself(claim, row) for row, claim in alone]
    assert sum(in_itself) / len(alone) >= 0.95
    wrong = [row for row, claim in alone if claim and claim.regions and not right(claim, row)]
    assert all("nation" in str(row["text"]) or "the country" in str(row["text"]) for row in wrong)  # of which country?
    on_site = [claim is not None and right(claim, row) for row, claim in labelled_pairs(on_its_site=True)]
    assert sum(on_site) / len(on_site) >= 0.95


@pytest.mark.skipif(not (SHARED / "seeds" / "nmt-guide.txt").exists(), reason="the seed guide is not here")
def test_the_seed_guide_has_one_claim() -> None:
    source = (SHARED / "seeds" / "nmt-guide.txt").read_text(encoding="utf-8")
    (claim,) = found(source, "nmt-guide.txt")
    assert told(claim) == "neuromuscular_therapy 60 85-120 - Calgary and Edmonton"
    assert source[claim.start : claim.end] == "$85 to $120"


def test_a_page_has_one_claim_and_no_more() -> None:
    source = (HERE / "articles" / "nmt.html").read_text(encoding="utf-8")
    (claim,) = found(source, "nmt.html")
    assert told(claim) == "neuromuscular_therapy 60 85-120 - Calgary and Edmonton"
    assert [source[start:end] for start, end in claim.places.values() if start] == ["85", "120"]  # type: ignore[union-attr]


CLAIM = "A 60-minute massage in Calgary costs $85 to $120."


@pytest.mark.parametrize(
    "text",
    [
        f"`{CLAIM}`", f"```\n{CLAIM}\n```", f"    {CLAIM}", f"~~~md\n{CLAIM}", f"> {CLAIM}", f"> - {CLAIM}\nlazy {CLAIM}",
        f"<!-- {CLAIM} -->", f"<!--\n\n{CLAIM}\n\n-->", f"![{CLAIM}](a.png)", f'[x](y "{CLAIM}")', f"~~{CLAIM}~~",
        f'<img alt="{CLAIM}">', f"<pre>{CLAIM}</pre>", f"<script>{CLAIM}</script>", f"<style>\n{CLAIM}\n</style>",
        f"<div title='{CLAIM}'>x</div>", f"<blockquote>{CLAIM}</blockquote>", f"[a]: <x> '{CLAIM}'", f"“{CLAIM}”",
        f"<https://example.org/{CLAIM.replace(' ', '-')}>", f"So <del>{CLAIM}</del> it is.", f"So <s>{CLAIM}</s> it is.",
        f"So <code>{CLAIM}</code> it is.", f"So <q>*a* <q>b</q> {CLAIM}</q> it is.", f"So <kbd>{CLAIM}",
    ],
)  # fmt: skip
def test_code_quotes_comments_and_attributes_are_no_claims(text: str) -> None:
    assert not found(f"Hello.\n\n{text}\n\nBye.\n")
    if text.startswith("<") and "https" not in text:
        assert not found(f"<p>Hello</p>{text}<p>Bye</p>", "a.html")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# NMT\n\n## Pricing\n\nExpect $85 to $120 in Calgary.", "neuromuscular_therapy 60 85-120 - Calgary"),
        ("# Massage in Edmonton\n\n## SMRT\n\nExpect $85 to $120 for 90 minutes.", "smrt 90 85-120 - Edmonton"),
        ("---\ntitle: Cupping in Red Deer\n---\n\nA session costs $90.", "cupping 60 - 90 Red Deer"),
        ("---\nregion: Banff\n---\n\nAn hour of NMT costs $120.", "neuromuscular_therapy 60 - 120 Banff"),
        ("We tried NMT in Calgary for 90 minutes. It costs about $140.", "neuromuscular_therapy 90 - 140 Calgary"),
        ("In Banff, 90 minutes of NMT cost $190.", "neuromuscular_therapy 90 - 190 Banff"),
        ("90-minute sessions in Calgary:\n\n- Swedish: $120\n", "swedish 90 - 120 Calgary"),
        ("NMT\n===\n\n**Prices**\n\nA session costs $90.", "neuromuscular_therapy 60 - 90 -"),
        ("# NMT\n\nThis massage costs $90 an hour.", "neuromuscular_therapy 60 - 90 -"),
    ],
)
def test_slots_come_from_what_stands_above(text: str, expected: str) -> None:
    assert [told(claim) for claim in found(text)] == [expected]


def test_a_price_struck_out_in_html_is_not_the_low_end() -> None:
    (claim,) = found("A 60-minute massage in Calgary costs <del>$88</del> $95.")
    assert told(claim) == "massage 60 - 95 Calgary"


def test_site_defaults_fill_what_is_not_said() -> None:
    (claim,) = found("A 60-minute massage costs $90.", region="Calgary+Edmonton", currency="USD")
    assert (claim.regions, claim.currency) == (("Calgary", "Edmonton"), "CAD")
    (claim,) = found("A 60-minute massage costs $90.", region="United States", currency="USD")
    assert (claim.regions, claim.currency) == (("United States",), "USD")


def test_front_matter_that_readers_see_is_prose() -> None:
    source = '---\nlayout: post\ndescription: "NMT costs $85 to $120 an hour in Calgary"\nprice: $85\n---\nText\n'
    (claim,) = found(source)
    assert source[claim.start : claim.end] == "$85 to $120"


TABLE = """# Massage in Calgary

| Length | {} |
|---|---|---|
| 60 minutes | {} |
"""


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        ("Low | High", "$85 | $120", ["massage 60 85- - Calgary", "massage 60 -120 - Calgary"]),
        ("Before GST | With GST", "$100 | $105", ["massage 60 - 100 Calgary"]),
        ("Students | Public", "$60 | $95", ["massage 60 - 95 Calgary"]),
        ("Swedish | Deep tissue", "$85 | $95", ["swedish 60 - 85 Calgary", "deep_tissue 60 - 95 Calgary"]),
        ("Calgary | Edmonton", "$85–$120 | $80–$110", ["massage 60 85-120 - Calgary", "massage 60 80-110 - Edmonton"]),
        ("Price ($) | Rooms", "85–120 | 12", ["massage 60 85-120 - Calgary"]),
        ("Deposit | Price", "$20 | $95", ["massage 60 - 95 Calgary"]),
    ],
)
def test_tables(heads: str, cells: str, expected: list[str]) -> None:
    assert [told(claim) for claim in found(TABLE.format(heads, cells))] == expected
    rows = "".join(
        f"<tr>{''.join(f'<{tag}>{cell.strip()}</{tag}>' for cell in row.split('|'))}</tr>"
        for tag, row in (("th", f"Length | {heads}"), ("td", f"60 minutes | {cells}"))
    )
    page = f"<h1>Massage in Calgary</h1><table>{rows}</table>"
    assert [told(claim) for claim in found(page, "a.html")] == expected


FRONT = "---\n{}\n---\n\n{}\n"


@pytest.mark.parametrize(
    ("front", "text", "expected"),
    [
        ("region: [Calgary, Edmonton]", "An hour of NMT costs $90.", "neuromuscular_therapy 60 - 90 Calgary and Edmonton"),
        ("region: Calgary, Edmonton", "An hour of NMT costs $90.", "neuromuscular_therapy 60 - 90 Calgary and Edmonton"),
        ('region: "Calgary"  # city', "An hour of NMT costs $90.", "neuromuscular_therapy 60 - 90 Calgary"),
        ("region:\n  - Banff\n  - Jasper", "An hour of NMT costs $90.", "neuromuscular_therapy 60 - 90 Banff and Jasper"),
        ("title: >\n  NMT\n  in Calgary", "An hour costs $90.", "neuromuscular_therapy 60 - 90 Calgary"),
        ("modality: nmt\nminutes: 90", "# What massage costs\n\nExpect $140.", "neuromuscular_therapy 90 - 140 -"),
        ("modality: deep tissue", "An hour of NMT costs $90.", "neuromuscular_therapy 60 - 90 -"),
        ("minutes: 90", "An hour of NMT costs $90.", "neuromuscular_therapy 60 - 90 -"),
        ("title: NMT: its price", "An hour costs $90.", "neuromuscular_therapy 60 - 90 -"),  # no YAML, read by line
    ],
)  # fmt: skip
def test_slots_come_from_the_front_matter(front: str, text: str, expected: str) -> None:
    assert [told(claim) for claim in found(FRONT.format(front, text))] == [expected]


def test_front_matter_in_toml() -> None:
    (claim,) = found('+++\nregion = ["Calgary"]\nminutes = 90\n[menu]\nx = 1\n+++\n\nNMT costs $140.\n')
    assert told(claim) == "neuromuscular_therapy 90 - 140 Calgary"


def test_a_currency_in_the_front_matter_outranks_the_region() -> None:
    (claim,) = found(FRONT.format("currency: USD", "An hour of NMT in Calgary costs $90."))
    assert claim.currency == "USD"
    (claim,) = found(FRONT.format("currency: USD", "An hour of NMT in Calgary costs C$90."))
    assert claim.currency == "CAD"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Red Deer\n\nAn hour costs $90.", ["massage_therapy 60 - 90 Red Deer"]),
        ("# Banff\n\nAn hour costs $150.", ["massage_therapy 60 - 150 Banff"]),
        ("- Red Deer: $90 an hour\n- **Canmore:** $120 an hour", ["massage_therapy 60 - 90 Red Deer", "massage_therapy 60 - 120 Canmore"]),
        ("| Town | Kind | 60 min |\n|---|---|---|\n| Red Deer | Swedish | $90 |", ["swedish 60 - 90 Red Deer"]),
        ("# Massage in Calgary\n\n| Kind | 60 min |\n|---|---|\n| Standard | $90 |", ["massage 60 - 90 Calgary"]),
        ("**Calgary:** $100 an hour  \n**Edmonton:** $95 an hour", ["massage_therapy 60 - 100 Calgary", "massage_therapy 60 - 95 Edmonton"]),
        ("# Massage in Calgary\n\nAn hour costs $100 - but in Edmonton it is near $85.", ["massage 60 - 100 Calgary", "massage 60 - 85 Edmonton"]),
        ("# Massage in Banff\n\nUnlike in Calgary, an hour here costs $150.", ["massage 60 - 150 Banff"]),
        ("# Massage in Banff\n\nThe Calgary Stampede is far. An hour costs $150.", ["massage 60 - 150 Banff"]),
        ("# Massage in Banff\n\nA study of the University of Calgary praises it. An hour costs $150.", ["massage 60 - 150 Banff"]),
        ("# What Calgary Clinics Charge\n\nAn hour costs $100.", ["massage_therapy 60 - 100 Calgary"]),
        ("More than 30 clinics in Calgary ask $90 for an hour.", ["massage_therapy 60 - 90 Calgary"]),
        ("# Massage in Banff\n\nQ: What does a two-hour massage cost?\n\nA: Between $190 and $240.", ["massage 120 190-240 - Banff"]),
        ("- A 90-minute massage in Calgary\n  - $130 to $150\n- One hour of NMT in Banff\n  - $150", ["massage 90 130-150 - Calgary", "neuromuscular_therapy 60 - 150 Banff"]),
    ],
)  # fmt: skip
def test_regions_come_from_the_words_that_are_about_the_price(text: str, expected: list[str]) -> None:
    assert [told(claim) for claim in found(text)] == expected


@pytest.mark.parametrize(
    "page",
    [
        "<dl><dt>60-minute massage in Calgary</dt><dd>$95 to $120</dd></dl>",
        "<ul><li>60-minute massage in Calgary<ul><li>$95 to $120</li></ul></li></ul>",
        "<ol><li><p>60-minute massage in Calgary</p><ul><li><p>$95 to $120</p></li></ul></li></ol>",
    ],
)
def test_what_stands_under_an_item_is_about_it(page: str) -> None:
    assert [told(claim) for claim in found(page, "a.html")] == ["massage 60 95-120 - Calgary"]


def test_what_is_only_compared_with_bars_nothing() -> None:
    (claim,) = found("Unlike a gym membership, an hour of massage in Calgary costs $90.")
    assert claim.barred is None


def test_prices_in_general_tell_the_tax_of_each() -> None:
    for text in (
        "An hour costs $90. Prices include GST.", "All prices include GST:\n\n- 60 minutes: $90\n",
        "Prices include GST.\n\n| Kind | 60 min |\n|---|---|\n| NMT | $90 |",
    ):  # fmt: skip
        (claim,) = found(text)
        assert claim.tax is Tax.INCLUDED
    (claim,) = found("An hour costs $90. Ask whether prices include GST.")
    assert claim.tax is None


@pytest.mark.parametrize(
    ("words", "tax"),
    [
        ("+ GST", Tax.EXCLUDED),
        (", GST included", Tax.INCLUDED),
        (" plus tax", Tax.EXCLUDED),
        ("", None),
        (" all-in", Tax.INCLUDED),
    ],
)
def test_tax_words(words: str, tax: Tax | None) -> None:
    (claim,) = found(f"A 60-minute massage costs $100{words}.")
    assert claim.tax is tax


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A 60-minute massage costs $150 or more.", "open end"),
        ("Student clinics charge $35 to $50 for 60 minutes.", "some clients"),
        ("Luxury hotels charge $180 to $240 for 60 minutes.", "part of the market"),
        ("In 2015 a 60-minute massage cost $70 to $90.", "another time"),
        ("Prices for 60 minutes rose from $90 to $110.", "another time"),
        ("A 60 to 90 minute massage costs $90 to $150.", "several lengths"),
        ("Our clinic charges $80 for 60 minutes.", "one clinic"),
        ("Chair massage costs $1 a minute.", "by the minute"),
    ],
)
def test_what_no_figure_can_answer_says_why(text: str, why: str) -> None:
    (claim,) = found(text, region="Calgary")
    assert why in (claim.barred or "")


def test_ignored_by_the_author() -> None:
    for text in (
        f"{CLAIM} <!-- rate: ignore checked by phone -->", f"<!-- rate: ignore checked by phone -->\n{CLAIM}",
        f"<!-- rate: ignore checked by phone -->\n\n{CLAIM}\n\n{CLAIM}", f"x <!-- rate:ignore: checked by phone --> {CLAIM}",
        f"{CLAIM}\n<!-- rate: ignore checked by phone -->\n\n{CLAIM}", f"{CLAIM}\n<!-- rate: ignore checked by phone -->",
        f"- {CLAIM} <!-- rate: ignore checked by phone -->\n- {CLAIM}",
    ):  # fmt: skip
        first, *others = found(text)
        assert first.ignored == "checked by phone", text
        assert not any(claim.ignored for claim in others)
    for text in (
        f"- {CLAIM}\n- {CLAIM}\n  - {CLAIM}\n", "| a | b |\n|---|---|\n| 60 min massage | $90 |\n| 90 min massage | $120 |\n",
    ):  # fmt: skip
        *vouched, last = found(f"{CLAIM}\n\n<!-- rate: ignore all mine -->\n{text}\n{CLAIM}\n")
        assert [claim.ignored for claim in vouched] == [None] + ["all mine"] * (len(vouched) - 1)
        assert last.ignored is None
    page = f"<!-- rate: ignore all mine --><ul><li>{CLAIM}</li><li>{CLAIM}</li></ul><p>{CLAIM}</p>"
    assert [claim.ignored for claim in found(page, "a.html")] == ["all mine", "all mine", None]
    (claim,) = found(f"<div><!-- rate: ignore --><p>{CLAIM}</p></div>", "a.html")
    assert claim.ignored == "no reason given"
