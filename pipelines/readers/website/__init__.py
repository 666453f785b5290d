"""Any clinic's own pages: markup to outline, outline to groups, groups to offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.durations import Duration
from pipelines.page_addresses import addresses_in
from pipelines.parsing import NestedTooDeep, parse_html
from pipelines.readers import structured
from pipelines.readers.website import grouping, markup, offers, outline, plaintext, repeats, scripts
from pipelines.readers.website.evidence import snippet, where
from pipelines.readers.website.facts import PageFacts
from pipelines.readers.website.fees import fee_in
from pipelines.readers.website.refusals import IN_GENERAL, IN_PROSE, NOT_KEPT, refuse
from pipelines.readers.website.rows import read_rows
from pipelines.readers.website.sketch import sketch_of
from pipelines.readers.website.units import Row, Unit
from pipelines.records import Offer, Page, Reading, Rejection

__all__ = ["MOST_AMOUNTS", "outline_of", "read", "sketch_of"]

#: With the limit on lines this bounds the time that a page can take; real price lists have a few dozen amounts.
MOST_AMOUNTS = 3_000
_LONGEST_EVIDENCE = 300
_MARK = re.compile(r"[|·•\u2003]")


def read(page: Page) -> Reading:
    """The offers, rejections and addresses of a clinic's own page or of a text file."""
    if page.media_type == "text/plain":
        lines = _text_outline(page)
        return _with_addresses(_read_lines(lines), lines)
    try:
        tree = parse_html(_as_utf8(page))
    except NestedTooDeep as error:
        return Reading(rejections=(Rejection("", str(error)),))
    lines = markup.of_html(tree)
    visible = _read_lines(lines)
    if not any(offer.minutes for offer in visible.offers):
        hidden = repeats.once(scripts.read(tree, PageFacts(lines)))
        visible = Reading((*visible.offers, *hidden), visible.rejections)
    if structured.MARK in page.body:
        visible = structured.merge(visible, structured.read(tree, lines.text))
    return _with_addresses(visible, lines)


def outline_of(page: Page) -> outline.Outline:
    """The lines of a page as the reader sees them; :class:`NestedTooDeep` if it is not parsed."""
    return _text_outline(page) if page.media_type == "text/plain" else markup.of_html(parse_html(_as_utf8(page)))


def _text_outline(page: Page) -> outline.Outline:
    return plaintext.of_text(page.body.decode(page.charset or "utf-8", errors="replace"))


def _with_addresses(reading: Reading, lines: outline.Outline) -> Reading:
    return replace(reading, addresses=addresses_in(line.text for line in lines.lines))


def _read_lines(lines: outline.Outline) -> Reading:
    """Read every line alone, put aside amounts that are no prices, then read the rest in their context."""
    rows = read_rows(lines)
    unread = (*_beyond_lines(lines), *_crowded(lines, rows), *_beyond_amounts(rows))
    refused = [found for row in rows if row.units for found in _refused(row, lines)]
    reading = offers.offers_of(lines, grouping.group(lines, rows))
    fees = [found for found in refused if isinstance(found, Offer)]
    rejections = [found for found in refused if isinstance(found, Rejection)]
    return Reading(tuple(repeats.once((*reading.offers, *fees))), (*unread, *rejections, *reading.rejections))


def _beyond_lines(lines: outline.Outline) -> Iterator[Rejection]:
    """What a page holds behind the longest line and the last line that are read."""
    for rest in lines.unread:
        yield Rejection(rest[-_LONGEST_EVIDENCE:], "behind the longest line that is read")
    if lines.beyond:
        yield Rejection("", f"{lines.beyond} lines behind the first {outline.MOST_LINES} were not read")


def _crowded(lines: outline.Outline, rows: list[Row]) -> Iterator[Rejection]:
    """Lines with more amounts than a line of a price list holds."""
    for line, row in zip(lines.lines, rows, strict=True):
        if row.crowd:
            yield Rejection(line.text[:_LONGEST_EVIDENCE], f"{row.crowd} amounts in one line")


def _beyond_amounts(rows: list[Row]) -> Iterator[Rejection]:
    """Take the amounts behind the last that is read out of their rows."""
    count = 0
    for row in rows:
        room = max(0, MOST_AMOUNTS - count)
        count += len(row.units)
        if len(row.units) > room:
            row.units = row.units[:room]
    if count > MOST_AMOUNTS:
        yield Rejection("", f"{count - MOST_AMOUNTS} amounts behind the first {MOST_AMOUNTS} were not read")


def _refused(row: Row, lines: outline.Outline) -> list[Rejection | Offer]:
    """Take the amounts that are no prices out of a row; each line is set aside once for each reason, fees are kept."""
    found: dict[str, Rejection | Offer] = {}
    kept: list[Unit] = []
    for unit in row.units:
        text = lines.lines[unit.line].text
        reason = refuse(unit, text)
        if reason is None:
            kept.append(unit)
        elif reason in (IN_PROSE, IN_GENERAL, NOT_KEPT) and (fee := fee_in(unit, text)):
            found[fee] = offers.fee(fee, unit, lines)
        else:
            found.setdefault(reason, Rejection(snippet(lines, unit), reason, where(lines, unit)))
    row.refused = bool(found) and not kept
    if row.refused:
        row.durations = [length for length in row.durations if _is_parted(length, row.units, lines)]
    row.units = kept
    return list(found.values())


def _is_parted(length: Duration, refused: list[Unit], lines: outline.Outline) -> bool:
    """Whether a mark parts a length from refused amounts, so that it holds without them: ``60 min | save $10``."""
    return all(_MARK.search(lines.lines[unit.line].text, length.end, unit.money.start) for unit in refused)


def _as_utf8(page: Page) -> bytes:
    """The bytes as the parser wants them; another declared encoding is turned into UTF-8."""
    charset = (page.charset or markup.declared_charset(page.body) or "utf-8").lower()
    if charset in ("utf-8", "utf8"):
        return page.body
    try:
        return page.body.decode(charset, errors="replace").encode()
    except LookupError:
        return page.body
