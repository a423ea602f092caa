"""Text of cells: cleaned when a sheet is read, freed of markup and counted in words when it is typed."""

import html
import re
import unicodedata

import numpy as np
import pandas as pd
from selectolax.lexbor import LexborHTMLParser

# Characters that change what is shown and not what is said: controls, joiners' direction marks, byte order marks.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EXCEL_ESCAPE = re.compile("_x000[dD]_")


def stripped(values: pd.Series) -> pd.Series:
    """The texts without white space around; NaN where nothing is left."""
    return pd.Series([text.strip() or None for text in values.to_numpy(dtype="object")], index=values.index, dtype="str")


def cleaned(values: pd.Series) -> pd.Series:
    """The texts in NFC, without control and direction characters and white space around, line breaks as \\n; NaN where
    nothing is left. Every value is a str."""
    return pd.Series([clean(text) or None for text in values.to_numpy(dtype="object")], index=values.index, dtype="str")


def clean(text: str) -> str:
    """One text, cleaned as `cleaned` says."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    elif not text.isprintable():
        text = _CONTROL.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _EXCEL_ESCAPE.sub("", text).strip() if "_x000" in text else text.strip()


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_MARKED = "|".join((_TAG.pattern, _ENTITY.pattern))


def unmarked(values: pd.Series) -> pd.Series:
    """The texts without HTML: a tag counts as a space, entities are the characters they stand for. Plain text stays."""
    suspects = values[values.str.contains("[<&]", na=False)]
    marked = suspects[suspects.str.contains(_MARKED)]
    if marked.empty:
        return values
    plain = values.copy()
    plain[marked.index] = [_plain(text) for text in marked]
    return plain.replace("", np.nan)


def _plain(text: str) -> str:
    if not _TAG.search(text):
        return clean(html.unescape(text))
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "head", "template"])
    return clean(" ".join(tree.body.text(separator=" ").split())) if tree.body else ""


_PUNCTUATION = {code: None for code in range(33, 127) if not chr(code).isalnum()}
_LONE = re.compile(r"(?<!\S)[\W_]+(?!\S)")


def words(values: pd.Series) -> pd.Series:
    """Words of each text (Int64; 0 where there is none): runs between white space that have a letter or a digit."""
    return pd.Series([_words(text) for text in values.to_numpy(dtype="object", na_value="")], index=values.index, dtype="Int64")


def _words(text: str) -> int:
    if text.isascii():
        return len(text.translate(_PUNCTUATION).split())
    return len(_LONE.sub(" ", text).split())
