"""What a priced thing is called: its line's own words, or the heading that governs them."""

from __future__ import annotations

import re

from pipelines.categories import tells_kind
from pipelines.durations import durations, without
from pipelines.folding import words
from pipelines.modality import names_treatment
from pipelines.moneys import moneys
from pipelines.readers.website.outline import SEAM
from pipelines.readers.website.phrases import clean_name, phrase
from pipelines.readers.website.seams import SENTENCE_ENDS
from pipelines.readers.website.sentences import is_sentence
from pipelines.readers.website.units import Unit
from pipelines.readers.website.wording import describes, is_generic, is_section, is_title_case
from pipelines.wordlists import consists_of, words_of

_WORDS_OF_A_NAME = 5
#: A name, a mark, and at least three words more that tell of it.
_DETAILS = re.compile(
    r"((?:[^\W\d_]|[\s&'’/-]){3,50}?[^\W\d_])(?:\s?[-–—:]\s(?=[a-zà-ÿ])|[.!]\s(?=[A-Z]))(?:[^\s]{1,30}\s){3}"
)


def service_of(unit: Unit, text: str) -> tuple[str, tuple[str, ...]]:
    """The name of the thing on a line of text, and the headings above it that name services, nearest first."""
    service, titles = _service_of(unit, text)
    service = without_details(service)
    kind = _kind_beside_length(unit)
    return (f"{service}: {kind}" if kind and service and not names_treatment(service) else service), titles


def _kind_beside_length(unit: Unit) -> str:
    """What a house name stands for, where the line of its length says so: ``The Pause`` / ``Thai Massage, 60 min``."""
    line = unit.length_text
    kind = clean_name(without(line, durations(line))) if line else ""
    return kind if is_title_case(kind) and names_treatment(kind) and not is_generic(kind) else ""


def without_details(name: str) -> str:
    """A name without what is told of the thing behind it.

    >>> without_details("Hot Stone Massage - with a set of warm stones"), without_details("Swedish - for two")
    ('Hot Stone Massage', 'Swedish - for two')
    """
    found = _DETAILS.match(name)
    return found.group(1) if found and is_title_case(found.group(1)) else name


def _service_of(unit: Unit, text: str) -> tuple[str, tuple[str, ...]]:
    """The name of the thing on a line of text, and the headings above it that name services, nearest first.

    A line that says only a length, or a length of massage, is called by its heading; one that says too little alone
    (*Follow-up*) is put behind it; where no heading names anything, the line's words stand as printed.
    """
    above = [name for name in (*unit.names, *unit.headings) if name]
    titles = tuple(dict.fromkeys(name for name in above if not is_section(name)))
    if titles and above[0] not in titles and is_generic(titles[0]) and names_treatment(above[0]):
        titles = (above[0], *titles)  # a *Massage Session* for *Returning Clients*
    if len(titles) > 1 and consists_of(titles[0], "one_session") and names_treatment(titles[1]):
        titles = titles[1:]  # a *Single session* below *Lymphatic Drainage*
    own = unit.own or (unit.tail if not titles or unit.tail_names else "") or _behind(unit, text)
    if titles and _is_told_of(titles[0], unit, text):
        return titles[0], titles
    if own and titles and consists_of(own, "setting") and names_treatment(titles[0]):
        return f"{titles[0]}: {own}", titles
    if own and not is_generic(own) and not (titles and (unit.own_describes or describes(own))):
        return own, titles
    if titles and "massage" in own.lower() and _heads_prices(titles[0]):
        return own, titles
    if titles and not unit.own and tells_kind(unit.length_name) and not names_treatment(titles[0]):
        return f"{titles[0]}: {unit.length_name}", titles  # a house name, and on the line of its length what it is
    if titles and (_names_a_service(titles[0]) or "massage" not in own.lower()):
        too_little = own and not consists_of(own, "length_of_massage") and not _tells(unit)
        return (f"{titles[0]}: {own}" if too_little else titles[0]), titles
    named = "" if consists_of(own, "length") else own
    return _as_printed(unit, text) or named or _section_subject(above), titles


def _tells(unit: Unit) -> bool:
    """Whether the words before an amount are sentences."""
    return bool(SENTENCE_ENDS.search(unit.own)) or (unit.own_describes and unit.own.count(" ") >= _WORDS_OF_A_NAME)


def _heads_prices(title: str) -> bool:
    """Whether a heading is that of a price list, whatever else it says: *Millbrook Massage Rates*."""
    return bool(words_of("price_list").intersection(words(title)[-1:]))


def _behind(unit: Unit, text: str) -> str:
    """A treatment named behind the amount and the length of a line, in small letters: ``$95 / 1hr table massage``."""
    rest = text[unit.money.end :]
    lengths = durations(rest)
    if unit.tail or not lengths or moneys(rest):
        return ""
    name = clean_name(without(rest, lengths))
    return name if name.count(" ") < _WORDS_OF_A_NAME and names_treatment(name) else ""


def _is_told_of(title: str, unit: Unit, text: str) -> bool:
    """Whether an amount stands in sentences below the name of a treatment: they tell of it, and name nothing."""
    return names_treatment(title) and is_sentence(unit, text)


def _names_a_service(title: str) -> bool:
    return names_treatment(title) or bool(words_of("subject").intersection(words(title)))


def _as_printed(unit: Unit, text: str) -> str:
    """A name that is no more than a length: the words before the price as they stand (*60-Minute Session*).

    What a mark sets off from its length stands alone: *Massage: 60 minutes*.
    """
    before = text[: unit.money.start]
    behind_others = max((money.end for money in moneys(before)), default=0)
    set_off = unit.own and re.match(rf"\W*{re.escape(unit.own)}(?:{SEAM}|\s?[:–—|])", before)
    candidates = (unit.own if set_off else phrase(before[behind_others:]), phrase(unit.length_text))
    return next((p for p in candidates if consists_of(p, "generic") and not consists_of(p, "length")), "")


def _section_subject(above: list[str]) -> str:
    """What the nearest section is about, its words for prices left out: *Bodywork Pricing* is about bodywork."""
    for heading in above:
        kept = [word for word in heading.split() if not words_of("section_core").intersection(words(word))]
        if kept and consists_of(" ".join(kept), "generic"):
            return " ".join(kept)
    return ""
