"""How a person lives with flagged prices: see each with its evidence, decide once, and not be asked again."""

import json

from tests.conftest import REGISTRY_HEAD, site

PAGES = {
    "/": """<title>Foothill Hands</title><h1>Massage therapy</h1>
      <h2>The Long Exhale</h2><p>60 min $96</p>
      <h2>Deep tissue massage</h2><p>60 min $105</p><p>90 min $85</p>
      <h2>Relaxation massage</h2><p>30 min $30</p>
      <h2>Swedish massage</h2><p>60 min $98</p>"""
}


def crawled(ratecard, tmp_path, port):
    registry = tmp_path / "clinics.csv"
    registry.write_text(
        f"{REGISTRY_HEAD}foothill,Foothill Hands,Calgary,AB,,,http://foothill.localhost:{port}/,,,by hand\n"
    )
    done = ratecard("crawl", "--clinics", str(registry))
    assert done.returncode == 0, done.stderr


def review(ratecard, topic="flags"):
    return json.loads(ratecard("review", topic, "--format", "json").stdout)["rows"]


def votes(ratecard):
    query = "select service, duration_min from voting_prices order by all"
    return ratecard("sql", query, "--format", "csv").stdout.splitlines()[1:]


def test_a_flagged_price_is_decided_once(ratecard, tmp_path):
    with site(dict(PAGES)) as port:
        crawled(ratecard, tmp_path, port)
        flags = {row["check_name"]: row for row in review(ratecard)}
        assert set(flags) == {"unknown_name", "length_curve", "digits"}
        assert flags["unknown_name"]["service"] == "The Long Exhale"
        assert "90 minutes at $85.00 do not fit 60 minutes at $105.00" in flags["length_curve"]["reason"]
        assert flags["digits"]["reason"] == "the price equals the minutes"
        assert all(row["snippet"] and row["link"].startswith("http://foothill.localhost") for row in flags.values())
        assert votes(ratecard) == ["Deep tissue massage,60", "Swedish massage,60"]

        told = ratecard("decide", "keep", flags["digits"]["flag_id"], "--reason", "half an hour is 30 dollars there")
        assert "decisions.csv" in told.stderr
        ratecard("decide", "drop", flags["length_curve"]["flag_id"], "--reason", "an old price")
        assert ratecard("build").returncode == 0
        assert votes(ratecard) == ["Deep tissue massage,60", "Relaxation massage,30", "Swedish massage,60"]
        assert [row["check_name"] for row in review(ratecard)] == ["unknown_name"]
        decided = {row["check_name"]: (row["verdict"], row["because"]) for row in review(ratecard, "decided")}
        assert decided["digits"] == ("keep", "half an hour is 30 dollars there")

        crawled(ratecard, tmp_path, port)  # the next crawl does not ask again
        assert [row["check_name"] for row in review(ratecard)] == ["unknown_name"]
        assert "Relaxation massage,30" in votes(ratecard)


def test_an_unknown_name_is_suggested_and_a_wrong_flag_refused(ratecard, tmp_path):
    with site(dict(PAGES)) as port:
        crawled(ratecard, tmp_path, port)
    (row,) = review(ratecard, "unknown")
    assert row["service"] == "The Long Exhale"
    refused = ratecard("decide", "keep", "nonsense", "--reason", "x")
    assert refused.returncode == 2
    assert "no flag nonsense" in refused.stderr


def test_a_broken_file_of_decisions_stops_the_build_with_its_line(ratecard, tmp_path):
    with site(dict(PAGES)) as port:
        crawled(ratecard, tmp_path, port)
    flag = review(ratecard)[0]["flag_id"]
    ratecard("decide", "keep", flag, "--reason", "seen")
    path = tmp_path / "data" / "decisions.csv"
    path.write_text(path.read_text().replace(",keep,", ",perhaps,"))
    done = ratecard("build")
    assert done.returncode == 3
    assert "decisions.csv line 2: 'perhaps' is not a valid Verdict" in done.stderr


def test_a_verdict_without_a_reason_is_refused(ratecard, tmp_path):
    refused = ratecard("decide", "keep", "3f9a1c20", "--reason", " ")
    assert refused.returncode == 2
    assert "--reason is blank: somebody will ask in a year" in refused.stderr
