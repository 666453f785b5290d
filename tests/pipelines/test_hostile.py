"""Pages that lie, break off or are made to choke a reader: none ends a crawl, none hangs it, nothing is lost unsaid."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.readers import read_page
from pipelines.readers.website import MOST_AMOUNTS
from pipelines.readers.website.outline import LONGEST_LINE, MOST_LINES
from pipelines.records import Page
from tests.golden import pages

#: Real pages, where a checkout has them beside it; the project's own pages are enough to run on.
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
ROUNDS = 4


def soundly_read(body, media_type="text/html"):
    """The reading of a page, which must be one that a crawl can go on from."""
    reading = read_page(Page(body, media_type=media_type))
    assert not any(r.reason.startswith("the reader failed") for r in reading.rejections), reading.rejections
    assert all(o.price >= 0 and (o.minutes is None or 5 <= o.minutes <= 300) for o in reading.offers)
    assert all(o.snippet for o in reading.offers)
    return reading


@given(st.binary(max_size=2_000))
@settings(max_examples=150, deadline=None)
def test_any_bytes(body):
    for media_type in ("text/html", "text/plain"):
        soundly_read(body, media_type)


FRAGMENTS = st.sampled_from(
    ["<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "<b>", "60 min", "$85", " $ ", "30/60/90", "½ hour", "from", "–",
     "Swedish Massage", "+GST", "<br>", "<li>", "<s>", "</s>", "&nbsp;", "90", "&#36;70", "<!--", "-->", "1hr", "\0", "¦",
     "\ufdd0", "\ufdd1", "\u2003", "İ", "&#x0;", "&unknown;", "</body>", "<svg>", "<h2>", "<select><option>", "<script>"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_price_page_parts(parts):
    soundly_read("".join(parts).encode())


def cut(body, chance):
    return body[: chance.randrange(len(body))]


def lose_a_piece(body, chance):
    start = chance.randrange(len(body))
    return body[:start] + body[start + chance.randrange(1, 400) :]


def repeat_a_piece(body, chance):
    start = chance.randrange(len(body))
    return body[:start] + body[start : start + 300] * chance.randrange(2, 30) + body[start:]


def flip_bytes(body, chance):
    changed = bytearray(body)
    for _ in range(1 + len(body) // 200):
        changed[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(changed)


def insert_trouble(body, chance):
    trouble = chance.choice(
        [b"\0", b"&#0;", b"&#xFFFFFF;", b"<", b">", b"</div></div>", b"<table>", b"<!--", b"\xff\xfe", b"\xed\xa0\x80",
         b"$" * 500, b"9" * 500, b"&nbsp;" * 300, b"<div>" * 3_000, b"<s>", b"<plaintext>", b"<textarea>", b"min" * 300]
    )  # fmt: skip
    for _ in range(3):
        start = chance.randrange(len(body))
        body = body[:start] + trouble + body[start:]
    return body


def speak_utf_16(body, _chance):
    return body.decode("utf-8", "replace").encode("utf-16")


MUTATIONS = (cut, lose_a_piece, repeat_a_piece, flip_bytes, insert_trouble, speak_utf_16)


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_price_pages_broken_at_random(mutate):
    real = sorted(CORPUS.glob("*/pages/*")) if CORPUS.exists() else []
    for path in [*dict(pages()).values(), *real]:
        body = path.read_bytes()
        chance = random.Random(f"{mutate.__name__} {path.name}")
        for _ in range(ROUNDS if body else 0):
            soundly_read(mutate(body, chance), "text/plain" if path.suffix == ".txt" else "text/html")


CHOKING = {
    "nested blocks": "<div>" * 100_000 + "60 min $85",
    "nested inline": "<b>" * 50_000 + "Swedish 60 min $85",
    "nested tables": "<table>" * 3_000 + "<tr><td>60 min<td>$85",
    "digits": "9" * 1_000_000,
    "digit groups": "9 9" * 300_000,
    "dollar signs": "$" * 300_000,
    "amounts in one line": "60 min $85 " * 20_000,
    "slashes": "1 / " * 100_000,
    "half lengths": "1 and " * 100_000,
    "brackets": "(" * 100_000 + "$85",
    "struck scraps": "<s>$9</s> " * 50_000,
    "scraps between comments": "a<!-- -->" * 100_000 + "60 min $85",
    "dashes": "60 min " + "-" * 200_000 + " $85",
    "leaders": "Swedish " + "." * 200_000 + " $85",
    "label words": "from " * 50_000 + "$85",
    "list entries": "<ul>" + "<li>Swedish" * 20_000 + "</ul><p>60 min $85",
    "entities": "&amp;" * 200_000 + "60 min $85",
    "unclosed cells": "<table>" + "<tr>" + "<td>60 min<td>$85" * 10_000,
}


@pytest.mark.parametrize("page", CHOKING.values(), ids=CHOKING)
@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_pages_made_to_choke_a_reader(page, media_type):
    soundly_read(page.encode(), media_type)


@pytest.mark.parametrize("scrap", ["<div>", "<ul><li>", "<dl><dt>", "<b></i>", "<DIV><br></span>"])
def test_a_page_nested_without_end_is_not_parsed_and_says_so(scrap):
    reading = soundly_read((scrap * 300_000 + "60 min $85").encode())
    assert [r.reason for r in reading.rejections] == ["nested deeper than any page for people"]


def test_a_table_nested_without_end_in_a_text_costs_no_more_than_itself():
    body = f"# Swedish Massage\n60 min $85\n<table>{'<div>' * 8_000}</table>\n90 min $120\n"
    reading = soundly_read(body.encode(), "text/plain")
    assert [(offer.minutes, offer.price) for offer in reading.offers] == [(60, 8_500), (90, 12_000)]


def test_a_page_of_many_tags_is_no_deep_one():
    page = "<div><p>60 min $85<p>aside<br><img></div><ul><li>a<li>b</ul>" * 2_000
    assert soundly_read(f"<h2>Swedish massage</h2>{page}".encode()).offers


def test_what_stands_behind_the_longest_line_is_set_aside():
    reading = soundly_read(
        b"<p>" + b"Deep tissue massage " * (LONGEST_LINE // 10) + b"60 min $85</p><p>Swedish 60 min $90</p>"
    )
    assert [(o.service, o.price) for o in reading.offers] == [("Swedish", 9_000)]
    assert any("longest line" in r.reason and "$85" in r.text for r in reading.rejections)


def test_a_page_longer_than_any_price_list_is_read_to_its_limit_and_says_so():
    reading = soundly_read(
        b"<h2>Swedish massage</h2><p>60 min $90</p>" + b"<p>word</p>" * MOST_LINES + b"<p>90 min $130</p>"
    )
    assert [o.price for o in reading.offers] == [9_000]
    assert [r.reason for r in reading.rejections] == [f"3 lines behind the first {MOST_LINES} were not read"]


def test_a_page_of_more_amounts_than_any_price_list_is_read_to_its_limit_and_says_so():
    cards = "".join(f"<p>Massage number {n} 60 min ${60 + n}</p>" for n in range(MOST_AMOUNTS + 20))
    reading = soundly_read(cards.encode())
    assert len(reading.offers) == MOST_AMOUNTS
    assert [r.reason for r in reading.rejections] == [f"20 amounts behind the first {MOST_AMOUNTS} were not read"]


def test_a_line_of_more_amounts_than_any_is_set_aside():
    reading = soundly_read(b"<h2>Swedish massage</h2><p>60 min $90</p><p>" + b"90 min $130 " * 100)
    assert [o.price for o in reading.offers] == [9_000]
    assert [r.reason for r in reading.rejections] == ["100 amounts in one line"]


ODD_NUMBERS = {"a mark that is a digit": "²", "a digit and a mark": "6²", "thousands of digits": "9" * 5_000}
PLACES_OF_NUMBERS = {
    "head of a column": "<table><tr><th>Service<th>{}<th>90<tr><td>Hot Stones<td>$85<td>$120</table>",
    "span of a cell": "<table><tr><th colspan='{}'>Service<tr><td>Hot Stones<td>$85</table>",
    "line above its unit": "<p>{}</p><p>minutes</p><p>Hot Stones $85</p>",
    "one of several lines": "<p>{0}</p><p>{0}</p><p>Hot Stones</p><p>$85</p><p>$120</p>",
}


@pytest.mark.parametrize("number", ODD_NUMBERS.values(), ids=ODD_NUMBERS)
@pytest.mark.parametrize("place", PLACES_OF_NUMBERS.values(), ids=PLACES_OF_NUMBERS)
def test_a_number_that_is_none_costs_a_page_nothing_else(place, number):
    reading = soundly_read(f"<h2>Swedish massage</h2><p>60 min $90</p>{place.format(number)}".encode())
    assert (60, 9_000) in [(offer.minutes, offer.price) for offer in reading.offers]


@pytest.mark.parametrize("number", ODD_NUMBERS.values(), ids=ODD_NUMBERS)
def test_a_length_in_a_script_that_is_none_costs_the_others_nothing(number):
    menu = (
        '[{"name": "Hot Stones", "duration": "%s", "price": 85}, {"name": "Thai massage", "duration": 60, "price": 90}]'
    )
    reading = soundly_read(f"<h1>Our menu</h1><script>var menu = {menu % number};</script>".encode())
    assert [(offer.service, offer.minutes, offer.price) for offer in reading.offers] == [("Thai massage", 60, 9_000)]
