"""Very many numbers looked up in a sorted index, some at a time, so that memory stays small."""

from collections.abc import Iterator

import numpy as np

HITS_AT_ONCE = 1_000_000  # hits given back together, about

# the number of the question and the place in the index, for each hit; several such pairs
Hits = Iterator[tuple[np.ndarray, np.ndarray]]


def hits_between(index: np.ndarray, low: np.ndarray, high: np.ndarray) -> Hits:
    """Every hit of each question: the question's number, and a place in `index` (sorted) where
    low <= index < high.

    Hits come in portions, in order of the questions; all hits of one question are in one portion.
    """
    first, last = _insertion_places(index, low), _insertion_places(index, high)
    counts = np.maximum(last - first, 0)
    ends = np.cumsum(counts)
    cuts = np.flatnonzero(np.diff(ends // HITS_AT_ONCE)) + 1
    for start, stop in zip([0, *cuts], [*cuts, len(counts)], strict=True):
        portion = counts[start:stop]
        if portion.any():
            question = np.repeat(np.arange(start, stop), portion)
            yield question, first[question] + running_numbers(portion)


def hits_equal(index: np.ndarray, asked: np.ndarray) -> Hits:
    """Every hit of each question as `hits_between`, where index == asked (both int64)."""
    return hits_between(index, asked, asked + 1)


def _insertion_places(index: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Where each of these numbers would stand in the index.

    The numbers are looked up in order, which is kind to the processor's cache.
    """
    order = np.argsort(asked)
    places = np.empty(len(asked), dtype=np.int64)
    places[order] = np.searchsorted(index, asked[order])
    return places


def running_numbers(counts: np.ndarray) -> np.ndarray:
    """0, 1, ... for each of these counts: [2, 3] -> 0 1 0 1 2."""
    first = np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(np.arange(counts.sum()) - first)
