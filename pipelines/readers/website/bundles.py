"""What a price is for, told by the others beside it: several sessions at once, other treatments of one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from statistics import median_low

from pipelines.records import Category, Offer
from pipelines.treatments import says_massage

#: Hands, stones and house calls make no session so many times dearer than the usual one of its length.
_TIMES = 3.5
#: So many other treatments in a section without a massage make it theirs.
_SEVERAL = 2


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


def by_company(offers: Iterable[Offer]) -> list[Offer]:
    """Offers, with those that only their place would make a massage as other treatments among such.

    >>> nails = [Offer(name, 3000, Category.OTHER_TREATMENT, "", "", "website", "Hands") for name in ("Gel", "French")]
    >>> [o.category.value for o in by_company([*nails, replace(nails[0], service="File", category=Category.MASSAGE)])]
    ['other_treatment', 'other_treatment', 'other_treatment']
    """
    offers = list(offers)
    sections: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.heading:
            sections[offer.heading].append(offer)
    foreign = {heading for heading, found in sections.items() if _is_foreign(found)}
    return [
        replace(offer, category=Category.OTHER_TREATMENT, modality=None, modalities=())
        if offer.heading in foreign and offer.category is Category.MASSAGE
        else offer
        for offer in offers
    ]


def _is_foreign(section: list[Offer]) -> bool:
    """Whether a section names several other treatments and no massage."""
    others = sum(offer.category is Category.OTHER_TREATMENT for offer in section)
    return others >= _SEVERAL and not any(says_massage(o.service) for o in section if o.category is Category.MASSAGE)
