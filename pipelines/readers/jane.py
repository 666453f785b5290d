"""Jane booking pages: the treatments of the ``routerOptions`` object in the page's own script.

The object is JavaScript, not JSON; its string values are HTML-escaped, sometimes twice, so they are unescaped after
parsing and never before. Lengths are seconds: ``treatment_duration`` is what the client gets, ``scheduled_duration``
has the room's turnover in it and is never read. A price of ``null`` is not stated; 0 is really free.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import chompjs

from pipelines.categories import category
from pipelines.classify import audience, tax_words
from pipelines.primary import modality
from pipelines.records import Category, Offer, Page, Reading, Rejection

NAME = "jane"
_MARK = b"routerOptions"
_START = re.compile(r"routerOptions\s*=\s*(?=\{)")
_HOST = re.compile(r"[a-z0-9-]+\.janeapp\.(?:com|localhost)(?::\d+)?", re.IGNORECASE)
_MOTOR_ACCIDENT = re.compile(r"\b(?:mva|wcb|motor vehicle)\b", re.IGNORECASE)


def recognises(page: Page) -> bool:
    """Whether the page carries a Jane menu."""
    return _MARK in page.body


def menu_urls(url: str) -> tuple[str, ...]:
    """The public menu page of a link to a Jane clinic; what stands after ``#`` never reaches a server.

    >>> menu_urls("https://willow.janeapp.com/#/discipline/1/treatment/7")
    ('https://willow.janeapp.com/',)
    >>> menu_urls("https://willow.janeapp.com/locations/north/book?x=1")
    ('https://willow.janeapp.com/locations/north/book',)
    """
    parts = urlsplit(url)
    if not _HOST.fullmatch(parts.netloc):
        return ()
    place = re.match(r"/locations/[\w-]+/book", parts.path)
    return (f"{parts.scheme or 'https'}://{parts.netloc.lower()}{place.group() if place else '/'}",)


def read(page: Page) -> Reading:
    """The treatments of a Jane page as offers; those without a stated price are rejections."""
    text = page.body.decode(page.charset or "utf-8", errors="replace")
    start = _START.search(text)
    if start is None:
        return Reading()
    try:
        menu: Any = chompjs.parse_js_object(text[start.end() :])
    except ValueError as error:
        return Reading(
            rejections=(Rejection(text[start.start() : start.start() + 200], f"Jane menu unreadable: {error}"),)
        )
    treatments = menu.get("treatments") if isinstance(menu, dict) else None
    if not isinstance(treatments, list):
        return Reading(rejections=(Rejection("routerOptions", "Jane menu without a list of treatments"),))
    disciplines = {d.get("id"): _text(d.get("name")) for d in menu.get("disciplines") or [] if isinstance(d, dict)}
    offers: list[Offer] = []
    rejections: list[Rejection] = []
    for number, treatment in enumerate(treatments):
        where = f"routerOptions.treatments[{number}]"
        found = _read_treatment(treatment, disciplines, where)
        if isinstance(found, Offer):
            offers.append(found)
        else:
            rejections.append(found)
    return Reading(tuple(offers), tuple(rejections))


def _text(value: object) -> str:
    return unescape(unescape(value)).strip() if isinstance(value, str) else ""


def _read_treatment(treatment: Any, disciplines: dict[object, str], where: str) -> Offer | Rejection:
    if not isinstance(treatment, dict):
        return Rejection(str(treatment)[:200], "Jane treatment of an unknown shape", where)
    name, price, seconds = _text(treatment.get("name")), treatment.get("price"), treatment.get("treatment_duration")
    snippet = f"{name} | {seconds} s | {price}"
    if not name or isinstance(price, bool) or not isinstance(price, int | float) or not 0 <= price < 100_000:
        return Rejection(snippet, "Jane treatment without a stated price", where)
    minutes = seconds // 60 if isinstance(seconds, int) and 0 < seconds <= 6 * 3600 else None
    return _offer(
        name,
        round(price * 100),
        minutes,
        disciplines.get(treatment.get("discipline_id"), ""),
        treatment,
        where,
        snippet,
    )


def _offer(
    name: str, cents: int, minutes: int | None, discipline: str, treatment: dict[str, Any], where: str, snippet: str
) -> Offer:
    headings = (discipline,) if discipline else ()
    kind = category(name, "", headings, is_extra=False, timed=minutes is not None) or Category.OTHER_TREATMENT
    massage = kind in (Category.MASSAGE, Category.COUPLES)
    primary, named = modality(name, headings, clinical=True) if massage else (None, ())
    flags = []
    if treatment.get("display_duration") is False:
        flags.append("length not displayed to clients")
    if _MOTOR_ACCIDENT.search(name):
        flags.append("insurer's price")
    return Offer(
        service=name,
        price=cents,
        category=kind,
        snippet=snippet,
        where=where,
        reader=NAME,
        heading=discipline or None,
        minutes=minutes,
        modality=primary,
        modalities=named,
        tax=tax_words(f"{name} {_text(treatment.get('description'))}"),
        audience=audience(name),
        confidence=0.99 if not flags else 0.85,
        flags=tuple(flags),
    )
