"""Plain text and Markdown to an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.readers.website.outline import SEAM, Outline, tidy

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"^(?:[-*•·▪‣–]|\d{1,2}[.)])\s+(?=\S)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")


def of_text(text: str) -> Outline:
    """The outline of a plain text or Markdown file: its lines, tabs as seams.

    >>> [(l.text, l.level) for l in of_text("---\\nlayout: x\\n---\\n# Rates\\n- **60 min** - <b>$90</b>").lines]
    [('Rates', 1), ('60 min -\\u2003$90', 0)]
    """
    outline = Outline()
    for line in _text_lines(text):
        heading = _MARKDOWN_HEADING.match(line)
        body = line[heading.end() :] if heading else _BULLET.sub("", line)
        shown = SEAM.join(filter(None, map(tidy, _EMPHASIS.sub("", body).replace("\t", SEAM).split(SEAM))))
        if shown:
            level = len(heading.group(1)) if heading else 8 if re.fullmatch(r"\*\*[^*]+\*\*:?", body.strip()) else 0
            outline.add(shown, 0, level)
    return outline


_FRONT_MATTER = re.compile(r"\A---\n.{0,5000}?\n---\n", re.DOTALL)
_INLINE_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")


def _text_lines(text: str) -> Iterator[str]:
    """Lines as a visitor would see them: without front matter, inline tags as seams."""
    for line in _FRONT_MATTER.sub("", text.replace("\r\n", "\n")).splitlines():
        yield (_INLINE_TAG.sub(SEAM, line) if "<" in line else line).strip()
