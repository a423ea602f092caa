"""The read file as plain tables: what is not of the kind asked for is not there."""

import pytest

from tasks.rules import tree
from tasks.rules.mistakes import Mistake, Tree

TREE: Tree = {
    "a": {"x": 1},
    "list": [{"code": "p", "kind": "judging"}, None, "t", {"code": 5}, "u"],
    "number": 7,
    "phases": [{"kind": "screening"}, {"kind": "judging", "code": "p"}, None],
}


def test_a_table_is_empty_where_there_is_none() -> None:
    assert [tree.child_table(TREE, key) for key in ("a", "list", "number", "zz")] == [
        {"x": 1},
        {},
        {},
        {},
    ]


def test_entries_keep_their_numbers() -> None:
    assert [number for number, _ in tree.child_tables(TREE, "list")] == [0, 3]
    assert tree.child_texts(TREE, "list") == [(2, "t"), (4, "u")]
    assert (tree.child_tables(TREE, "number"), tree.child_texts(TREE, "a")) == ([], [])


def test_codes_are_texts_and_phases_are_of_a_kind() -> None:
    assert tree.child_codes(TREE, "list") == ["p"]
    assert tree.phases_of_kind(TREE, "judging") == [(1, {"kind": "judging", "code": "p"})]


@pytest.mark.parametrize(
    ("value", "pair"),
    [
        ([0, 100], (0, 100)),
        ([0], None),
        ([0, None], None),
        ("ab", None),
        (None, None),
    ],
)
def test_two_numbers_are_a_pair_or_nothing(value: object, pair: tuple[int, int] | None) -> None:
    assert tree.number_pair(value) == pair


def test_a_stray_name_is_told_with_what_is_known_and_what_is_near() -> None:
    assert list(tree.check_known_value(("x",), "m", "title", ["title"])) == []
    assert list(tree.check_known_value(("x",), "m", "titel", ["title", "agency"])) == [
        Mistake(("x",), "m", {"value": '"titel"', "known": "title, agency", "near": "title"}),
    ]
    nothing = Mistake(("x",), "m", {"value": '"titel"', "known": "-"})
    assert list(tree.check_known_value(("x",), "m", "titel", [])) == [nothing]


def test_every_repetition_is_told_at_its_own_place() -> None:
    assert [
        mistake.path
        for mistake in tree.check_distinct_texts(("x",), [(0, "a"), (1, "b"), (3, "a"), (4, "a")])
    ] == [
        ("x", 3),
        ("x", 4),
    ]
