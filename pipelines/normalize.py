"""Offers to comparable prices: cents before tax, the length a price counts in, and whether it has a vote.

Nothing is dropped here. A price that may not vote in figures says why in ``abstains``.
"""

from __future__ import annotations

from datetime import date

from pipelines.modality import mentions
from pipelines.records import Audience, Category, Offer, Price
from pipelines.tax import before_tax

#: Prices read with less confidence go to review and not into figures.
MIN_CONFIDENCE = 0.9
#: The lengths that figures are published for, with the listed minutes that count in each.
BINS = {
    15: (10, 17),
    20: (18, 24),
    30: (25, 37),
    45: (38, 47),
    60: (48, 64),
    75: (65, 79),
    90: (80, 100),
    120: (105, 130),
}
#: Settings whose prices are kept and never counted with a regular session's.
_APART = frozenset({"chair", "mobile", "student_clinic", "mva", "couples"})
#: Whom a figure speaks of; which of a location's prices for them counts is the figure's to say.
_FOR_ANYBODY = frozenset({Audience.REGULAR, Audience.FOLLOW_UP, Audience.FIRST_VISIT})


def duration_bin(minutes: int | None) -> int | None:
    """The length in minutes that a listed length counts in; ``None`` for lengths that no figure is published for.

    >>> [duration_bin(m) for m in (50, 60, 80, 100, 103, None)]
    [60, 60, 90, 90, None, None]
    """
    if minutes is None:
        return None
    return next((length for length, (least, most) in BINS.items() if least <= minutes <= most), None)


def normalize(offer: Offer, seen_on: date) -> Price:
    """The comparable price of an offer seen on a day."""
    cents, basis = before_tax(offer.price, offer.tax, seen_on)
    counts_in = duration_bin(offer.minutes)
    return Price(
        cents=cents,
        tax_basis=basis,
        currency=offer.currency or "CAD",
        modality=offer.modality,
        modalities=offer.modalities or ((offer.modality,) if offer.modality else ()),
        duration_min=offer.minutes,
        duration_bin=counts_in,
        short_hour=offer.minutes in (50, 80, 110),
        audience=offer.audience,
        abstains=_why_not(offer, counts_in),
    )


def _why_not(offer: Offer, counts_in: int | None) -> str | None:
    """The first reason, in a fixed order, for which a price has no vote in figures."""
    setting = _setting(offer)
    reasons = (
        (offer.category is not Category.MASSAGE, f"category: {offer.category.value}"),
        (offer.minutes is None, "no length printed"),
        (counts_in is None, "length outside the published ones"),
        (offer.currency not in (None, "CAD"), f"currency: {offer.currency}"),
        (offer.audience not in _FOR_ANYBODY, f"audience: {offer.audience.value}"),
        (offer.is_from, "a from-price"),
        (offer.price_max is not None, "a price range"),
        (offer.modality is None, "modality unknown"),
        (setting is not None, f"setting: {setting}"),
        (offer.confidence < MIN_CONFIDENCE, "read with low confidence"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _setting(offer: Offer) -> str | None:
    """The circumstance a name gives that makes its price another thing: a chair, a home visit, a student clinic."""
    named = (mention.modality.id for mention in mentions(offer.service))
    return next((modality_id for modality_id in named if modality_id in _APART), None)
