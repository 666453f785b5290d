"""Sentences that are kept filled: whether what stands between their marks is what belongs there."""

from __future__ import annotations

import re

from pipelines.modality import find_modality
from reports.guides.markers import Marker
from reports.guides.measured import Figures
from reports.guides.records import Article, Claim
from reports.guides.verdicts import NO_WAREHOUSE, Finding, Verdict
from reports.guides.wording import in_shape
from reports.names import UnknownName, region_label

#: The month alone makes no filling old.
_MONTH = re.compile(r"^As of \w+ \d{4}, ")


def check_marker(article: Article, marker: Marker, figures: Figures | None, *, web: bool) -> Finding:
    """The finding on a sentence to be kept filled; its claim is the stretch between the marks."""
    kind = find_modality(marker.modality) if marker.modality else None
    fault = marker.fault or (None if kind else f"no modality is called {marker.modality!r}")
    regions, unknown = _labels(marker)
    text = article.source[marker.start : marker.end]
    claim = Claim(
        text=" ".join(text.split()),
        start=marker.start,
        end=marker.end,
        modality=kind.id if kind else marker.modality,
        minutes=marker.minutes or None,
        regions=regions,
        currency="CAD",
    )
    reason = fault or unknown or (NO_WAREHOUSE if figures is None else None)
    if reason or figures is None or kind is None:
        return Finding(claim, Verdict.CANNOT_CHECK, reason=reason)
    answer = figures(kind.id, marker.minutes, regions)
    if answer.measured is None:
        return Finding(claim, Verdict.CANNOT_CHECK, reason=answer.reason)
    if answer.measured.grade == "D" and marker.shape in ("typical", "average"):
        return Finding(claim, Verdict.CANNOT_CHECK, answer.measured, "limited data: only a range can be told")
    fill = _between_spaces(text, in_shape(answer.measured, marker.shape, web=web))
    same = _MONTH.sub("", text.strip()) == _MONTH.sub("", fill.strip())
    return Finding(claim, Verdict.CONSISTENT if same else Verdict.OUT_OF_DATE, answer.measured, fill=fill)


def _labels(marker: Marker) -> tuple[tuple[str, ...], str | None]:
    try:
        return tuple(region_label(region) for region in marker.regions), None
    except UnknownName as error:
        return marker.regions, str(error)


def _between_spaces(old: str, new: str) -> str:
    """The new text with the white space that the old one had around it."""
    bare = old.strip()
    start = old.index(bare) if bare else 0
    return old[:start] + new + old[start + len(bare) :] if bare else new + old
