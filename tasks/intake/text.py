"""Text of cells: cleaned when a sheet is read, freed of markup and counted in words when it is typed."""

import re
import unicodedata

import pandas as pd

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
