"""What a price buys: a massage, another treatment, or a gift, fee, add-on, package, lesson or thing to take home."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pipelines.classify import names_audience
from pipelines.folding import plain, singular
from pipelines.modality import mentions
from pipelines.records import Category
from pipelines.treatments import WITH, is_two_treatments, kind_elsewhere, kind_of, tells_where
from pipelines.wordlists import consists_of, pattern

#: Kinds told by words of the name or its label, the first that fits.
_BY_NAME = (Category.GIFT, Category.FEE, Category.ADDON, Category.COUPLES, Category.PACKAGE)
_IF_NOTHING_ELSE = (Category.COURSE, Category.PRODUCT)
_WORDS_OF_A_SECTION = 5
_FOR = re.compile(r"\W{0,3}((?:for|für|pour|por|para|voor)\s[^,;.()]{3,40})", re.IGNORECASE)
#: On what condition a price holds, or what it comes with; that tells nothing of the thing itself.
_WITH_MASSAGE = re.compile(
    r"\b(?:if |when )?(?:booked |combined |taken )?with (?:a|any|your|another|every) massage\b", re.IGNORECASE
)


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
    said = _said(near, (name, *headings[:1]), is_extra=is_extra, timed=timed)
    if said:
        return said
    kind = kind_of if sells_massage else kind_elsewhere
    section, own = _section_kind(headings), kind(_WITH_MASSAGE.sub(" ", near))
    if own is Category.MASSAGE and (taught_or_sold := _taught_or_sold(name, timed=timed)):
        return taught_or_sold
    if is_two_treatments(name):
        return Category.PACKAGE
    if consists_of(name, "consultation"):
        return Category.OTHER_TREATMENT
    if (
        own is Category.MASSAGE
        and _is_detail(name, near)
        and kind(next(iter(headings), "")) is Category.OTHER_TREATMENT
    ):
        own = Category.OTHER_TREATMENT
    if section is Category.FEE and own:
        return own  # a price list below *Payment & cancellation* is still one
    found = section or own or _around(name, headings, kind, timed=timed)
    if found or not timed:
        return found or _told_by_words(near, _IF_NOTHING_ELSE)
    return Category.MASSAGE if sells_massage else Category.OTHER_TREATMENT


def _said(near: str, names: tuple[str, ...], *, is_extra: bool, timed: bool) -> Category | None:
    """What the words beside a price say outright, whatever section it stands in."""
    if not timed and pattern("category", "fee_if_untimed").search(near) and kind_of(names[0]) is not Category.MASSAGE:
        return Category.FEE
    found = _told_by_words(near, _BY_NAME)
    if found not in (Category.FEE, Category.GIFT) and _is_taught(*names):
        return Category.COURSE
    return Category.ADDON if is_extra and found in (None, Category.COUPLES) else found


def _is_detail(name: str, near: str) -> bool:
    """Whether a name only tells where something is done or what comes with it: *Deluxe, with leg massage*."""
    head = WITH.split(name, maxsplit=1)[0]
    return tells_where(near) or (head != name and kind_of(head) is None)


def _around(
    name: str, headings: tuple[str, ...], kind: Callable[[str], Category | None], *, timed: bool
) -> Category | None:
    """What the headings over a thing say that names no kind itself."""
    if not timed and any(_told_by_words(heading, (Category.GIFT,)) for heading in headings):
        return Category.GIFT
    around = next((found for heading in headings if (found := kind(heading))), None)
    taught = any(map(_is_lesson, (name, *headings[:1])))
    return Category.COURSE if around is Category.MASSAGE and taught else around


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


def _is_taught(name: str, *headings: str) -> bool:
    """Whether a name is that of a lesson in massage, or its heading: *Couples massage class*.

    A section of *Classes* holds treatments as well; it tells of what names no kind itself.
    """
    lessons = [heading for heading in headings if _is_lesson(heading)]
    told = [heading for heading in lessons if kind_of(name) is None or not _is_plural(heading)]
    return any(kind_of(text) is Category.MASSAGE for text in (*told, *([name] if _is_lesson(name) else [])))


def _is_lesson(text: str) -> bool:
    """Whether a text ends in a word for a lesson: *Infant massage class*, *Evening workshops*."""
    return pattern("category", "course_head").search(text) is not None


def _is_plural(heading: str) -> bool:
    last = plain(heading).split()[-1]
    return singular(last) != last


def _taught_or_sold(name: str, *, timed: bool) -> Category | None:
    """A lesson, or a thing to take home, although the name says massage: *Infant massage class*, *Massage oil*."""
    if _is_lesson(name):
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
    return kind_of(heading) is not None and _told_by_words(rest, (Category.PACKAGE,)) is None


def _speaks_of_nothing_else(heading: str) -> bool:
    """Whether a heading for extras is for all of them: *Enhancements & add-ons*, but not *Eye enhancements*."""
    rest = pattern("category", Category.ADDON.value).sub(" ", heading)
    return not rest.strip(" &-–:!+()") or consists_of(rest, "section")
