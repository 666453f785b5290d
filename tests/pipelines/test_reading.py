"""What must hold of any page, friendly or not."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.modality import MODALITIES, ancestors, words_outside
from pipelines.normalize import normalize
from pipelines.readers import platforms, read_page
from pipelines.records import Audience, Category, Offer, Page, TaxWords
from pipelines.table import ADDRESSES, OFFERS, REJECTIONS, tables
from pipelines.tax import before_tax
from tests.golden import pages

DAY = date(2026, 11, 21)
OFFER = Offer("Deep Tissue Massage", 10_000, Category.MASSAGE, "60 min $100", "p", "website", minutes=60,
              modality="deep_tissue", confidence=0.97)  # fmt: skip


def offers(html, media_type="text/html"):
    return [
        (o.service, o.minutes, o.price, o.category)
        for o in read_page(Page(html.encode(), media_type=media_type)).offers
    ]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("First visit/$88/30 minutes/$52/50 minutes/$76", {(None, 8800), (30, 5200), (50, 7600)}),
        ("Swedish/$80/60 minutes/$110/90 minutes/$25", {(60, 8000), (90, 11000), (None, 2500)}),
        ("Massage/$60/30 minutes/$80/60 minutes/$110", {(None, 6000), (None, 8000), (None, 11000)}),
    ],
    ids=["lengths before", "lengths behind", "both go"],
)
def test_no_price_gets_a_length_that_may_be_another_ones(lines, read):
    page = "<h2>Massage</h2>" + "".join(f"<p>{line}</p>" for line in lines.split("/"))
    assert {(minutes, price) for _, minutes, price, _ in offers(page)} == read


def test_comments_scripts_and_templates_hold_no_prices():
    page = "<h2>Swedish Massage</h2><!-- 60 min $55 --><script>'60 min $10'</script><template>60 min $20</template><p>60 min $90</p>"
    assert offers(page) == [("Swedish Massage", 60, 9_000, Category.MASSAGE)]


def test_visible_price_wins_over_json_ld_and_is_flagged():
    page = """<script type="application/ld+json">{"@type":"Offer","price":"70","itemOffered":{"name":"Swedish 60 minutes"}}
    </script><h2>Swedish Massage</h2><p>60 minutes $95</p>"""
    (offer,) = read_page(Page(page.encode())).offers
    assert offer.price == 9_500
    assert offer.flags == ("json-ld disagrees: $70.00",)


def test_json_ld_alone_is_read():
    page = """<div id=app></div><script type="application/ld+json">[{"@type":"Service","name":"Relaxation massage 90 minutes",
    "offers":{"@type":"Offer","price":135,"priceCurrency":"CAD"}}]</script>"""
    assert offers(page) == [("Relaxation massage 90 minutes", 90, 13_500, Category.MASSAGE)]


def test_broken_json_ld_is_set_aside():
    reading = read_page(Page(b'<script type="application/ld+json">{"price": 70,</script>'))
    assert "JSON-LD does not parse" in reading.rejections[0].reason


def test_page_in_another_encoding_is_read():
    page = '<meta charset="windows-1252"><h2>Massage thérapeutique</h2><p>1½ hours – $120</p>'.encode("windows-1252")
    (offer,) = read_page(Page(page)).offers
    assert (offer.service, offer.minutes, offer.modality) == ("Massage thérapeutique", 90, "therapeutic")


def test_every_booking_platform_has_a_golden_pair():
    read = {offer.reader for _, path in pages() for offer in read_page(Page(path.read_bytes())).offers}
    assert {platform.NAME for platform in platforms()} <= read


def test_jane_takes_what_the_client_gets_and_unescapes_after_parsing():
    page = b"""<script>const routerOptions = {
      treatments: [{"id": 1, "name": "Ben&amp;#39;s [60] Massage", "treatment_duration": 3600, "scheduled_duration": 4500,
                    "price": 95, "discipline_id": 1,}],
      disciplines: [{"id": 1, "name": "Massage Therapy"},],
    };
    function initializeRouter() {}</script>"""
    (offer,) = read_page(Page(page)).offers
    assert (offer.service, offer.minutes, offer.price, offer.reader) == ("Ben's [60] Massage", 60, 9_500, "jane")


def test_unreadable_jane_menu_is_set_aside():
    reading = read_page(Page(b"<script>const routerOptions = {treatments: [{]}; </script>"))
    assert not reading.offers
    assert "Jane menu" in reading.rejections[0].reason


@given(st.integers(1, 1_000_00))
def test_tax_taken_out_and_put_back_is_the_same_cent(cents):
    net, _ = before_tax(cents, TaxWords.GST_INCLUDED, DAY)
    assert abs(net * 105 - cents * 100) <= 53  # half a cent of net price


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"category": Category.COUPLES}, "category: couples"),
        ({"minutes": None}, "no length printed"),
        ({"minutes": 200}, "length outside the published ones"),
        ({"currency": "USD"}, "currency: USD"),
        ({"is_from": True}, "a from-price"),
        ({"price_max": 12_000}, "a price range"),
        ({"modality": None}, "modality unknown"),
        ({"service": "Chair massage"}, "setting: chair"),
        ({"audience": Audience.STUDENT}, "audience: student"),
        ({"audience": Audience.FOLLOW_UP}, None),
        ({"confidence": 0.5}, "read with low confidence"),
    ],
)
def test_who_votes(change, reason):
    assert normalize(dataclasses.replace(OFFER, **change), DAY).abstains == reason


def test_fifty_minute_hour_counts_as_sixty_and_is_marked():
    price = normalize(dataclasses.replace(OFFER, minutes=50), DAY)
    assert (price.duration_min, price.duration_bin, price.short_hour, price.cents) == (50, 60, True, 10_000)


def test_tables_have_their_schema_even_when_empty():
    found = tables([])
    assert (found.offers.schema, found.rejections.schema, found.addresses.schema) == (OFFERS, REJECTIONS, ADDRESSES)
    assert found.offers.num_rows == 0


def test_taxonomy_is_sound():
    names: dict[str, str] = {}
    for modality in MODALITIES.values():
        assert all(parent in MODALITIES for parent in modality.parents)
        assert modality.id not in ancestors(modality.id), "a cycle"
        for synonym in modality.synonyms:
            key = synonym if synonym.isupper() else " ".join(words_outside(synonym))
            assert names.setdefault(key, modality.id) == modality.id, f"{synonym} stands under two modalities"
    assert {"smrt", "trigger_point", "positional_release"} <= {
        m for m in MODALITIES if "neuromuscular_therapy" in ancestors(m)
    }
    assert json.dumps(sorted(MODALITIES))
