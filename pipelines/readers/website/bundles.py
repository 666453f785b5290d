"""Prices of several sessions at once, told by what one session costs on the same page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from statistics import median_low

from pipelines.records import Category, Offer

#: Hands, stones and house calls make no session so many times dearer than the usual one of its length.
_TIMES = 3.5


def told_apart(offers: Iterable[Offer]) -> list[Offer]:
    """Offers, with sessions that cost as much as several of their length as packages.

    >>> offer = Offer("Massage", 4200, Category.MASSAGE, "30 min 42,-", "p", "website", minutes=30)
    >>> [o.category.value for o in told_apart([offer, replace(offer, service="Block of ten", price=42000)])]
    ['massage', 'package']
    """
    offers = list(offers)
    prices: dict[Hashable, list[int]] = defaultdict(list)
    for offer in offers:
        prices[_alike(offer)].append(offer.price)
    usual = {alike: median_low(found) for alike, found in prices.items() if alike is not None}
    return [
        replace(offer, category=Category.PACKAGE, modality=None, modalities=())
        if offer.price >= _TIMES * usual.get(_alike(offer), offer.price)
        else offer
        for offer in offers
    ]


def _alike(offer: Offer) -> Hashable:
    """What offers have in common that cost about the same; ``None`` for those that are no sessions."""
    if offer.minutes is None or not offer.price:
        return None
    if offer.category is Category.MASSAGE:
        return offer.minutes
    return (offer.minutes, offer.service) if offer.category is Category.OTHER_TREATMENT else None
