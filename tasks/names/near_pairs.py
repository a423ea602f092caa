"""All near pairs among many titles, in time that grows with the pairs found and not with the square
of the titles.

Computes; touches nothing. The method is docs/methods/near-titles.md: two indexes give candidates
and miss no near pair, and titles.py says of each candidate whether it is one.
"""

import numpy as np
import pandas as pd

from tasks.names import alike_texts, sorted_lookup, titles

# titles with more distinct words are found by their rarest word alone, not by pairs of words
_FEW_WORDS = 16
_TABLE_BITS = 22  # bits of the table of which pairs of words are asked for
_ODD_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # multiplying by it spreads what differs over all bits
_NO_PAIRS = pd.DataFrame({"left": [], "right": []}, dtype="int64")


def find_near_pairs(keyed: pd.Series) -> pd.DataFrame:
    """Every near pair among the keys: columns left, right, the positions of the two in `keyed`,
    left < right; sorted.

    Missing keys are near nothing. Rows with equal keys are near each other.
    """
    present = np.flatnonzero(keyed.notna().to_numpy())
    number, distinct = pd.factorize(keyed.iloc[present])
    pairs = _pairs_of_positions(_pairs_of_distinct_keys(pd.Series(distinct, dtype="str")), number)
    return _sorted_pairs(present[pairs["left"]], present[pairs["right"]])


def _pairs_of_positions(pairs: pd.DataFrame, number: np.ndarray) -> pd.DataFrame:
    """Pairs of numbers -> pairs of positions that have these numbers, and of positions that have
    the same.
    """
    rows = pd.DataFrame({"number": number, "position": np.arange(len(number))})
    same = rows.merge(rows, on="number", suffixes=("_left", "_right"), validate="m:m")
    left = pairs.merge(rows, left_on="left", right_on="number", validate="m:m")
    other = left.merge(
        rows, left_on="right", right_on="number", suffixes=("_left", "_right"), validate="m:m"
    )
    both = pd.concat([same, other], ignore_index=True)[["position_left", "position_right"]]
    return both.set_axis(["left", "right"], axis="columns")


def _sorted_pairs(one: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    """The pairs, each once, the smaller first; none of a title with itself."""
    pairs = pd.DataFrame({"left": np.minimum(one, other), "right": np.maximum(one, other)})
    return (
        pairs[pairs["left"] < pairs["right"]]
        .drop_duplicates()
        .sort_values(["left", "right"], ignore_index=True)
    )


def _pairs_of_distinct_keys(keyed: pd.Series) -> pd.DataFrame:
    found = pd.concat([_pairs_by_words(keyed), _pairs_by_letters(keyed)], ignore_index=True)
    return _sorted_pairs(found["left"].to_numpy(), found["right"].to_numpy())


# --- all the words of one in the other
# -------------------------------------------------------------------------------


def _pairs_by_words(keyed: pd.Series) -> pd.DataFrame:
    """Pairs where all words of `left` are in `right`.

    A title is looked for, by its two rarest words, among the pairs of words of all others; among
    those that have too many words to list their pairs, by its rarest word.
    """
    words = _WordIndex(keyed)
    parts = [_NO_PAIRS]
    for asked, (index, of_title) in (
        (words.rarest_two, words.pairs()),
        (words.rarest, words.of_long()),
    ):
        order = np.argsort(index)
        for question, place in sorted_lookup.hits_equal(index[order], asked):
            left, right = words.titles[question], of_title[order][place]
            kept = (left != right) & (words.many[left] <= words.many[right])
            parts.append(words.within(left[kept], right[kept]))
    return pd.concat(parts, ignore_index=True)


class _WordIndex:
    """The distinct words of titles, laid end to end: `word` (a number, the lower the rarer), rising
    within a `title`.

    titles: the titles that have words. rarest: the first word of each; rarest_two: the first two as
    one number (the first twice where there is but one). many: how many words each title has. signs:
    a bit for each of its words, which other words may have, too.
    """

    def __init__(self, keyed: pd.Series):
        self.keys = keyed.tolist()
        said = np.fromiter(
            (key.count(" ") + bool(key) for key in self.keys), dtype=np.int64, count=len(self.keys)
        )
        code, _ = pd.factorize(np.array(" ".join(self.keys).split(), dtype=object))
        title = np.repeat(np.arange(len(self.keys)), said)
        rarity = np.argsort(np.argsort(np.bincount(code), kind="stable"), kind="stable")
        flat = np.sort(_pack_numbers(title, rarity[code]))
        flat = flat[np.diff(flat, prepend=-1) > 0]  # a word said twice is one
        self.title, self.word = flat >> 32, flat & ((1 << 32) - 1)
        self.many = np.bincount(self.title, minlength=len(self.keys))
        self.titles = np.flatnonzero(self.many)
        first = (np.cumsum(self.many) - self.many)[self.titles]
        self.rarest = self.word[first]
        self.rarest_two = _pack_numbers(
            self.rarest, self.word[first + (self.many[self.titles] > 1)]
        )
        self.signs = np.zeros(len(self.keys), dtype=np.int64)
        self.signs[self.titles] = (
            np.bitwise_or.reduceat(1 << (self.word & 63), first) if len(first) else 0
        )

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Every pair of words of each short title that is asked for, the rarer first, and each word
        with itself; and the title.
        """
        short = self.many[self.title] <= _FEW_WORDS
        title, word = self.title[short], self.word[short]
        asked = np.zeros(1 << _TABLE_BITS, dtype=bool)
        asked[_slots_of_words(self.rarest_two)] = True
        found = [(np.array([], dtype=np.int64),) * 2]
        for gap in range(min(_FEW_WORDS, len(title))):
            last = len(title) - gap
            code = _pack_numbers(word[:last], word[gap:])
            kept = np.flatnonzero((title[:last] == title[gap:]) & asked[_slots_of_words(code)])
            found.append((code[kept], title[kept]))
        return np.concatenate([codes for codes, _ in found]), np.concatenate(
            [of for _, of in found]
        )

    def of_long(self) -> tuple[np.ndarray, np.ndarray]:
        """Every word of each title that has too many to list their pairs, and the title."""
        long = self.many[self.title] > _FEW_WORDS
        return self.word[long], self.title[long]

    def within(self, left: np.ndarray, right: np.ndarray) -> pd.DataFrame:
        """Those of the pairs where all words of `left` are in `right`. Told by their signs
        first.
        """
        likely = (self.signs[left] & ~self.signs[right]) == 0
        left, right = left[likely], right[likely]
        pairs = (
            (self.keys[a], self.keys[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)
        )
        kept = np.fromiter(
            (set(a.split()) <= set(b.split()) for a, b in pairs), dtype=bool, count=len(left)
        )
        return pd.DataFrame({"left": left, "right": right}, dtype="int64")[kept]


def _pack_numbers(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.asarray(first.astype(np.int64) << 32 | second.astype(np.int64))


def _slots_of_words(code: np.ndarray) -> np.ndarray:
    return np.asarray(
        ((code.astype(np.uint64) * _ODD_FACTOR) >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)
    )


# --- 9 of 10 letters alike
# -------------------------------------------------------------------------------------------


def _pairs_by_letters(keyed: pd.Series) -> pd.DataFrame:
    """Pairs where 9 of 10 letters are alike (alike.py); texts over titles.LONGEST letters only
    where all are.
    """
    number, distinct = pd.factorize(titles.key_letters(keyed))
    texts = np.asarray(distinct, dtype=object)
    usual = np.flatnonzero([len(text) <= titles.LONGEST_TITLE for text in texts])
    left, right = alike_texts.alike_pairs(texts[usual])
    return _pairs_of_positions(
        pd.DataFrame({"left": usual[left], "right": usual[right]}, dtype="int64"), number
    )
