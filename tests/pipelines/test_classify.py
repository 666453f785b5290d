"""What a price buys: by its name and label, by the sections it stands in, by the words behind it."""

import pytest

from pipelines.categories import category, purpose
from pipelines.records import Category


def kind(name, *headings, label="", timed=True, is_extra=False):
    return category(name, label, headings, is_extra=is_extra, timed=timed)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Swedish Massage", "massage"),
        ("Children's reflexology", "massage"),
        ("Hot Oil Massage", "massage"),
        ("Massage Facial", "other_treatment"),
        ("Massage & Facial", "package"),
        ("Reiki and massage", "package"),
        ("Massage et gommage", "package"),
        ("Neck and shoulder massage", "massage"),
        ("Mud & Seaweed Body Treatment", "other_treatment"),
        ("Infrared Bodywrap", "other_treatment"),
        ("Detoxifying Full Body Treatment", "other_treatment"),
        ("Mud back treatment", "other_treatment"),
        ("Full body treatment", "massage"),
        ("Fangopackung", "other_treatment"),
        ("Sugar scrub massage", "other_treatment"),
        ("Infant massage class", "course"),
        ("Thai massage course", "massage"),
        ("Gesichtsbehandlung", "other_treatment"),
        ("Bonus card for massage", "package"),
        ("Buy a 5-visit card", "package"),
        ("Zehnerkarte", "package"),
        ("10er Karte Massage", "package"),
        ("10er-Block", "package"),
        ("Abonnement 5 massages", "package"),
        ("Bono 5 sesiones", "package"),
        ("Klippekort 5 massasjer", "package"),
        ("Four reflexology sessions", "package"),
        ("3 one-hour treatments", "package"),
        ("Three 60-minute massages", "package"),
        ("30 minute sessions", "massage"),
        ("2 hour massages", "massage"),
        ("Massage for two people", "couples"),
        ("Paarmassage", "couples"),
        ("Massagem para casais", "couples"),
        ("Supplément huile chaude", "addon"),
        ("Add hot stones", "addon"),
        ("Weekend surcharge", "fee"),
        ("Towel rental", "fee"),
        ("Anfahrt", "fee"),
        ("Geschenkgutschein 60 Minuten", "gift"),
        ("Presentkort", "gift"),
    ],
)
def test_a_name_tells_the_kind(name, expected):
    assert kind(name) is Category(expected)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Body Treatments and Packages", "other_treatment"),
        ("Spa Packages", "package"),
        ("Massage Packages", "massage"),
        ("Bonus card for massage", "package"),
        ("Zusatzangebote zur Massage", "addon"),
        ("Eye enhancements", "massage"),
        ("Massage", "massage"),
        ("Skin treatments", "other_treatment"),
    ],
)
def test_a_section_tells_the_kind_of_what_its_name_leaves_open(heading, expected):
    assert kind("Evening calm", heading) is Category(expected)


def test_a_home_visit_without_a_length_is_its_fee():
    assert kind("Home visit", timed=False) is Category.FEE
    assert kind("Home visit") is Category.MASSAGE


def test_lessons_and_things_without_a_length_are_no_massage():
    assert kind("Massage course", timed=False) is Category.COURSE
    assert kind("Massage oil", timed=False) is Category.PRODUCT


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (" for parking at the tower", Category.FEE),
        (" for three 1hr sessions", Category.PACKAGE),
        (" for 3-1hr sessions", Category.PACKAGE),
        (" for two people", Category.COUPLES),
        (" for two hours", None),
        (" for 60 minutes", None),
        (" for one hour, cancel a day ahead", None),
        (" parking is free", None),
    ],
)
def test_the_words_behind_a_price_tell_its_purpose(behind, expected):
    assert purpose(behind) is expected
