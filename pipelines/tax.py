"""GST: the dated rates of ``tax_rates.csv`` and the exact way from a printed price to the price before tax."""

from __future__ import annotations

from datetime import date

from pipelines.datafile import rows
from pipelines.records import TaxBasis, TaxRate, TaxWords

RATES: tuple[TaxRate, ...] = tuple(
    sorted(
        (
            TaxRate(date.fromisoformat(row["valid_from"]), int(row["basis_points"]), row["source"])
            for row in rows("tax_rates.csv")
        ),
        key=lambda rate: rate.valid_from,
    )
)


def rate_on(day: date) -> TaxRate:
    """The rate in force on a day. Raises ``ValueError`` for days before GST existed.

    >>> rate_on(date(2026, 1, 1)).basis_points
    500
    """
    in_force = [rate for rate in RATES if rate.valid_from <= day]
    if not in_force:
        raise ValueError(f"no GST rate is known for {day}; add it to pipelines/tax_rates.csv")
    return in_force[-1]


def before_tax(cents: int, words: TaxWords | None, day: date) -> tuple[int, TaxBasis]:
    """Cents before GST, rounded half up to a cent, and the basis they rest on.

    >>> before_tax(10500, TaxWords.GST_INCLUDED, date(2026, 1, 1))
    (10000, <TaxBasis.INCLUDED: 'included'>)
    >>> before_tax(10500, None, date(2026, 1, 1))
    (10500, <TaxBasis.ASSUMED_EXCLUDED: 'assumed_excluded'>)
    """
    if words is TaxWords.GST_INCLUDED:
        divisor = 10_000 + rate_on(day).basis_points
        return (2 * cents * 10_000 + divisor) // (2 * divisor), TaxBasis.INCLUDED
    return cents, TaxBasis.EXCLUDED if words is TaxWords.PLUS_GST else TaxBasis.ASSUMED_EXCLUDED
