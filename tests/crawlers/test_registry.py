"""The registry: sound as shipped, and every fault named with its line."""

import pytest

from crawlers.registry import RegistryError, by_site, default_path, read_registry, write_registry
from tests.conftest import REGISTRY_HEAD

GOOD = "willow,Willow,Calgary,AB,,T2P 1J9,https://willow.example/,,,t\n"


def test_shipped_registry_is_sound():
    clinics = read_registry(default_path())
    assert len(clinics) > 50
    assert all(clinic.start_url.startswith("http") for clinic in clinics)


def test_locations_with_one_website_are_one_visit(tmp_path):
    path = tmp_path / "clinics.csv"
    path.write_text(REGISTRY_HEAD + GOOD + GOOD.replace("willow,", "willow-north,", 1).replace("//", "//www."))
    assert [[c.id for c in group] for group in by_site(read_registry(path)).values()] == [["willow", "willow-north"]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD, "id 'willow' stands twice"),
        ("b,B,Calgari,AB,,,https://b.example/,,,t\n", "did you mean Calgary"),
        ("b,B,Toronto,ON,,,https://b.example/,,,t\n", "province 'ON' is not AB"),
        ("b,B,Calgary,AB,,,,,,t\n", "nothing to visit"),
        ("b,B,Calgary,AB,,,b.example,,,t\n", "not a web address"),
        ("b,B,Calgary,AB,,,javascript:alert(1),,,t\n", "not a web address"),
        ("b,B,Calgary,AB,,T2P1J9,https://b.example/,,,t\n", "postal code"),
        ("b,B,Calgary,AB,,T6E 4E2,https://b.example/,,,t\n", "lies in Edmonton, not in Calgary"),
        ("B b,B,Calgary,AB,,,https://b.example/,,,t\n", "not a slug"),
        ("b,,Calgary,AB,,,https://b.example/,,,t\n", "a name is missing"),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path, line, said):
    path = tmp_path / "clinics.csv"
    path.write_text(REGISTRY_HEAD + GOOD + line)
    with pytest.raises(RegistryError) as caught:
        read_registry(path)
    assert said in str(caught.value)
    assert f"{path}:3:" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "no such file"), (b"", "missing columns"), (b"id,name\n", "missing columns city"), (b"\xff\xfe", "UTF-8"),
     (REGISTRY_HEAD.encode(), "holds no clinics")],
)  # fmt: skip
def test_files_that_are_no_registry(tmp_path, content, said):
    path = tmp_path / "clinics.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RegistryError, match=said):
        read_registry(path)


def test_what_is_written_reads_back(tmp_path):
    clinics = read_registry(default_path())
    write_registry(clinics, tmp_path / "copy.csv")
    assert read_registry(tmp_path / "copy.csv") == clinics
