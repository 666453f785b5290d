"""Sentences that are kept filled: whether what stands between their marks is what belongs there."""

from __future__ import annotations

import re
from html import unescape

from pipelines.modality import find_modality
from reports.guides.markers import Marker
from reports.guides.measured import Answer, Figures, Measured
from reports.guides.records import Article, Claim
from reports.guides.verdicts import NO_WAREHOUSE, Finding, Verdict
from reports.guides.wording import in_shape
from reports.names import UnknownName, bin_minutes, modality_id, region_label

#: The month alone makes no filling old.
_MONTH = re.compile(r"^As of \w+ \d{4}, ")
_SPACES = re.compile(r"[ \t\r\n]+")
_WEB = re.compile(r"\$\d+\s?–|&[nm]dash;|&nbsp;|&#(?:160|8211|x2013|xa0);|\N{NO-BREAK SPACE}", re.IGNORECASE)
_PLAIN = re.compile(r"\$\d+ to \$\d")


def check_marker(article: Article, marker: Marker, figures: Figures | None) -> Finding:
    """The finding on a sentence to be kept filled; its claim is the stretch between the marks."""
    text = article.source[marker.start : marker.end]
    claim, fault = _claim(marker, text)
    if fault:
        return Finding(claim, Verdict.CANNOT_CHECK, reason=fault, faulty=True)
    if figures is None:
        return Finding(claim, Verdict.CANNOT_CHECK, reason=NO_WAREHOUSE)
    answer: Answer = figures(claim.modality, marker.minutes, claim.regions)
    if answer.measured is None:
        return Finding(claim, Verdict.CANNOT_CHECK, reason=answer.reason)
    if answer.measured.grade == "D" and marker.shape in ("typical", "average"):
        return Finding(claim, Verdict.CANNOT_CHECK, answer.measured, "limited data: only a range can be told")
    return _held_against(claim, text, marker.shape, answer.measured, web=_is_web(article, text))


def _held_against(claim: Claim, text: str, shape: str, measured: Measured, *, web: bool) -> Finding:
    """Either wording of the figure is right; what is not is filled in the wording that is there."""
    there = _MONTH.sub("", _SPACES.sub(" ", unescape(text)).strip(" "))
    same = any(there == _MONTH.sub("", in_shape(measured, shape, web=one)) for one in (False, True))
    fill = _between_spaces(text, in_shape(measured, shape, web=web))
    return Finding(claim, Verdict.CONSISTENT if same else Verdict.OUT_OF_DATE, measured, fill=fill)


def _is_web(article: Article, text: str) -> bool:
    """Whether a filling is to be worded for the web: as the old one is, else as the format asks."""
    return _WEB.search(text) is not None or (article.is_html and not _PLAIN.search(text))


def _claim(marker: Marker, text: str) -> tuple[Claim, str | None]:
    """What a marker asks for, and what is wrong with it."""
    kind = find_modality(marker.modality)
    fault, regions = marker.fault, marker.regions
    try:
        regions = tuple(region_label(region) for region in marker.regions)
        if not fault:
            bin_minutes(marker.minutes)
            modality_id(marker.modality)
    except UnknownName as error:
        fault = fault or str(error)
    told, minutes = " ".join(text.split()), marker.minutes or None
    modality = kind.id if kind else marker.modality
    return Claim(told, marker.start, marker.end, modality, minutes, regions=regions, currency="CAD"), fault


def _between_spaces(old: str, new: str) -> str:
    """The new text with the white space that the old one had around it."""
    bare = old.strip()
    start = old.index(bare) if bare else 0
    return old[:start] + new + old[start + len(bare) :] if bare else new + old
