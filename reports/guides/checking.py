"""All findings of an article: its claims, and the sentences that are kept filled."""

from __future__ import annotations

from dataclasses import dataclass

from reports.guides.filling import check_marker
from reports.guides.finder import claims
from reports.guides.markers import markers
from reports.guides.measured import Figures
from reports.guides.records import Article
from reports.guides.site import Defaults
from reports.guides.verdicts import TOLERANCE_CENTS, Finding, check


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks articles of one site against one set of figures; without figures it only lists their claims."""

    figures: Figures | None = None
    defaults: Defaults = Defaults()  # noqa: RUF009  frozen
    tolerance: float = TOLERANCE_CENTS

    def __call__(self, article: Article) -> list[Finding]:
        """The findings in the order of the file."""
        marked = markers(article)
        outside = claims(article, self.defaults, filled=[(marker.start, marker.end) for marker in marked])
        filled = [check_marker(article, marker, self.figures) for marker in marked]
        told = [check(claim, self.figures, self.tolerance) for claim in outside]
        return sorted([*filled, *told], key=lambda finding: finding.claim.start)
