"""``clinics.csv``: whom we visit, one row a location, checked before anybody is visited."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.links import place_of, site_of
from pipelines.places import find_place, place_of_postal_code, suggest

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_POSTAL_CODE = re.compile(r"[A-Z]\d[A-Z] \d[A-Z]\d")


class RegistryError(Exception):
    """A clinics.csv with faults; the text lists every one with its line."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """One location of a clinic. Rows with the same website belong to one clinic.

    A row without a city is somewhere in the province: it counts in the province's figures and in no narrower ones.
    """

    id: str
    name: str
    city: str
    province: str
    address: str
    postal_code: str
    website: str
    booking_url: str
    booking_platform: str
    source: str

    @property
    def start_url(self) -> str:
        """Where a visit begins: the clinic's own site, else its booking page."""
        return self.website or self.booking_url

    @property
    def place(self) -> str:
        """The site that a visit starts at, with its path: rows of one place are one clinic."""
        return place_of(self.start_url)


COLUMNS = tuple(field.name for field in fields(Clinic))


def default_path() -> Path:
    """The registry that comes with Ratecard."""
    return Path(str(resources.files("crawlers").joinpath("clinics.csv")))


def read_registry(path: Path) -> tuple[Clinic, ...]:
    """All rows of a registry file. Raises ``RegistryError`` naming each fault with file and line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise RegistryError(
            f"{path}: no such file; name a clinics.csv with the columns {', '.join(COLUMNS)}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    reader = csv.DictReader(text.splitlines())
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise RegistryError(f"{path}:1: missing column{'s' * (len(missing) > 1)} {', '.join(missing)}")
    clinics: list[Clinic] = []
    faults: list[str] = []
    for row in reader:
        clinic = Clinic(**{column: (row[column] or "").strip() for column in COLUMNS})
        faults += [f"{path}:{reader.line_num}: {fault}" for fault in _faults(clinic, clinics)]
        clinics.append(clinic)
    if not clinics:
        faults.append(f"{path}: holds no clinics")
    if faults:
        raise RegistryError("\n".join(faults))
    return tuple(clinics)


def _faults(clinic: Clinic, earlier: Sequence[Clinic]) -> Iterable[str]:
    if not _SLUG.fullmatch(clinic.id):
        yield f"id {clinic.id!r} is not a slug; use lower-case letters, digits and single hyphens"
    if any(other.id == clinic.id for other in earlier):
        yield f"id {clinic.id!r} stands twice; ids are unique"
    if not clinic.name:
        yield "a name is missing"
    if clinic.city and find_place(clinic.city) is None:
        near = suggest(clinic.city)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        yield f"city {clinic.city!r} is no place in Alberta that we know{hint}"
    if clinic.province != "AB":
        yield f"province {clinic.province!r} is not AB"
    if clinic.postal_code and not _POSTAL_CODE.fullmatch(clinic.postal_code):
        yield f"postal code {clinic.postal_code!r} is not written like T2P 1J9"
    elif (fault := _contradiction(clinic)) is not None:
        yield fault
    if not clinic.start_url:
        yield "neither website nor booking_url is given, so there is nothing to visit"
    for column in ("website", "booking_url"):
        url = getattr(clinic, column)
        if url and not _is_web_address(url):
            yield f"{column} {url!r} is not a web address; write it with http:// or https://"


def _contradiction(clinic: Clinic) -> str | None:
    """A postal code that lies in another city than the row names."""
    city, lies_in = find_place(clinic.city), place_of_postal_code(clinic.postal_code)
    if city is None or lies_in is None or city.cma == lies_in.cma:
        return None
    return f"postal code {clinic.postal_code} lies in {lies_in.name}, not in {clinic.city}; one of them is wrong"


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def by_site(clinics: Iterable[Clinic]) -> dict[str, list[Clinic]]:
    """Locations by the place that a visit starts at; the first of a list gives its id to the visits."""
    sites: dict[str, list[Clinic]] = {}
    for clinic in clinics:
        sites.setdefault(clinic.place, []).append(clinic)
    return sites


def own_places(sites: dict[str, list[Clinic]]) -> dict[str, frozenset[str]]:
    """What is each clinic's own, by the keys of ``by_site``: its whole site, or its part of one that others share.

    Of a booking page's site only that page and what is below it: the rest are other clinics' pages.
    """
    shared = Counter(site_of(rows[0].website) for rows in sites.values() if rows[0].website)
    own: dict[str, frozenset[str]] = {}
    for place, rows in sites.items():
        websites = [site_of(row.website) if shared[site_of(row.website)] == 1 else place for row in rows if row.website]
        own[place] = frozenset([*websites, *(place_of(row.booking_url) for row in rows if row.booking_url)])
    return own


def write_registry(clinics: Iterable[Clinic], path: Path) -> None:
    """Write rows as a registry file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(clinic) for clinic in clinics)
