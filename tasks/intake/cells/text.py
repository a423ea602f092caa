"""The text of cells: cleaned when a sheet is read, freed of markup and counted in words when it is
typed.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from selectolax.lexbor import LexborHTMLParser

MOST_CELL_CHARACTERS = 500_000  # characters of a cell; Excel holds 32,767, Google 50,000
# Characters that change what is shown and not what is said: controls, joiners' direction marks,
# byte order marks.
_INVISIBLE_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IS_CONTROL = np.array([chr(code) not in "\t\n\r" for code in range(32)])
_EXCEL_ESCAPE = re.compile("_x000[dD]_")
_LONGEST_SHOWN = 60  # characters of a text that are shown whole
_SHOWN_BEFORE = 30  # characters that are shown before the first invisible one of a longer text
_PIECE = 1 << 18  # bytes looked at at a time
_BATCH_SIZE = 1_000  # texts that are looked at together, while they are near the processor

HiddenTexts = dict[int, str]  # position in a column -> the text with invisible characters


class CleanedTexts(NamedTuple):
    """A column of cleaned texts.

    `texts`: an array of objects, NaN where nothing is left. `hidden`: the texts that held invisible
    characters, as delivered. `long`: how many characters each text over MOST_CELL_CHARACTERS has,
    by position.
    """

    texts: np.ndarray
    hidden: HiddenTexts
    long: dict[int, int]


def clean_texts(texts: Sequence[str]) -> CleanedTexts:
    """The texts of a column in NFC, without control and direction characters and white space
    around, line breaks as \\n.

    Control characters of ASCII are out already: delimited.py and workbooks.py remove them.
    """
    plain = np.empty(len(texts), dtype="object")
    hidden: HiddenTexts = {}
    long: dict[int, int] = {}
    for start in range(0, len(texts), _BATCH_SIZE):
        batch = list(texts[start : start + _BATCH_SIZE])
        whole = "".join(batch)  # shows at once that most columns need no cleaning
        if "\r" in whole or not whole.isascii():
            hidden |= _clean_batch(batch, start, has_returns="\r" in whole)
        plain[start : start + _BATCH_SIZE] = [text.strip() or np.nan for text in batch]
        if len(whole) > MOST_CELL_CHARACTERS:
            long |= _long_texts(batch, start)
    return CleanedTexts(plain, hidden, long)


def _clean_batch(batch: list[str], start: int, has_returns: bool) -> HiddenTexts:
    """Cleans the texts of the batch in place; the hidden texts, by position in the column.

    `start` is the position of the first text of the batch.
    """
    hidden: HiddenTexts = {}
    for at, text in enumerate(batch):
        if text.isascii() and not (has_returns and "\r" in text):
            continue
        batch[at] = _clean_text(text)
        if batch[at] is not text and _INVISIBLE_CHARACTER.search(text):
            hidden[start + at] = text
    return hidden


def _long_texts(batch: Sequence[str], start: int) -> dict[int, int]:
    lengths = enumerate((len(text.strip()) for text in batch), start)
    return {at: length for at, length in lengths if length > MOST_CELL_CHARACTERS}


def _clean_text(text: str) -> str:
    if not text.isascii():
        text = _INVISIBLE_CHARACTER.sub("", unicodedata.normalize("NFC", text))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def texts_with_controls(texts: Sequence[str]) -> HiddenTexts:
    """The texts that have a control character of ASCII, by position."""
    return {
        at: text
        for at, text in enumerate(texts)
        if not text.isprintable() and _CONTROL_CHARACTER.search(text)
    }


def show_invisible(text: str) -> str:
    """The text with the number of each invisible character in its place: ‹U+202E›.

    Of a long text, only what stands around the first of these characters.
    """
    first = _INVISIBLE_CHARACTER.search(text)
    start = max(0, first.start() - _SHOWN_BEFORE) if first and len(text) > _LONGEST_SHOWN else 0
    end = start + _LONGEST_SHOWN
    numbered = _INVISIBLE_CHARACTER.sub(_character_number, text[start:end])
    return f"{'…' if start else ''}{numbered}{'…' if end < len(text) else ''}"


def _character_number(character: re.Match[str]) -> str:
    return f"‹U+{ord(character[0]):04X}›"


def remove_controls(text: str) -> str:
    """A text of a workbook without control characters and Excel's own sign of a line end."""
    plain = text if text.isprintable() else _CONTROL_CHARACTER.sub("", text)
    return _EXCEL_ESCAPE.sub("", plain) if "_x000" in plain else plain


def has_controls(text: bytes) -> bool:
    """Whether there is a control character that ends no line and separates no cells.

    Looked for in pieces, to save memory.
    """
    codes = np.frombuffer(text, dtype="uint8")
    pieces = (codes[start : start + _PIECE] for start in range(0, len(codes), _PIECE))
    return any(_IS_CONTROL[piece[piece < 32]].any() for piece in pieces) or b"\x7f" in text


# --- Markup
# --------------------------------------------------------------------------------------------------

_HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_HTML_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


def remove_markup(values: pd.Series) -> pd.Series:
    """The texts without HTML: a tag counts as a space, an entity is the character that it stands
    for. Plain text stays.
    """
    texts = values.to_numpy(dtype="object", na_value="")
    marked = [at for at, text in enumerate(texts) if _has_markup(text)]
    if not marked:
        return values
    plain = values.copy()
    plain.iloc[marked] = [_plain_text(texts[at]) or np.nan for at in marked]
    return plain


def _has_markup(text: str) -> bool:
    has_tag = "<" in text and _HTML_TAG.search(text)
    return bool(has_tag or ("&" in text and _HTML_ENTITY.search(text)))


def _plain_text(text: str) -> str:
    if not _HTML_TAG.search(text):
        return _clean_text(html.unescape(text)).strip()
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "head", "template"])
    if not tree.body:
        return ""
    return _clean_text(" ".join(tree.body.text(separator=" ").split()))


def single_lines(values: pd.Series) -> pd.Series:
    """The texts in one line each: any white space inside is one space."""
    texts = values.to_numpy(dtype="object", na_value="")
    lines = [" ".join(text.split()) or np.nan for text in texts]
    return pd.Series(lines, index=values.index, dtype="str")


# --- Words
# --------------------------------------------------------------------------------------------------

_TEXT_END = b"\xff"  # ends a text; no letter of ASCII
_CHARACTER_KINDS = bytes(
    code if code == _TEXT_END[0] else ord("a" if chr(code).isalnum() else " ")
    for code in range(256)
)
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum() and not chr(code).isspace())
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def count_words(values: pd.Series) -> pd.Series:
    """Words of each text (Int64; 0 where there is none): runs between white space that have a
    letter or a digit.
    """
    texts = values.to_numpy(dtype="object", na_value="")
    starts = range(0, len(texts), _BATCH_SIZE)
    counts = [_count_batch_words(texts[start : start + _BATCH_SIZE]) for start in starts]
    numbers = np.concatenate([np.zeros(0, dtype="int64"), *counts])
    return pd.Series(numbers, index=values.index, dtype="Int64")


def _count_batch_words(texts: Iterable[str]) -> np.ndarray:
    """Words of each text, counted for all at once: where a letter follows none, signs left out."""
    whole = _TEXT_END.join([_ascii_kinds(text) for text in texts]) + _TEXT_END
    kinds = np.frombuffer(b" " + whole.translate(_CHARACTER_KINDS, _SIGNS), dtype="uint8")
    begins = np.flatnonzero((kinds[1:] == ord("a")) & (kinds[:-1] != ord("a")))
    ends = np.flatnonzero(kinds[1:] == _TEXT_END[0])
    return np.diff(np.searchsorted(begins, ends), prepend=0)


def _ascii_kinds(text: str) -> bytes:
    """The text in ASCII: a letter, white space or sign of ASCII for each character beyond."""
    if not text.isascii():
        text = _BEYOND_ASCII.sub(_same_kinds, text)
    return text.encode("ascii")


def _same_kinds(beyond: re.Match[str]) -> str:
    return "".join(
        "a" if character.isalnum() else " " if character.isspace() else "-"
        for character in beyond[0]
    )
