"""Near pairs among titles: among very many titles of a year, and between two short lists.

The search among very many takes time that grows with the pairs found and not with the square of
the titles. docs/methods/near-titles.md has the method: two indexes give candidates and miss no near
pair, and titles.py says of each candidate whether the two are near.
"""

import numpy as np
import pandas as pd

from tasks.names.alike_texts import alike_pairs
from tasks.names.sorted_lookup import hits_equal
from tasks.names.titles import LONGEST_TITLE, is_near, key_letters

# titles with more distinct words are found by their rarest word alone, not by pairs of words
_FEW_WORDS = 16
_TABLE_BITS = 22  # bits of the table of which pairs of words are asked for
_ODD_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # multiplying by it spreads what differs over all bits
_NO_PAIRS = pd.DataFrame({"left": [], "right": []}, dtype="int64")


def near_pairs_between(left: pd.Series, right: pd.Series) -> pd.DataFrame:
    """Every near pair of a key of `left` and a key of `right`: columns left, right (their index
    labels) and exact (equal keys).

    One row per pair, in the order of the two; missing keys are near nothing. Every key is compared
    with every other: for the few hundred candidates of a nomination, and not for all titles of a
    year (`find_near_pairs`).
    """
    left_keys = left.dropna().rename("key").rename_axis("left").reset_index()
    right_keys = right.dropna().rename("key").rename_axis("right").reset_index()
    pairs = left_keys.merge(right_keys, how="cross", suffixes=("_left", "_right"))
    near = pairs[is_near(pairs["key_left"], pairs["key_right"])]
    near = near.assign(exact=near["key_left"] == near["key_right"])
    return near[["left", "right", "exact"]].reset_index(drop=True)


def find_near_pairs(keys: pd.Series) -> pd.DataFrame:
    """Every near pair among the keys: columns left, right, the positions of the two in `keys`,
    left < right.

    One row per pair, sorted. Missing keys are near nothing. Rows with equal keys are near each
    other.
    """
    present = np.flatnonzero(keys.notna().to_numpy())
    number, distinct = pd.factorize(keys.iloc[present])
    near_numbers = _pairs_of_distinct_keys(pd.Series(distinct, dtype="str"))
    pairs = _pairs_of_positions(near_numbers, number)
    return _sorted_pairs(present[pairs["left"]], present[pairs["right"]])


def _pairs_of_positions(pairs: pd.DataFrame, number: np.ndarray) -> pd.DataFrame:
    """Pairs of positions: those whose numbers are a pair of `pairs`, and those with equal numbers.
    `number`: of each position.
    """
    rows = pd.DataFrame({"number": number, "position": np.arange(len(number))})
    sides = ("_left", "_right")
    same = rows.merge(rows, on="number", suffixes=sides, validate="m:m")
    left = pairs.merge(rows, left_on="left", right_on="number", validate="m:m")
    other = left.merge(rows, left_on="right", right_on="number", suffixes=sides, validate="m:m")
    both = pd.concat([same, other], ignore_index=True)[["position_left", "position_right"]]
    return both.set_axis(["left", "right"], axis="columns")


def _sorted_pairs(one: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    """The pairs, each once, the smaller position first; no title is a pair with itself."""
    pairs = pd.DataFrame({"left": np.minimum(one, other), "right": np.maximum(one, other)})
    distinct = pairs[pairs["left"] < pairs["right"]].drop_duplicates()
    return distinct.sort_values(["left", "right"], ignore_index=True)


def _pairs_of_distinct_keys(keys: pd.Series) -> pd.DataFrame:
    pairs = pd.concat([_pairs_by_words(keys), _pairs_by_letters(keys)], ignore_index=True)
    return _sorted_pairs(pairs["left"].to_numpy(), pairs["right"].to_numpy())


# --- all the words of one title in the other


def _pairs_by_words(keys: pd.Series) -> pd.DataFrame:
    """Pairs where all words of `left` are in `right`.

    A title is looked for, by its two rarest words, among the pairs of words of all other titles;
    among titles that have too many words to list their pairs, by its rarest word.
    """
    words = _WordIndex(keys)
    by_two, titles_by_two = words.pairs()
    by_one, titles_by_one = words.words_of_long_titles()
    return pd.concat(
        [
            _NO_PAIRS,
            *_pairs_by_asked_words(words, words.rarest_two, by_two, titles_by_two),
            *_pairs_by_asked_words(words, words.rarest, by_one, titles_by_one),
        ],
        ignore_index=True,
    )


def _pairs_by_asked_words(
    words: "_WordIndex", asked: np.ndarray, index: np.ndarray, title: np.ndarray
) -> list[pd.DataFrame]:
    """Pairs of a title and a title that has its asked words, where it has all its other words, too.

    `asked`: a number for each title that has words; `index`: such numbers, and `title` the title
    of each.
    """
    order = np.argsort(index)
    titles_in_order = title[order]
    parts = []
    for question, place in hits_equal(index[order], asked):
        left, right = words.titles[question], titles_in_order[place]
        is_candidate = (left != right) & (words.counts[left] <= words.counts[right])
        parts.append(words.pairs_within(left[is_candidate], right[is_candidate]))
    return parts


class _WordIndex:
    """The distinct words of titles, laid end to end: `word` (a number, the lower the rarer), rising
    within a `title`.

    titles: the titles that have words. rarest: the first word of each; rarest_two: the first two
    words as one number (the first twice where there is but one word). counts: how many words each
    title has. signs: a bit for each of its words, which other words may share.
    """

    def __init__(self, keys: pd.Series):
        self.keys = keys.tolist()
        self.title, self.word = _distinct_words(self.keys)
        self.counts = np.bincount(self.title, minlength=len(self.keys))
        self.titles = np.flatnonzero(self.counts)
        first = (np.cumsum(self.counts) - self.counts)[self.titles]
        second = first + (self.counts[self.titles] > 1)
        self.rarest = self.word[first]
        self.rarest_two = _pack_numbers(self.rarest, self.word[second])
        self.signs = np.zeros(len(self.keys), dtype=np.int64)
        if len(first):
            self.signs[self.titles] = np.bitwise_or.reduceat(1 << (self.word & 63), first)

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Every pair of words of each short title that is asked for, the rarer word first, and each
        word with itself, as one number; and the title of each pair.
        """
        is_short = self.counts[self.title] <= _FEW_WORDS
        title, word = self.title[is_short], self.word[is_short]
        is_asked = np.zeros(1 << _TABLE_BITS, dtype=bool)
        is_asked[_slots_of_words(self.rarest_two)] = True
        codes, titles = [np.array([], dtype=np.int64)], [np.array([], dtype=np.int64)]
        for gap in range(min(_FEW_WORDS, len(title))):
            last = len(title) - gap
            code = _pack_numbers(word[:last], word[gap:])
            is_of_one_title = title[:last] == title[gap:]
            kept = np.flatnonzero(is_of_one_title & is_asked[_slots_of_words(code)])
            codes.append(code[kept])
            titles.append(title[kept])
        return np.concatenate(codes), np.concatenate(titles)

    def words_of_long_titles(self) -> tuple[np.ndarray, np.ndarray]:
        """Every word of each title that has too many words to list their pairs, and the title."""
        is_long = self.counts[self.title] > _FEW_WORDS
        return self.word[is_long], self.title[is_long]

    def pairs_within(self, left: np.ndarray, right: np.ndarray) -> pd.DataFrame:
        """The pairs where all words of `left` are in `right`. Signs rule most of the others out."""
        is_likely = (self.signs[left] & ~self.signs[right]) == 0
        left, right = left[is_likely], right[is_likely]
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        is_within = (
            set(self.keys[one].split()) <= set(self.keys[other].split()) for one, other in pairs
        )
        kept = np.fromiter(is_within, dtype=bool, count=len(left))
        return pd.DataFrame({"left": left, "right": right}, dtype="int64")[kept]


def _distinct_words(keys: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The title and the number of each word, each word of a title once, the rarer first."""
    counts = (key.count(" ") + bool(key) for key in keys)
    words_of_title = np.fromiter(counts, dtype=np.int64, count=len(keys))
    code, _ = pd.factorize(np.array(" ".join(keys).split(), dtype=object))
    title = np.repeat(np.arange(len(keys)), words_of_title)
    rarity = np.argsort(np.argsort(np.bincount(code), kind="stable"), kind="stable")
    packed = np.sort(_pack_numbers(title, rarity[code]))
    packed = packed[np.diff(packed, prepend=-1) > 0]
    return packed >> 32, packed & ((1 << 32) - 1)


def _pack_numbers(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Two numbers of less than 32 bits as one."""
    return np.asarray(first.astype(np.int64) << 32 | second.astype(np.int64))


def _slots_of_words(code: np.ndarray) -> np.ndarray:
    """The place of each pair of words in a table of _TABLE_BITS bits."""
    spread = code.astype(np.uint64) * _ODD_FACTOR
    return np.asarray((spread >> np.uint64(64 - _TABLE_BITS)).astype(np.int64))


# --- 9 of 10 letters alike


def _pairs_by_letters(keys: pd.Series) -> pd.DataFrame:
    """Pairs where 9 of 10 letters are alike; of texts over LONGEST_TITLE letters only those where
    all are.
    """
    number, distinct = pd.factorize(key_letters(keys))
    texts = np.asarray(distinct, dtype=object)
    usual = np.flatnonzero([len(text) <= LONGEST_TITLE for text in texts])
    left, right = alike_pairs(texts[usual])
    alike = pd.DataFrame({"left": usual[left], "right": usual[right]}, dtype="int64")
    return _pairs_of_positions(alike, number)
