"""Menus that a page keeps in its own scripts: object literals with lengths and amounts side by side.

Used only where the visible page lists no timed price: what a script holds may be a draft, a total or another page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import chompjs
from selectolax.lexbor import LexborHTMLParser

from pipelines.categories import category
from pipelines.classify import audience
from pipelines.durations import SESSION_LENGTHS, bare_length, durations
from pipelines.moneys import to_cents
from pipelines.primary import modality
from pipelines.readers.website.facts import PageFacts
from pipelines.records import Category, Offer

READER = "script"
_START = re.compile(r"(?:\b(?:const|let|var)\s+[\w$]{1,60}|\bwindow\.[\w$.]{1,60})\s{0,4}=\s{0,4}(?=[{\[])")
_LENGTH_KEYS = ("duration", "minutes", "mins", "length", "time", "duration_min", "durationMinutes")
_AMOUNT_KEYS = ("price", "amount", "cost", "rate")
_NAME_KEYS = ("name", "title", "service", "label")
_PRICE = re.compile(r"[$€£]?\s?(\d{1,4}(?:[.,]\d{1,2})?)\s?[$€£]?")
_LARGEST = 400_000
_DEEPEST = 10


def read(tree: LexborHTMLParser, facts: PageFacts) -> list[Offer]:
    """Timed prices in the object literals of a page's inline scripts."""
    found: list[Offer] = []
    for number, script in enumerate(tree.css("script:not([src])")):
        text = script.text()
        if (
            40 < len(text) < _LARGEST
            and any(key in text for key in _LENGTH_KEYS)
            and any(k in text for k in _AMOUNT_KEYS)
        ):
            for start in _START.finditer(text):
                found += _offers(_literal(text[start.end() :]), f"script[{number}]", facts)
    return found


def _literal(text: str) -> Any:
    try:
        return chompjs.parse_js_object(text)
    except (ValueError, RecursionError):
        return None


def _offers(data: Any, where: str, facts: PageFacts) -> Iterator[Offer]:
    for names, node in _timed(data, (), 0):
        minutes, cents = _minutes(node), _cents(node)
        if minutes and cents and names:
            yield _offer(names, minutes, cents, f"{where}: {names[0]}", facts)


def _timed(node: Any, names: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Nodes with a length and an amount, with the names at and above each, nearest first; keys count as headings."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for child in node[:400]:
            yield from _timed(child, names, depth + 1)
    elif isinstance(node, dict):
        own = next((node[key] for key in _NAME_KEYS if isinstance(node.get(key), str) and node[key].strip()), None)
        names = (own.strip(), *names) if own else names
        if any(key in node for key in _LENGTH_KEYS) and any(key in node for key in _AMOUNT_KEYS):
            yield names, node
        for key, child in node.items():
            if isinstance(child, dict | list):
                yield from _timed(child, (*names, key), depth + 1)


def _minutes(node: dict[str, Any]) -> int | None:
    value = next((node[key] for key in _LENGTH_KEYS if key in node), None)
    if isinstance(value, str):
        stated = durations(value)
        length = stated[0] if len(stated) == 1 else bare_length(value)
        value = length.minutes if length else None
    return value if isinstance(value, int) and value in SESSION_LENGTHS else None


def _cents(node: dict[str, Any]) -> int | None:
    value = next((node[key] for key in _AMOUNT_KEYS if key in node), None)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    stated = _PRICE.fullmatch(str(value).strip())
    return to_cents(stated.group(1)) if stated else None


def _offer(names: tuple[str, ...], minutes: int, cents: int, where: str, facts: PageFacts) -> Offer:
    name, headings = names[0], names[1:]
    kind = category(name, "", headings, is_extra=False, timed=True, sells_massage=facts.sells_massage)
    kind = kind or Category.OTHER_TREATMENT
    massage = kind in (Category.MASSAGE, Category.COUPLES)
    primary, named = modality(name, headings, clinical=facts.clinical) if massage else (None, ())
    return Offer(
        service=name,
        price=cents,
        category=kind,
        snippet=f"{name}: {minutes} min, {cents / 100:g}",
        where=where,
        reader=READER,
        heading=next(iter(headings), None),
        minutes=minutes,
        modality=primary,
        modalities=named,
        tax=facts.tax,
        audience=audience(name),
        confidence=0.8,
    )
