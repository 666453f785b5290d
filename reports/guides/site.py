"""What a site's articles mean where they do not say: its settings, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.guides.place_names import fault_of, stated_regions
from reports.names import UnknownName

CAD = "CAD"
_CODE = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Defaults:
    """Region labels and the currency of claims that name none."""

    regions: tuple[str, ...] = ()
    currency: str = CAD


def site_defaults(region: str, currency: str) -> Defaults:
    """The defaults that settings ask for. Raises ``UnknownName`` for a place or a currency that there is not.

    >>> site_defaults("calgary+edmonton", "cad")
    Defaults(regions=('Calgary', 'Edmonton'), currency='CAD')
    """
    regions = stated_regions(region)
    fault = next((fault for label in regions if (fault := fault_of(label))), None)
    if fault:
        raise UnknownName(f"guide_region: {fault}")
    if not _CODE.fullmatch(currency):
        raise UnknownName(f"guide_currency: {currency!r} is no code of a currency, such as CAD")
    return Defaults(regions, currency.upper())
