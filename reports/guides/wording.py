"""What to write: the author's own sentence with other numbers, or a whole sentence with n, date and basis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pipelines.modality import MODALITIES
from reports.guides.measured import Measured
from reports.guides.records import Claim, Tax
from reports.guides.verdicts import Finding, tax_factor

_STEP, _COARSE_STEP, _DOLLAR = 500, 1000, 100
_NBSP, _DASH = "\N{NO-BREAK SPACE}", "\N{EN DASH}"
_BINDS = re.compile(
    r"(?<=\d) (?=of\b|in\b|clinics?\b|minute|\d)|(?<=of the) (?=\d)|(?<=before) (?=GST)|(?<=[a-z]) (?=\d{4}\b)"
)


def numbers_for(claim: Claim, measured: Measured) -> dict[str, int]:
    """The cents that each number of a claim should say, in the claim's own tax basis.

    Ranges are told to $5, with limited data to $10, single prices and prices with GST to $1; where a claim tells the
    same price with GST beside the one without, that one is exact.
    """
    step = _COARSE_STEP if measured.grade == "D" else _STEP
    found = {"low": (measured.low, step), "high": (measured.high, step), "average": (_middle(claim, measured), _DOLLAR)}
    factor, least = (tax_factor(measured), _DOLLAR) if claim.tax is Tax.INCLUDED else (1.0, 0)
    told = {name: _rounded(cents * factor, least or step) for name, (cents, step) in found.items()}
    taxed = {f"{name}_taxed": round(cents * tax_factor(measured)) for name, cents in told.items()}
    return {name: (told | taxed)[name] for name in claim.places}


def _middle(claim: Claim, measured: Measured) -> float:
    """The mean where the claim says *average*, else the middle price."""
    return measured.average if claim.says_average and not claim.low else measured.typical


def _rounded(cents: float, step: int) -> int:
    return int((cents + step / 2) // step) * step


def figure_text(cents: int, like: str) -> str:
    """A number written as another one is, with cents or to the dollar.

    >>> figure_text(9000, "85"), figure_text(9000, "85.00"), figure_text(8925, "85")
    ('90', '90.00', '89')
    """
    return f"{cents / 100:.2f}" if "." in like else str(_rounded(cents, _DOLLAR) // _DOLLAR)


def minimal(finding: Finding) -> str | None:
    """The author's sentence with the measured numbers; ``None`` where there are none to write."""
    if finding.measured is None or not finding.verdict.is_stale or not finding.claim.spots:
        return None
    claim, told = finding.claim, numbers_for(finding.claim, finding.measured)
    text = claim.text
    for name, (start, end) in sorted(claim.spots.items(), key=lambda item: -item[1][0]):
        text = text[:start] + figure_text(told[name], text[start:end] if text[start].isdigit() else "0") + text[end:]
    return text


def suggestion(finding: Finding) -> str | None:
    """What to write instead: what a marker is to hold, or the author's sentence with the measured numbers."""
    text = finding.fill if finding.fill is not None and finding.verdict.is_stale else minimal(finding)
    return text.strip() if text else None


def full_sentence(measured: Measured, *, web: bool = False) -> str:
    """A sentence that needs no other: what clinics list, how many, when, on what basis."""
    low, high = told_range(measured)
    cell = f"{measured.minutes}-minute {called(measured.modality)} session"
    who = f"the {measured.n} {measured.region} clinics we checked"
    when = f"As of {month(measured.as_of)}, " if measured.as_of else ""
    if measured.grade == "D":
        limits = f"(limited data, based on only {measured.n} clinics)"
        text = f"{when}{who} list a {cell} at about {low} to {high} before GST {limits}."
    else:
        middle = f"the middle price is {dollars(measured.typical)}"
        text = f"{when}8 in 10 of {who} list a {cell} at {low} to {high} before GST; {middle}."
    text = text[0].upper() + text[1:]
    return for_web(text) if web else text


def told_range(measured: Measured) -> tuple[str, str]:
    """Both ends of the range as they are told."""
    step = _COARSE_STEP if measured.grade == "D" else _STEP
    return dollars(_rounded(measured.low, step)), dollars(_rounded(measured.high, step))


def dollars(cents: float) -> str:
    """Whole dollars.

    >>> dollars(10150)
    '$102'
    """
    return f"${_rounded(cents, _DOLLAR) // 100}"


def called(modality: str) -> str:
    """What readers call a modality.

    >>> called("neuromuscular_therapy"), called("deep_tissue"), called("massage")
    ('NMT', 'deep tissue massage', 'massage')
    """
    name = MODALITIES[modality].name
    short = re.search(r"\(([A-Z]{2,5})\)", name)
    plain = re.sub(r"\s*\(.*", "", name)
    return short[1] if short else plain[0].lower() + plain[1:] if plain[1:2].islower() else plain


def month(day: date) -> str:
    """The month of a day.

    >>> month(date(2026, 11, 21))
    'November 2026'
    """
    return f"{day:%B} {day.year}"


def for_web(text: str) -> str:
    """A sentence for a web page: an en dash in ranges, and no line ends within a measure.

    >>> for_web("$85 to $120 before GST").replace("\\u00a0", "_")
    '$85–$120 before_GST'
    """
    return _BINDS.sub(_NBSP, re.sub(r"(\$\d+) to (?=\$\d)", rf"\1{_DASH}", text))


def in_shape(measured: Measured, shape: str, *, web: bool = False) -> str:
    """What a marker of a shape is filled with."""
    low, high = told_range(measured)
    shapes: Mapping[str, str] = {
        "range": f"{low}{_DASH}{high}" if web else f"{low} to {high}",
        "typical": dollars(measured.typical),
        "average": dollars(measured.average),
        "low": low,
        "high": high,
    }
    return shapes.get(shape) or full_sentence(measured, web=web)


def notes(finding: Finding) -> list[str]:
    """What else an author should know about a claim."""
    claim, measured = finding.claim, finding.measured
    told: list[str] = []
    if claim.says_average and claim.low and claim.high and not claim.average:
        told.append('"average" stands before a range: a range is no average, drop the word')
    if measured and measured.widened_from:
        told.append(f"{measured.widened_from} alone has too few clinics; this is {measured.region}")
    if measured and measured.grade == "D" and finding.fill is None:
        told.append(f'limited data: add "based on only {measured.n} clinics"')
    if measured and measured.apart:
        each = (f"{one.region} {' to '.join(told_range(one))}" for one in measured.apart)
        told.append(f"the cities differ, better two ranges: {'; '.join(each)}")
    return told
