"""What must hold of the way from printed words to comparable prices, whatever the words are."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.modality import MODALITIES, find_modality
from pipelines.normalize import BINS, duration_bin, normalize
from pipelines.primary import modality
from pipelines.readers import read_page
from pipelines.records import INFERRED_LENGTH, UNKNOWN_NAME, Audience, Category, Offer, Page, TaxBasis, TaxWords

DAY = date(2026, 11, 21)
SERVICES = ("Swedish massage", "Deep tissue massage", "Hot stone massage", "Foot reflexology", "Prenatal massage")
rows = st.lists(
    st.tuples(st.sampled_from(SERVICES), st.sampled_from((30, 45, 60, 75, 90)), st.integers(40, 220)),
    min_size=2, max_size=6, unique_by=lambda row: row[:2],
)  # fmt: skip
prices = st.builds(
    Offer,
    service=st.sampled_from(SERVICES), price=st.integers(100, 1_000_000), category=st.sampled_from(Category),
    snippet=st.just("x"), where=st.just("p"), reader=st.just("website"), minutes=st.none() | st.integers(5, 300),
    tax=st.none() | st.sampled_from(TaxWords), audience=st.sampled_from(Audience), confidence=st.floats(0, 1),
)  # fmt: skip


def told(page):
    """Service, minutes and cents of what is read on a page."""
    return {(o.service, o.minutes, o.price) for o in read_page(Page(page.encode())).offers}


def table(found):
    return "".join(f"<tr><td>{name}<td>{minutes} min<td>${dollars}" for name, minutes, dollars in found)


@given(rows, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_does_not_matter(found, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    assert told(f"<h1>Rates</h1><table>{table(found)}</table>") == told(f"<h1>Rates</h1><table>{table(mixed)}</table>")


@given(rows)
@settings(max_examples=60, deadline=None)
def test_a_far_away_refusal_changes_no_price(found):
    menu = f"<section><h1>Rates</h1><table>{table(found)}</table></section>"
    talk = (
        "<section><h2>Tips</h2><p>Most people leave about $10 to $20, and nobody keeps a list of who did.</p></section>"
    )
    assert told(menu) == told(menu + talk) == told(talk + menu)


@given(rows)
@settings(max_examples=60, deadline=None)
def test_dollars_in_are_cents_out(found):
    assert {price for *_, price in told(f"<table>{table(found)}</table>")} == {dollars * 100 for *_, dollars in found}


@given(prices)
def test_normalising_is_idempotent(offer):
    """A price that was made comparable stays what it is: its cents are before tax, its length its bin's."""
    price = normalize(offer, DAY)
    again = normalize(dataclasses.replace(offer, price=price.cents, tax=TaxWords.PLUS_GST), DAY)
    assert (again.cents, again.tax_basis) == (price.cents, TaxBasis.EXCLUDED)
    assert duration_bin(price.duration_bin) == price.duration_bin
    if offer.tax is not TaxWords.GST_INCLUDED:
        assert price.cents == offer.price


@pytest.mark.parametrize("minutes", range(5, 301))
def test_every_length_counts_in_one_bin_or_none(minutes):
    inside = [length for length, (least, most) in BINS.items() if least <= minutes <= most]
    assert [duration_bin(minutes)] == (inside or [None])


def test_a_name_of_several_modalities_gives_its_price_to_each():
    (offer,) = read_page(Page(b"<p>Massage therapy: deep tissue, NMT, prenatal - 60 min $105</p>")).offers
    assert {"deep_tissue", "neuromuscular_therapy", "prenatal"} <= set(offer.modalities)


def test_every_synonym_finds_its_modality():
    lost = {
        (synonym, entry.id)
        for entry in MODALITIES.values()
        for synonym in (entry.id, entry.name, *entry.synonyms)
        if (found := find_modality(synonym)) is None or found.id != entry.id
    }
    assert not lost


def test_short_names_count_in_capitals_only():
    assert modality("ART session", (), clinical=True)[0] == "active_release"
    assert modality("State of the art session", (), clinical=True)[0] != "active_release"


def test_an_unknown_name_is_marked_and_never_guessed():
    (offer,) = read_page(Page(b"<title>Massage</title><h2>Zephyr Passage</h2><p>60 min $90</p>")).offers
    assert offer.flags == (UNKNOWN_NAME,)
    assert offer.modality in ("massage", "massage_therapy")


def test_a_length_without_a_unit_is_marked():
    (offer,) = read_page(Page(b"<title>Massage</title><p>Swedish massage 60 $90</p>")).offers
    assert (offer.minutes, offer.flags) == (60, (INFERRED_LENGTH,))
