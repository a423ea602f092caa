"""Looking up very many numbers in a sorted index, a piece at a time, so that memory stays small.
Computes.
"""

from collections.abc import Iterator

import numpy as np

HITS_AT_ONCE = 1_000_000  # hits given back together, about

Hits = Iterator[tuple[np.ndarray, np.ndarray]]


def hits_between(index: np.ndarray, low: np.ndarray, high: np.ndarray) -> Hits:
    """Every hit of each question: the question's number and the place in `index` (sorted), for low
    <= index < high.

    Hits come in pieces, in order of the questions; all of one question's are in one piece.
    """
    first, last = _insertion_places(index, low), _insertion_places(index, high)
    many = np.maximum(last - first, 0)
    ends = np.cumsum(many)
    cuts = np.flatnonzero(np.diff(ends // HITS_AT_ONCE)) + 1
    for start, stop in zip([0, *cuts], [*cuts, len(many)], strict=True):
        if many[start:stop].any():
            question = np.repeat(np.arange(start, stop), many[start:stop])
            yield question, first[question] + running_numbers(many[start:stop])


def hits_equal(index: np.ndarray, asked: np.ndarray) -> Hits:
    """As `between`, for index == asked (both int64)."""
    return hits_between(index, asked, asked + 1)


def _insertion_places(index: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Where each of these numbers would stand in the index; asked in order, which is kind to the
    processor's cache.
    """
    order = np.argsort(asked)
    places = np.empty(len(asked), dtype=np.int64)
    places[order] = np.searchsorted(index, asked[order])
    return places


def running_numbers(many: np.ndarray) -> np.ndarray:
    """0, 1, ... for each of these numbers: [2, 3] -> 0 1 0 1 2."""
    return np.asarray(np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many))
