"""Which lines can be titles: no entries of long lists, but names with lengths and treatments right above a price."""

from __future__ import annotations

from pipelines.modality import names_treatment
from pipelines.readers.website.texts import SUBTITLE, Text
from pipelines.readers.website.wording import is_section

#: So many list entries above a price list are what it is for, not its name.
_MANY = 3
#: Marks of list entries set in plain lines.
_BULLETS = "-–—•*·"
_ENTRIES = frozenset({"li", "dd"})
#: So many lines above a price may name it.
_NEAR = 3
_WORDS_OF_A_TITLE = 5


def is_entry(text: Text) -> bool:
    """Whether a line is an entry of a list: beside others with their own names and prices it heads none of them."""
    entry = text.line.tag in _ENTRIES or (text.line.tag == "td" and text.line.link)
    return entry and not text.is_heading


def is_bold_treatment(text: Text) -> bool:
    """Whether a line all in bold names a treatment."""
    return text.rank == SUBTITLE and names_treatment(text.name)


def names_with_length(text: Text) -> bool:
    """Whether a line is a treatment with its length, in whatever letters: ``your first 60-minute massage``."""
    return len(text.lengths) == 1 and names_treatment(text.name)


def names_what_follows(gap: list[Text]) -> bool:
    """Whether the line right above a price names a treatment, in whatever letters, and nothing else there does."""
    *above, last = gap
    headed = any(text.is_heading and text.is_name and not is_section(text.name) for text in above)
    named = headed or any(text.is_name and text.is_title and not is_section(text.name) for text in above[-_NEAR:])
    short = last.name[:1].isupper() and last.name.count(" ") < _WORDS_OF_A_TITLE
    return names_with_length(last) or (not named and short and names_treatment(last.name))


def without_long_lists(texts: list[Text]) -> list[Text]:
    """Texts without many list entries, buttons or cells, and without the headings of such a run.

    That is what a price list is for or filtered by, or a list of other things; no titles of it.
    """
    for tag in ("li", "button", "td", _BULLETS):
        entries = {n for n, text in enumerate(texts) if text.line.tag == tag or text.line.text[0] in tag}
        if len(entries) >= _MANY and (tag != "td" or len({texts[n].line.block for n in entries}) > 1):
            gone = entries | {n - 1 for n in entries if n and texts[n - 1].is_heading}
            texts = [text for n, text in enumerate(texts) if n not in gone]
    return texts
