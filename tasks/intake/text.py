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

from tasks.intake.unreadable import LONGEST

# Characters that change what is shown and not what is said: controls, joiners' direction marks,
# byte order marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IS_CONTROL = np.array([chr(code) not in "\t\n\r" for code in range(32)])
_LONG = 60  # characters of a text that are shown whole
_PIECE = 1 << 18  # bytes looked at at a time
_EXCEL_ESCAPE = re.compile("_x000[dD]_")


Hidden = dict[
    int, str
]  # by its place in a column, a text that held what is not shown, as it was delivered
HIDDEN, LONG = (
    "hidden",
    "long",
)  # attributes of a grid with what Cleaned tells, by row and column; `reader` takes them
_AT_ONCE = 1_000  # texts that are looked at together, while they are near the processor


class Cleaned(NamedTuple):
    """`texts`: an array of objects, NaN where nothing is left. `hidden`: those that held what is
    not shown, as they were delivered. `long`: the characters of those over LONGEST.
    """

    texts: np.ndarray
    hidden: Hidden
    long: dict[int, int]


def cleaned(texts: Sequence[str]) -> Cleaned:
    """The texts of a column in NFC, without control and direction characters and white space
    around, line breaks as \\n. Control characters in ASCII are out already (delimited, workbooks).
    """
    plain = np.empty(len(texts), dtype="object")
    hidden: Hidden = {}
    long: dict[int, int] = {}
    for start in range(0, len(texts), _AT_ONCE):
        some = list(texts[start : start + _AT_ONCE])
        whole = "".join(some)  # tells at once that there is nothing to do, as in most columns
        has_returns = "\r" in whole
        if has_returns or not whole.isascii():
            for i, text in enumerate(some):
                if not text.isascii() or (has_returns and "\r" in text):
                    some[i] = _clean(text)
                    hidden |= (
                        {start + i: text} if some[i] is not text and _INVISIBLE.search(text) else {}
                    )
        plain[start : start + _AT_ONCE] = [text.strip() or np.nan for text in some]
        if len(whole) > LONGEST:
            lengths = enumerate(map(len, map(str.strip, some)), start)
            long |= {i: length for i, length in lengths if length > LONGEST}
    return Cleaned(plain, hidden, long)


def grid(columns: Sequence[Cleaned], numbers: Sequence[int]) -> pd.DataFrame:
    """The columns side by side as one block of objects, of which a row or a column is taken at
    once; `numbers`: of the rows.
    """
    block = np.empty((len(columns), len(numbers)), dtype="object")
    for at, column in enumerate(columns):
        block[at] = column.texts
    cells = pd.DataFrame(block.T, index=pd.Index(numbers), dtype="object", copy=False)
    cells.attrs[HIDDEN] = {
        (numbers[i], at): said for at, one in enumerate(columns) for i, said in one.hidden.items()
    }
    cells.attrs[LONG] = {
        (numbers[i], at): many for at, one in enumerate(columns) for i, many in one.long.items()
    }
    return cells


def controlled(texts: Sequence[str]) -> Hidden:
    """The texts that have a control character in ASCII."""
    return {
        i: text for i, text in enumerate(texts) if not text.isprintable() and _CONTROL.search(text)
    }


def visible(text: str) -> str:
    """The text with the number of each character that is not shown in its place: ‹U+202E›. Of a
    long text, what stands around the first of them.
    """
    first = _INVISIBLE.search(text)
    start = max(0, first.start() - 30) if first and len(text) > _LONG else 0
    marked = _INVISIBLE.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text[start : start + _LONG])
    return f"{'…' if start else ''}{marked}{'…' if start + _LONG < len(text) else ''}"


def _clean(text: str) -> str:
    plain = text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def without_controls(text: str) -> str:
    """A workbook's text without control characters and Excel's own way to write a line's end."""
    plain = text if text.isprintable() else _CONTROL.sub("", text)
    return _EXCEL_ESCAPE.sub("", plain) if "_x000" in plain else plain


def has_controls(text: bytes) -> bool:
    """Whether there is a control character but those that end lines or separate cells; looked for
    in pieces, to save memory.
    """
    codes = np.frombuffer(text, dtype="uint8")
    pieces = (codes[start : start + _PIECE] for start in range(0, len(codes), _PIECE))
    return any(_IS_CONTROL[piece[piece < 32]].any() for piece in pieces) or b"\x7f" in text


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


def unmarked(values: pd.Series) -> pd.Series:
    """The texts without HTML: a tag counts as a space, entities are the characters they stand for.
    Plain text stays.
    """
    texts = values.to_numpy(dtype="object", na_value="")
    has_tag, has_entity = _TAG.search, _ENTITY.search
    marked = [
        i for i, s in enumerate(texts) if ("<" in s and has_tag(s)) or ("&" in s and has_entity(s))
    ]
    if not marked:
        return values
    plain = values.copy()
    plain.iloc[marked] = [_plain(texts[i]) or np.nan for i in marked]
    return plain


def _plain(text: str) -> str:
    if not _TAG.search(text):
        return _clean(html.unescape(text)).strip()
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "head", "template"])
    return _clean(" ".join(tree.body.text(separator=" ").split())) if tree.body else ""


def line(values: pd.Series) -> pd.Series:
    """The texts in one line each: any white space inside is one space."""
    texts = values.to_numpy(dtype="object", na_value="")
    return pd.Series(
        [" ".join(text.split()) or np.nan for text in texts], index=values.index, dtype="str"
    )


_END = b"\xff"  # what ends a text among ASCII letters
_KIND = bytes(
    code if code == _END[0] else ord("a" if chr(code).isalnum() else " ") for code in range(256)
)
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum() and not chr(code).isspace())


def words(values: pd.Series) -> pd.Series:
    """Words of each text (Int64; 0 where there is none): runs between white space that have a
    letter or a digit.
    """
    texts = values.to_numpy(dtype="object", na_value="")
    counts = [_words(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)]
    return pd.Series(
        np.concatenate([np.zeros(0, dtype="int64"), *counts]), index=values.index, dtype="Int64"
    )


def _words(texts: Iterable[str]) -> np.ndarray:
    """Words of each of some texts, counted all at once where a letter follows none, signs left
    out.
    """
    whole = _END.join([text.encode("ascii", "by-kind") for text in texts]) + _END
    kinds = np.frombuffer(b" " + whole.translate(_KIND, _SIGNS), dtype="uint8")
    begins = np.flatnonzero((kinds[1:] == ord("a")) & (kinds[:-1] != ord("a")))
    ends = np.flatnonzero(kinds[1:] == _END[0])
    return np.diff(np.searchsorted(begins, ends), prepend=0)


def _of_kind(error: UnicodeError) -> tuple[str, int]:
    """A letter, white space or a sign of ASCII for each character beyond it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    beyond = error.object[error.start : error.end]
    return "".join(
        "a" if one.isalnum() else " " if one.isspace() else "-" for one in beyond
    ), error.end


codecs.register_error("by-kind", _of_kind)
