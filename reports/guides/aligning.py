"""A text that a parser of HTML gives, and where it stands in the markup that it was read from."""

from __future__ import annotations

import re
from html import unescape

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


def aligned(markup: str, text: str, start: int) -> list[tuple[str, int, int]]:
    """Each plain stretch and each reference of a text with its offset and length there; none if it is not the same.

    >>> aligned("<p>$85&ndash;$120</p>", "$85–$120", 3)
    [('$85', 3, 3), ('–', 6, 7), ('$120', 13, 4)]
    """
    if markup.startswith(text, start):
        return [(text, start, len(text))] if text else []
    parts: list[tuple[str, int, int]] = []
    done, at = 0, start
    while done < len(text):
        reference = _REFERENCE.match(markup, at)
        meant = unescape(reference.group()) if reference else ""
        if reference and meant != reference.group() and text.startswith(meant, done):
            parts.append((meant, at, len(reference.group())))
            done, at = done + len(meant), reference.end()
            continue
        ampersand = markup.find("&", at + 1)
        length = min(len(text) - done, (ampersand if ampersand >= 0 else len(markup)) - at)
        if length <= 0 or not markup.startswith(text[done : done + length], at):
            return []
        parts.append((text[done : done + length], at, length))
        done, at = done + length, at + length
    return parts
