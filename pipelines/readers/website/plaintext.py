"""Plain text and Markdown to an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.durations import durations
from pipelines.moneys import moneys
from pipelines.parsing import NestedTooDeep, parse_html
from pipelines.readers.website.outline import SEAM, Outline, tidy

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"^(?:[-*•·▪‣–]|\d{1,2}[.)])\s+(?=\S)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")

_HTML_TABLE = re.compile(r"(<table\b[^<>]{0,300}>.{0,50000}?</table>)", re.DOTALL | re.IGNORECASE)
_RULE = re.compile(r"\s*:?-+:?\s*")


def of_text(text: str) -> Outline:
    """The outline of a plain text or Markdown file: its lines, tabs as seams.

    >>> [(l.text, l.level) for l in of_text("---\\nlayout: x\\n---\\n# Rates\\n- **60 min** - <b>$90</b>").lines]
    [('Rates', 1), ('60 min -\\u2003$90', 0)]
    """
    outline = Outline()
    for part in _HTML_TABLE.split(text.replace("\r\n", "\n")):
        (_add_html_table if _HTML_TABLE.match(part) else _add_lines)(outline, part)
    return outline


def _add_html_table(outline: Outline, html: str) -> None:
    """Add a table that stands in Markdown as HTML; one that nests without end is read as lines."""
    try:
        tree = parse_html(html.encode())
    except NestedTooDeep:
        _add_lines(outline, html)
        return
    table = outline.open_block(0, "table")
    for row in tree.css("tr"):
        _add_row(outline, table, [tidy(cell.text(separator=" ")) for cell in row.css("td, th")])


def _add_lines(outline: Outline, text: str) -> None:
    table: int | None = None
    for line in _text_lines(text):
        cells = _cells(line)
        if cells:
            table = outline.open_block(0, "table") if table is None else table
            _add_row(outline, table, cells)
            continue
        table = None
        heading = _MARKDOWN_HEADING.match(line)
        body = line[heading.end() :] if heading else _BULLET.sub("", line)
        shown = _shown(body)
        if shown:
            level = len(heading.group(1)) if heading else 8 if re.fullmatch(r"\*\*[^*]+\*\*:?", body.strip()) else 0
            outline.add(shown, 0, level)


def _shown(text: str) -> str:
    """A text without its emphasis marks, tabs as seams."""
    return SEAM.join(filter(None, map(tidy, _EMPHASIS.sub("", text).replace("\t", SEAM).split(SEAM))))


def _cells(line: str) -> list[str]:
    """The cells of a row of a Markdown table; none for any other line."""
    return line.strip("|").split("|") if line[:1] == "|" and line.count("|") > 1 else []


def _add_row(outline: Outline, table: int, cells: list[str]) -> None:
    """Add a row to a table, but not the rule of dashes under its head; every cell is a line, even an empty one."""
    if all(_RULE.fullmatch(cell) for cell in cells):
        return
    row = outline.open_block(table, "tr")
    for cell in cells:
        outline.add(_shown(cell), outline.open_block(row, "td"), 0)


_FRONT_MATTER = re.compile(r"\A---\n(.{0,20000}?)\n---\n", re.DOTALL)
_ENTRY = re.compile(r"(\s*)(?:-\s+)?([\w.-]{1,40}):[ \t]*([\"']?)(.{1,120}?)\3[ \t]*$")
_NAME_KEY = re.compile(r"(?:name|title|service|treatment|label|heading)$", re.IGNORECASE)
#: Keys by which an entry of a list names itself, not a part of the page: ``benefitName`` and its like say no more.
_OWN_NAME_KEY = re.compile(r"(?:service|treatment|item)?_?(?:name|title|label)|service|treatment", re.IGNORECASE)
_PRICE_KEY = re.compile(r"pri|cost|rate|fee|tarif|preis|pre[cç]", re.IGNORECASE)
_LENGTH_IN_KEY = re.compile(r"\d{2,3}$")
_BARE_PRICE = re.compile(r"\d{2,3}(?:\.\d{2})?")
_HTML_HEADING = re.compile(r"\s*<h([1-6])(?:\s[^<>]{0,300})?>(.{1,200}?)</h\1>\s*$", re.IGNORECASE)
_SHORTCODE = re.compile(r"\{\{[<%].{0,300}?[>%]\}\}")
_INLINE_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")


def _text_lines(text: str) -> Iterator[str]:
    """Lines as a visitor would see them: of the front matter what names and prices, inline tags as seams."""
    matter = _FRONT_MATTER.match(text)
    if matter:
        yield from _front_matter_lines(matter.group(1))
    for line in text[matter.end() if matter else 0 :].splitlines():
        yield _without_tags(line).strip()


def _without_tags(line: str) -> str:
    """A line without HTML and shortcodes; an HTML heading as a Markdown one.

    >>> _without_tags('<h4 id="x">Stones</h4>'), _without_tags("60 min<br>{{< well >}}")
    ('#### Stones', '60 min\\u2003\\u2003')
    """
    if "<" not in line:
        return line
    heading = _HTML_HEADING.match(line)
    if heading:
        line = f"{'#' * int(heading.group(1))} {heading.group(2)}"
    return _INLINE_TAG.sub(SEAM, _SHORTCODE.sub(SEAM, line))


def _names_first(lines: list[str]) -> Iterator[str]:
    """The lines of front matter, in each entry of a list the one that names it first: order means nothing in YAML."""
    entry: list[str] = []
    for line in [*lines, "-"]:
        if line.lstrip().startswith("-") or not entry or _indent(line) <= _indent(entry[0]):
            yield from sorted(entry, key=lambda held: not _is_own_name(held))
            entry = []
        entry.append(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_own_name(line: str) -> bool:
    found = _ENTRY.match(line)
    return found is not None and _OWN_NAME_KEY.fullmatch(found.group(2)) is not None


def _front_matter_lines(matter: str) -> Iterator[str]:
    """What a site shows of a page's front matter: its title, and names, lengths and prices that stand in it as data.

    >>> list(_front_matter_lines("title: Hot stones\\ntime45: $70\\nlayout: x\\nprice: 80"))
    ['# Hot stones', '45 min $70', '$80']
    """
    for line in _names_first(matter.splitlines()):
        entry = _ENTRY.match(line)
        if not entry:
            continue
        indent, key, _, value = entry.groups()
        length = _LENGTH_IN_KEY.search(key)
        nested = bool(indent) or line.lstrip().startswith("-")
        if nested and _OWN_NAME_KEY.fullmatch(key):
            yield f"## {value}"
        elif _NAME_KEY.search(key):
            yield f"# {value}" if key == "title" and not nested else ""
        elif _BARE_PRICE.fullmatch(value) and _PRICE_KEY.search(key):
            yield f"{length.group()} min ${value}" if length else f"${value}"
        elif moneys(value) or durations(value):
            yield f"{length.group()} min {value}" if length and not durations(value) else value
