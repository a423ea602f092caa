"""Headings as they are compared: their letters and digits, whole and in parts.

What a heading gives is decided in tasks.intake.tables.headings.
"""

import html
import re
from functools import lru_cache

from tasks.names import titles

# A column that only counts the rows.
COUNTER_HEADINGS = ("no", "nomor", "no urut", "nomor urut", "nr", "number")
PARENTHESES = re.compile(r"\([^()]*\)")
BRACKETED_ROW = re.compile(r"\[([^\[\]]*)\]\s*$")  # the row of a grid of questions
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]?\s+|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s*|[ivxIVX]{1,4}[.)]\s+)"
)
_SENTENCE_END = re.compile(r"[?!:\n]|\.\s|\s[-\u2013\u2014]\s")
_ATTACHED_SUFFIX = re.compile(r"(?<=\w{3})nya\b")
_MARKUP = re.compile(r"<[^<>]+>")


def heading_keys(*headings: str) -> frozenset[str]:
    """The keys of all these headings."""
    return frozenset(map(heading_key, headings))


@lru_cache(maxsize=20_000)
def heading_key(heading: str) -> str:
    """What is compared of a heading: its letters and digits, without case and accents, and without
    markup or numbering in front.
    """
    plain = _remove_markup(heading).replace("_", " ")
    return titles.title_key(_NUMBERING.sub("", plain)) or titles.title_key(plain)


@lru_cache(maxsize=20_000)
def heading_spellings(heading: str) -> tuple[str, ...]:
    """The keys that a heading may be known by: of the whole heading, of the row of its grid, of its
    question, of the question without remarks, of the question's first sentence.
    """
    text = _remove_markup(heading)
    row = BRACKETED_ROW.search(text)
    question = BRACKETED_ROW.sub("", text)
    bare = PARENTHESES.sub(" ", question)
    start = _first_sentence(bare)
    keys = [
        heading_key(text),
        heading_key(row[1]) if row else "",
        heading_key(question),
        heading_key(bare),
        heading_key(start),
        _ATTACHED_SUFFIX.sub("", heading_key(start)),
    ]
    return tuple(dict.fromkeys(key for key in keys if key)) or ("",)


def _remove_markup(heading: str) -> str:
    return _MARKUP.sub(" ", html.unescape(heading)).replace("\xa0", " ")


def _first_sentence(question: str) -> str:
    """The first sentence of a question that has a letter or a digit."""
    sentences = _SENTENCE_END.split(_NUMBERING.sub("", question))
    return next((sentence for sentence in sentences if heading_key(sentence)), question)
