"""What the words beside an amount make of it: one end, an extreme, an average, a price by the minute."""

from __future__ import annotations

from dataclasses import replace

from reports.guides.price import Price
from reports.guides.words import pattern

#: Words further away speak of something else.
_NEAR = 40


def in_role(text: str, price: Price) -> Price:
    """A single amount as what the words beside it make it."""
    before, behind = text[max(0, price.start - _NEAR) : price.start], text[price.end : price.end + _NEAR]
    opened = pattern("behind", "or_more").search(behind) is not None
    by_minute = pattern("behind", "per_minute").search(behind) is not None
    if price.high:
        return replace(price, extreme=price.extreme or opened, per_minute=by_minute)
    if by_minute:
        return replace(price, low=None, average=price.low, per_minute=True)
    if (
        pattern("before", "up_to").search(before)
        or pattern("before", "at_most").search(before)
        or (pattern("behind", "or_less").search(behind))
    ):
        return replace(price, low=None, high=price.low, extreme=not pattern("before", "up_to").search(before))
    if opened or pattern("before", "at_least").search(before):
        return replace(price, extreme=True)
    if pattern("before", "from").search(before):
        return price
    return replace(price, low=None, average=price.low)
