"""Address lines to places: which cue decides, which only supports, and when nothing is decided. All streets invented."""

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.address_names import read_names, word_set
from pipelines.addresses import SURE, Cue, locate
from pipelines.datafile import rows
from pipelines.page_addresses import addresses_in
from pipelines.phone_codes import serves
from pipelines.place_table import city_of
from pipelines.places import PLACES, regions
from pipelines.wordlists import entries

AREAS = rows("postal_areas.csv")
#: Names that an address has for other reasons: streets and quadrants; Windermere, which is two parts of one city.
SAYS_NO_MORE_THAN_ITS_CITY = {
    "124 Street", "17th Avenue", "Boyle Street", "Alberta Avenue", "Spruce Avenue", "Banff Trail", "Calgary NE",
    "Calgary NW", "Calgary SE", "Calgary SW", "Windermere",
}  # fmt: skip


def key_of(text):
    found = locate(text)
    return found and found.place.key


# -- the tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted({place.kind for place in PLACES.values()}))
def test_a_place_whose_name_is_its_key_is_found_by_name_and_province(kind):
    plain = [p for p in PLACES.values() if p.kind == kind and p.key == p.name]
    missed = {p.name for p in plain if key_of(f"{p.name}, AB") != p.key}
    assert missed <= SAYS_NO_MORE_THAN_ITS_CITY
    assert {key_of(f"{name}, AB") for name in missed} <= {None, "Calgary", "Edmonton"}


def test_a_shared_name_means_the_municipality_or_with_its_city_the_part_or_else_nothing():
    shared = [p for p in PLACES.values() if p.parent and p.key != p.name and p.name not in SAYS_NO_MORE_THAN_ITS_CITY]
    assert len(shared) > 30
    for place in shared:
        bare = locate(f"{place.name}, AB")
        assert bare is None or bare.place.rank < place.rank
        assert key_of(f"{place.name}, {place.parent}") == place.key
        assert key_of(f"{place.name}, {place.parent}, AB") == place.key


def test_every_part_of_a_city_is_found_in_it_or_leaves_it_the_place():
    for place in PLACES.values():
        if place.parent in ("Calgary", "Edmonton"):
            expected = place.parent if place.name in SAYS_NO_MORE_THAN_ITS_CITY else place.key
            assert key_of(f"{place.name}, {place.parent}, Alberta") == expected


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_postal_areas_decide_alone_only_with_high_confidence(confidence):
    areas = [area for area in AREAS if area["confidence"] == confidence]
    assert len(areas) == {"high": 124, "medium": 18, "low": 12}[confidence]
    for area in areas:
        decided = area["place"] if confidence == "high" else None
        assert key_of(f"{area['fsa']} 1A1") == key_of(f"12 Elm Street, AB {area['fsa'].lower()}1a1") == decided


def test_a_mixed_postal_area_supports_the_city_that_it_mostly_lies_in():
    for area in AREAS:
        if area["confidence"] == "medium":
            found = locate(f"{area['place']} {area['fsa']} 1A1")
            assert (found.place.key, found.basis, found.support) == (area["place"], Cue.CITY, Cue.POSTAL_CODE)


def test_the_lists_name_places_of_the_table_and_regions_that_exist():
    for name in entries("address", "alone") | entries("address", "by_province"):
        mentions, _ = read_names(name)
        assert [len(mention.options) for mention in mentions] == [1]
    for name in entries("address", "elsewhere"):
        assert [mention.options for mention in read_names(name)[0]] == [()]
    assert all(serves("403", region) or serves("780", region) for region in regions())
    assert word_set("alone").isdisjoint(word_set("ordinary"))


# -- single lines -------------------------------------------------------------------------------------------------

RESOLVED = [
    # the city named, and what agrees
    ("1204 Linden Road NW, Calgary, AB T2N 3Z9", "Calgary", Cue.CITY, Cue.POSTAL_CODE),
    ("#200-1204 Linden Rd NW Calgary Alberta", "Calgary", Cue.CITY, Cue.PROVINCE),
    ("Suite 4, 77 Elm Ave., Edmonton, A.B., Canada", "Edmonton", Cue.CITY, Cue.PROVINCE),
    ("5 Elm Dr\nOlds AB  T4H1A1", "Olds", Cue.CITY, Cue.POSTAL_CODE),
    ("Calgary, AB, CA", "Calgary", Cue.CITY, Cue.PROVINCE),
    ("CALGARY NW", "Calgary", Cue.CITY, Cue.NONE),
    ("YYC", "Calgary", Cue.CITY, Cue.NONE),
    ("Massage in Calgary", "Calgary", Cue.CITY, Cue.NONE),
    ("Massage Therapy Calgary AB", "Calgary", Cue.CITY, Cue.PROVINCE),
    ("Town of Banff, Alberta", "Banff", Cue.CITY, Cue.PROVINCE),
    ("Box 7, Bragg Creek AB T0L 0K0", "Bragg Creek", Cue.CITY, Cue.PROVINCE),
    ("Calgary, toll-free 1-800-555-0199", "Calgary", Cue.CITY, Cue.NONE),
    ("booking@edmontonmassage.ca, Lethbridge", "Lethbridge", Cue.CITY, Cue.NONE),
    # spellings
    ("12 Elm Street, St. Albert", "St. Albert", Cue.CITY, Cue.NONE),
    ("12 Elm St Saint Albert AB", "St. Albert", Cue.CITY, Cue.PROVINCE),
    ("St Albert T8N 1A1", "St. Albert", Cue.CITY, Cue.POSTAL_CODE),
    ("Ft. McMurray (780) 555-0100", "Fort McMurray", Cue.CITY, Cue.PHONE),
    ("8 Elm Cres, Sherwood Park, Strathcona County", "Sherwood Park", Cue.CITY, Cue.NONE),
    # a second cue for names that are also abroad
    ("Airdrie, 403-555-0100", "Airdrie", Cue.CITY, Cue.PHONE),
    ("Jasper 587.555.0100", "Jasper", Cue.CITY, Cue.PHONE),
    ("Red Deer T4N 1A1", "Red Deer", Cue.CITY, Cue.POSTAL_CODE),
    ("Taber, AB", "Taber", Cue.CITY, Cue.PROVINCE),
    ("5012 Elm St, Lloydminster, AB", "Lloydminster", Cue.CITY, Cue.PROVINCE),
    ("Lloydminster T9V 1A1", "Lloydminster", Cue.CITY, Cue.POSTAL_CODE),
    # streets and businesses that bear the name of a place
    ("Calgary Trail, Edmonton", "Edmonton", Cue.CITY, Cue.NONE),
    ("1 Edmonton Trail NE, Calgary", "Calgary", Cue.CITY, Cue.NONE),
    ("1 St. Albert Trail Edmonton AB", "Edmonton", Cue.CITY, Cue.PROVINCE),
    ("300 Banff Avenue Banff AB", "Banff", Cue.CITY, Cue.PROVINCE),
    ("9 Vancouver Street, Red Deer, AB", "Red Deer", Cue.CITY, Cue.PROVINCE),
    ("Calgary Massage Clinic, 9 Elm Street, Lacombe, AB", "Lacombe", Cue.CITY, Cue.PROVINCE),
    ("Springbank, near Calgary, AB", "Springbank", Cue.CITY, Cue.PROVINCE),
    # postal codes
    ("77 Parkdale Crescent NW T2N 3Z9", "Calgary", Cue.POSTAL_CODE, Cue.NONE),
    ("Calgary T3R 1A1", "Calgary", Cue.CITY, Cue.POSTAL_CODE),
    ("77 Elm Street, AB, T6E4E2", "Edmonton", Cue.POSTAL_CODE, Cue.NONE),
    # parts of a city
    ("Parkdale, Calgary", "Parkdale (Calgary)", Cue.NEIGHBOURHOOD, Cue.CITY),
    ("Fairview, Calgary AB", "Fairview (Calgary)", Cue.NEIGHBOURHOOD, Cue.CITY),
    ("Kensington - T2N 3Z9", "Kensington (Calgary)", Cue.NEIGHBOURHOOD, Cue.POSTAL_CODE),
    ("Downtown Calgary", "Downtown Calgary", Cue.NEIGHBOURHOOD, Cue.CITY),
    ("Beltline, AB", "Beltline", Cue.NEIGHBOURHOOD, Cue.PROVINCE),
    ("Inglewood, Beltline, Calgary", "Calgary", Cue.CITY, Cue.NONE),
    ("Downtown, Lethbridge, AB", "Lethbridge", Cue.CITY, Cue.PROVINCE),
]

REFUSED = [
    # two places, or cues that contradict each other
    "Calgary and Edmonton",
    "Calgary/Edmonton",
    "from Calgary to Banff, AB",
    "12 Elm Street, Edmonton, AB T2E 3K4",
    "St. Albert, AB T5J 1A1",
    "12 Elm Street, Calgary T0L 0X0",
    "Pincher Creek, AB T0H 1A1",
    "12 Elm Street, Calgary T8W 1A1",
    "T2P 1J9 and T5J 1A1",
    "Calgary, 780-555-0100",
    "Sherwood Park, Calgary, AB",
    # another province, state or country
    "Airdrie, ON L4M 1A1",
    "Red Deer Ontario",
    "Calgary, on",
    "Lloydminster, SK S9V 0A1",
    "Jasper, AL 35501",
    "Banff, Scotland",
    "Edmonton, London, UK",
    "12 Elm Street, Vancouver, BC V6B 1A1",
    "Vancouver",
    # names that need more than themselves, or more than a phone
    *("Banff", "Jasper", "Leduc", "Taber", "Lacombe", "Wetaskiwin", "Camrose", "Ponoka", "Airdrie", "Red Deer"),
    *("Parkdale", "Parkdale, AB", "Windsor Park, AB", "Inglewood, 403-555-0100", "Forest Heights, Alberta"),
    *("Greenview, AB", "Strathcona, AB", "Downtown, AB", "Beltline", "Beltline, 403-555-0100"),
    *("Lloydminster", "Lloydminster 780-555-0100", "Andrew, 780-555-0100", "Energy Alliance Alberta"),
    # streets, quadrants, methods, businesses and ways to a place
    *("300 Banff Avenue", "Banff Avenue, AB", "Red Deer Street", "Lethbridge Road", "10450 82 Ave, AB", "12 4 St NW"),
    *("NW", "Leduc method of lymph drainage, AB", "Calgary Massage Clinic", "near Calgary, AB", "Calgary's best"),
    *("30 minutes from Edmonton, AB", "College of Massage Therapists of Alberta, Banff Springs"),
    # codes and phones that decide nothing alone
    *("T3R 1A1", "T0L 0X0", "AB T0L 0X0", "403-555-0100", "release of T4R", "T2P", "AB", "", "60 min $110"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "key", "basis", "support"), RESOLVED)
def test_a_line_that_tells_its_place(line, key, basis, support):
    found = locate(line)
    assert found is not None
    assert (found.place.key, found.basis, found.support) == (key, basis, support)


@pytest.mark.parametrize("line", REFUSED)
def test_a_line_that_does_not_tell_its_place(line):
    assert locate(line) is None


def test_more_agreement_makes_surer():
    by_city = [SURE[Cue.CITY, cue] for cue in (Cue.NONE, Cue.PHONE, Cue.PROVINCE, Cue.POSTAL_CODE)]
    assert by_city == sorted(set(by_city))
    assert all(0.5 < sure < 1 for sure in SURE.values())


# -- any text -----------------------------------------------------------------------------------------------------

PIECES = [
    "Calgary", "Edmonton", "Banff", "Parkdale", "Fairview", "St.", "Albert", "AB", "Alberta", "ON", "T2P 1J9", "T0L 0X0",
    "V6B 1A1", "NW", "Trail", "Ave", "12", ",", "and", "of", "near", "Town", "403-555-0100", "780-555-0100", "\n", "(",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join))


@given(TEXTS)
@example("of Banff")
@example("\x00")
@example("ß" * 400)
def test_no_text_fails_and_what_is_found_is_in_the_table(text):
    found = locate(text)
    assert found is None or (PLACES[found.place.key] is found.place and 0 < found.sure <= 1)


@given(st.sampled_from([line for line, *_ in RESOLVED] + REFUSED), st.randoms(use_true_random=False))
def test_the_order_of_words_that_tell_nothing_does_not_matter(line, chance):
    noise = ["open daily", "deep tissue", "free parking behind us", "60 min $110", "ask for Sam", "second floor"]
    shuffled = random.Random(chance.random()).sample(noise, len(noise))
    assert key_of("; ".join([*shuffled[:3], line, *shuffled[3:]])) == key_of(line)


# -- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "cities"),
    [
        (["Home", "12 Elm Street SW", "Calgary, AB T2P 1J9", "403-555-0100"], ["Calgary"]),
        (["12 Elm Street SW", "", "Calgary, Alberta"], ["Calgary"]),
        (["Bragg Creek, AB", "T0L 0K0"], ["Bragg Creek"]),
        (["12 Elm Street, Bragg Creek, AB", "T0L 0K0"], ["Bragg Creek", "Bragg Creek"]),
        (["12 Elm Street, Bragg Creek, AB", "Also in Edmonton, AB"], ["Bragg Creek"]),
        (["Inglewood, Calgary T2G 1A1", "Inglewood, Calgary T2G 1A1"], ["Calgary"]),
        (["12 Elm Street, Calgary, AB", "9 Oak Road, Edmonton, AB"], ["Calgary", "Edmonton"]),
        (["12 Elm Street, Calgary, AB", "9 Oak Road, Kelowna, BC"], ["Calgary", None]),
        (["12 Elm Street, Calgary, AB", "Vancouver, BC V6B 1A1"], ["Calgary", None]),
        (["12 Elm Street, Calgary, AB T5J 1A1"], [None]),
        (["We love Calgary, AB", "60 min massage $110", "403-555-0100"], []),
        (["Serving Calgary, Airdrie and Cochrane, Alberta", "since 1999"], []),
        ([], []),
    ],
)
def test_the_addresses_of_a_page_and_their_cities(lines, cities):
    assert [address.city for address in addresses_in(lines)] == cities


def test_an_address_tells_the_text_it_was_read_from():
    found = addresses_in(
        ["12 Elm Street SW", "Calgary, AB", "T9V 1A1 Lloydminster", "Phone 403-555-0100", "Calgary, AB"]
    )
    assert [address.text for address in found] == ["12 Elm Street SW, Calgary, AB", "T9V 1A1 Lloydminster"]


def test_a_found_place_lies_in_a_city_or_is_one():
    for line, key, *_ in RESOLVED:
        assert city_of(PLACES[key]).rank < 2, line


@pytest.mark.parametrize(
    "line", ["1 st " * 60, "calgary ab " * 30, "T2P " * 75, "(403) " * 50, "a.b." * 75, "@." * 150]
)
def test_hostile_lines_take_no_longer_than_others(line):
    start = time.perf_counter()
    addresses_in([line] * 400 + ["x" * 1_000_000])
    assert time.perf_counter() - start < 2
