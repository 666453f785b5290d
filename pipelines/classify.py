"""Names to what they are: category, audience, tax words and modality of a priced thing."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.folding import plain
from pipelines.modality import mentions, words_outside
from pipelines.records import Audience, Category, TaxWords
from pipelines.wordlists import consists_of, entries, meanings, occurs, pattern, phrases


def speaks_of_tax(text: str) -> bool:
    """Whether a text holds any of the letters without which nothing is said of tax: a cheap look at a whole page."""
    lowered = text.lower()
    return any(letters in lowered for letters in phrases("tax", "letters"))


@lru_cache(maxsize=4096)
def tax_words(text: str) -> TaxWords | None:
    """What a text says of GST.

    >>> tax_words("$90 + GST"), tax_words("All prices include GST"), tax_words("$90")
    (<TaxWords.PLUS_GST: 'plus_gst'>, <TaxWords.GST_INCLUDED: 'gst_included'>, None)
    """
    if not speaks_of_tax(text):
        return None
    if pattern("tax", "plus").search(text):
        return TaxWords.PLUS_GST
    return TaxWords.GST_INCLUDED if pattern("tax", "included").search(text) else None


def names_audience(text: str) -> bool:
    """Whether a short text, such as a column's head, says for whom a price is.

    >>> names_audience("Regular"), names_audience("Student rate"), names_audience("Deep tissue")
    (True, True, False)
    """
    return any(words.search(text) for _, words in meanings("audience"))


@lru_cache(maxsize=4096)
def audience(*texts: str) -> Audience:
    """The audience that the nearest text naming one names; regular when none does.

    >>> audience("60 min", "New Client Specials")
    <Audience.FIRST_VISIT: 'first_visit'>
    """
    return next((kind for text in texts if text and (kind := _audience_of(text))), Audience.REGULAR)


@lru_cache(maxsize=1024)
def _audience_of(text: str) -> Audience | None:
    return next((Audience(kind) for kind, words in meanings("audience") if words.search(text)), None)


#: Kinds told by words of the name or its label, the first that fits.
_BY_NAME = (Category.GIFT, Category.FEE, Category.ADDON, Category.COUPLES, Category.PACKAGE)
_IF_NOTHING_ELSE = (Category.COURSE, Category.PRODUCT)
_WORDS_OF_A_SECTION = 5
_FOR = re.compile(r"\W{0,3}((?:for|für|pour|por|para|voor)\s[^,;.()]{3,40})", re.IGNORECASE)
#: *Massage* in the languages of the taxonomy, compounds included.
_MASSAGE = ("massag", "masaj", "massasj")
#: On what condition a price holds, or what it comes with; that tells nothing of the thing itself.
_WITH_MASSAGE = re.compile(
    r"\b(?:if |when )?(?:booked |combined |taken )?with (?:a|any|your|another|every) massage\b", re.IGNORECASE
)
_WITH = re.compile(r"\s(?:with|w/|including|mit|avec|con|met|med)\s", re.IGNORECASE)
_JOINT = re.compile(r",\s|\s(?:\+|&|and|und|et|y|e|og|och|en)\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def category(
    name: str, label: str, headings: tuple[str, ...], *, is_extra: bool, timed: bool, sells_massage: bool = True
) -> Category | None:
    """What a price buys: told by its name, then by the sections it stands in; ``None`` when nothing says.

    A timed thing that nothing tells is a massage where ``sells_massage``, another treatment elsewhere.

    >>> category("Hot stones", "", ("Add-ons",), is_extra=False, timed=False)
    <Category.ADDON: 'addon'>
    >>> category("Massage + Scrub", "", (), is_extra=False, timed=True)
    <Category.PACKAGE: 'package'>
    """
    near = f"{label} {name}"
    if not timed and pattern("category", "fee_if_untimed").search(near):
        return Category.FEE
    found = _told_by_words(near, _BY_NAME)
    if found not in (Category.FEE, Category.GIFT) and _is_taught((name, *headings[:1])):
        return Category.COURSE
    if is_extra and found in (None, Category.COUPLES):
        return Category.ADDON
    if found:
        return found
    section = _section_kind(headings)
    kind_of = _kind_of if sells_massage else _kind_elsewhere
    own = kind_of(_WITH_MASSAGE.sub(" ", near))
    if own is Category.MASSAGE and (taught_or_sold := _taught_or_sold(name, timed=timed)):
        return taught_or_sold
    if _is_two_treatments(name):
        return Category.PACKAGE
    if consists_of(name, "consultation"):
        return Category.OTHER_TREATMENT
    if section is Category.FEE and own:
        section = None  # a price list below *Payment & cancellation* is still one
    vague = _tells_where(near) or ((head := _WITH.split(name, maxsplit=1)[0]) != name and kind_of(head) is None)
    if own is Category.MASSAGE and vague and kind_of(next(iter(headings), "")) is Category.OTHER_TREATMENT:
        own = Category.OTHER_TREATMENT
    if section or own:
        return section or own
    around = next((kind for heading in headings if (kind := kind_of(heading))), None)
    if not timed and any(_told_by_words(heading, (Category.GIFT,)) for heading in headings):
        return Category.GIFT
    if around is Category.MASSAGE and any(pattern("category", "course_head").search(t) for t in (name, *headings[:1])):
        return Category.COURSE  # what is taught is a massage
    if around or timed:
        return around or (Category.MASSAGE if sells_massage else Category.OTHER_TREATMENT)
    return _told_by_words(near, _IF_NOTHING_ELSE)


@lru_cache(maxsize=4096)
def purpose(text: str) -> Category | None:
    """What the words right behind a price say that it is for, if not for one treatment.

    >>> purpose(" for parking"), purpose(" for 3 sessions, at home"), purpose(" for 60 minutes; cancel a day ahead")
    (<Category.FEE: 'fee'>, <Category.PACKAGE: 'package'>, None)
    """
    said = _FOR.match(text)
    return _told_by_words(said.group(1), (Category.FEE, Category.COUPLES, Category.PACKAGE)) if said else None


@lru_cache(maxsize=1024)
def _told_by_words(text: str, kinds: tuple[Category, ...]) -> Category | None:
    """The first of some kinds whose words a text holds."""
    return next((kind for kind in kinds if pattern("category", kind.value).search(text)), None)


@lru_cache(maxsize=1024)
def tells_kind(text: str) -> bool:
    """Whether a few words bear on what a price buys: a treatment, a kind of offer, or for whom it is.

    >>> [tells_kind(text) for text in ("(full body)", "(couples)", "(deep tissue)", "(students)")]
    [False, True, True, True]
    """
    return (
        bool(mentions(text)) or _told_by_words(text, (*_BY_NAME, *_IF_NOTHING_ELSE)) is not None or names_audience(text)
    )


def tells_offer(text: str) -> bool:
    """Whether a heading says that what stands below it is no single treatment: add-ons, gifts, packages.

    >>> tells_offer("ADD-ONS"), tells_offer("Treatments")
    (True, False)
    """
    return _told_by_words(text, _BY_NAME) is not None


@lru_cache(maxsize=4096)
def says_massage(*texts: str) -> bool:
    """Whether a name or one of its headings says that the thing is a massage, so that it need not be assumed."""
    return any(_kind_of(text) is Category.MASSAGE for text in texts if text)


def _is_taught(texts: tuple[str, ...]) -> bool:
    """Whether a name or its heading is that of a lesson in massage."""
    taught = (text for text in texts if pattern("category", "course_head").search(text))
    return any(_kind_of(text) is Category.MASSAGE for text in taught)


def _taught_or_sold(name: str, *, timed: bool) -> Category | None:
    """A lesson, or a thing to take home, although the name says massage: *Infant massage class*, *Massage oil*."""
    if pattern("category", "course_head").search(name):
        return Category.COURSE
    if pattern("category", "product_head").search(name):
        return Category.PRODUCT
    return Category.COURSE if not timed and pattern("category", "course_if_untimed").search(name) else None


def _section_kind(headings: tuple[str, ...]) -> Category | None:
    """A kind that one of the two nearest headings gives to all below it, if it speaks of nothing else."""
    for heading in headings[:2]:
        if pattern("category", "addon_heading").search(heading):
            return Category.ADDON
        if pattern("category", "course_heading").search(heading):
            return Category.COURSE
        if len(heading.split()) <= _WORDS_OF_A_SECTION:
            found = _told_by_words(heading, _BY_NAME)
            if found is Category.ADDON and not _speaks_of_nothing_else(heading):
                continue
            if found and not (found is Category.PACKAGE and _may_list_single_ones(heading)):
                return found
    return None


def _may_list_single_ones(heading: str) -> bool:
    """Whether a heading for packages names a treatment too, and no card or series: *Massage packages*."""
    rest = pattern("category", "may_be_one").sub(" ", heading)
    return _kind_of(heading) is not None and _told_by_words(rest, (Category.PACKAGE,)) is None


def _speaks_of_nothing_else(heading: str) -> bool:
    """Whether a heading for extras is for all of them: *Enhancements & add-ons*, but not *Eye enhancements*."""
    rest = pattern("category", Category.ADDON.value).sub(" ", heading)
    return not rest.strip(" &-–:!+()") or consists_of(rest, "section")


@lru_cache(maxsize=1024)
def _kind_of(text: str) -> Category | None:
    """Massage or another treatment, by what a text names; *massage* in another treatment's own name does not count."""
    found = [m for m in mentions(text) if m.modality.kind != "setting"]
    others = [m for m in found if m.modality.kind == "other_treatment"]
    if found and not others:
        return Category.MASSAGE
    head = _WITH.split(text, maxsplit=1)[0]
    if others and head != text and _kind_of(head) is Category.OTHER_TREATMENT:
        return Category.OTHER_TREATMENT  # *Pedicure with foot massage*
    if any(stem in word for word in words_outside(text, others) for stem in _MASSAGE):
        return Category.MASSAGE
    return Category.OTHER_TREATMENT if others else None


def _kind_elsewhere(text: str) -> Category | None:
    """As ``_kind_of`` where no massage is sold: there *Prenatal visit* tells for whom a thing is, no more."""
    kind = _kind_of(text)
    said = {mention.modality.id for mention in mentions(text)}
    return None if kind is Category.MASSAGE and said and said <= entries("modality", "for_whom") else kind


def _tells_where(text: str) -> bool:
    """Whether a name tells where something is done, and not that it is a massage: *Scalp cleansing*."""
    said = {mention.modality.id for mention in mentions(text)}
    return said <= entries("modality", "where") and not any(stem in plain(text) for stem in _MASSAGE)


def _is_two_treatments(name: str) -> bool:
    """Whether a massage is joined with a treatment of another kind."""
    kinds = {_kind_of(part) for part in _JOINT.split(name)}
    return {Category.MASSAGE, Category.OTHER_TREATMENT} <= kinds


def is_clinical(text: str) -> bool:
    """Whether a page's words show that its massage is massage therapy."""
    return occurs("prose", "clinical", text)


def names_massage(text: str) -> bool:
    """Whether a page speaks of massage or bodywork at all."""
    return occurs("prose", "massage", text)
