"""Massage or another treatment: what a name says that is done."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.folding import plain
from pipelines.modality import mentions, words_outside
from pipelines.records import Category
from pipelines.wordlists import entries

#: *Massage* in the languages of the taxonomy, compounds included.
_MASSAGE = ("massag", "masaj", "massasj")
WITH = re.compile(r"\s(?:with|w/|including|mit|avec|con|met|med)\s", re.IGNORECASE)
_SEVERAL = 2
_JOINT = re.compile(r"\s(?:\+|&|and|und|et|y|e|og|och|en)\s", re.IGNORECASE)


@lru_cache(maxsize=1024)
def kind_of(text: str) -> Category | None:
    """Massage or another treatment, by what a text names; *massage* in another treatment's own name does not count."""
    found = [m for m in mentions(text) if m.modality.kind != "setting"]
    others = [m for m in found if m.modality.kind == "other_treatment"]
    if found and not others:
        return Category.MASSAGE
    head = WITH.split(text, maxsplit=1)[0]
    if others and head != text and kind_of(head) is Category.OTHER_TREATMENT:
        return Category.OTHER_TREATMENT  # *Pedicure with foot massage*
    if any(stem in word for word in words_outside(text, others) for stem in _MASSAGE):
        return Category.MASSAGE
    return Category.OTHER_TREATMENT if others else None


def kind_elsewhere(text: str) -> Category | None:
    """As ``kind_of`` where no massage is sold: there *Prenatal visit* tells for whom a thing is, no more."""
    kind = kind_of(text)
    said = {mention.modality.id for mention in mentions(text)}
    return None if kind is Category.MASSAGE and said and said <= entries("modality", "for_whom") else kind


def tells_where(text: str) -> bool:
    """Whether a name tells where something is done, and not that it is a massage: *Scalp cleansing*."""
    said = {mention.modality.id for mention in mentions(text)}
    return said <= entries("modality", "where") and not any(stem in plain(text) for stem in _MASSAGE)


def is_two_treatments(name: str) -> bool:
    """Whether a massage is joined with a treatment of another kind."""
    parts = name.split(",") if name.count(",") >= _SEVERAL else _JOINT.split(name)
    kinds = {kind_of(part) for part in parts}
    return {Category.MASSAGE, Category.OTHER_TREATMENT} <= kinds


@lru_cache(maxsize=4096)
def says_massage(*texts: str) -> bool:
    """Whether a name or one of its headings says that the thing is a massage, so that it need not be assumed."""
    return any(kind_of(text) is Category.MASSAGE for text in texts if text)
