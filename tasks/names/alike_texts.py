"""All pairs of texts with 9 of 10 letters alike, in time that grows with the texts and their pairs.

The method is in docs/methods/near-titles.md, "Letters": in a text of which d letters may differ,
d + 1 pieces that do not overlap are chosen, the rarest that there are; in each near text one of
these pieces stands unchanged, and not far from its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tasks.names.sorted_lookup import hits_between
from tasks.names.titles import LETTERS_PER_DIFFERENCE, LONGEST_TITLE, is_alike_at_length

# letters of a piece, and for texts where how many letters may differ: from, to
PIECE_SIZES = ((5, 1, 1), (6, 2, LONGEST_TITLE))
_ODD_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # multiplying by it spreads what differs over all bits
# bits of the table of how often pieces occur; two that share a place in it only make more
# candidates
_TABLE_BITS = 22
# bits of a place in a text, and of a text's number, in an entry of the index
_PLACE_BITS, _TEXT_BITS = 9, 23
# sorts of letters that are counted, to rule out far texts before letters are compared
_LETTER_SORTS = 32
_IMPOSSIBLE_COST = 1 << 26  # a cost that no choice of pieces has
_TEXTS_AT_ONCE = 16_384  # texts whose pieces are chosen together


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces to look up, four numbers each: the text's number, where the piece starts, how many
    pieces of the text stand before it, its hash.
    """

    text: np.ndarray
    start: np.ndarray
    nth: np.ndarray
    hashed: np.ndarray


class Texts:
    """Texts laid end to end as numbers, so that pieces of all texts are cut and compared at once.

    lengths, starts: letters of each text, and where it begins. most: how many of its letters may
    differ.
    """

    def __init__(self, texts: np.ndarray):
        self.texts = texts
        self.lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self.starts = np.cumsum(self.lengths) - self.lengths
        self.most = self.lengths // LETTERS_PER_DIFFERENCE
        self.letters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)

    def hashes(self, size: int) -> np.ndarray:
        """A number for the `size` letters from each place on, over the end of a text into the next
        text; 0 where too few letters follow.
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
        """How often each sort of letter occurs in each text (uint8, one row per text)."""
        first_slot = np.repeat(np.arange(len(self.texts)) * _LETTER_SORTS, self.lengths)
        slot = (first_slot + self.letters % _LETTER_SORTS).astype(np.int64)
        counts = np.bincount(slot, minlength=len(self.texts) * _LETTER_SORTS)
        return np.minimum(counts, 255).astype(np.uint8).reshape(-1, _LETTER_SORTS)


def alike_pairs(texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of different texts with 9 of 10 letters alike, each once: positions of the first text
    and of the second.

    No text is longer than LONGEST_TITLE. Raises ValueError for 2^23 texts or more.
    """
    if len(texts) >= 1 << _TEXT_BITS:
        raise ValueError(len(texts))
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    most = lengths // LETTERS_PER_DIFFERENCE
    pairs = [np.zeros((2, 0), dtype=np.int64)]
    for size, least, greatest in PIECE_SIZES:
        is_longer = (most >= least) & (most <= greatest)
        if is_longer.any():
            shortest, longest = (lengths - most)[is_longer].min(), lengths[is_longer].max()
            looked_at = np.flatnonzero((lengths >= shortest) & (lengths <= longest))
            longer = np.flatnonzero(is_longer[looked_at])
            pairs.append(looked_at[_alike_pairs_of_size(Texts(texts[looked_at]), longer, size)])
    left, right = np.concatenate(pairs, axis=1)
    return left, right


def _alike_pairs_of_size(every: Texts, longer: np.ndarray, size: int) -> np.ndarray:
    """Pairs of one of `longer` and a text no longer, each once, as two rows."""
    counts = every.counts()
    near = [np.zeros(0, dtype=np.int64)]
    for left, right in candidate_pairs(every, longer, size):
        near.append(_near_candidates(every, counts, left, right))
    return np.stack(_unpack_pairs(np.unique(np.concatenate(near))))


def _near_candidates(
    every: Texts, counts: np.ndarray, left: np.ndarray, right: np.ndarray
) -> np.ndarray:
    """The candidates that are near, each once, the two numbers packed in one.

    The counts of letters rule most of the others out: a letter that differs changes two counts.
    """
    apart = np.abs(counts[left].astype(np.int16) - counts[right]).sum(axis=1)
    is_likely = apart <= 2 * every.most[left]
    pairs = np.unique(left[is_likely] << _TEXT_BITS | right[is_likely])
    longer, other = _unpack_pairs(pairs)
    is_near = is_alike_at_length(every.texts[longer], every.texts[other], every.lengths[longer])
    return np.asarray(pairs[is_near])


def _unpack_pairs(pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return pairs >> _TEXT_BITS, pairs & ((1 << _TEXT_BITS) - 1)


# --- candidates


def candidate_pairs(
    every: Texts, longer: np.ndarray, size: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of one of `longer` and a text no longer that share a piece near the same place, some
    pairs at a time; a pair may come twice.
    """
    hashed = every.hashes(size)
    slot = _slots_of_hashes(hashed)
    often = np.bincount(slot, minlength=1 << _TABLE_BITS).astype(np.int32)[slot]
    pieces = _choose_pieces(every, longer, size, hashed, often)
    is_asked = np.zeros(1 << _TABLE_BITS, dtype=bool)
    is_asked[_slots_of_hashes(pieces.hashed)] = True
    kept = np.flatnonzero(is_asked[slot])
    text = np.repeat(np.arange(len(every.texts)), every.lengths)[kept]
    index = np.sort(_index_entries(hashed[kept], kept - every.starts[text], text))
    yield from _look_up_pieces(every, pieces, index)


def _slots_of_hashes(hashed: np.ndarray) -> np.ndarray:
    """The place of each piece in a table of _TABLE_BITS bits."""
    return np.asarray((hashed >> np.uint64(64 - _TABLE_BITS)).view(np.int64))


def _index_entries(hashed: np.ndarray, place: np.ndarray, text: np.ndarray | int) -> np.ndarray:
    """Entries of the index: hash, place and text in one number, so that the pieces near a place are
    a range.
    """
    high = hashed & ~np.uint64((1 << (_PLACE_BITS + _TEXT_BITS)) - 1)
    middle = place.astype(np.uint64) << np.uint64(_TEXT_BITS)
    return np.asarray(high | middle | np.asarray(text).astype(np.uint64))


def _unpack_entries(entries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The text and the place of each entry of the index."""
    text = entries & np.uint64((1 << _TEXT_BITS) - 1)
    place = (entries >> np.uint64(_TEXT_BITS)).astype(np.int64) & ((1 << _PLACE_BITS) - 1)
    return text.astype(np.int64), place


def _look_up_pieces(
    every: Texts, pieces: Pieces, index: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of a piece's text and a text that has the piece near the same place.

    In a near text the i-th piece of a text, from 0, is off by at most i letters from the start and
    by d - i letters from the end.
    """
    most = every.most[pieces.text]
    low = np.maximum(pieces.start - pieces.nth, 0)
    high = pieces.start + np.minimum(pieces.nth, most - pieces.nth) + 1
    asked = [_index_entries(pieces.hashed, place, 0) for place in (low, high)]
    for question, place in hits_between(index, *asked):
        left = pieces.text[question]
        right, start = _unpack_entries(index[place])
        shorter = every.lengths[left] - every.lengths[right]
        off_from_end = np.abs(shorter + start - pieces.start[question])
        is_in_reach = off_from_end <= (most - pieces.nth)[question]
        is_first_order = (shorter > 0) | ((shorter == 0) & (left > right))
        kept = is_in_reach & (shorter <= most[question]) & is_first_order
        yield left[kept], right[kept]


# --- which pieces


def _choose_pieces(
    every: Texts, longer: np.ndarray, size: int, hashed: np.ndarray, often: np.ndarray
) -> Pieces:
    """The d + 1 pieces of each text that occur least often, without pieces that occur nowhere
    else. `often`: how often the piece from each place occurs.
    """
    text_parts, start_parts, nth_parts = [], [], []
    for most in np.unique(every.most[longer]):
        of_length = longer[every.most[longer] == most]
        for first in range(0, len(of_length), _TEXTS_AT_ONCE):
            texts = of_length[first : first + _TEXTS_AT_ONCE]
            costs = _piece_costs(every, texts, size, often)
            starts = _cheapest_starts(costs, size, int(most) + 1)
            text_parts.append(np.repeat(texts, most + 1))
            start_parts.append(starts.ravel())
            nth_parts.append(np.tile(np.arange(starts.shape[1]), len(starts)))
    text, start = np.concatenate(text_parts), np.concatenate(start_parts)
    nth = np.concatenate(nth_parts)
    place = every.starts[text] + start
    is_shared = often[place] > 1
    return Pieces(text[is_shared], start[is_shared], nth[is_shared], hashed[place[is_shared]])


def _piece_costs(every: Texts, texts: np.ndarray, size: int, often: np.ndarray) -> np.ndarray:
    """How often the piece from each place of each text occurs (a row per place, a column per
    text); _IMPOSSIBLE_COST where no piece fits before the text's end.
    """
    places_of_text = every.lengths[texts] - size + 1
    place = np.arange(places_of_text.max())[:, None]
    letter = np.minimum(every.starts[texts] + place, len(often) - 1)
    return np.where(place < places_of_text, often[letter], np.int32(_IMPOSSIBLE_COST))


def _cheapest_starts(costs: np.ndarray, size: int, count: int) -> np.ndarray:
    """Where `count` pieces start that do not overlap and cost least together: one row per text,
    from left to right.

    The least cost of j pieces in the first i letters is the smaller of two costs: j pieces in the
    first i - 1 letters; or j - 1 pieces before the piece that ends at letter i, and this piece.
    """
    places, texts = costs.shape
    least = np.full((places + size, count + 1, texts), _IMPOSSIBLE_COST, dtype=np.int32)
    least[:, 0] = 0
    for end in range(size, places + size):
        with_piece = least[end - size, :-1] + costs[end - size]
        np.minimum(least[end - 1, 1:], with_piece, out=least[end, 1:])
    return _trace_starts(least, size, count)


def _trace_starts(least: np.ndarray, size: int, count: int) -> np.ndarray:
    """Where the pieces of each text start: one row per text, from left to right.

    Goes through the least costs from the last letter to the first. A piece ends at a letter without
    which the same pieces would cost more.
    """
    column = np.arange(least.shape[2])
    end = np.full(len(column), len(least) - 1)
    remaining = np.full(len(column), count)
    starts = np.zeros((len(column), count), dtype=np.int64)
    while (remaining > 0).any():
        is_open = remaining > 0
        costs_more = least[end, remaining, column] < least[end - 1, remaining, column]
        is_end = is_open & costs_more
        starts[column[is_end], remaining[is_end] - 1] = end[is_end] - size
        end -= np.where(is_end, size, is_open.astype(np.int64))
        remaining -= is_end
    return starts
