"""The bundled sample clinics: they are served by host, and what they print gives the figure they were made for."""

from __future__ import annotations

import csv
import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest

from crawlers import samples
from crawlers.samples import SampleServer, serve
from pipelines.modality import MODALITIES
from pipelines.places import find_place
from pipelines.readers import menu_urls, read_page
from pipelines.records import Category, Page


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with serve(0) as running:
        yield running


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    text = resources.files("crawlers.samples").joinpath("expected.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def clinics(server: SampleServer) -> list[dict[str, str]]:
    with server.clinics_csv.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hosts(row: dict[str, str]) -> list[str]:
    """The site folders of a registry row: its own, and its booking page's."""
    urls = [url for url in (row["website"], row["booking_url"]) if url]
    return [(urlsplit(url).hostname or "").removesuffix(".localhost") for url in urls]


def get(server: SampleServer, host: str, path: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", f"{host}.localhost:{server.port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_one_server_answers_for_each_host(server: SampleServer) -> None:
    answer, body = get(server, "bowline-nmt", "/")
    other, other_body = get(server, "riverbend-massage", "/")
    assert (answer.status, other.status) == (200, 200)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"Bowline" in body
    assert b"Riverbend" in other_body


def test_text_is_served_as_text(server: SampleServer) -> None:
    answer, body = get(server, "bower-massage", "/rates.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert b"Trigger Point" in body


def test_a_page_declares_its_own_charset(server: SampleServer) -> None:
    answer, body = get(server, "old-town-clinic", "/services.html")
    assert answer.headers.get_content_charset() is None
    assert b"windows-1252" in body
    assert "1½ hours" in body.decode("windows-1252")


def test_links_to_booking_pages_carry_the_port(server: SampleServer) -> None:
    _, body = get(server, "nosehill-rmt", "/")
    assert f"http://nosehill.janeapp.localhost:{server.port}/".encode() in body
    assert b"{port}" not in body


@pytest.mark.parametrize("path", ["/nowhere.html", "/rates", "/%00", "/DOWN"])
def test_what_is_not_there_is_404(server: SampleServer, path: str) -> None:
    assert get(server, "bowline-nmt", path)[0].status == 404


def test_an_unknown_host_is_404(server: SampleServer) -> None:
    assert get(server, "no-such-clinic", "/")[0].status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../bowline-nmt/rates.html",
        "/%2e%2e/bowline-nmt/rates.html",
        "/..%2fbowline-nmt%2frates.html",
        "/../../__init__.py",
        "//etc/passwd",
        "/%2fetc/passwd",
    ],
)
def test_no_path_leads_out_of_a_site(server: SampleServer, path: str) -> None:
    assert get(server, "riverbend-massage", path)[0].status == 404


@pytest.mark.parametrize("host", ["..", "../samples/sites/bowline-nmt", "."])
def test_no_host_leads_out_of_the_sites(server: SampleServer, host: str) -> None:
    with pytest.raises(RemoteDisconnected):
        get(server, host, "/")


def test_the_clinic_that_is_down_drops_the_connection(server: SampleServer) -> None:
    with pytest.raises(RemoteDisconnected):
        get(server, "inglewood-quiet", "/")


def test_a_taken_port_is_no_obstacle() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with serve(taken) as running:
            assert running.port != taken
            assert get(running, "bowline-nmt", "/")[0].status == 200


def test_the_server_leaves_nothing_behind() -> None:
    with serve(0) as running:
        registry = running.clinics_csv
        assert registry.exists()
    assert not registry.exists()
    with pytest.raises(ConnectionRefusedError):
        get(running, "bowline-nmt", "/")


def test_every_clinic_has_a_site_and_every_site_a_clinic(server: SampleServer) -> None:
    named = [host for row in clinics(server) for host in hosts(row)]
    assert sorted(named) == sorted(folder.name for folder in samples.sites().iterdir())


def test_the_registry_is_in_order(server: SampleServer) -> None:
    rows = clinics(server)
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids) >= 24
    assert all(find_place(row["city"]) for row in rows)
    assert all(urlsplit(row["website"]).port == server.port for row in rows)
    assert {menu_urls(row["booking_url"])[0] for row in rows if row["booking_platform"] == "jane"} == {
        row["booking_url"] for row in rows if row["booking_url"]
    }


def test_expected_offers_use_the_words_of_the_house(expected: dict[str, Any]) -> None:
    assert set(expected["offers"]) == {folder.name for folder in samples.sites().iterdir()}
    for offer in (offer for offers in expected["offers"].values() for offer in offers):
        category = Category(offer["category"])
        assert (offer["modality"] in MODALITIES) == (category in {Category.MASSAGE, Category.COUPLES}), offer


def pages(host: str) -> Iterator[Path]:
    """The pages of a site that its robots.txt leaves open."""
    for file in sorted((samples.sites() / host).rglob("*")):
        if file.suffix in {".html", ".txt"} and file.name != "robots.txt" and "private" not in file.parts:
            yield file


def read(host: str) -> set[tuple[int | None, int]]:
    """Minutes and cents of all that the readers find on a site's open pages."""
    found = set()
    for file in pages(host):
        media_type = "text/plain" if file.suffix == ".txt" else "text/html"
        reading = read_page(Page(file.read_bytes(), media_type=media_type))
        found |= {(offer.minutes, offer.price) for offer in reading.offers}
    return found


@pytest.mark.parametrize("host", sorted(folder.name for folder in samples.sites().iterdir()))
def test_the_readers_find_what_a_person_finds(expected: dict[str, Any], host: str) -> None:
    wanted = {(offer["minutes"], round(offer["price"] * 100)) for offer in expected["offers"][host]}
    assert read(host) == wanted


def kin(modality: str) -> set[str]:
    """A modality and all that rolls up into it."""
    found = {modality}
    while True:
        more = {m.id for m in MODALITIES.values() if m.rollup and found & set(m.parents)} - found
        if not more:
            return found
        found |= more


def votes(expected: dict[str, Any], rows: list[dict[str, str]]) -> dict[str, float]:
    """Each Calgary and Edmonton location's median regular 60-minute price of the NMT family, before GST."""
    family, found = kin("neuromuscular_therapy"), {}
    for row in rows:
        offers = [offer for host in hosts(row) for offer in expected["offers"][host]]
        prices = {
            (offer["service"], offer["price"] / 1.05 if offer["tax"] == "gst_included" else offer["price"])
            for offer in offers
            if (offer["minutes"], offer["audience"], offer["category"]) == (60, "regular", "massage")
            and offer["modality"] in family
        }
        if prices and row["city"] in {"Calgary", "Edmonton"}:
            found[row["id"]] = float(np.median([price for _, price in prices]))
    return found


def test_the_expected_offers_give_the_figure(server: SampleServer, expected: dict[str, Any]) -> None:
    cast = votes(expected, clinics(server))
    assert cast == pytest.approx({clinic: vote["vote"] for clinic, vote in expected["figure"]["votes"].items()})
    low, high = np.quantile(list(cast.values()), [0.1, 0.9], method="median_unbiased")
    assert 83.5 < low < 86.5
    assert 118.5 < high < 121.5
    assert [expected["figure"][end]["nearest_5"] for end in ("low", "high")] == [85, 120]
