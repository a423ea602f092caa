"""All pairs of texts with 9 of 10 letters alike, in time that grows with the texts and the pairs
found.

Computes; touches nothing. The method is in docs/methods/near-titles.md, "Letters": in a text of
which d letters may differ, d + 1 pieces that do not overlap are chosen, the rarest that there are;
in each near text one of them stands unchanged, and not far from its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tasks.names import sorted_lookup, titles

PIECE_SIZES = (
    (5, 1, 1),
    (6, 2, titles.LONGEST_TITLE),
)  # letters of a piece, for texts where so many letters may differ
_ODD_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # multiplying by it spreads what differs over all bits
# bits of the table of how often pieces occur; two that share a place in it only make more
# candidates
_TABLE_BITS = 22
_PLACE_BITS, _TEXT_BITS = (
    9,
    23,
)  # bits of a place in a text and of a text's number, in an entry of the index
_LETTER_SORTS = (
    32  # sorts of letters that are counted, to tell far texts apart before they are compared
)
_IMPOSSIBLE_COST = 1 << 26  # a cost that no choice of pieces has
_TEXTS_AT_ONCE = 16_384  # texts whose pieces are chosen together


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces to look up, one row each: the text's number, where it starts, how many stand before
    it, its hash.
    """

    text: np.ndarray
    start: np.ndarray
    nth: np.ndarray
    hashed: np.ndarray


class Texts:
    """Texts laid end to end as numbers, so that pieces of all of them are cut and compared at
    once.
    """

    def __init__(self, texts: np.ndarray):
        self.texts = texts
        self.lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self.starts = np.cumsum(self.lengths) - self.lengths
        self.most = self.lengths // titles.LETTERS_PER_DIFFERENCE
        self.letters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)

    def hashes(self, size: int) -> np.ndarray:
        """A number for the `size` letters from each place on, over the end of a text into the next;
        0 where too few letters follow.
        """
        width = max(len(self.letters) - size + 1, 0)
        hashed = np.zeros(len(self.letters), dtype=np.uint64)
        for letter in range(size):
            hashed[:width] *= _ODD_FACTOR
            hashed[:width] += self.letters[letter : letter + width]
        hashed ^= hashed >> np.uint64(29)
        hashed *= _ODD_FACTOR
        return hashed

    def counts(self) -> np.ndarray:
        """How often each sort of letter occurs in each text (uint8, one row a text)."""
        place = (
            np.repeat(np.arange(len(self.texts)) * _LETTER_SORTS, self.lengths)
            + self.letters % _LETTER_SORTS
        )
        counted = np.bincount(place.astype(np.int64), minlength=len(self.texts) * _LETTER_SORTS)
        return np.minimum(counted, 255).astype(np.uint8).reshape(-1, _LETTER_SORTS)


def alike_pairs(texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of different texts with 9 of 10 letters alike, each once: positions of the one and of
    the other.

    No text is longer than titles.LONGEST, and there are fewer than 2^23.
    """
    if len(texts) >= 1 << _TEXT_BITS:
        raise ValueError(len(texts))
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    most = lengths // titles.LETTERS_PER_DIFFERENCE
    found = [np.zeros((2, 0), dtype=np.int64)]
    for size, least, greatest in PIECE_SIZES:
        longer = (most >= least) & (most <= greatest)
        if longer.any():
            shortest = (lengths - most)[longer].min()
            looked_at = np.flatnonzero((lengths >= shortest) & (lengths <= lengths[longer].max()))
            found.append(
                looked_at[
                    _alike_pairs_of_size(
                        Texts(texts[looked_at]), np.flatnonzero(longer[looked_at]), size
                    )
                ]
            )
    left, right = np.concatenate(found, axis=1)
    return left, right


def _alike_pairs_of_size(every: Texts, longer: np.ndarray, size: int) -> np.ndarray:
    """Pairs of one of `longer` and a text no longer, each once, as two rows."""
    counts = every.counts()
    near = [
        _near_candidates(every, counts, left, right)
        for left, right in candidate_pairs(every, longer, size)
    ]
    both = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *near]))
    return np.stack([both >> _TEXT_BITS, both & ((1 << _TEXT_BITS) - 1)])


def _near_candidates(
    every: Texts, counts: np.ndarray, left: np.ndarray, right: np.ndarray
) -> np.ndarray:
    """The candidates that are near, each once, two numbers in one. Told by their letters' counts
    first: a difference changes two of them.
    """
    apart = np.abs(counts[left].astype(np.int16) - counts[right]).sum(axis=1)
    likely = apart <= 2 * every.most[left]
    both = np.unique(left[likely] << _TEXT_BITS | right[likely])
    one, other = both >> _TEXT_BITS, both & ((1 << _TEXT_BITS) - 1)
    near = titles.is_alike_at_length(every.texts[one], every.texts[other], every.lengths[one])
    return np.asarray(both[near])


# --- candidates
# --------------------------------------------------------------------------------------------------


def candidate_pairs(
    every: Texts, longer: np.ndarray, size: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of one of `longer` and a text no longer that share a piece near the same place, some at
    a time; a pair may come twice.
    """
    hashed = every.hashes(size)
    entry = _slots_of_hashes(hashed)
    often = np.bincount(entry, minlength=1 << _TABLE_BITS).astype(np.int32)[entry]
    pieces = _choose_pieces(every, longer, size, hashed, often)
    asked = np.zeros(1 << _TABLE_BITS, dtype=bool)
    asked[_slots_of_hashes(pieces.hashed)] = True
    kept = np.flatnonzero(asked[entry])
    text = np.repeat(np.arange(len(every.texts)), every.lengths)[kept]
    index = np.sort(_index_entries(hashed[kept], kept - every.starts[text], text))
    yield from _look_up_pieces(every, pieces, index)


def _slots_of_hashes(hashed: np.ndarray) -> np.ndarray:
    return np.asarray((hashed >> np.uint64(64 - _TABLE_BITS)).view(np.int64))


def _index_entries(hashed: np.ndarray, place: np.ndarray, text: np.ndarray | int) -> np.ndarray:
    """What stands in the index: hash, place and text in one number, so that a piece near a place is
    a range.
    """
    high = hashed & ~np.uint64((1 << (_PLACE_BITS + _TEXT_BITS)) - 1)
    return np.asarray(
        high
        | (place.astype(np.uint64) << np.uint64(_TEXT_BITS))
        | np.asarray(text).astype(np.uint64)
    )


def _look_up_pieces(
    every: Texts, pieces: Pieces, index: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Whom the pieces lead to. The i-th of a text, from 0, is off by at most i letters from the
    start, d - i from the end.
    """
    most = every.most[pieces.text]
    low = np.maximum(pieces.start - pieces.nth, 0)
    high = pieces.start + np.minimum(pieces.nth, most - pieces.nth) + 1
    asked = [_index_entries(pieces.hashed, place, 0) for place in (low, high)]
    for question, place in sorted_lookup.hits_between(index, *asked):
        left, right = (
            pieces.text[question],
            (index[place] & np.uint64((1 << _TEXT_BITS) - 1)).astype(np.int64),
        )
        at = (index[place] >> np.uint64(_TEXT_BITS)).astype(np.int64) & ((1 << _PLACE_BITS) - 1)
        shorter = every.lengths[left] - every.lengths[right]
        from_end = np.abs(shorter + at - pieces.start[question]) <= (most - pieces.nth)[question]
        kept = (
            from_end
            & (shorter <= most[question])
            & ((shorter > 0) | ((shorter == 0) & (left > right)))
        )
        yield left[kept], right[kept]


# --- which pieces
# --------------------------------------------------------------------------------------------------


def _choose_pieces(
    every: Texts, longer: np.ndarray, size: int, hashed: np.ndarray, often: np.ndarray
) -> Pieces:
    """Of each text the d + 1 pieces that occur least often, without those that occur nowhere
    else.
    """
    parts = []
    for most in np.unique(every.most[longer]):
        alike_long = longer[every.most[longer] == most]
        for first in range(0, len(alike_long), _TEXTS_AT_ONCE):
            texts = alike_long[first : first + _TEXTS_AT_ONCE]
            costs = _piece_costs(every, texts, size, often)
            parts.append((np.repeat(texts, most + 1), _cheapest_starts(costs, size, int(most) + 1)))
    text, start = (
        np.concatenate([t for t, _ in parts]),
        np.concatenate([s.ravel() for _, s in parts]),
    )
    nth = np.concatenate([np.tile(np.arange(s.shape[1]), len(s)) for _, s in parts])
    at = every.starts[text] + start
    shared = often[at] > 1
    return Pieces(text[shared], start[shared], nth[shared], hashed[at[shared]])


def _piece_costs(every: Texts, texts: np.ndarray, size: int, often: np.ndarray) -> np.ndarray:
    """How often the piece from each place of each text occurs (a row a place, a column a text);
    _FAR beyond its end.
    """
    room = every.lengths[texts] - size + 1
    place = np.arange(room.max())[:, None]
    at = np.minimum(every.starts[texts] + place, len(often) - 1)
    return np.where(place < room, often[at], np.int32(_IMPOSSIBLE_COST))


def _cheapest_starts(costs: np.ndarray, size: int, many: int) -> np.ndarray:
    """Where `many` pieces start that do not overlap and cost least together: a row a text, in
    order.

    By length: the least cost of j pieces in the first i letters is that in i - 1 letters, or that
    of j - 1 pieces before the one that ends at i.
    """
    places, texts = costs.shape
    least = np.full((places + size, many + 1, texts), _IMPOSSIBLE_COST, dtype=np.int32)
    least[:, 0] = 0
    for end in range(size, places + size):
        with_it = least[end - size, :-1] + costs[end - size]
        np.minimum(least[end - 1, 1:], with_it, out=least[end, 1:])
    return _trace_starts(least, size, many)


def _trace_starts(least: np.ndarray, size: int, many: int) -> np.ndarray:
    """The way back through the least costs: a piece ends where one letter fewer would cost more."""
    column = np.arange(least.shape[2])
    end, left = np.full(len(column), len(least) - 1), np.full(len(column), many)
    starts = np.zeros((len(column), many), dtype=np.int64)
    while (left > 0).any():
        ends = (left > 0) & (least[end, left, column] < least[end - 1, left, column])
        starts[column[ends], left[ends] - 1] = end[ends] - size
        end -= np.where(ends, size, (left > 0).astype(np.int64))
        left -= ends
    return starts
