"""Every sample page, and every page of the golden folder, reads as a careful person read it."""

import json

import pytest

from tests.golden import golden_of, pages, reading_of

PAGES = dict(pages())


@pytest.mark.parametrize("name", PAGES)
def test_page_reads_as_its_golden_pair(name):
    pair = golden_of(name)
    assert pair.exists(), f"{name} has no golden pair; write {pair.name}, or run `python -m tests.golden` and check it"
    assert reading_of(PAGES[name]) == json.loads(pair.read_text(encoding="utf-8"))


def test_no_golden_pair_without_its_page():
    orphans = {p.name for p in golden_of("x").parent.glob("*.json")} - {golden_of(name).name for name in PAGES}
    assert not orphans
