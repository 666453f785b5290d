"""Prices with their contexts to offers, or to rejections that say why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipelines.classify import audience, tax_words
from pipelines.modality import GENERIC, names_treatment
from pipelines.moneys import moneys
from pipelines.primary import asks_description, is_unknown, modality
from pipelines.readers.website import bundles, repeats, sales
from pipelines.readers.website.evidence import snippet, where
from pipelines.readers.website.facts import PageFacts
from pipelines.readers.website.kinds import kind_of
from pipelines.readers.website.listing import listed_first
from pipelines.readers.website.naming import service_of
from pipelines.readers.website.outline import Outline
from pipelines.readers.website.surroundings import Surroundings
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import is_prose
from pipelines.records import INFERRED_LENGTH, UNKNOWN_NAME, Category, Offer, Reading, Rejection
from pipelines.treatments import says_massage

READER = "website"
_DESCRIBED_WITHIN, _SEVERAL = 6, 2
#: A range of lengths so wide is a choice.
_WIDE = 2
#: Confidence of readings by what is missing: a currency sign, a word that says what is sold, a length.
_SURE, _NO_SIGN, _KIND_ASSUMED, _NO_LENGTH = 0.98, 0.88, 0.88, 0.77


def offers_of(outline: Outline, units: list[Unit]) -> Reading:
    """The reading of a page whose prices have been grouped."""
    if not units:
        return Reading()
    facts, surroundings = PageFacts(outline), Surroundings(outline)
    found: list[Offer] = []
    rejections: list[Rejection] = []
    for unit in listed_first(sales.join(units, outline), outline, rejections):
        refused = surroundings.refuse(unit)
        offers = [] if refused else list(_offers(unit, outline, facts))
        if not offers:
            reason = refused or "an amount that nothing on the page names"
            rejections.append(Rejection(snippet(outline, unit), reason, where(outline, unit)))
        found += offers
    kept, echoes = repeats.without_echoes(bundles.by_company(bundles.told_apart(repeats.once(found))))
    return Reading(tuple(kept), (*rejections, *echoes))


def _offers(unit: Unit, outline: Outline, facts: PageFacts) -> Iterator[Offer]:
    """One offer, or one for each of the lengths that a flat price is for; none for what nothing names."""
    text = outline.lines[unit.line].text
    service, headings = service_of(unit, text)
    sections = tuple(heading for heading in headings if heading != service)
    kind = kind_of(unit, text, service, sections, facts)
    if (kind is None and (unit.money.bare or not service)) or not (service or (facts.sells_massage and unit.is_timed)):
        return
    if unit.money.cents == 0 and kind is not Category.ADDON and not names_treatment(service):
        return
    length = None if kind is Category.FEE or _is_of_no_length(unit, kind) else unit.duration
    primary, named = _modality(unit, outline, service, sections, kind, facts)
    offer = Offer(
        service=service or ("Massage therapy" if facts.clinical else "Massage"),
        price=unit.money.cents,
        category=kind or Category.OTHER_TREATMENT,
        snippet=snippet(outline, unit),
        where=where(outline, unit),
        reader=READER,
        heading=next(iter(sections), None),
        minutes=length.minutes if length else None,
        minutes_min=length.least if length else None,
        price_max=unit.money.most,
        sale_price=unit.sale,
        currency=unit.money.currency,
        modality=primary,
        modalities=named,
        tax=tax_words(text) or facts.tax,
        audience=audience(unit.label, service, _said_of_all(text), *sections[:1]),
        is_from=unit.money.is_from,
        confidence=_confidence(unit, kind, (service, unit.label, *sections[:2])),
        flags=_flags(unit, kind, primary, service),
    )
    flat = unit.lengths and not (unit.money.is_from or unit.money.most)
    yield from (replace(offer, minutes=minutes) for minutes in unit.lengths) if flat else (offer,)


def _said_of_all(text: str) -> str:
    """The words of a line that hold for all its prices; of several, ``$60 (members $50)``, those before the first."""
    amounts = moneys(text)
    return text if len(amounts) < _SEVERAL else text[: amounts[0].start]


def _is_of_no_length(unit: Unit, kind: Category | None) -> bool:
    """Whether an amount is for no one length: on top for each hour, ``+$7 / hour``, or the least of several lengths.

    A massage *from $50, 30-90 min* is sold in several lengths; one session may well take 60 to 75 minutes.
    """
    length, money = unit.duration, unit.money
    if length is None:
        return False
    several = length.least is not None and length.minutes >= _WIDE * length.least
    is_open = kind is Category.MASSAGE and (money.is_from or money.most is not None)
    return (money.is_extra and length.per_hour) or (several and is_open)


def _modality(
    unit: Unit, outline: Outline, service: str, sections: tuple[str, ...], kind: Category | None, facts: PageFacts
) -> tuple[str | None, tuple[str, ...]]:
    if kind not in (Category.MASSAGE, Category.COUPLES):
        return None, ()
    name = unit.label if facts.is_owner(service) else f"{service} {unit.label}".strip()
    sections = tuple(heading for heading in sections if not facts.is_owner(heading))
    if not asks_description(name):
        return modality(name, sections, clinical=False)
    beside = (unit.length_text, *_description(unit, outline, service))
    return modality(name, sections, clinical=facts.clinical, beside=beside, subject=facts.subject)


def _description(unit: Unit, outline: Outline, service: str) -> list[str]:
    """The sentences that stand with a name: between it and its price, or behind both where they share a line."""
    near = [line.text for line in outline.lines[max(0, unit.line - _DESCRIBED_WITHIN) : unit.line + 2]]
    at = next((n for n in range(len(near) - 1, -1, -1) if service and service in near[n]), len(near))
    return [text for text in near[at + 1 :] if is_prose(text)]


def _confidence(unit: Unit, kind: Category | None, said: tuple[str, ...]) -> float:
    """Trust in a reading, by what it rests on; the shares are measured, see docs/reading-pages.md."""
    if not unit.is_timed:
        return _NO_LENGTH
    if unit.money.bare:
        return _NO_SIGN
    if kind is Category.MASSAGE and not says_massage(*said):
        return _KIND_ASSUMED
    return _SURE


def _flags(unit: Unit, kind: Category | None, primary: str | None, service: str) -> tuple[str, ...]:
    """What a person should know of a reading."""
    unknown = kind is Category.MASSAGE and primary in GENERIC and bool(service) and is_unknown(service)
    inferred = unit.duration is not None and unit.duration.inferred
    return (UNKNOWN_NAME,) * unknown + (INFERRED_LENGTH,) * inferred


def fee(name: str, unit: Unit, outline: Outline) -> Offer:
    """The offer that a fee in a sentence is."""
    return Offer(
        service=name,
        price=unit.money.cents,
        category=Category.FEE,
        snippet=snippet(outline, unit),
        where=where(outline, unit),
        reader=READER,
        price_max=unit.money.most,
        currency=unit.money.currency,
        is_from=unit.money.is_from,
        confidence=_NO_LENGTH,
    )
