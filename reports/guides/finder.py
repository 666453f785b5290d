"""The claims of an article: walks its pieces, reads the prices of each sentence, and fills their slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reports.guides.grouping import Stated, stated_prices
from reports.guides.ignoring import ignored_by
from reports.guides.money import HINT
from reports.guides.placed import BREAK, Placed
from reports.guides.records import Article, Claim, Kind, Number, Piece
from reports.guides.rows import row_prices
from reports.guides.sentences import sentences
from reports.guides.site import Defaults
from reports.guides.slots import UNNAMED, Around, currency_of, length_of, modality_of, regions_of
from reports.guides.taxes import general_tax

_AVERAGE = re.compile(r"\baverag\w*\b|\bmean\b", re.IGNORECASE)
_HEADING_WORDS = 8
#: A slot is looked for in this many sentences before its own.
_BACK = 8
NO_DEFAULTS = Defaults()


@dataclass(slots=True)
class _Context:
    """What stands above a piece, nearest first: the headings that rule it, and the line that a list hangs on."""

    titles: tuple[str, ...]
    headings: dict[int, str] = field(default_factory=dict)
    lead: str = ""
    items: dict[int, str] = field(default_factory=dict)

    def follow(self, piece: Piece) -> None:
        """Remember what the next pieces stand under."""
        text = piece.placed.text.strip()
        level = piece.level or (_like_heading(piece, text) and 7) or 0
        if level:
            self.headings = {at: told for at, told in self.headings.items() if at < level} | {level: text}
            self.lead = ""
        elif piece.kind is Kind.PARAGRAPH:
            self.lead = text
        shallower = {at: told for at, told in self.items.items() if at < piece.depth}
        self.items = shallower | ({piece.depth: text} if piece.kind is Kind.ITEM else {})

    def above(self, piece: Piece) -> list[str]:
        """The texts above a piece, nearest first."""
        lead = [self.lead] if self.lead and (piece.kind in (Kind.ITEM, Kind.ROW) or self.lead.endswith("?")) else []
        items = [self.items[depth] for depth in sorted(self.items, reverse=True) if depth < piece.depth]
        return [*items, *lead, *(self.headings[level] for level in sorted(self.headings, reverse=True)), *self.titles]


def _like_heading(piece: Piece, text: str) -> bool:
    """Whether a paragraph is a heading without the mark of one: a few words that end without a point."""
    short = piece.kind is Kind.PARAGRAPH and 0 < len(text.split()) <= _HEADING_WORDS
    return short and text[-1] not in ".!?:;,|" and not HINT.search(text)


def claims(article: Article, defaults: Defaults = NO_DEFAULTS, filled: Sequence[tuple[int, int]] = ()) -> list[Claim]:
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
            around = Around(price.texts, above, article.front, defaults)
            yield _claim(article, cell, price, (0, len(cell.text)), around)
        return
    text = piece.placed.text
    places = list(sentences(text))
    for n, (start, end) in enumerate(places):
        if HINT.search(text[start:end]):
            before = [text[slice(*place)] for place in places[max(0, n - _BACK) : n]][::-1]
            behind = [text[slice(*place)] for place in places[n + 1 : n + 2]]
            for price in stated_prices(text[start:end], " ".join([*before, *above])):
                around = Around((*price.texts, *before), above, article.front, defaults)
                told = replace(price, tax=price.tax or general_tax([*before, *behind, *above]))
                yield _claim(article, piece.placed, told.moved(start), (start, end), around)


def _claim(article: Article, placed: Placed, price: Stated, within: tuple[int, int], around: Around) -> Claim:
    sentence = placed.text[slice(*within)]
    modality, regions = modality_of(around), regions_of(around)
    length = length_of(around, several="; " in (modality or "") or price.price.per_minute)
    start, end = placed.span(price.price.start, price.price.end)
    numbers = price.price.named_numbers()
    amounts = {name: number.cents for name, number in numbers.items()}
    return Claim(
        text=sentence.replace(BREAK, " "),
        start=start,
        end=end,
        modality=modality or UNNAMED,
        modality_assumed=modality is None,
        minutes=price.minutes or length.minutes,
        minutes_assumed=length.assumed and not price.minutes,
        low=amounts.get("low"),
        high=amounts.get("high"),
        average=amounts.get("average"),
        regions=regions,
        currency=currency_of(price.price.currency, regions, around),
        tax=price.tax,
        says_average=_AVERAGE.search(sentence) is not None,
        barred=price.barred or (None if price.minutes else length.barred),
        places=_places(article, placed, price),
        spots={name: (n.start - within[0], n.end - within[0]) for name, n in numbers.items()},
    )


def _places(article: Article, placed: Placed, price: Stated) -> dict[str, tuple[int, int] | None]:
    """Where each number of a price stands in the file, that with tax in another cell among them."""
    found = {name: _place(article, placed, number) for name, number in price.price.named_numbers().items()}
    if price.beside:
        other, taxed = price.beside
        found |= {f"{name}_taxed": _place(article, other, number) for name, number in taxed.named_numbers().items()}
    return found


def _place(article: Article, placed: Placed, number: Number) -> tuple[int, int] | None:
    """Where a number stands in the file, if it stands there in plain digits."""
    start, end = placed.span(number.start, number.end)
    shown = placed.text[number.start : number.end]
    return (start, end) if article.source[start:end] == shown and not number.worded else None
