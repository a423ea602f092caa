"""The read file as a tree: what is not of the kind asked for is not there; paths and values in the
file's own words.
"""

from decimal import Decimal

import pytest

from tasks.rules import tree
from tasks.rules.tree import Tree, path_text, toml_text, tree_without

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


def test_a_place_names_a_table_by_its_code_and_else_counts_from_one() -> None:
    phases = [{"code": "a", "tie_break": ["x"]}, {"code": "b"}, {"code": "b"}, 5]
    tree = {"phases": phases, "forms": {"Apa itu?": "title"}}
    assert path_text(tree, ("phases", 0, "tie_break", 0)) == "phases[a].tie_break[1]"
    assert path_text(tree, ("phases", 1, "kind")) == "phases[2].kind"
    assert path_text(tree, ("phases", 3)) == "phases[4]"
    assert path_text(tree, ("forms", "Apa itu?")) == 'forms."Apa itu?"'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (3, "3"),
        (Decimal("87.50"), "87.50"),
        ("a", '"a"'),
        ("x" * 100, '"' + "x" * 57 + '..."'),
        ({"a": 1}, "{...}"),
        ([1], "[...]"),
        (None, ""),
    ],
)
def test_a_value_is_shown_as_the_file_writes_it(value: object, text: str) -> None:
    assert toml_text(value) == text


def test_values_of_no_use_are_taken_out_and_the_others_stay() -> None:
    tree = {
        "year": "x",
        "phases": [{"code": "a", "kind": "zz", "closes": 1}, {"code": "b", "scale": [0, "1"]}],
    }
    assert tree_without(tree, [("year",), ("phases", 0, "kind"), ("phases", 1, "scale", 1)]) == {
        "phases": [{"code": "a"}, {"code": "b", "scale": [0, None]}]
    }
    assert tree["year"] == "x"
