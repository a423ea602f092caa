"""Text of cells: cleaned when a sheet is read, freed of markup and counted in words when it is
typed.
"""

import codecs
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from selectolax.lexbor import LexborHTMLParser

from tasks.intake.files.unreadable import MOST_CELL_CHARACTERS

# Characters that change what is shown and not what is said: controls, joiners' direction marks,
# byte order marks.
_INVISIBLE_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IS_CONTROL = np.array([chr(code) not in "\t\n\r" for code in range(32)])
_LONGEST_SHOWN = 60  # characters of a text that are shown whole
_PIECE = 1 << 18  # bytes looked at at a time
_EXCEL_ESCAPE = re.compile("_x000[dD]_")


HiddenTexts = dict[
    int, str
]  # by its place in a column, a text that held what is not shown, as it was delivered
HIDDEN_ATTRIBUTE, LONG_ATTRIBUTE = (
    "hidden",
    "long",
)  # attributes of a grid with what Cleaned tells, by row and column; `reader` takes them
_BATCH_SIZE = 1_000  # texts that are looked at together, while they are near the processor


class CleanedTexts(NamedTuple):
    """`texts`: an array of objects, NaN where nothing is left. `hidden`: those that held what is
    not shown, as they were delivered. `long`: the characters of those over LONGEST.
    """

    texts: np.ndarray
    hidden: HiddenTexts
    long: dict[int, int]


def clean_texts(texts: Sequence[str]) -> CleanedTexts:
    """The texts of a column in NFC, without control and direction characters and white space
    around, line breaks as \\n. Control characters in ASCII are out already (delimited, workbooks).
    """
    plain = np.empty(len(texts), dtype="object")
    hidden: HiddenTexts = {}
    long: dict[int, int] = {}
    for start in range(0, len(texts), _BATCH_SIZE):
        some = list(texts[start : start + _BATCH_SIZE])
        whole = "".join(some)  # tells at once that there is nothing to do, as in most columns
        has_returns = "\r" in whole
        if has_returns or not whole.isascii():
            for i, text in enumerate(some):
                if not text.isascii() or (has_returns and "\r" in text):
                    some[i] = _clean_text(text)
                    hidden |= (
                        {start + i: text}
                        if some[i] is not text and _INVISIBLE_CHARACTER.search(text)
                        else {}
                    )
        plain[start : start + _BATCH_SIZE] = [text.strip() or np.nan for text in some]
        if len(whole) > MOST_CELL_CHARACTERS:
            lengths = enumerate(map(len, map(str.strip, some)), start)
            long |= {i: length for i, length in lengths if length > MOST_CELL_CHARACTERS}
    return CleanedTexts(plain, hidden, long)


def build_grid(columns: Sequence[CleanedTexts], numbers: Sequence[int]) -> pd.DataFrame:
    """The columns side by side as one block of objects, of which a row or a column is taken at
    once; `numbers`: of the rows.
    """
    block = np.empty((len(columns), len(numbers)), dtype="object")
    for at, column in enumerate(columns):
        block[at] = column.texts
    cells = pd.DataFrame(block.T, index=pd.Index(numbers), dtype="object", copy=False)
    cells.attrs[HIDDEN_ATTRIBUTE] = {
        (numbers[i], at): said for at, one in enumerate(columns) for i, said in one.hidden.items()
    }
    cells.attrs[LONG_ATTRIBUTE] = {
        (numbers[i], at): many for at, one in enumerate(columns) for i, many in one.long.items()
    }
    return cells


def texts_with_controls(texts: Sequence[str]) -> HiddenTexts:
    """The texts that have a control character in ASCII."""
    return {
        i: text
        for i, text in enumerate(texts)
        if not text.isprintable() and _CONTROL_CHARACTER.search(text)
    }


def show_invisible(text: str) -> str:
    """The text with the number of each character that is not shown in its place: ‹U+202E›. Of a
    long text, what stands around the first of them.
    """
    first = _INVISIBLE_CHARACTER.search(text)
    start = max(0, first.start() - 30) if first and len(text) > _LONGEST_SHOWN else 0
    marked = _INVISIBLE_CHARACTER.sub(
        lambda found: f"‹U+{ord(found[0]):04X}›", text[start : start + _LONGEST_SHOWN]
    )
    return f"{'…' if start else ''}{marked}{'…' if start + _LONGEST_SHOWN < len(text) else ''}"


def _clean_text(text: str) -> str:
    plain = (
        text if text.isascii() else _INVISIBLE_CHARACTER.sub("", unicodedata.normalize("NFC", text))
    )
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def remove_controls(text: str) -> str:
    """A workbook's text without control characters and Excel's own way to write a line's end."""
    plain = text if text.isprintable() else _CONTROL_CHARACTER.sub("", text)
    return _EXCEL_ESCAPE.sub("", plain) if "_x000" in plain else plain


def has_controls(text: bytes) -> bool:
    """Whether there is a control character but those that end lines or separate cells; looked for
    in pieces, to save memory.
    """
    codes = np.frombuffer(text, dtype="uint8")
    pieces = (codes[start : start + _PIECE] for start in range(0, len(codes), _PIECE))
    return any(_IS_CONTROL[piece[piece < 32]].any() for piece in pieces) or b"\x7f" in text


_HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_HTML_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


def remove_markup(values: pd.Series) -> pd.Series:
    """The texts without HTML: a tag counts as a space, entities are the characters they stand for.
    Plain text stays.
    """
    texts = values.to_numpy(dtype="object", na_value="")
    has_tag, has_entity = _HTML_TAG.search, _HTML_ENTITY.search
    marked = [
        i for i, s in enumerate(texts) if ("<" in s and has_tag(s)) or ("&" in s and has_entity(s))
    ]
    if not marked:
        return values
    plain = values.copy()
    plain.iloc[marked] = [_plain_text(texts[i]) or np.nan for i in marked]
    return plain


def _plain_text(text: str) -> str:
    if not _HTML_TAG.search(text):
        return _clean_text(html.unescape(text)).strip()
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "head", "template"])
    return _clean_text(" ".join(tree.body.text(separator=" ").split())) if tree.body else ""


def single_lines(values: pd.Series) -> pd.Series:
    """The texts in one line each: any white space inside is one space."""
    texts = values.to_numpy(dtype="object", na_value="")
    return pd.Series(
        [" ".join(text.split()) or np.nan for text in texts], index=values.index, dtype="str"
    )


_TEXT_END = b"\xff"  # what ends a text among ASCII letters
_CHARACTER_KINDS = bytes(
    code if code == _TEXT_END[0] else ord("a" if chr(code).isalnum() else " ")
    for code in range(256)
)
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum() and not chr(code).isspace())


def count_words(values: pd.Series) -> pd.Series:
    """Words of each text (Int64; 0 where there is none): runs between white space that have a
    letter or a digit.
    """
    texts = values.to_numpy(dtype="object", na_value="")
    counts = [
        _count_batch_words(texts[start : start + _BATCH_SIZE])
        for start in range(0, len(texts), _BATCH_SIZE)
    ]
    return pd.Series(
        np.concatenate([np.zeros(0, dtype="int64"), *counts]), index=values.index, dtype="Int64"
    )


def _count_batch_words(texts: Iterable[str]) -> np.ndarray:
    """Words of each of some texts, counted all at once where a letter follows none, signs left
    out.
    """
    whole = _TEXT_END.join([text.encode("ascii", "by-kind") for text in texts]) + _TEXT_END
    kinds = np.frombuffer(b" " + whole.translate(_CHARACTER_KINDS, _SIGNS), dtype="uint8")
    begins = np.flatnonzero((kinds[1:] == ord("a")) & (kinds[:-1] != ord("a")))
    ends = np.flatnonzero(kinds[1:] == _TEXT_END[0])
    return np.diff(np.searchsorted(begins, ends), prepend=0)


def _replace_by_kind(error: UnicodeError) -> tuple[str, int]:
    """A letter, white space or a sign of ASCII for each character beyond it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    beyond = error.object[error.start : error.end]
    return "".join(
        "a" if one.isalnum() else " " if one.isspace() else "-" for one in beyond
    ), error.end


codecs.register_error("by-kind", _replace_by_kind)
