"""Golden pairs: a page and, beside it, what a careful person reads on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from crawlers import samples
from crawlers.local import read_file
from pipelines.readers import read_page
from pipelines.records import Offer

FOLDER = Path(__file__).parent / "pipelines" / "golden"


def pages() -> Iterator[tuple[str, Path]]:
    """Name and path of every page that must have a golden reading: all sample pages, and the pages of the folder."""
    for path in sorted(samples.sites().rglob("*")):
        if path.suffix in (".html", ".txt") and path.name != "robots.txt":
            yield path.relative_to(samples.sites()).as_posix().replace("/", "__"), path
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in (".html", ".txt"):
            yield path.name, path


def golden_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


def told(offer: Offer) -> dict[str, object]:
    """What of an offer a golden reading fixes; absent values are left out."""
    facts = {
        "service": offer.service,
        "minutes": offer.minutes,
        "price": offer.price / 100,
        "price_max": offer.price_max and offer.price_max / 100,
        "sale_price": offer.sale_price and offer.sale_price / 100,
        "category": offer.category.value,
        "modality": offer.modality,
        "tax": offer.tax and offer.tax.value,
        "audience": None if offer.audience == "regular" else offer.audience.value,
        "from": offer.is_from or None,
    }
    return {key: value for key, value in facts.items() if value is not None}


def reading_of(path: Path) -> dict[str, object]:
    reading = read_page(read_file(path))
    return {
        "offers": [told(offer) for offer in reading.offers],
        "rejections": [refused.text for refused in reading.rejections],
    }


if __name__ == "__main__":  # rewrite all golden readings; look at the diff before you commit it
    for name, path in pages():
        golden_of(name).write_text(json.dumps(reading_of(path), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
