"""Prices that a page states for machines: schema.org offers in JSON-LD.

They fill in only where the visible page holds no session price, because they are so often stale; where both speak
and differ, the visible one stands and carries a flag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from pipelines.categories import category
from pipelines.classify import audience, is_clinical
from pipelines.durations import durations
from pipelines.moneys import to_cents
from pipelines.primary import modality
from pipelines.records import Category, Offer, Reading, Rejection

NAME = "json-ld"
#: Bytes without which a page has no such block.
MARK = b"ld+json"
_ISO = re.compile(r"P(?:T(?=\d))(?:(\d{1,2})H)?(?:(\d{1,3})M)?")
_PRICE = re.compile(r"\d{1,5}(?:[.,]\d{1,2})?")
_DEEPEST = 12


def read(tree: LexborHTMLParser, page_text: str) -> Reading:
    """Offers stated in the page's JSON-LD blocks; blocks that do not parse are rejections if they speak of prices."""
    offers: list[Offer] = []
    rejections: list[Rejection] = []
    clinical = is_clinical(page_text)
    for number, script in enumerate(tree.css('script[type="application/ld+json"]')):
        text = script.text()
        if "rice" not in text:
            continue
        try:
            block = json.loads(text, strict=False)
        except (ValueError, RecursionError) as error:
            rejections.append(Rejection(text[:200], f"JSON-LD does not parse: {error}", f"json-ld[{number}]"))
            continue
        offers += _offers(block, f"json-ld[{number}]", clinical)
    return Reading(tuple(dict.fromkeys(offers)), tuple(rejections))


def _offers(block: Any, where: str, clinical: bool) -> Iterator[Offer]:
    for name, node in _priced(block, "", 0):
        price = _PRICE.fullmatch(str(node["price"]).strip().lstrip("$"))
        if price and name:
            yield _offer(name, to_cents(price.group()), node, where, clinical)


def _priced(node: Any, name: str, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Nodes with a price, with the nearest name at or above each."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for child in node[:500]:
            yield from _priced(child, name, depth + 1)
    elif isinstance(node, dict):
        item = node.get("itemOffered")
        own = node.get("name") or (item.get("name") if isinstance(item, dict) else None)
        name = own if isinstance(own, str) else name
        if isinstance(node.get("price"), str | int | float):
            yield name, node
        for key, child in node.items():
            if isinstance(child, dict | list) and key not in ("review", "priceSpecification"):
                yield from _priced(child, name, depth + 1)


def _minutes(name: str, node: dict[str, Any]) -> int | None:
    item = node.get("itemOffered")
    stated = [node, item] if isinstance(item, dict) else [node]
    for part in stated:
        iso = _ISO.fullmatch(str(part.get("duration", "")))
        if iso:
            return int(iso.group(1) or 0) * 60 + int(iso.group(2) or 0) or None
    texts = [name, *(str(part.get("description", ""))[:80] for part in stated)]
    found = next((lengths for text in texts if (lengths := durations(text))), [])
    return found[0].minutes if len({d.minutes for d in found}) == 1 else None


def _offer(name: str, cents: int, node: dict[str, Any], where: str, clinical: bool) -> Offer:
    minutes = _minutes(name, node)
    kind = category(name, "", (), is_extra=False, timed=minutes is not None) or Category.OTHER_TREATMENT
    primary, named = (
        modality(name, (), clinical=clinical) if kind in (Category.MASSAGE, Category.COUPLES) else (None, ())
    )
    currency = node.get("priceCurrency")
    return Offer(
        service=name,
        price=cents,
        category=kind,
        snippet=f"{name}: {node['price']}",
        where=where,
        reader=NAME,
        minutes=minutes,
        currency=currency.upper()[:3] if isinstance(currency, str) and currency else None,
        modality=primary,
        modalities=named,
        audience=audience(name),
        confidence=0.85 if minutes else 0.7,
    )


def merge(visible: Reading, stated: Reading) -> Reading:
    """The visible reading, flagged where the stated one differs; the stated offers too if nothing visible is timed."""
    rejections = visible.rejections + stated.rejections
    if not any(offer.minutes for offer in visible.offers):
        return Reading(visible.offers + stated.offers, rejections)
    by_length: dict[int, set[int]] = {}
    for offer in stated.offers:
        if offer.minutes:
            by_length.setdefault(offer.minutes, set()).add(offer.price)
    return Reading(tuple(_flagged(offer, by_length) for offer in visible.offers), rejections)


def _flagged(offer: Offer, by_length: dict[int, set[int]]) -> Offer:
    stated = by_length.get(offer.minutes or 0)
    if offer.category is not Category.MASSAGE or not stated or offer.price in stated:
        return offer
    said = ", ".join(f"${cents / 100:.2f}" for cents in sorted(stated))
    return replace(offer, flags=(*offer.flags, f"json-ld disagrees: {said}"))
