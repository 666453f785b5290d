"""Which modality a massage is: told by its name, then by its headings, then by what describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipelines.folding import fold, words
from pipelines.modality import GENERIC, MODALITIES, Mention, ancestors, mentions, words_outside
from pipelines.wordlists import consists_of, entries, meaning_of_each, words_of

#: Words that part the names of a list; without them, names side by side restate each other.
_LISTED = re.compile(r"[/,&+|]|\b(?:and|or|und|oder|et|ou|y|e|og|och|en)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_NEAR_HEADINGS = 2
_WORDS_OF_A_HEADING = 7
_FIRST_SENTENCE = re.compile(r"[^.!?]{1,200}")


@lru_cache(maxsize=4096)
def modality(
    name: str,
    headings: tuple[str, ...],
    *,
    clinical: bool,
    beside: tuple[str, ...] = (),
    subject: str | None = None,
) -> tuple[str | None, tuple[str, ...]]:
    """Primary modality and all named ones of a massage.

    ``clinical`` says that the page speaks of massage therapy; ``beside`` are texts that describe the thing, asked
    where its name and headings name no modality; ``subject`` is the one modality that the page is about, if so.

    >>> modality("Therapeutic / Deep Tissue", (), clinical=True)
    ('therapeutic', ('therapeutic', 'deep_tissue'))
    >>> modality("60 minutes", ("NMT",), clinical=True)[0], modality("Full body massage", (), clinical=True)[0]
    ('neuromuscular_therapy', 'massage')
    >>> modality("Tension Headache Relief", ("Myofascial Release",), clinical=False)
    ('myofascial_release', ('myofascial_release', 'headache'))
    """
    own = _named(name)
    above = next((found for text in headings[:_NEAR_HEADINGS] if (found := _of_heading(text))), [])
    if own and not above and consists_of(name, "vague"):
        above = _of_description(beside)
    if own:
        ids = [*above, *own] if above and _gives_way(name, own, above[0]) else own
    else:
        said = _generic(name)
        ids = [said] if said else above or (_of_description(beside) if _is_house_name(name) else [])
        therapy = clinical or not words_of("therapy", "modality").isdisjoint(words(name))
        ids = ids or [subject or ("massage_therapy" if therapy else "massage")]
    return ids[0], tuple(dict.fromkeys(ids))


def is_unknown(name: str) -> bool:
    """Whether a massage goes by a name that says nothing to the taxonomy, and more than a length or for whom.

    >>> [is_unknown(name) for name in ("The Reset", "60 minutes", "Deep tissue", "Garden massage")]
    [True, False, False, False]
    """
    return not _named(name) and not _generic(name) and _is_house_name(name) and not mentions(name)


def asks_description(name: str) -> bool:
    """Whether what describes a thing is asked for its modality, because its name names none or says too little.

    >>> asks_description("The Reset"), asks_description("Deep tissue massage")
    (True, False)
    """
    return not _named(name) or consists_of(name, "vague")


def sole_modality(lines: Iterable[str]) -> str | None:
    """The only modality that some lines name, if they name just one.

    >>> sole_modality(["Reflexology in Banff", "Foot reflexology"]), sole_modality(["Reflexology", "Shiatsu"])
    ('reflexology', None)
    """
    named = {modality_id for line in lines for modality_id in _ids(mentions(line))}
    return named.pop() if len(named) == 1 else None


def _generic(name: str) -> str | None:
    """The general modality that a name settles by itself: that of a blend, of therapy, of a full body massage."""
    therapy = words_of("therapy", "modality")
    named = [m.phrase.split() for m in mentions(name) if m.modality.id == "massage_therapy"]
    if not words_of("blend", "modality").isdisjoint(words(name)) or not all(map(therapy.isdisjoint, named)):
        return "massage_therapy"
    return "massage" if "full body massage" in fold(name) else None


def _is_house_name(name: str) -> bool:
    """Whether a name is one that the clinic made up: *The Reset*, but neither *One hour* nor *Garden massage*."""
    return "massage" not in words_outside(name) and not consists_of(name, "generic")


def _gives_way(name: str, own: list[str], above: str) -> bool:
    """Whether a heading comes before a name below it: it says the same more closely, or the name only a complaint."""
    if above in own or MODALITIES[above].kind == "setting":
        return False
    if all(modality_id in ancestors(above) for modality_id in own):
        return True
    return above not in entries("modality", "complaint") and _only_complains(name, own)


def _only_complains(name: str, own: list[str]) -> bool:
    """Whether a name says no more than what ails: a complaint that has a modality, or a part of the body that hurts."""
    said = words_outside(name)
    hurts = not words_of("relief", "modality").isdisjoint(said)
    complaints = _where() if hurts else entries("modality", "complaint")
    return "massage" not in said and complaints.issuperset(own)


def _of_heading(text: str) -> list[str]:
    """The modalities of a heading, unless it is a sentence or a slogan."""
    if text.count(" ") + 1 > _WORDS_OF_A_HEADING:
        return []
    found = mentions(text)
    plain = words_of("generic") | words_of("section")
    if plain.issuperset(words_outside(text, found)):
        return _named(text)
    return _named(text) if any(_is_meant(mention) for mention in found) else []


def _of_description(beside: tuple[str, ...]) -> list[str]:
    """The modality of a house name, told by the first sentence that names any; of several it is a blend."""
    for text in beside:
        sentence = _FIRST_SENTENCE.match(text)
        found = mentions(sentence.group()) if sentence else ()
        named = _ids(found)
        ids = _headed("", [modality_id for modality_id in named if modality_id not in _where()] or named[:1])
        if len(ids) > 1 and not ancestors(ids[0]).issuperset(ids[1:]):
            return ["massage_therapy", *ids]
        if any(_is_meant(mention) for mention in found):
            return ids
        if "full body massage" in fold(text):
            return ["massage"]
    return []


def _where() -> frozenset[str]:
    """Modalities that say where a massage works or against what, rather than how."""
    return entries("modality", "complaint").union(meaning_of_each("parts").values())


def _is_meant(mention: Mention) -> bool:
    """Whether a mention in running words names what is done, rather than praise it."""
    return bool(_ids([mention])) and mention.phrase not in words_of("slogan", "modality")


def _ids(found: Iterable[Mention]) -> list[str]:
    """The specific modalities of some mentions, in their order."""
    known = [m.modality for m in found if m.modality.kind in ("modality", "technique") or m.modality.id == "four_hands"]
    return list(dict.fromkeys(modality.id for modality in known if modality.id not in GENERIC))


@lru_cache(maxsize=1024)
def _named(text: str) -> list[str]:
    """The specific modalities that a text names, the primary one first."""
    found = mentions(text)
    ids = _ids(found)
    if len(ids) > 1 and "(" in text and found[0].modality.id == "massage_therapy":
        return ["massage_therapy", *ids]  # a general name with what it may hold in brackets: (CST, lymphatic)
    if len(ids) > 1 and not _LISTED.search(text):
        ids = _ids(sorted(found, key=lambda mention: mention.phrase in words_of("adjective", "modality")))
    return _headed(text, ids) or _parts(text)


def _headed(text: str, ids: list[str]) -> list[str]:
    """The ids with the primary one first: what restates another more closely, or the grammatical head of the name.

    >>> _headed("Relaxation (Swedish)", ["relaxation", "swedish"]), _headed("Pre/Postnatal", ["prenatal", "postnatal"])
    (['swedish', 'relaxation'], ['prenatal', 'postnatal'])
    >>> _headed("Hot Stone Reflexology", ["hot_stone", "reflexology"])
    ['reflexology', 'hot_stone']
    """
    if len(ids) < 2:
        return ids
    listed = _LISTED.search(_BRACKETS.sub(" ", text)) is not None
    restating = entries("modality", "restating").intersection(ids) if listed else ids
    above = {over for modality_id in restating for over in ancestors(modality_id)}
    leading = ["back_neck"] if set(ids) == {"scalp_head", "back_neck"} else [] if listed else ["reflexology"]
    return sorted(ids, key=lambda modality_id: (modality_id in above, modality_id not in leading))


def _parts(text: str) -> list[str]:
    """What a name says of parts of the body, where it names two of them: *Nacken, Schultern*, *Calves & feet*.

    >>> _parts("Cabeça, Pescoço e Ombro"), _parts("Head & feet"), _parts("Welcome back")
    (['back_neck', 'scalp_head'], ['scalp_head', 'foot_massage'], [])
    """
    part_of = meaning_of_each("parts")
    said = dict.fromkeys(word for word in words_outside(text) if word in part_of)
    ids = list(dict.fromkeys(part_of[word] for word in said))
    return _headed(text, ids) if len(said) > 1 else []
