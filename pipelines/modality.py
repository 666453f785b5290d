"""Names to modalities: the taxonomy of ``modalities.csv`` and whole-phrase matching against it.

A name is matched word by word, the longest synonym first; compounds with *massage* count as two words
(*Aromamassage*). Abbreviations such as NMT or ART count only when they are printed in capitals, because the same
letters are ordinary words otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz import process

from pipelines.datafile import listed, rows
from pipelines.folding import fold, fold_word, plain

_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_]\b)*")
_POSSESSIVE = re.compile(r"['’]s\b")
#: Where a compound parts: *Rücken|massage*, *fot|massasje*, *Migräne|behandlung*.
_COMPOUND = re.compile(r"(?<=\w\w)(?=massag|massas[jk]|behand(?:lung|eling|ling))", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,5}")


@dataclass(frozen=True, slots=True)
class Modality:
    """One node of the taxonomy. ``rollup`` says whether its prices count in its parents' figures."""

    id: str
    name: str
    kind: str
    parents: tuple[str, ...]
    synonyms: tuple[str, ...]
    rollup: bool
    gst_class: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A modality named in a text, with the half-open range of words that name it and these words as compared."""

    modality: Modality
    start: int
    end: int
    phrase: str


def _load() -> Mapping[str, Modality]:
    return MappingProxyType(
        {
            row["id"]: Modality(
                id=row["id"],
                name=row["name"],
                kind=row["kind"],
                parents=listed(row["parents"]),
                synonyms=listed(row["synonyms"]),
                rollup=row["rollup"] == "1",
                gst_class=row["gst_class"],
            )
            for row in rows("modalities.csv")
        }
    )


MODALITIES: Mapping[str, Modality] = _load()
GENERIC = frozenset({"massage", "massage_therapy"})


@cache
def _phrases() -> tuple[dict[tuple[str, ...], Modality], dict[str, Modality], dict[str, int]]:
    """Phrases by their folded words, abbreviations by their capitals, and the most words of a phrase by its first."""
    phrases: dict[tuple[str, ...], Modality] = {}
    capitals: dict[str, Modality] = {}
    for modality in MODALITIES.values():
        for synonym in (*modality.synonyms, modality.name):
            if _ABBREVIATION.fullmatch(synonym):
                capitals[synonym.replace(".", "")] = modality
            else:
                phrases.setdefault(tuple(map(_folded, _tokens(synonym))), modality)
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return phrases, capitals, longest


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[Mention, ...]:
    """The modalities that a text names, in order, longest phrase first, none inside another.

    >>> [m.modality.id for m in mentions("NMT, deep tissue & hot stones; state of the art")]
    ['neuromuscular_therapy', 'deep_tissue', 'hot_stone']
    """
    phrases, capitals, longest = _phrases()
    raw = _tokens(text)
    folded = [_folded(token) for token in raw]
    found: list[Mention] = []
    start = 0
    while start < len(folded):
        mention = _at(start, raw, folded, phrases, capitals, longest)
        if mention:
            found.append(mention)
        start = mention.end if mention else start + 1
    return tuple(found)


@lru_cache(maxsize=4096)
def names_treatment(text: str) -> bool:
    """Whether a text names something that is done, not only a setting such as *mobile*."""
    return any(mention.modality.kind != "setting" for mention in mentions(text))


def words_outside(text: str, found: Sequence[Mention] = ()) -> list[str]:
    """The words of a text, as compared, that none of some mentions covers; compounds in their parts."""
    covered = {n for mention in found for n in range(mention.start, mention.end)}
    return [_folded(token) for n, token in enumerate(_tokens(text)) if n not in covered]


def names_modality(text: str) -> bool:
    """Whether a text names any entry of the taxonomy.

    >>> names_modality("Hot stone massage"), names_modality("this month")
    (True, False)
    """
    return bool(text) and bool(mentions(text))


def _tokens(text: str) -> list[str]:
    """The words of a text as printed, compounds in their parts.

    >>> _tokens("Children's Fußreflexzonenmassage, R.M.T.")
    ['Children', 'Fußreflexzonen', 'massage', 'R.M.T']
    """
    return _TOKEN.findall(_COMPOUND.sub(" ", _POSSESSIVE.sub("", text)))


def _folded(token: str) -> str:
    return fold_word(plain(token).replace(".", ""))


def _at(
    start: int,
    raw: list[str],
    folded: list[str],
    phrases: dict[tuple[str, ...], Modality],
    capitals: dict[str, Modality],
    longest: dict[str, int],
) -> Mention | None:
    for end in range(min(len(folded), start + longest.get(folded[start], 0)), start, -1):
        modality = phrases.get(tuple(folded[start:end]))
        if modality:
            return Mention(modality, start, end, " ".join(folded[start:end]))
    abbreviation = capitals.get(raw[start].replace(".", "")) if raw[start].isupper() else None
    return Mention(abbreviation, start, start + 1, folded[start]) if abbreviation else None


def ancestors(modality_id: str) -> frozenset[str]:
    """All modalities above one, however far."""
    above: set[str] = set()
    waiting = list(MODALITIES[modality_id].parents)
    while waiting:
        parent = waiting.pop()
        if parent not in above:
            above.add(parent)
            waiting += MODALITIES[parent].parents
    return frozenset(above)


def find_modality(text: str) -> Modality | None:
    """The modality that a person means by an id, a name or a synonym; ``None`` when there is no such.

    >>> find_modality("nmt").id, find_modality("Deep-Tissue").id, find_modality("zzz")
    ('neuromuscular_therapy', 'deep_tissue', None)
    """
    phrases, capitals, _ = _phrases()
    key = tuple(map(_folded, _tokens(text.replace("_", " "))))
    return (
        MODALITIES.get(text.strip().lower()) or phrases.get(key) or capitals.get(text.strip().upper().replace(".", ""))
    )


def suggest(text: str, limit: int = 3) -> tuple[str, ...]:
    """Ids of the modalities whose names come nearest to an unknown one, best first; a hint, never a decision."""
    names = {synonym: m.id for m in MODALITIES.values() for synonym in (m.id, m.name, *m.synonyms)}
    near = process.extract(fold(text), {name: fold(name) for name in names}, limit=limit * 4, score_cutoff=60)
    return tuple(dict.fromkeys(names[str(key)] for _, _, key in near))[:limit]
