"""Ranks against a slow reading of the rule; lists by name; equals and what told them apart."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.judging import ranks

ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2)), max_size=12
)  # list, score, tie-break


def _frame(rows: list[tuple[int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["list", "score", "tie"], index=[f"s{n}" for n in range(len(rows))]
    )


def _rank(row: tuple[int, int, int], rows: list[tuple[int, int, int]]) -> int:
    return 1 + sum(other[0] == row[0] and other[1:] > row[1:] for other in rows)


@given(ROWS)
def test_a_rank_is_one_more_than_how_many_of_the_list_are_better(
    rows: list[tuple[int, int, int]],
) -> None:
    frame = _frame(rows)

    rank = ranks.rank_rows(frame[["score", "tie"]], frame["list"])

    assert rank.tolist() == [_rank(row, rows) for row in rows]
    assert rank.index.equals(frame.index)


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    keys = pd.DataFrame({"score": [90, 80, 80, 70]})

    assert ranks.rank_rows(keys, pd.Series(0, index=keys.index)).tolist() == [1, 2, 2, 4]


def test_whole_numbers_beyond_64_bits_rank_exactly() -> None:
    keys = pd.DataFrame({"score": pd.Series([10**30, 10**30 + 1, 2**63], dtype="object")})

    assert ranks.rank_rows(keys, pd.Series(0, index=keys.index)).tolist() == [2, 1, 3]


def test_numbers_that_a_binary_float_takes_for_one_are_two() -> None:
    keys = pd.DataFrame({"score": [2**53, 2**53 + 1]})

    assert ranks.rank_rows(keys, pd.Series(0, index=keys.index)).tolist() == [2, 1]


def test_nobody_has_no_rank() -> None:
    keys = pd.DataFrame({"score": pd.Series(dtype="object")})

    assert ranks.rank_rows(keys, pd.Series(dtype="int64")).tolist() == []


# --- lists
# --------------------------------------------------------------------------------------------------

PEOPLE = pd.DataFrame(
    {"category": ["a", "b", None, "a"], "agency_type": ["dinas", "badan", None, "dinas"]}
)


@pytest.mark.parametrize(
    ("rank_within", "names"),
    [
        ((), ["overall"] * 4),
        (("category",), ["a", "b", None, "a"]),
        (("agency_type", "category"), ["dinas|a", "badan|b", "|", "dinas|a"]),
    ],
)
def test_a_list_is_named_by_its_codes(rank_within: tuple[str, ...], names: list[str]) -> None:
    given_names = ranks.list_names(PEOPLE, rank_within)

    assert [None if pd.isna(name) else name for name in given_names] == names


def test_those_without_a_category_are_a_list_of_their_own() -> None:
    assert ranks.list_labels(PEOPLE, ("category",)).tolist() == [0, 1, 2, 0]


# --- equals
# --------------------------------------------------------------------------------------------------


def _equals(*rows: tuple[int, ...], lists: str = "") -> list[tuple[object, ...]]:
    """Place in `rows`, rank and broken_by of each of the equals; keys: score, x, y."""
    keys = pd.DataFrame(list(rows), dtype="object")
    of_list = pd.Series(list(lists or "p" * len(rows)), index=keys.index)
    ties = ranks.equal_scores(keys, of_list, ("x", "y"))
    cells = ties.astype("object").where(ties.notna(), None)
    return sorted(zip(cells.index, cells["rank"], cells["broken_by"], strict=True))


def test_equals_that_a_criterion_tells_apart_name_it_both() -> None:
    assert _equals((80, 85, 0), (80, 90, 0), (79, 99, 0)) == [(0, 2, "x"), (1, 1, "x")]


def test_equals_that_nothing_tells_apart_share_a_rank_and_name_nothing() -> None:
    assert _equals((80, 85, 1), (90, 0, 0), (80, 85, 1)) == [(0, 2, None), (2, 2, None)]


def test_each_rank_names_what_set_it_apart_from_the_equals_before_it() -> None:
    assert _equals((80, 9, 9), (80, 9, 8), (80, 7, 9), (80, 7, 9)) == [
        (0, 1, "y"),
        (1, 2, "y"),
        (2, 3, "x"),
        (3, 3, "x"),
    ]


def test_two_pairs_of_equals_are_told_apart_though_each_shares_its_rank() -> None:
    assert _equals((80, 9, 9), (80, 9, 9), (80, 9, 7), (80, 9, 7)) == [
        (0, 1, "y"),
        (1, 1, "y"),
        (2, 3, "y"),
        (3, 3, "y"),
    ]


def test_equal_scores_of_two_lists_are_no_equals() -> None:
    assert _equals((80, 1, 1), (80, 2, 2), (80, 1, 1), lists="pqp") == [(0, 1, None), (2, 1, None)]


def test_nobody_is_equal_to_nobody() -> None:
    keys = pd.DataFrame({0: [], 1: []}, dtype="object")

    ties = ranks.equal_scores(keys, pd.Series(dtype="int64"), ("x",))

    assert (list(ties.columns), len(ties)) == (["rank", "broken_by"], 0)


def _broken_by(row: tuple[int, int, int], rows: list[tuple[int, int, int]]) -> str | None:
    """The slow reading: the criterion of the nearest better of its score, else the nearest
    worse.
    """
    equals = {other[1:] for other in rows if other[:2] == row[:2]}
    better = [keys for keys in equals if keys > row[1:]]
    worse = [keys for keys in equals if keys < row[1:]]
    return "x" if better or worse else None


@given(ROWS)
def test_equals_are_those_of_one_list_and_score(rows: list[tuple[int, int, int]]) -> None:
    frame = _frame(rows)

    ties = ranks.equal_scores(frame[["score", "tie"]], frame["list"], ("x",))

    equal = [n for n, row in enumerate(rows) if sum(o[:2] == row[:2] for o in rows) > 1]
    assert sorted(ties.index) == sorted(f"s{n}" for n in equal)
    for n in equal:
        broken_by = ties["broken_by"][f"s{n}"]
        assert ties["rank"][f"s{n}"] == _rank(rows[n], rows)
        assert (None if pd.isna(broken_by) else broken_by) == _broken_by(rows[n], rows)
