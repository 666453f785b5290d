"""How far a figure can be trusted: a letter, or no figure and the reason (in the manner of CMHC's rental survey)."""

from __future__ import annotations

from dataclasses import dataclass

GRADES = ("A", "B", "C", "D", "E")
#: The least number of votes and the largest relative standard error of the typical price for each letter.
_RULES = (("A", 20, 0.03), ("B", 10, 0.05), ("C", 6, 0.075), ("D", 3, 0.10))
LIMIT = 0.10
LEAST_BRANDS = 3
_DEFINITIONS = {
    "A": "at least 20 locations, standard error at most 3 %",
    "B": "at least 10, at most 5 %",
    "C": "at least 6, at most 7.5 %; to be quoted with the number of clinics",
    "D": "at least 3, at most 10 %: limited data, a range only, rounded to $10",
    "E": "fewer than 3: modelled from other clinics, no headline",
}
DEFINITION = "Grade " + "; ".join(f"{letter}: {rule}" for letter, rule in _DEFINITIONS.items()) + (
    ". No figure where the standard error is above 10 %, more than half of the prices are stale, or fewer than "
    "3 brands stand behind it."
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grade with the words that go with it, or no grade and the reason."""

    grade: str | None
    words: str | None = None
    reason: str | None = None


def judged(n: int, brands: int, stale: int, error: float) -> Verdict:
    """The grade of a figure from n votes of some brands, with a relative standard error of its typical price.

    ``stale`` counts locations whose prices are too old to vote.

    >>> judged(34, 30, 0, 0.028).grade, judged(34, 30, 0, 0.04).grade, judged(7, 7, 0, 0.05).words
    ('A', 'B', 'based on 7 clinics')
    >>> judged(5, 2, 0, 0.05).reason
    '5 locations of 2 brands show a price for it; at least 3 brands are needed'
    """
    reason = _against(n, brands, stale, error)
    if reason:
        return Verdict(None, reason=reason)
    grade = next(letter for letter, least, most in _RULES if n >= least and error <= most)
    words = {"C": f"based on {n} clinics", "D": f"limited data: {n} clinics"}.get(grade)
    return Verdict(grade, words)


def judged_model(n: int, others: int, stale: int, error: float) -> Verdict:
    """The grade of a figure that the model makes from others, for want of three votes.

    >>> judged_model(1, 40, 0, 0.07).words, judged_model(1, 1, 0, 0.07).grade
    ('modelled from 40 other clinics', None)
    """
    if stale > n:
        return Verdict(None, reason=_too_old(n, stale))
    if others < LEAST_BRANDS:
        has = f"only {n} location{'s' * (n != 1)} show{'s' * (n == 1)} a price for it" if n else "no location shows one"
        return Verdict(None, reason=f"{has}, and {others} elsewhere; at least {LEAST_BRANDS} clinics are needed")
    reason = _against(n, LEAST_BRANDS, stale, error)
    return Verdict(None, reason=reason) if reason else Verdict("E", f"modelled from {others} other clinics")


def lower(first: str | None, second: str | None) -> str | None:
    """The worse of two grades; none is the worst.

    >>> lower("A", "C"), lower("D", None)
    ('C', None)
    """
    return max(first, second) if first and second else None


def steps(first: str | None, second: str | None) -> int:
    """How many grades a figure rose or fell; no figure is one below E.

    >>> steps("A", "C"), steps("D", None)
    (2, 2)
    """
    places = {letter: place for place, letter in enumerate((*GRADES, None))}
    return abs(places[first] - places[second])


def _against(n: int, brands: int, stale: int, error: float) -> str | None:
    if brands < LEAST_BRANDS:
        return (
            f"{n} locations of {brands} brand{'s' * (brands != 1)} show a price for it; "
            f"at least {LEAST_BRANDS} brands are needed"
        )
    if stale > n:
        return _too_old(n, stale)
    if error > LIMIT:
        return f"too uncertain: the standard error is {error:.0%} of the middle price, the limit {LIMIT:.0%}"
    return None


def _too_old(n: int, stale: int) -> str:
    return f"the prices of {stale} of {n + stale} locations have not been seen for half a year"
