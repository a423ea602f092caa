"""Titles of innovations: when two are the same, and when two are near. Computes; touches nothing.

Same: equal keys. A key is the title without case, accents, punctuation and extra spaces. Near
(interface.md section 4): all the words of one title are in the other, or 9 of 10 letters are alike.
The letters of a title are its key without spaces; 9 of 10 are alike when the Levenshtein distance
of the letters is at most a tenth of the longer one's length (over LONGEST letters: none).
docs/methods/near-titles.md states both, with the search that does not compare every title with
every other.
"""

import re
import unicodedata

import numpy as np
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

LETTERS_PER_DIFFERENCE = 10  # one letter in so many may differ
LONGEST_TITLE = (
    300  # letters; a text beyond is no title, and alike only where its letters are the same
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ASCII_BETWEEN_WORDS = {code: " " for code in range(128) if _BETWEEN_WORDS.match(chr(code))}


def title_key(title: str) -> str:
    """The key of one title: "Jarik Ma' Siti!" and "JARIK MÂ SITI" are both "jarik ma siti"; ""
    where no letter or digit is left.
    """
    folded = title.casefold()
    if folded.isascii():  # nearly all are, and this takes a third of the time
        return " ".join(folded.translate(_ASCII_BETWEEN_WORDS).split())
    plain = unicodedata.normalize("NFKD", folded)
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _BETWEEN_WORDS.sub(" ", bare).strip()


def title_keys(titles: pd.Series) -> pd.Series:
    """The key of each title, on the same index; NaN where there is no title, or none with a letter
    or digit in it.
    """
    written = titles.to_list()
    key_of = {
        title: title_key(title) or np.nan
        for title in dict.fromkeys(written)
        if isinstance(title, str)
    }
    return pd.Series(
        [key_of.get(title, np.nan) for title in written], index=titles.index, dtype="str"
    )


def key_letters(keyed: pd.Series) -> pd.Series:
    """The letters and digits of each key, of which none is missing: the key without spaces."""
    return pd.Series(
        [key.replace(" ", "") for key in keyed.tolist()], index=keyed.index, dtype="str"
    )


def is_near(left: pd.Series, right: pd.Series) -> pd.Series:
    """Whether the two keys of each row are near (equal ones are): boolean, on the index of `left`.
    Neither has missing keys.
    """
    words = _has_all_words(left.to_numpy(), right.to_numpy())
    alike = is_alike(key_letters(left).to_numpy(), key_letters(right).to_numpy())
    return pd.Series(words | alike, index=left.index, dtype="bool")


def _has_all_words(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    words = {k: frozenset(k.split()) for k in {*left, *right}}
    pairs = ((words[a], words[b]) for a, b in zip(left, right, strict=True))
    return np.fromiter((a <= b or b <= a for a, b in pairs), dtype=bool, count=len(left))


def is_alike(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether 9 of 10 letters of each pair of texts are alike, one boolean a pair."""
    pairs = zip(left, right, strict=True)
    longer = np.fromiter(
        (max(len(one), len(other)) for one, other in pairs), dtype=np.int64, count=len(left)
    )
    return is_alike_at_length(left, right, longer)


def is_alike_at_length(left: np.ndarray, right: np.ndarray, longer: np.ndarray) -> np.ndarray:
    """The same, where the longer text's length is known for each pair."""
    most = np.where(longer <= LONGEST_TITLE, longer // LETTERS_PER_DIFFERENCE, 0)
    cutoff = int(most.max(initial=0))
    apart = process.cpdist(
        left, right, scorer=Levenshtein.distance, score_cutoff=cutoff, dtype=np.int32
    )
    return np.asarray(apart <= most)


def near_pairs_between(left: pd.Series, right: pd.Series) -> pd.DataFrame:
    """Every near pair of a key of `left` and a key of `right`: columns left, right (their index
    labels) and exact (equal keys).

    One row a pair, in the order of the two; missing keys are near nothing. Every key is compared
    with every other: for the few hundred candidates of a nomination, not for all titles of a year
    (`near_pairs`).
    """
    frames = [
        keyed.dropna().rename("key").rename_axis(side).reset_index()
        for keyed, side in ((left, "left"), (right, "right"))
    ]
    pairs = frames[0].merge(frames[1], how="cross", suffixes=("_left", "_right"))
    found = pairs[is_near(pairs["key_left"], pairs["key_right"])]
    return found.assign(exact=found["key_left"] == found["key_right"])[
        ["left", "right", "exact"]
    ].reset_index(drop=True)
