"""The claims of an article: walks its pieces, reads the prices of each sentence, and fills their slots."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reports.guides.grouping import Stated, stated_prices
from reports.guides.ignoring import ignored_by
from reports.guides.money import HINT
from reports.guides.placed import BREAK, Placed
from reports.guides.records import Article, Claim, Kind, Number, Piece
from reports.guides.rows import row_prices
from reports.guides.sentences import sentences
from reports.guides.slots import currency_of, length_of, modality_of, regions_of

_AVERAGE = re.compile(r"\baverag\w*\b|\bmean\b", re.IGNORECASE)
_HEADING_WORDS = 8
_ABROAD_COUNTRY = {"USD": "United States"}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a site's articles mean where they do not say."""

    region: str = ""
    currency: str = "CAD"


@dataclass(slots=True)
class _Context:
    """What stands above a piece, nearest first: the headings that rule it, and the line that a list hangs on."""

    titles: tuple[str, ...]
    headings: dict[int, str] = field(default_factory=dict)
    lead: str = ""

    def follow(self, piece: Piece) -> None:
        """Remember what the next pieces stand under."""
        text = piece.placed.text.strip()
        level = piece.level or (_like_heading(piece, text) and 7) or 0
        if level:
            self.headings = {at: told for at, told in self.headings.items() if at < level} | {level: text}
            self.lead = ""
        elif piece.kind is Kind.PARAGRAPH:
            self.lead = text

    def above(self, piece: Piece) -> list[str]:
        """The texts above a piece, nearest first."""
        lead = [self.lead] if piece.kind in (Kind.ITEM, Kind.ROW) and self.lead else []
        return [*lead, *(self.headings[level] for level in sorted(self.headings, reverse=True)), *self.titles]


def _like_heading(piece: Piece, text: str) -> bool:
    """Whether a paragraph is a heading without the mark of one: a few words that end without a point."""
    short = piece.kind is Kind.PARAGRAPH and 0 < len(text.split()) <= _HEADING_WORDS
    return short and text[-1] not in ".!?:;,|" and not HINT.search(text)


def claims(article: Article, defaults: Defaults = Defaults(), filled: Sequence[tuple[int, int]] = ()) -> list[Claim]:
    """All price claims, in the order of the file; those that the author vouches for say so. None of them in ``filled``.

    >>> from reports.guides.articles import read_article
    >>> (claim,) = claims(read_article("## NMT in Calgary\\n\\nExpect $85 to $120 an hour; tips are $10.", "a.md"))
    >>> claim.modality, claim.minutes, claim.low, claim.high, claim.regions
    ('neuromuscular_therapy', 60, 8500, 12000, ('Calgary',))
    """
    context = _Context(article.titles)
    found: list[Claim] = []
    for piece in article.pieces:
        if HINT.search(piece.placed.text) or (piece.heads and re.search(r"\d", piece.placed.text)):
            found += _of_piece(article, piece, context.above(piece), defaults)
        context.follow(piece)
    outside = [claim for claim in found if not any(start <= claim.start < end for start, end in filled)]
    vouched = ignored_by(article, [claim.start for claim in outside])
    return sorted(
        (replace(claim, ignored=reason) for claim, reason in zip(outside, vouched, strict=True)),
        key=lambda claim: claim.start,
    )


def _of_piece(article: Article, piece: Piece, above: list[str], defaults: Defaults) -> Iterator[Claim]:
    if piece.kind is Kind.ROW or piece.placed.text.lstrip().startswith("|"):
        for cell, price in row_prices(piece, above):
            yield _claim(article, cell, price, (0, len(cell.text)), [*price.texts, *above], defaults)
        return
    text = piece.placed.text
    before: deque[str] = deque(maxlen=8)
    for start, end in sentences(text):
        sentence = text[start:end]
        if HINT.search(sentence):
            for price in stated_prices(sentence, " ".join(before) + " " + " ".join(above)):
                moved = price.moved(start)
                yield _claim(article, piece.placed, moved, (start, end), [*price.texts, *before, *above], defaults)
        before.appendleft(sentence)


def _claim(
    article: Article, placed: Placed, price: Stated, within: tuple[int, int], texts: Sequence[str], defaults: Defaults
) -> Claim:
    sentence = placed.text[slice(*within)]
    country = _ABROAD_COUNTRY.get(article.front.get("currency", defaults.currency), "Canada")
    regions = regions_of(texts, article.front.get("region", defaults.region), country)
    modality = modality_of(texts)
    length = length_of(texts, several="; " in modality or price.price.per_minute)
    start, end = placed.span(price.price.start, price.price.end)
    amounts = price.price.named_numbers()
    return Claim(
        text=sentence.replace(BREAK, " "),
        start=start,
        end=end,
        modality=modality,
        minutes=price.minutes or length.minutes,
        minutes_assumed=length.assumed and not price.minutes,
        low=price.price.low.cents if price.price.low else None,
        high=price.price.high.cents if price.price.high else None,
        average=price.price.average.cents if price.price.average else None,
        regions=regions,
        currency=currency_of(price.price.currency, regions, article.front.get("currency", defaults.currency)),
        tax=price.tax,
        says_average=_AVERAGE.search(sentence) is not None,
        barred=price.barred or (None if price.minutes else length.barred),
        places={name: _place(article, placed, number) for name, number in amounts.items()},
        spots={name: (n.start - within[0], n.end - within[0]) for name, n in amounts.items()},
    )


def _place(article: Article, placed: Placed, number: Number) -> tuple[int, int] | None:
    """Where a number stands in the file, if it stands there in plain digits."""
    start, end = placed.span(number.start, number.end)
    shown = placed.text[number.start : number.end]
    return (start, end) if article.source[start:end] == shown and not number.worded else None
