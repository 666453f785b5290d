"""Names to what they are: category, audience, tax words and modality of a priced thing."""

from __future__ import annotations

import re

from pipelines.modality import GENERIC, Mention, ancestors, mentions
from pipelines.records import Audience, Category, TaxWords

_I = re.IGNORECASE
_GIFT = re.compile(r"\bgift|\bvouchers?\b|\bcertificates?\b|\bbon cadeau|\be-?cards?\b", _I)
_FEE = re.compile(
    r"\bcancel|\bno[- ]?shows?\b|\bdeposits?\b|\blate (?:fee|arrival|cancel)|\bmissed (?:appointment|visit)|\btravel (?:fee|charge)|"
    r"\b(?:service|booking|processing|convenience|call[- ]?out|mileage|parking|room|admin\w*|receipt|document\w*|report) (?:fee|charge)s?|"
    r"\bsurcharge|\bnsf\b|\bper k(?:m|ilomet)|\bfees? for\b",
    _I,
)
_PACKAGE = re.compile(
    r"\bpackages?\b|\bpacks?\b|\bbundles?\b|\bmembership\b(?! price| rate)|\bmonthly\b|/\s?mo(?:nth)?\b|\bper month|\ba month|"
    r"\b(?:series|set|block|course) of\b|\b\d{1,2}\s?(?:x|×)\s?\d{0,3}|\b(?:x|×)\s?\d{1,2}\b|\bpunch ?card|\bpass(?:es)?\b|"
    r"\b(?:[2-9]|1\d|20|two|three|four|five|six|eight|ten|twelve)[\s-]+(?:\d{2,3}[\s-]?min\w*\s+)?(?:sessions|treatments|massages|visits|appointments|classes)\b|"
    r"\bprepaid\b|\bunlimited\b|\bbuy \d|\bcombos?\b",
    _I,
)
_ADDON = re.compile(
    r"\badd[\s-]?ons?\b|\badd(?:itional|ed|ing)?\b(?! massage)|\benhance(?:ment|ments|r)?s?\b|\bupgrades?\b|\bextras?\b|\bwhen booked with\b|\bwith any massage\b|\bboosts?\b|\bsupplements?\b",
    _I,
)
_COUPLES = re.compile(
    r"\bcouples?\b|\bcoupling\b|\bduos?\b|\bfor (?:two|2)\b|\bside[- ]by[- ]side\b|\b(?:2|two|dos|deux) (?:people|persons?|guests|pessoas|personas|personen|personnes)\b|\bcasais\b|\bparejas?\b|\bpaar|\bpartners?\b massage|\bcouple's|\btogether\b|\bdeux\b",
    _I,
)
_COURSE = re.compile(
    r"\bcourses?\b(?! of)|\bworkshops?\b|\bclass(?:es)?\b|\btraining\b|\bcertification\b|\bseminars?\b|\btuition\b", _I
)
_PRODUCT = re.compile(r"\bproducts?\b|\b(?:\d+\s?(?:ml|oz|g)\b)|\bbottle\b|\bbook\b(?! now)|\bjar\b", _I)
_AUDIENCES: tuple[tuple[Audience, re.Pattern[str]], ...] = (
    (Audience.REGULAR, re.compile(r"\bnon[- ]?members?\b|\bregular\b", _I)),
    (Audience.FIRST_VISIT, re.compile(r"\bnew[- ](?:client|patient|customer|guest)s?\b|\bfirst[- ](?:time|visit|session|appointment|treatment)|\binitial\b|\b1st (?:visit|session|appointment)|\bintro(?:ductory)?\b(?! to)", _I)),
    (Audience.FOLLOW_UP, re.compile(r"\bfollow[- ]?ups?\b|\bsubsequent\b|\breturn(?:ing)?\b[- ](?:client|patient|visit|customer)s?|\brepeat (?:client|visit)", _I)),
    (Audience.STUDENT, re.compile(r"\bstudents?\b(?! (?:therapist|clinic|massage|rmt|practi|intern))", _I)),
    (Audience.SENIOR, re.compile(r"\bseniors?\b(?! (?:therapist|massage|rmt|practi))|\b6[05]\+", _I)),
    (Audience.MEMBER, re.compile(r"\bmembers?\b|\bmembership (?:price|rate)", _I)),
    (Audience.CHILD, re.compile(r"\bchild(?:ren)?(?:'s|’s)?\b|\bkids?\b|\byouth\b|\bteens?\b|\binfants?\b", _I)),
)  # fmt: skip
_PLUS_TAX = re.compile(r"\+\s?(?:gst|tax|hst)|\bplus (?:applicable )?(?:gst|tax|hst)|\b(?:gst|tax(?:es)?) (?:extra|not included)|\bexclud\w+ (?:gst|tax)|\bdo(?:es)? not include (?:gst|tax)|\bbefore (?:gst|tax)|\bsubject to (?:gst|tax)|\bnot including (?:gst|tax)|\bgst (?:will be|is) added", _I)  # fmt: skip
_TAX_IN = re.compile(r"\b(?:gst|hst|tax(?:es)?)[\s-]{1,2}(?:is |are )?(?:incl(?:uded|usive|\b)|in\b)|\bincl(?:ud(?:e|es|ing)|usive of|\.)?\s(?:all )?(?:applicable )?(?:gst|hst|tax)|\ball[- ]in\b", _I)  # fmt: skip


def tax_words(text: str) -> TaxWords | None:
    """What a text says of GST.

    >>> tax_words("$90 + GST"), tax_words("All prices include GST"), tax_words("$90")
    (<TaxWords.PLUS_GST: 'plus_gst'>, <TaxWords.GST_INCLUDED: 'gst_included'>, None)
    """
    if _PLUS_TAX.search(text):
        return TaxWords.PLUS_GST
    return TaxWords.GST_INCLUDED if _TAX_IN.search(text) else None


def names_audience(text: str) -> bool:
    """Whether a short text, such as a column's head, says for whom a price is.

    >>> names_audience("Regular"), names_audience("Student rate"), names_audience("Deep tissue")
    (True, True, False)
    """
    return any(pattern.search(text) for _, pattern in _AUDIENCES)


def audience(*texts: str) -> Audience:
    """The audience that the nearest text naming one names; regular when none does.

    >>> audience("60 min", "New Client Specials")
    <Audience.FIRST_VISIT: 'first_visit'>
    """
    for text in texts:
        for kind, pattern in _AUDIENCES:
            if pattern.search(text):
                return kind
    return Audience.REGULAR


#: Kinds told by words of the name or its label, the first that fits.
_BY_NAME = (
    (Category.GIFT, _GIFT),
    (Category.FEE, _FEE),
    (Category.ADDON, _ADDON),
    (Category.COUPLES, _COUPLES),
    (Category.PACKAGE, _PACKAGE),
)
_WORDS_OF_A_SECTION = 5


def category(name: str, label: str, headings: tuple[str, ...], *, is_extra: bool, timed: bool) -> Category | None:
    """What a price buys: told by its name, then by the sections it stands in; ``None`` when nothing says.

    >>> category("Hot stones", "", ("Add-ons",), is_extra=False, timed=False)
    <Category.ADDON: 'addon'>
    >>> category("Massage + Scrub", "", (), is_extra=False, timed=True)
    <Category.PACKAGE: 'package'>
    """
    near = f"{label} {name}"
    found = next((kind for kind, pattern in _BY_NAME if pattern.search(near)), None)
    if found or is_extra:
        return found or Category.ADDON
    section = _section_kind(headings)
    own = _kind_of(near)
    if own is Category.MASSAGE and _is_two_treatments(name):
        return Category.PACKAGE
    if section or own:
        return section or own
    around = next((kind for heading in headings if (kind := _kind_of(heading))), None)
    if around or timed:
        return around or Category.MASSAGE
    return next(
        (kind for kind, pattern in ((Category.COURSE, _COURSE), (Category.PRODUCT, _PRODUCT)) if pattern.search(near)),
        None,
    )


def _section_kind(headings: tuple[str, ...]) -> Category | None:
    """A kind that one of the two nearest headings gives to all below it, if it speaks of nothing else."""
    for heading in headings[:2]:
        if len(heading.split()) <= _WORDS_OF_A_SECTION:
            found = next((kind for kind, pattern in _BY_NAME if pattern.search(heading)), None)
            if found and not (found is Category.PACKAGE and _kind_of(heading)):
                return found
    return None


def _kind_of(text: str) -> Category | None:
    """Massage or another treatment, by what a text names."""
    named = [mention.modality for mention in mentions(text)]
    specific = [m for m in named if m.id not in GENERIC]
    if any(m.kind in ("modality", "technique") for m in specific):
        return Category.MASSAGE
    if "massage" in text.lower() or any(m.kind in ("modality", "technique") for m in named):
        return Category.MASSAGE
    return Category.OTHER_TREATMENT if any(m.kind == "other_treatment" for m in named) else None


def _is_two_treatments(name: str) -> bool:
    """Whether a plus joins a massage with a treatment of another kind."""
    kinds = {_kind_of(part) for part in re.split(r"\s\+\s|\s&\s|\sand\s", name)}
    return " + " in name and {Category.MASSAGE, Category.OTHER_TREATMENT} <= kinds


def modality(name: str, headings: tuple[str, ...], *, clinical: bool) -> tuple[str | None, tuple[str, ...]]:
    """Primary modality and all named ones of a massage; ``clinical`` says that the page speaks of massage therapy."""
    named = _named(mentions(name))
    if not named:
        for heading in headings[:2]:
            named = _named(mentions(heading))
            if named:
                break
    generic = "massage_therapy" if clinical else "massage"
    if not named:
        return generic, (generic,)
    if named == ["massage"] or named == ["massage_therapy"]:
        return ("massage" if "full body" in name.lower() else generic,) * 2 and (generic, (generic,))
    return named[0], tuple(named)


def _named(found: list[Mention]) -> list[str]:
    """Ids in order, settings and other treatments left out, generic ones and ancestors of named ones dropped."""
    ids = list(
        dict.fromkeys(
            m.modality.id
            for m in found
            if m.modality.kind in ("modality", "technique") or m.modality.id == "four_hands"
        )
    )
    above = {a for i in ids for a in ancestors(i)}
    specific = [i for i in ids if i not in GENERIC and i not in above]
    return specific or [i for i in ids if i not in above] or ids[:1]


_CLINICAL = re.compile(
    r"massage[\s-]therap|massoth|\btherapists?\b|\btherapies\b|manual therapy|therapy session|\brmts?\b|\blmts?\b|\bclinical\b|"
    r"insurance receipt|direct[\s-]bill",
    _I,
)


def is_clinical(text: str) -> bool:
    """Whether a page's words show that its massage is massage therapy."""
    return _CLINICAL.search(text) is not None
