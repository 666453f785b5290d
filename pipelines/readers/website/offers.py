"""Prices with their contexts to offers, or to rejections that say why not."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.classify import audience, category, is_clinical, modality, tax_words
from pipelines.folding import words
from pipelines.modality import names_modality
from pipelines.readers.website.outline import SEAM, Outline
from pipelines.readers.website.rows import Unit
from pipelines.readers.website.wording import is_generic, is_prose, is_section
from pipelines.records import Category, Offer, Reading, Rejection, TaxWords
from pipelines.wordlists import pattern

READER = "website"
_I = re.IGNORECASE
_MONEY_SIGN = re.compile(r"[$€£]\s?\d")


def offers_of(outline: Outline, units: list[Unit]) -> Reading:
    """The reading of a page whose prices have been grouped."""
    page_tax = _page_tax(outline)
    clinical = is_clinical(outline.text)
    offers: list[Offer] = []
    rejections: list[Rejection] = []
    for unit in units:
        refused = _refusal(unit, outline)
        line = outline.lines[unit.line]
        where = f"{outline.path(line.block)} line {unit.line + 1}".strip()
        if refused:
            rejections.append(Rejection(_snippet(line.text), refused, where))
            continue
        offers += _offers(unit, outline, where, page_tax, clinical, rejections)
    offers, repeated = _without_repeats(_once(offers))
    return Reading(tuple(offers), (*rejections, *repeated))


def _without_repeats(offers: list[Offer]) -> tuple[list[Offer], list[Rejection]]:
    """Prices without a length that only repeat a timed one: banners, *from* lines, buttons."""
    timed = {offer.price for offer in offers if offer.minutes and offer.category is Category.MASSAGE}
    kept: list[Offer] = []
    repeated: list[Rejection] = []
    for offer in offers:
        untimed = offer.minutes is None and offer.category in (
            Category.MASSAGE,
            Category.OTHER_TREATMENT,
            Category.PRODUCT,
        )
        if (
            untimed
            and offer.price in timed
            and (offer.is_from or offer.category is Category.MASSAGE or not offer.heading)
        ):
            repeated.append(
                Rejection(offer.snippet, "repeats a price that stands with its length elsewhere", offer.where)
            )
        else:
            kept.append(offer)
    return kept, repeated


def _page_tax(outline: Outline) -> TaxWords | None:
    """A statement on tax that stands for all prices: a line about prices or rates as a whole."""
    for line in outline.lines:
        if len(line.text) < 200 and not _MONEY_SIGN.search(line.text):
            said = tax_words(line.text)
            if said:
                return said
    return None


def _refusal(unit: Unit, outline: Outline) -> str | None:
    """Why an amount is no offer, or ``None``."""
    text = outline.lines[unit.line].text
    before = text[max(0, unit.money.start - 60) : unit.money.start]
    after = text[unit.money.end : unit.money.end + 25]
    if unit.money.cents == 0 and not re.search(r"\b0", text[unit.money.start : unit.money.end]):
        return "no amount"
    if re.search(r"%", text[unit.money.end : unit.money.end + 2]):
        return "a percentage"
    if pattern("prose", "discount").search(before[-18:]) or re.match(
        r"\W{0,3}(?:off|discount|credit|savings?)\b", after, _I
    ):
        return "a discount or credit, not a price"
    if is_prose(text) or len(text) > 70:
        if pattern("prose", "hedged").search(text):
            return "prose that speaks of prices in general"
        if pattern("prose", "discount").search(text):
            return "a discount or credit, not a price"
        if unit.money.is_from:
            return "prose with a from-price"
        if unit.duration is None:
            return "an amount in prose without a length"
    elif re.search(r"\b(?:about|around|usually|average|up to|between)\b", before[-16:], _I):
        return "prose that speaks of prices in general"
    context = (unit.names + unit.headings)[:2]
    if any(pattern("prose", "not_prices").search(c) for c in context):
        return "money under a heading that is not about prices"
    return None


def _offers(
    unit: Unit, outline: Outline, where: str, page_tax: TaxWords | None, clinical: bool, rejections: list[Rejection]
) -> list[Offer]:
    line = outline.lines[unit.line]
    text = line.text
    service, headings = _service(unit)
    kind_headings = (*(h for h in headings if h != service), *([outline.title] if outline.title else []))
    kind = category(
        service,
        unit.label,
        kind_headings,
        is_extra=unit.money.is_extra,
        timed=unit.duration is not None or bool(unit.lengths),
    )
    kind = _monthly(unit, text, kind)
    if kind is None and unit.money.bare:
        rejections.append(Rejection(_snippet(text), "a number without a currency sign or name", where))
        return []
    if kind is None and not service:
        rejections.append(Rejection(_snippet(text), "an amount without a name or length", where))
        return []
    kind = kind or Category.OTHER_TREATMENT
    price_for = kind in (Category.MASSAGE, Category.COUPLES)
    primary, named = (
        modality(f"{service} {unit.label}".strip(), kind_headings, clinical=clinical) if price_for else (None, ())
    )
    minutes = unit.duration.minutes if unit.duration else None
    offer = Offer(
        service=service or ("Massage therapy" if clinical else "Massage"),
        price=unit.money.cents,
        category=kind,
        snippet=_snippet(text),
        where=where,
        reader=READER,
        heading=next((h for h in headings if h != service), None),
        minutes=minutes,
        minutes_min=unit.duration.least if unit.duration else None,
        price_max=unit.money.most,
        sale_price=unit.sale,
        currency=unit.money.currency,
        modality=primary,
        modalities=named,
        tax=tax_words(text) or page_tax,
        audience=audience(unit.label, text, service, *kind_headings[:1]),
        is_from=unit.money.is_from,
        confidence=_confidence(unit, service),
    )
    if unit.lengths and not unit.money.is_from and unit.money.most is None:
        return [replace(offer, minutes=m) for m in unit.lengths]
    return [offer]


def _monthly(unit: Unit, text: str, kind: Category | None) -> Category | None:
    after = text[unit.money.end : unit.money.end + 14]
    if re.match(r"\W{0,3}(?:/|per |a )\s?mo(?:nth)?\b|\W{0,3}monthly", after, _I):
        return Category.PACKAGE
    return kind


def _service(unit: Unit) -> tuple[str, tuple[str, ...]]:
    """The name of the thing and the headings above it: the line's own words, or the heading that governs them."""
    above = [name for name in (*unit.names, *unit.headings) if name]
    titles = tuple(dict.fromkeys(name for name in above if not is_section(name)))
    own = unit.own or (unit.tail if not titles or names_modality(unit.tail) else "")
    if own and not is_generic(own):
        return own, titles
    if titles:
        too_little = own and not re.fullmatch(
            r"(?:\W*(?:\d+|minutes?|mins?|hours?|massages?|sessions?|treatments?)\W*)+", own, _I
        )
        return (f"{titles[0]}: {own}" if too_little else titles[0]), titles
    return own, titles


def _confidence(unit: Unit, service: str) -> float:
    """A first scale of trust, by how length, name and amount were found."""
    score = 0.97
    if unit.duration is None:
        score -= 0.2
    if not service:
        score -= 0.05
    if unit.money.bare:
        score -= 0.1
    return round(score, 2)


def _snippet(text: str) -> str:
    return text.replace(SEAM, " ")[:300]


def _once(offers: list[Offer]) -> list[Offer]:
    """Each thing once: shown again with the same length and price, under a name that says the same or less."""
    kept: list[Offer] = []
    for offer in offers:
        if not any(_same(offer, other) for other in kept):
            kept.append(offer)
    return kept


def _same(one: Offer, other: Offer) -> bool:
    if (one.minutes, one.price, one.price_max, one.category) != (
        other.minutes,
        other.price,
        other.price_max,
        other.category,
    ):
        return False
    if one.minutes is None and one.heading != other.heading:
        return False
    a, b = _telling_words(one.service), _telling_words(other.service)
    return a <= b or b <= a


_SAYS_NOTHING = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "of",
        "for",
        "with",
        "our",
        "your",
        "massage",
        "treatment",
        "session",
        "therapy",
        "service",
        "minute",
        "min",
        "hour",
        "hr",
    ]
)


def _telling_words(name: str) -> set[str]:
    """The words of a name that tell it from others."""
    return {word for word in words(name) if word not in _SAYS_NOTHING and not word.isdigit()}
