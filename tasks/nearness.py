"""All near pairs among many titles, in time that grows with the pairs found and not with the square of the titles.

Computes; touches nothing. The method is docs/methods/near-titles.md: two indexes give candidates and miss no near
pair, and titles.py says of each candidate whether it is one.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tasks import titles

_FEW_WORDS = 16  # titles with more distinct words are found by their rarest word alone, not by pairs of words
_PIECE = 1_000_000  # candidates looked at together
_SEED = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing
_NO_PAIRS = pd.DataFrame({"left": [], "right": []}, dtype="int64")


def near_pairs(keyed: pd.Series) -> pd.DataFrame:
    """Every near pair among the keys: columns left, right, the positions of the two in `keyed`, left < right; sorted.

    Missing keys are near nothing. Rows with equal keys are near each other.
    """
    present = np.flatnonzero(keyed.notna().to_numpy())
    number, distinct = pd.factorize(keyed.iloc[present])
    pairs = _spread(_distinct_pairs(pd.Series(distinct, dtype="str")), number)
    return _in_order(present[pairs["left"]], present[pairs["right"]])


def _spread(pairs: pd.DataFrame, number: np.ndarray) -> pd.DataFrame:
    """Pairs of numbers -> pairs of positions that have these numbers, and of positions that have the same."""
    rows = pd.DataFrame({"number": number, "position": np.arange(len(number))})
    same = rows.merge(rows, on="number", suffixes=("_left", "_right"), validate="m:m")
    left = pairs.merge(rows, left_on="left", right_on="number", validate="m:m")
    other = left.merge(rows, left_on="right", right_on="number", suffixes=("_left", "_right"), validate="m:m")
    both = pd.concat([same, other], ignore_index=True)[["position_left", "position_right"]]
    return both.set_axis(["left", "right"], axis="columns")


def _in_order(one: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    """The pairs, each once, the smaller first; none of a title with itself."""
    pairs = pd.DataFrame({"left": np.minimum(one, other), "right": np.maximum(one, other)})
    return pairs[pairs["left"] < pairs["right"]].drop_duplicates().sort_values(["left", "right"], ignore_index=True)


def _distinct_pairs(keyed: pd.Series) -> pd.DataFrame:
    found = pd.concat([_by_words(keyed), _by_letters(keyed)], ignore_index=True)
    return _in_order(found["left"].to_numpy(), found["right"].to_numpy())


def _joined(left: pd.DataFrame, right: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of `left` with those of `right` that have the same `on`, some at a time, so that memory stays small."""
    wanted = right[right["on"].isin(left["on"])]
    many = left["on"].map(wanted["on"].value_counts()).fillna(0)
    for _, piece in left.groupby((many.cumsum() // _PIECE).to_numpy(), sort=True):
        yield piece.merge(wanted, on="on", validate="m:m")


# --- all the words of one in the other -------------------------------------------------------------------------------


def _by_words(keyed: pd.Series) -> pd.DataFrame:
    """Pairs where all words of `left` are in `right`.

    A title is looked for, by its two rarest words, among the pairs of words of all others; among those that have too
    many words to list their pairs, by its rarest word.
    """
    words = _word_frame(keyed)
    rare = _rarest(words)
    short = words["title"].map(words.groupby("title", sort=False).size()) <= _FEW_WORDS
    of_two = _joined(rare.assign(on=_code(rare["first"], rare["second"])), _pairs_of_words(words[short]))
    of_one = _joined(rare.assign(on=rare["first"]), words[~short].set_axis(["right", "on"], axis="columns"))
    sets = [frozenset(key.split()) for key in keyed]
    found = [pairs[_within(pairs, sets)] for pairs in (*of_two, *of_one)]
    return pd.concat([_NO_PAIRS, *found], ignore_index=True)[["left", "right"]]


def _within(pairs: pd.DataFrame, sets: list[frozenset[str]]) -> np.ndarray:
    numbers = zip(pairs["left"], pairs["right"], strict=True)
    return np.fromiter((sets[a] <= sets[b] for a, b in numbers), dtype=bool, count=len(pairs))


def _word_frame(keyed: pd.Series) -> pd.DataFrame:
    """One row a title and distinct word: title (its position), word (a number, the lower the rarer), in that order."""
    lists = [list(dict.fromkeys(key.split())) for key in keyed]
    title = np.repeat(np.arange(len(lists)), [len(words) for words in lists])
    code, _ = pd.factorize(np.array([word for words in lists for word in words], dtype=object))
    rarity = np.argsort(np.argsort(np.bincount(code), kind="stable"), kind="stable")
    frame = pd.DataFrame({"title": title, "word": rarity[code]})
    return frame.sort_values(["title", "word"], ignore_index=True)


def _rarest(words: pd.DataFrame) -> pd.DataFrame:
    """One row a title, `left`: its rarest word `first`, and the next, `second` (the same where it has but one)."""
    nth = words.groupby("title", sort=False).cumcount()
    first, second = words[nth == 0].set_index("title")["word"], words[nth == 1].set_index("title")["word"]
    return (
        pd.DataFrame({"first": first, "second": second.reindex(first.index).fillna(first).astype("int64")})
        .rename_axis("left")
        .reset_index()
    )


def _pairs_of_words(words: pd.DataFrame) -> pd.DataFrame:
    """Every pair of words of each title, the rarer first, and each word with itself: columns right (the title), on."""
    both = words.merge(words, on="title", suffixes=("_first", "_second"), validate="m:m")
    both = both[both["word_first"] <= both["word_second"]]
    return pd.DataFrame({"right": both["title"], "on": _code(both["word_first"], both["word_second"])})


def _code(first: pd.Series, second: pd.Series) -> pd.Series:
    return first.astype("int64") * (1 << 32) + second.astype("int64")


# --- 9 of 10 letters alike -------------------------------------------------------------------------------------------


def _by_letters(keyed: pd.Series) -> pd.DataFrame:
    """Pairs where 9 of 10 letters are alike.

    A title of n letters has d = n // 10 letters that may differ. Cut it into d + 1 pieces: in any title near it and
    no longer, one piece stands whole, and not far from its place. Pieces are looked up, and what they lead to is
    compared.
    """
    number, distinct = pd.factorize(titles.letters(keyed))
    return _spread(_alike(np.asarray(distinct, dtype=object)), number)


def _alike(texts: np.ndarray) -> pd.DataFrame:
    """Pairs of different texts with 9 of 10 letters alike, by position; `left` is no shorter than `right`."""
    usual = np.flatnonzero([len(text) <= titles.LONGEST for text in texts])
    text = _Letters(texts[usual])
    parts = [_NO_PAIRS]
    for size in (5, 6, 7, 8):
        for pairs in text.candidates(size):
            left, right = usual[pairs["left"]], usual[pairs["right"]]
            kept = titles.alike_at(texts[left], texts[right], text.lengths[pairs["left"]])
            parts.append(pd.DataFrame({"left": left[kept], "right": right[kept]}))
    return pd.concat(parts, ignore_index=True)


class _Letters:
    """Texts laid end to end as numbers, so that pieces of all of them are cut and compared at once."""

    def __init__(self, texts: np.ndarray):
        self.lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).astype(np.int64)
        self.all = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)

    def candidates(self, size: int) -> Iterator[pd.DataFrame]:
        """Pairs that share a piece of `size` letters near the same place: those whose longer text is cut so."""
        longer = np.flatnonzero((np.minimum(self.lengths // 10 + 4, 8) == size) & (self.lengths >= 10))
        if not len(longer):
            return
        hashed = self._hashes(size)
        looked_up = np.cumsum((self.lengths[longer] // 10 + 2) ** 2 // 4)  # about so many places for their pieces
        for from_start in (True, False):
            places = self._places(longer, size, hashed, from_start)
            for some in np.split(longer, np.flatnonzero(np.diff(looked_up // _PIECE)) + 1):
                for found in _joined(self._pieces(some, hashed, from_start), places):
                    yield self._near(found)

    def _near(self, found: pd.DataFrame) -> pd.DataFrame:
        """Those where the right text is another, no longer, and not too short."""
        shorter = self.lengths[found["left"]] - self.lengths[found["right"]]
        near = (shorter >= 0) & (shorter <= found["most"]) & (found["left"] != found["right"])
        return found.loc[near, ["left", "right"]].drop_duplicates()

    def _hashes(self, size: int) -> np.ndarray:
        """A number for the `size` letters from each place on."""
        width = len(self.all) - size + 1
        hashed = np.zeros(width, dtype=np.uint64)
        for letter in range(size):
            hashed = hashed * _SEED + self.all[letter : letter + width]
        return hashed

    def _pieces(self, longer: np.ndarray, hashed: np.ndarray, from_start: bool) -> pd.DataFrame:
        """The pieces of these texts, once for each place where they may stand in a near title.

        Of d + 1 pieces the i-th (from 0) is off by at most i letters counted from the start, d - i counted from the
        end; each is looked up where that is less.
        """
        most = self.lengths[longer] // 10
        text, number = np.repeat(np.arange(len(longer)), most + 1), _counted(most + 1)
        off = number if from_start else most[text] - number
        kept = (off < most[text] - off) | ((off == most[text] - off) & from_start)
        text, number, off = text[kept], number[kept], off[kept]
        start = number * (self.lengths[longer] // (most + 1))[text]
        place = start if from_start else self.lengths[longer][text] - start
        piece, shift = np.repeat(np.arange(len(text)), 2 * off + 1), _counted(2 * off + 1)
        places = place[piece] + shift - off[piece]
        on = _placed(hashed[self.starts[longer][text] + start][piece], places)
        return pd.DataFrame({"left": longer[text][piece], "most": most[text][piece], "on": on})

    def _places(self, longer: np.ndarray, size: int, hashed: np.ndarray, from_start: bool) -> pd.DataFrame:
        """What stands at each place of the texts that may be near these, in the half where pieces are looked up."""
        lengths = self.lengths[longer]
        near = np.flatnonzero((self.lengths >= lengths.min() - lengths.min() // 10) & (self.lengths <= lengths.max()))
        furthest = int(lengths.max()) * 3 // 5 + size
        room = np.minimum(np.maximum(self.lengths[near] - size + 1, 0), furthest)
        text, place = np.repeat(near, room), _counted(room)
        if not from_start:
            place = self.lengths[text] - size - place
        counted = place if from_start else self.lengths[text] - place
        return pd.DataFrame({"right": text, "on": _placed(hashed[self.starts[text] + place], counted)})


def _placed(hashed: np.ndarray, place: np.ndarray) -> np.ndarray:
    return np.asarray(hashed + place.astype(np.uint64) * (_SEED << np.uint64(1)))


def _counted(many: np.ndarray) -> np.ndarray:
    """0, 1, ... for each of these numbers: [2, 3] -> 0 1 0 1 2."""
    return np.asarray(np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many))
