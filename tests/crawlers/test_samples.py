"""The sample clinics: served by host, and made to imply the figure that the README shows."""

import http.client

import numpy as np
import pytest

from crawlers import samples
from crawlers.registry import read_registry
from tests.golden import pages, reading_of

NMT = {"neuromuscular_therapy", "trigger_point", "smrt"}
#: Site folders of the Calgary and Edmonton clinics that sell an hour of NMT; of two tiers the middle counts.
VOTES = {
    "bowline-nmt": 95, "riverbend-massage": 100, "glenmore-therapy": 102, "kestrel-wellness": 110, "sunalta-hands": 82,
    "nosehill.janeapp": 115, "beltline-bodywork": 108, "fish-creek-massage": 123, "strathcona-nmt": 86,
    "river-valley-massage": 89, "whyte-avenue-therapy": 105, "mill-creek-massage": 92, "jasperplace.janeapp": 98,
    "old-town-clinic": 119,
}  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with samples.serve(port=0) as running:
        yield running


def get(server, host, path="/"):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", f"{host}.localhost:{server.port}")
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def test_every_clinic_of_the_registry_has_a_site(server):
    for clinic in read_registry(server.clinics_csv):
        assert (samples.sites() / clinic.id).is_dir(), clinic.id


def test_sites_are_told_apart_by_host(server):
    assert "Sunalta Hands" in get(server, "sunalta-hands")[1]
    assert f"janeapp.localhost:{server.port}/" in get(server, "nosehill-rmt")[1]
    assert get(server, "sunalta-hands", "/rates.html")[0] == 404


@pytest.mark.parametrize(
    "path", ["/../clinics.csv", "/%2e%2e/clinics.csv", "/..%2fclinics.csv", "//etc/passwd", "/DOWN"]
)
def test_nothing_outside_a_site_is_served(server, path):
    assert get(server, "sunalta-hands", path)[0] == 404


@pytest.mark.parametrize("host", ["inglewood-quiet", "..", ""])
def test_down_and_unknown_hosts_drop_the_connection(server, host):
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        get(server, host)


def test_samples_imply_85_to_120_for_an_hour_of_nmt():
    # the golden readings say what the pages print; here they are counted as statisticians count
    hours: dict[str, set[float]] = {}
    for name, path in pages():
        for offer in reading_of(path)["offers"]:
            if offer.get("modality") in NMT and offer.get("minutes") == 60 and "bower" not in name:
                net = offer["price"] / 1.05 if offer.get("tax") == "gst_included" else offer["price"]
                hours.setdefault(name.partition("__")[0], set()).add(round(net, 2))
    votes = {site: float(np.median(sorted(prices))) for site, prices in hours.items() if site in VOTES}
    assert votes == VOTES
    low, high = np.quantile(list(VOTES.values()), [0.1, 0.9], method="median_unbiased")
    assert (round(low / 5) * 5, round(high / 5) * 5) == (85, 120)
