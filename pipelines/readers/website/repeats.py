"""Each thing once, however often a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.folding import words
from pipelines.modality import names_treatment
from pipelines.readers.website.wording import is_button
from pipelines.records import Category, Offer, Rejection
from pipelines.wordlists import words_of

#: A page for people has no more names at one price; a hostile one must not make this slow.
_ALIKE = 100
_UNTIMED = (Category.MASSAGE, Category.OTHER_TREATMENT, Category.PRODUCT)


def once(offers: Iterable[Offer]) -> list[Offer]:
    """Offers without those shown again: the same length and price under a name that says the same or less."""
    kept: list[Offer] = []
    seen: dict[tuple[object, ...], list[Offer]] = {}
    for offer in offers:
        alike = seen.setdefault((offer.minutes, offer.price, offer.price_max, offer.category, offer.audience), [])
        if not any(_same(offer, other) for other in alike[-_ALIKE:]):
            alike.append(offer)
            kept.append(offer)
    return kept


def _same(one: Offer, other: Offer) -> bool:
    """Whether an offer shows an earlier one of the same length and price again.

    Untimed ones under two headings are two; a named one after an unnamed one is another, but a question that prices
    answer is no name.
    """
    if one.minutes and "?" in (one.service[-1:], other.service[-1:]):
        return True
    if one.minutes is None and one.heading != other.heading:
        return False
    a, b = _telling_words(one.service), _telling_words(other.service)
    if a and b and _path(one) == _path(other):
        return a == b  # records of one list are things of their own
    return a <= b or (bool(b) and b <= a)


def _path(offer: Offer) -> str:
    return offer.where.rpartition(" line ")[0]


def _telling_words(name: str) -> set[str]:
    """The words of a name that tell it from others."""
    return {word for word in words(name) if word not in words_of("untelling") and not word.isdigit()}


def without_echoes(offers: Iterable[Offer]) -> tuple[list[Offer], list[Rejection]]:
    """Offers without prices that only echo another one: banners, *from* lines, buttons that name what they cost."""
    offers = list(offers)
    sessions = [offer for offer in offers if offer.minutes and offer.category is Category.MASSAGE]
    timed = {price for offer in sessions for price in (offer.price, offer.sale_price)}
    listed = {price for offer in offers if not is_button(offer.snippet) for price in (offer.price, offer.sale_price)}
    told = {(offer.minutes, offer.price) for offer in sessions}
    reduced = {(offer.minutes, offer.sale_price): offer for offer in sessions if offer.sale_price}
    echoes = [
        offer
        for offer in offers
        if (offer.price in timed and _may_echo(offer))
        or (offer.price in listed and is_button(offer.snippet))
        or (offer.category is Category.GIFT and (offer.minutes, offer.price) in told)
        or _repeats_name(offer, reduced.get((offer.minutes, offer.price)))
    ]
    gone = set(map(id, echoes))
    reason = "repeats a price that stands elsewhere with what it is for"
    rejections = [Rejection(offer.snippet, reason, offer.where) for offer in echoes]
    return [offer for offer in offers if id(offer) not in gone], rejections


def _repeats_name(offer: Offer, reduced: Offer | None) -> bool:
    """Whether an offer has the name of one whose reduced price it repeats."""
    return reduced is not None and _telling_words(offer.service) == _telling_words(reduced.service)


def _may_echo(offer: Offer) -> bool:
    """Whether an untimed offer may be no thing of its own: an open price, a massage, or something without a name."""
    if offer.minutes is not None or offer.category not in _UNTIMED:
        return False
    named = names_treatment(offer.service) or bool(offer.heading)
    return offer.is_from or offer.category is Category.MASSAGE or not named
