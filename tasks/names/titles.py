"""Titles of innovations: when two titles are the same, and when two are near.

Same: equal keys. A key is the title without case, accents, punctuation and extra spaces. Near
(interface.md section 4): all the words of one title are in the other, or 9 of 10 letters are alike.
The letters of a title are its key without spaces; 9 of 10 are alike when the Levenshtein distance
of the letters is at most a tenth of the longer title's length (over LONGEST_TITLE letters: 0).
docs/methods/near-titles.md states both. All near pairs among many titles: near_pairs.py.
"""

import re
import unicodedata

import numpy as np
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

LETTERS_PER_DIFFERENCE = 10  # one letter in so many may differ
# letters; a longer text is no title, and alike only where its letters are the same
LONGEST_TITLE = 300
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ASCII_BETWEEN_WORDS = {code: " " for code in range(128) if _BETWEEN_WORDS.match(chr(code))}


def title_key(title: str) -> str:
    """The key of one title: "Jarik Ma' Siti!" and "JARIK MÂ SITI" are both "jarik ma siti"; ""
    where no letter or digit is left.
    """
    folded = title.casefold()
    if folded.isascii():  # nearly all titles are, and this takes a third of the time
        return " ".join(folded.translate(_ASCII_BETWEEN_WORDS).split())
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return _BETWEEN_WORDS.sub(" ", bare).strip()


def title_keys(titles: pd.Series) -> pd.Series:
    """The key of each title, on the same index; NaN where there is no title, or no letter or digit
    in it.
    """
    texts = titles.to_list()
    distinct = [text for text in dict.fromkeys(texts) if isinstance(text, str)]
    key_of_title = {title: title_key(title) or np.nan for title in distinct}
    keys = [key_of_title.get(text, np.nan) for text in texts]
    return pd.Series(keys, index=titles.index, dtype="str")


def key_letters(keys: pd.Series) -> pd.Series:
    """The letters and digits of each key: the key without spaces. No key is missing."""
    letters = [key.replace(" ", "") for key in keys.tolist()]
    return pd.Series(letters, index=keys.index, dtype="str")


def is_near(left: pd.Series, right: pd.Series) -> pd.Series:
    """Whether the two keys of each row are near, as equal keys are: boolean, on the index of
    `left`. No key is missing.
    """
    has_all_words = _has_all_words(left.to_numpy(), right.to_numpy())
    is_alike = is_letters_alike(key_letters(left).to_numpy(), key_letters(right).to_numpy())
    return pd.Series(has_all_words | is_alike, index=left.index, dtype="bool")


def _has_all_words(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether all the words of one key of each pair are in the other."""
    words = {key: frozenset(key.split()) for key in {*left, *right}}
    pairs = ((words[one], words[other]) for one, other in zip(left, right, strict=True))
    is_within = (one <= other or other <= one for one, other in pairs)
    return np.fromiter(is_within, dtype=bool, count=len(left))


def is_letters_alike(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether 9 of 10 letters of each pair of texts are alike (booleans)."""
    pairs = zip(left, right, strict=True)
    lengths = (max(len(one), len(other)) for one, other in pairs)
    longer = np.fromiter(lengths, dtype=np.int64, count=len(left))
    return is_alike_at_length(left, right, longer)


def is_alike_at_length(left: np.ndarray, right: np.ndarray, longer: np.ndarray) -> np.ndarray:
    """Whether 9 of 10 letters of each pair of texts are alike, where the length of the longer text
    of each pair is known (booleans).
    """
    most = np.where(longer <= LONGEST_TITLE, longer // LETTERS_PER_DIFFERENCE, 0)
    cutoff = int(most.max(initial=0))
    distances = process.cpdist(
        left, right, scorer=Levenshtein.distance, score_cutoff=cutoff, dtype=np.int32
    )
    return np.asarray(distances <= most)
