"""Which addresses a crawl may talk to, before and after a name is resolved."""

import pytest
from scrapy import Request

from crawlers.addresses import is_public, literal
from crawlers.middlewares.address_guard import AddressGuardMiddleware, AnonymousVisitError, BlockedAddressError


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
     "2002:7f00:1::", "64:ff9b::a00:1", "2001:db8::1"],
)  # fmt: skip
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]
)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0x7f000001", "[::1]", "127.0.0.1"])
def test_every_spelling_of_loopback_is_known(host):
    assert not is_public(literal(host))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/rates", "http://[::ffff:127.0.0.1]/", "http://localhost/",
     "http://a.localhost/", "http://user@127.0.0.1/", "http://example.com:8080/", "ftp://example.com/"],
)  # fmt: skip
def test_requests_that_leave_the_open_internet_are_refused(url):
    with pytest.raises(BlockedAddressError):
        AddressGuardMiddleware((), "me@example.org").process_request(Request(url))


@pytest.mark.parametrize("url", ["http://example.com/", "https://example.com:443/", "http://93.184.216.34/"])
def test_ordinary_addresses_pass(url):
    AddressGuardMiddleware((), "me@example.org").process_request(Request(url))


def test_only_the_named_hosts_may_be_private():
    guard = AddressGuardMiddleware(["*.localhost"], None)
    guard.process_request(Request("http://willow.localhost:8753/"))
    with pytest.raises(BlockedAddressError):
        guard.process_request(Request("http://127.0.0.1:8753/"))


def test_links_to_real_sites_are_not_followed_anonymously():
    with pytest.raises(AnonymousVisitError):
        AddressGuardMiddleware(["*.localhost"], None).process_request(Request("https://willow.janeapp.com/"))
