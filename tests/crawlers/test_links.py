"""Which links are a clinic's own menu: on its site, on a site it shares, on its booking platform."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawlers.links import menu_links
from crawlers.registry import by_site, own_places, read_registry
from tests.conftest import REGISTRY_HEAD


def links(html: str, base: str = "https://willow.example/", places: tuple[str, ...] = ("willow.example",)) -> list[str]:
    return [url for _, url in menu_links(LexborHTMLParser(html.encode()), base, places)]


def anchors(*hrefs: str, text: str = "rates") -> str:
    return " ".join(f'<a href="{href}">{text}</a>' for href in hrefs)


def test_best_promise_first_and_each_link_once():
    html = anchors("/massage", text="Massage") + anchors(
        "/rates", "/rates#top", "/rates?utm_source=x", text="Our rates"
    )
    assert links(html) == ["https://willow.example/rates", "https://willow.example/massage"]


@pytest.mark.parametrize(
    "href",
    ["/rates.pdf", "/rates.JPG", "/cart/rates", "/login?next=/rates", "/calendar/rates", "mailto:rates@willow.example",
     "tel:+14035550100", "javascript:rates()", "https://elsewhere.example/rates", "https://willow.example.evil/rates",
     "/rates?a=1&b=2&c=3&d=4", "http://[oops/rates", "http://willow.example:rates/", "https://notwillow.example/rates",
     "/rates" + "x" * 600, "/2024/05/rates"],
)  # fmt: skip
def test_links_that_are_not_worth_a_visit(href):
    assert links(anchors(href)) == []


def test_scheme_and_www_do_not_make_another_site():
    assert links(anchors("http://www.willow.example/rates")) == ["http://www.willow.example/rates"]


def test_booking_platform_is_reached_from_the_clinics_site():
    assert links(anchors("https://willow.janeapp.com/#/list", text="x")) == ["https://willow.janeapp.com/"]


def test_booking_platform_does_not_lead_to_other_clinics():
    html = anchors("https://other.janeapp.com/", "/locations/north/book")
    base, places = "https://willow.janeapp.com/", ("willow.example", "willow.janeapp.com")
    assert links(html, base, places) == ["https://willow.janeapp.com/locations/north/book"]


def own(tmp_path, *addresses: tuple[str, str]) -> list[frozenset[str]]:
    path = tmp_path / "clinics.csv"
    rows = (f"c{n},C,Calgary,AB,,,{website},{booking},,t\n" for n, (website, booking) in enumerate(addresses))
    path.write_text(REGISTRY_HEAD + "".join(rows))
    return list(own_places(by_site(read_registry(path))).values())


def test_a_clinic_owns_its_whole_site_even_if_it_begins_below_the_root(tmp_path):
    assert own(tmp_path, ("https://www.a.example/home/", "")) == [{"a.example"}]


def test_clinics_that_share_a_host_own_their_part_of_it(tmp_path):
    assert own(tmp_path, ("https://a.example/banff", ""), ("https://a.example/jasper", "")) == [
        {"a.example/banff"}, {"a.example/jasper"}
    ]  # fmt: skip


def test_of_a_booking_site_only_the_clinics_page_is_its_own(tmp_path):
    found = own(tmp_path, ("", "https://book.example/a/one"), ("https://two.example", "https://book.example/a/two"))
    assert found == [{"book.example/a/one"}, {"two.example", "book.example/a/two"}]
