"""The form of a name: what two spellings of one name have in common.

Names compare without case, accents, punctuation and spaces. Names of agencies need more than
that: agency_names.py.
"""

from collections.abc import Iterable

import pandas as pd

from tasks.names.titles import title_key


def text_form(text: str) -> str:
    """What two names have in common when they are the same: letters and digits, no case or accents;
    & and "and" are "dan".
    """
    return title_key(_replace_and(text)).replace(" ", "")


def _replace_and(text: str) -> str:
    spaced = text.replace("&", " dan ").split()
    return " ".join("dan" if word.casefold() == "and" else word for word in spaced)


def text_forms(texts: pd.Series) -> pd.Series:
    """The form of each text, on the same index; NaN where there is none."""
    found = texts.map({text: text_form(text) for text in texts.dropna().unique()}).astype("str")
    return found.mask(found == "")


def split_aliases(aliases: pd.Series) -> pd.Series:
    """One row an alias of a table's column (several in a cell are separated by |), on the index of
    its row.
    """
    single = aliases.dropna().str.split("|").explode().str.strip()
    return single[single != ""].astype("str")


def unambiguous_forms(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """form -> what it stands for, of those forms that stand for one thing only."""
    frame = pd.DataFrame(list(pairs), columns=["form", "meant"], dtype="str").drop_duplicates()
    alone = frame[~frame["form"].duplicated(keep=False) & (frame["form"] != "")]
    return dict(zip(alone["form"], alone["meant"], strict=True))
