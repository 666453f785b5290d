"""The words of the house as frozen records: what a reader is given and what it hands on.

Money is whole cents everywhere inside; dollars exist only where a person or the ``extract`` contract reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

#: Flag of an offer whose name the taxonomy does not know; a person should say what it is.
UNKNOWN_NAME = "name not in the taxonomy"

#: Flag of an offer whose length is a number without a unit.
INFERRED_LENGTH = "length printed without a unit"


class Category(StrEnum):
    """What kind of thing a printed price buys."""

    MASSAGE = "massage"
    OTHER_TREATMENT = "other_treatment"
    COUPLES = "couples"
    PACKAGE = "package"
    ADDON = "addon"
    FEE = "fee"
    GIFT = "gift"
    PRODUCT = "product"
    COURSE = "course"


class Audience(StrEnum):
    """For whom a price holds; only ``REGULAR`` votes in a figure."""

    REGULAR = "regular"
    FIRST_VISIT = "first_visit"
    FOLLOW_UP = "follow_up"
    STUDENT = "student"
    SENIOR = "senior"
    MEMBER = "member"
    CHILD = "child"


class TaxWords(StrEnum):
    """What the page says of GST beside the price."""

    PLUS_GST = "plus_gst"
    GST_INCLUDED = "gst_included"


class TaxBasis(StrEnum):
    """How a normalised price stands to GST."""

    EXCLUDED = "excluded"
    INCLUDED = "included"
    ASSUMED_EXCLUDED = "assumed_excluded"


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes a URL answered with, and the little that a reader may know about them."""

    body: bytes
    url: str | None = None
    media_type: str = "text/html"
    charset: str | None = None

    @property
    def digest(self) -> str:
        """The page's identity: SHA-256 of its bytes in hexadecimal."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Offer:
    """A priced thing as the page prints it. Amounts in cents, lengths in minutes, absent values ``None``."""

    service: str
    price: int
    category: Category
    snippet: str
    """The words on the page that state the price, verbatim but for white space."""
    where: str
    """Where on the page they stand: an element path, a line number or a JSON path."""
    reader: str
    heading: str | None = None
    minutes: int | None = None
    minutes_min: int | None = None
    price_max: int | None = None
    sale_price: int | None = None
    currency: str | None = None
    modality: str | None = None
    modalities: tuple[str, ...] = ()
    tax: TaxWords | None = None
    audience: Audience = Audience.REGULAR
    is_from: bool = False
    confidence: float = 0.0
    """The measured share of right prices among those that carry this confidence, 0 to 1."""
    flags: tuple[str, ...] = ()
    """What a person should know before trusting it, e.g. ``json-ld disagrees: $70``."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Text that looks like a price but was not understood, or was refused."""

    text: str
    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address line as the page has it, and the place of Alberta that it lies in, if that is clear."""

    text: str
    place: str | None = None
    """Key of the place."""
    city: str | None = None
    """Key of the municipality that the place is or lies in."""
    basis: str | None = None
    """What names the place, and the best thing beside it that agrees: ``city, postal_code``."""
    sure: float | None = None
    """How sure that is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one page yielded."""

    offers: tuple[Offer, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """A normalised offer: comparable between clinics once the location is known.

    ``cents`` is the list price before GST. ``duration_bin`` is the length it counts in (50 counts as 60, marked
    ``short_hour``), ``None`` when the page states no length. ``abstains`` says why it has no vote in figures,
    ``None`` when it votes.
    """

    cents: int
    tax_basis: TaxBasis
    currency: str
    modality: str | None
    modalities: tuple[str, ...]
    duration_min: int | None
    duration_bin: int | None
    short_hour: bool
    audience: Audience
    abstains: str | None


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A GST rate in force from a day on, as an exact fraction of the price in hundredths of a percent."""

    valid_from: date
    basis_points: int
    source: str
