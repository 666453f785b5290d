"""The tables of places and postal areas: each row is found again, and names that mean several places find none."""

from collections import Counter

import pytest

from pipelines.datafile import rows
from pipelines.place_table import containers
from pipelines.places import PLACES, cmas, find_place, place_of_postal_code, postal_area, regions, regions_of

TABLE = rows("places.csv")
AREAS = rows("postal_areas.csv")


def test_every_row_of_the_table_is_a_place_in_the_same_order_with_the_row_s_facts():
    facts = [(p.name, p.kind, p.parent, p.cma, p.publish_region) for p in PLACES.values()]
    assert facts == [(r["place"], r["kind"], r["parent"], r["cma"], r["publish_region"]) for r in TABLE]


def test_every_key_finds_its_own_place():
    assert [key for key, place in PLACES.items() if find_place(key) is not place] == []


def test_a_name_that_only_one_row_bears_finds_it_and_a_key_is_plain_only_where_the_name_is():
    borne = Counter(name for place in PLACES.values() for name in {place.name, *place.aliases})
    for place in PLACES.values():
        if borne[place.name] == 1 and place.key == place.name:
            assert find_place(place.name.upper()) is place


SEVERAL = [
    "Parkdale",
    "Windsor Park",
    "Inglewood",
    "Forest Heights",
    "Greenview",
    "Kensington",
    "Riverbend",
    "Bow Valley",
]
TOO_LITTLE = ["Strathcona", "Downtown", "Mission", "West End", "Toronto", "", "Red", "()"]


@pytest.mark.parametrize("name", [*SEVERAL, *TOO_LITTLE])
def test_a_name_of_several_places_or_of_none_finds_none(name):
    assert find_place(name) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Saint Albert", "St. Albert"),
        ("ft. mcmurray", "Fort McMurray"),
        ("YYC", "Calgary"),
        ("Taber", "Taber"),
        ("Fairview", "Fairview"),
        ("Fairview (Calgary)", "Fairview (Calgary)"),
        ("Parkdale (Edmonton)", "Parkdale (Edmonton)"),
        ("Kensington (Calgary)", "Kensington (Calgary)"),
        ("Downtown (Edmonton)", "Downtown (Edmonton)"),
        ("downtown edmonton", "Downtown Edmonton"),
        ("Wihkwentowin", "Wîhkwêntôwin"),
    ],
)
def test_names_are_found_as_people_write_them(text, key):
    assert find_place(text) is PLACES[key]


def test_what_a_place_lies_in_is_in_the_table_and_in_the_same_region():
    for place in PLACES.values():
        assert place.parent in {"", *PLACES}
        assert {outer.publish_region for outer in containers(place)} == {place.publish_region}


def test_a_hamlet_lies_in_the_district_and_not_in_the_town_of_the_same_name():
    assert [place.kind for place in containers(PLACES["Grassy Lake"])] == ["hamlet", "municipal_district"]


@pytest.mark.parametrize("row", AREAS, ids=lambda row: row["fsa"])
def test_a_postal_area_lies_where_its_row_says_and_decides_only_with_high_confidence(row):
    area = postal_area(f"{row['fsa'].lower()} 1a1")
    assert area == postal_area(row["fsa"])
    assert (area.publish_region, area.confidence) == (row["publish_region"], row["confidence"])
    assert (area.place is None) == (row["rural"] == "1") == (row["confidence"] == "low")
    assert place_of_postal_code(f"{row['fsa']} 1A1") is (PLACES[row["place"]] if row["confidence"] == "high" else None)


@pytest.mark.parametrize("area", [a for a in AREAS if a["rural"] == "0"], ids=lambda row: row["fsa"])
def test_a_postal_area_and_its_place_are_in_the_same_region(area):
    place = PLACES[area["place"]]
    assert (place.cma, place.publish_region) == (area["cma"], area["publish_region"])


def test_the_regions_of_a_place_are_itself_its_city_its_census_area_its_publish_region_and_the_province():
    assert regions_of(PLACES["Parkdale (Edmonton)"]) == ("Parkdale (Edmonton)", "Edmonton", "Edmonton CMA", "Alberta")
    assert regions_of(PLACES["Lethbridge"]) == ("Lethbridge", "Lethbridge CMA", "Lethbridge & South", "Alberta")
    for place in PLACES.values():
        assert set(regions_of(place)) <= {*PLACES, *cmas(), *regions(), "Alberta"}
