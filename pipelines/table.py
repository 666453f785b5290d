"""Readings as Arrow tables: the columns that crawl folders keep and the warehouse loads.

A row carries the digest of the page it was read from and its place in the reading, so that it can always be joined
to the visits that saw the page, and made again from the archived bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from pipelines.normalize import normalize
from pipelines.records import Address, Offer, Reading, Rejection

OFFERS = pa.schema(
    [
        ("page_digest", pa.string()),
        ("ordinal", pa.int32()),
        ("service", pa.string()),
        ("heading", pa.string()),
        ("category", pa.string()),
        ("minutes", pa.int32()),
        ("minutes_min", pa.int32()),
        ("price_cents", pa.int64()),
        ("price_max_cents", pa.int64()),
        ("sale_price_cents", pa.int64()),
        ("is_from", pa.bool_()),
        ("tax_words", pa.string()),
        ("confidence", pa.float64()),
        ("snippet", pa.string()),
        ("location_on_page", pa.string()),
        ("reader", pa.string()),
        ("flags", pa.list_(pa.string())),
        # from here on normalised
        ("cents_before_tax", pa.int64()),
        ("tax_basis", pa.string()),
        ("currency", pa.string()),
        ("modality", pa.string()),
        ("modalities", pa.list_(pa.string())),
        ("duration_bin", pa.int32()),
        ("short_hour", pa.bool_()),
        ("audience", pa.string()),
        ("abstains", pa.string()),
    ]
)

REJECTIONS = pa.schema(
    [
        ("page_digest", pa.string()),
        ("ordinal", pa.int32()),
        ("text", pa.string()),
        ("reason", pa.string()),
        ("location_on_page", pa.string()),
    ]
)

ADDRESSES = pa.schema(
    [
        ("page_digest", pa.string()),
        ("ordinal", pa.int32()),
        ("text", pa.string()),
        ("place_key", pa.string()),
        ("city_key", pa.string()),
        ("basis", pa.string()),
        ("sure", pa.float64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Tables:
    """What pages yielded, a table for each kind of thing."""

    offers: pa.Table
    rejections: pa.Table
    addresses: pa.Table


def offer_row(digest: str, ordinal: int, offer: Offer, seen_on: date) -> dict[str, object]:
    """One row of ``OFFERS``: the offer as printed and as normalised with the rates of ``seen_on``."""
    price = normalize(offer, seen_on)
    return {
        "page_digest": digest,
        "ordinal": ordinal,
        "service": offer.service,
        "heading": offer.heading,
        "category": offer.category.value,
        "minutes": offer.minutes,
        "minutes_min": offer.minutes_min,
        "price_cents": offer.price,
        "price_max_cents": offer.price_max,
        "sale_price_cents": offer.sale_price,
        "is_from": offer.is_from,
        "tax_words": offer.tax.value if offer.tax else None,
        "confidence": offer.confidence,
        "snippet": offer.snippet,
        "location_on_page": offer.where,
        "reader": offer.reader,
        "flags": list(offer.flags),
        "cents_before_tax": price.cents,
        "tax_basis": price.tax_basis.value,
        "currency": price.currency,
        "modality": price.modality,
        "modalities": list(price.modalities),
        "duration_bin": price.duration_bin,
        "short_hour": price.short_hour,
        "audience": price.audience.value,
        "abstains": price.abstains,
    }


def rejection_row(digest: str, ordinal: int, rejection: Rejection) -> dict[str, object]:
    """One row of ``REJECTIONS``."""
    return {
        "page_digest": digest,
        "ordinal": ordinal,
        "text": rejection.text,
        "reason": rejection.reason,
        "location_on_page": rejection.where,
    }


def address_row(digest: str, ordinal: int, address: Address) -> dict[str, object]:
    """One row of ``ADDRESSES``."""
    return {
        "page_digest": digest,
        "ordinal": ordinal,
        "text": address.text,
        "place_key": address.place,
        "city_key": address.city,
        "basis": address.basis,
        "sure": address.sure,
    }


def tables(readings: Iterable[tuple[str, date, Reading]]) -> Tables:
    """What ``(page digest, day seen, reading)`` triples hold, in the order given."""
    offers: list[dict[str, object]] = []
    rejections: list[dict[str, object]] = []
    addresses: list[dict[str, object]] = []
    for digest, seen_on, reading in readings:
        offers += [offer_row(digest, n, offer, seen_on) for n, offer in enumerate(reading.offers)]
        rejections += [rejection_row(digest, n, refused) for n, refused in enumerate(reading.rejections)]
        addresses += [address_row(digest, n, address) for n, address in enumerate(reading.addresses)]
    return Tables(
        pa.Table.from_pylist(offers, schema=OFFERS),
        pa.Table.from_pylist(rejections, schema=REJECTIONS),
        pa.Table.from_pylist(addresses, schema=ADDRESSES),
    )
