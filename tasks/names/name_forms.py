"""The form of a name: what two spellings of one name have in common.

Names compare without case, accents, punctuation and spaces. Names of agencies need more than
that: agency_names.py.
"""

from collections.abc import Iterable

import pandas as pd

from tasks.names.titles import title_key


def text_form(text: str) -> str:
    """The form of a name: letters and digits without case and accents; & and "and" are "dan"."""
    words = text.replace("&", " dan ").split()
    indonesian = ["dan" if word.casefold() == "and" else word for word in words]
    return title_key(" ".join(indonesian)).replace(" ", "")


def text_forms(texts: pd.Series) -> pd.Series:
    """The form of each text, on the same index; NaN where no letter or digit is left."""
    form_of_text = {text: text_form(text) for text in texts.dropna().unique()}
    forms = texts.map(form_of_text).astype("str")
    return forms.mask(forms == "")


def split_aliases(aliases: pd.Series) -> pd.Series:
    """Each alias of a table's column, on the index of its row; a cell separates aliases by |."""
    single = aliases.dropna().str.split("|").explode().str.strip()
    return single[single != ""].astype("str")


def unambiguous_forms(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each form stands for, without the forms that stand for several things. `pairs`: a form
    and what it stands for.
    """
    frame = pd.DataFrame(list(pairs), columns=["form", "meant"], dtype="str").drop_duplicates()
    alone = frame[~frame["form"].duplicated(keep=False) & (frame["form"] != "")]
    return dict(zip(alone["form"], alone["meant"], strict=True))
