"""Which modality a massage gets: by its name, its headings, its description, its page."""

import pytest

from pipelines.primary import modality


def primary(name, *headings, clinical=False, beside=(), subject=None):
    return modality(name, headings, clinical=clinical, beside=beside, subject=subject)[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Relaxation (Swedish)", "swedish"),
        ("Relaxation / Swedish", "swedish"),
        ("Prenatal / Postnatal", "prenatal"),
        ("Myofascial Release & Cupping", "myofascial_release"),
        ("Post-natal reflexology (37+ weeks)", "reflexology"),
        ("Head, Neck & Shoulders", "back_neck"),
        ("Thai Oil Massage", "thai"),
        ("Essential oil massage", "aromatherapy"),
        ("Custom Massage", "massage_therapy"),
        ("Full-Body Massage", "massage"),
        ("Welcome back special", "massage"),
        ("Massage aux pierres chaudes", "hot_stone"),
        ("Rückenmassage", "back_neck"),
        ("Gesichts- und Kopfmassage", "face_massage"),
        ("Lymfedrainage", "manual_lymphatic_drainage"),
    ],
)
def test_a_name_tells_the_modality(name, expected):
    assert primary(name) == expected


@pytest.mark.parametrize(
    ("name", "heading", "expected"),
    [
        ("60 min", "Deep Tissue", "deep_tissue"),
        ("Relaxation Session", "Swedish Massage", "swedish"),
        ("Deep Tissue Session", "Swedish Massage", "deep_tissue"),
        ("Scar Tissue Management", "Myofascial Release", "myofascial_release"),
        ("Leg and Foot Relief", "Prenatal Massage", "prenatal"),
        ("Neck & Shoulders", "Aromatherapy", "back_neck"),
        ("Neck & Shoulders", "Four Hands", "back_neck"),
        ("60 min", "Relax Mind and Body", "massage"),
        ("60 min", "Relaxation Massage", "relaxation"),
        ("Full Body Massage", "Deep Tissue", "massage"),
    ],
)
def test_a_heading_tells_what_the_name_leaves_open(name, heading, expected):
    assert primary(name, heading) == expected


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("The Harbour", "Deep tissue work for sore hips and a stiff lower back.", "deep_tissue"),
        ("The Harbour", "Swedish strokes with cupping.", "massage_therapy"),
        ("The Harbour", "An hour to relax.", "massage"),
        ("Harbour Massage", "Swedish strokes with cupping.", "massage"),
        ("The Classic Massage", "Our classic Swedish massage, to relax.", "swedish"),
        ("The Classic Massage", "For well-being.", "relaxation"),
        ("One hour", "Deep tissue is extra.", "massage"),
    ],
)
def test_only_a_house_name_asks_its_description(name, description, expected):
    assert primary(name, beside=(description,)) == expected


def test_a_page_about_one_treatment_says_what_a_session_is():
    assert primary("One hour session", subject="reflexology") == "reflexology"


def test_a_general_massage_is_therapy_where_the_page_speaks_of_it():
    assert (primary("Massage", clinical=True), primary("Massage")) == ("massage_therapy", "massage")
