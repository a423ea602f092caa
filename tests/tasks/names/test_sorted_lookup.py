"""Looking up numbers in a sorted index: every hit, in order of the questions, a piece at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.names import sorted_lookup

NUMBERS = st.lists(st.integers(-5, 5), max_size=20)


def _hits(found: sorted_lookup.Hits) -> list[tuple[int, int]]:
    return [
        (int(q), int(p))
        for questions, places in found
        for q, p in zip(questions, places, strict=True)
    ]


@given(NUMBERS, st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), max_size=12))
def test_every_place_between_low_and_high_is_found(
    numbers: list[int], asked: list[tuple[int, int]]
) -> None:
    index = np.sort(np.array(numbers, dtype=np.int64))
    low, high = (np.array([one[side] for one in asked], dtype=np.int64) for side in (0, 1))

    expected = [
        (q, p)
        for q, (a, b) in enumerate(asked)
        for p, number in enumerate(index)
        if a <= number < b
    ]
    assert _hits(sorted_lookup.hits_between(index, low, high)) == expected


@given(NUMBERS, NUMBERS)
def test_every_place_of_an_equal_number_is_found(numbers: list[int], asked: list[int]) -> None:
    index = np.sort(np.array(numbers, dtype=np.int64))

    expected = [
        (q, p) for q, one in enumerate(asked) for p, number in enumerate(index) if number == one
    ]
    assert _hits(sorted_lookup.hits_equal(index, np.array(asked, dtype=np.int64))) == expected


def test_all_hits_of_one_question_come_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_lookup, "HITS_AT_ONCE", 4)
    index = np.repeat(np.arange(3), 3)

    pieces = [
        list(questions)
        for questions, _ in sorted_lookup.hits_equal(index, np.array([0, 1, 9, 2, 0]))
    ]

    assert pieces == [[0] * 3, [1] * 3, [3] * 3, [4] * 3]


def test_numbers_are_counted_within_each_group() -> None:
    assert list(sorted_lookup.running_numbers(np.array([2, 0, 3]))) == [0, 1, 0, 1, 2]
