"""A reading as the JSON line that ``ratecard extract`` promises, and as text that explains it to a maintainer."""

from __future__ import annotations

from datetime import date

from pipelines.normalize import normalize
from pipelines.records import Audience, Offer, Page, Price, Reading

#: Elements of a path that are shown, the innermost ones.
_SHOWN_PATH = 3


def dollars(cents: int | None) -> float | int | None:
    """Dollars as a number, whole ones without decimals.

    >>> dollars(8500), dollars(8950), dollars(None)
    (85, 89.5, None)
    """
    if cents is None:
        return None
    return cents // 100 if cents % 100 == 0 else cents / 100


def as_line(name: str, page: Page, reading: Reading) -> dict[str, object]:
    """The object that one page's line holds."""
    return {
        "page": name,
        "url": page.url,
        "offers": [_offer(offer) for offer in reading.offers],
        "rejections": [{"text": refused.text, "reason": refused.reason} for refused in reading.rejections],
    }


def _offer(offer: Offer) -> dict[str, object]:
    return {
        "service": offer.service,
        "minutes": offer.minutes,
        "minutes_min": offer.minutes_min,
        "price": dollars(offer.price),
        "price_max": dollars(offer.price_max),
        "sale_price": dollars(offer.sale_price),
        "currency": offer.currency,
        "category": offer.category.value,
        "modality": offer.modality,
        "modalities": list(offer.modalities),
        "tax": offer.tax.value if offer.tax else None,
        "audience": None if offer.audience is Audience.REGULAR else offer.audience.value,
        "from": offer.is_from,
        "confidence": offer.confidence,
        "evidence": {
            "snippet": offer.snippet,
            "where": offer.where,
            "heading": offer.heading,
            "flags": list(offer.flags),
        },
        "reader": offer.reader,
    }


def explain(name: str, reading: Reading, seen_on: date, sketch: str = "") -> str:
    """What was read and why, what was not and why, and how the page looks to the reader (``sketch``)."""
    lines = [f"{name}: {len(reading.offers)} offers, {len(reading.rejections)} set aside", ""]
    for offer in reading.offers:
        lines += _explained(offer, normalize(offer, seen_on))
    if reading.rejections:
        lines += ["", "  set aside:"]
        lines += [
            f"      {refused.reason}: “{refused.text[:100]}”  at {refused.where}" for refused in reading.rejections
        ]
    if sketch:
        lines += ["", "  the page near its amounts (line, what it says by itself, text):", sketch]
    return "\n".join(lines)


def _explained(offer: Offer, price: Price) -> list[str]:
    """One offer in three lines: what was read, what it was taken for and how surely, where it stands."""
    length = f"{offer.minutes} min" if offer.minutes else "no length"
    amount = f"${offer.price / 100:.2f}" + (f" to ${offer.price_max / 100:.2f}" if offer.price_max else "")
    votes = f"no vote: {price.abstains}" if price.abstains else f"votes as {price.duration_bin} min"
    under = f", under “{offer.heading}”" if offer.heading else ""
    path = " > ".join(offer.where.split(" > ")[-_SHOWN_PATH:])
    return [
        f"  {offer.service}  |  {length}  |  {'from ' if offer.is_from else ''}{amount}",
        f"      {offer.category.value}, {', '.join(offer.modalities) or 'no modality'}, {offer.audience.value}"
        f"; {offer.reader}, confidence {offer.confidence:.2f}; {votes}",
        f"      “{offer.snippet[:80]}”  at {path}{under}",
        *(f"      flag: {flag}" for flag in offer.flags),
    ]
