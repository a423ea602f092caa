"""The line of every key, of texts as people write them."""

import json
import tomllib
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.lines import line_numbers, toml_line
from tests.small.whole_rules import WHOLE

ROOT = File(__file__).parents[3]
MIXED = """\
a."b.c".d = 1
b = { c = [1, # one
  2,
  { "d" = "]" } ] }
[[x]]
y = 2022-01-01 10:00:00   # a comment with [[x]] and = in it
[x.z]
q = '''
[[x]]
'''
[[x]]
[[x.w]]
"q#r" = [[], [1]]
[x.w.u]
k = \"\"\"a "quoted" \\\" text
= ] \"\"\"
"""


def test_every_key_and_entry_has_the_line_on_which_it_begins() -> None:
    assert line_numbers(MIXED, tomllib.loads(MIXED)) == {
        ("a",): 1,
        ("a", "b.c"): 1,
        ("a", "b.c", "d"): 1,
        ("b",): 2,
        ("b", "c"): 2,
        ("b", "c", 0): 2,
        ("b", "c", 1): 3,
        ("b", "c", 2): 4,
        ("b", "c", 2, "d"): 4,
        ("x",): 5,
        ("x", 0): 5,
        ("x", 0, "y"): 6,
        ("x", 0, "z"): 7,
        ("x", 0, "z", "q"): 8,
        ("x", 1): 11,
        ("x", 1, "w"): 12,
        ("x", 1, "w", 0): 12,
        ("x", 1, "w", 0, "q#r"): 13,
        ("x", 1, "w", 0, "q#r", 0): 13,
        ("x", 1, "w", 0, "q#r", 1): 13,
        ("x", 1, "w", 0, "q#r", 1, 0): 13,
        ("x", 1, "w", 0, "u"): 14,
        ("x", 1, "w", 0, "u", "k"): 15,
    }


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        (ROOT / "examples/malang-2022/competition.toml").read_text(encoding="utf-8"),
        *(
            (ROOT / f"templates/new/{language}/competition.toml")
            .read_text(encoding="utf-8")
            .replace("$year", "2027")
            for language in ("id", "en")
        ),
    ],
)
def test_the_line_of_a_key_is_the_one_that_names_it(text: str) -> None:
    found, written = line_numbers(text, tomllib.loads(text)), text.split("\n")
    keys = {path: number for path, number in found.items() if isinstance(path[-1], str)}
    assert len(keys) > 100
    assert [path for path, number in keys.items() if str(path[-1]) not in written[number - 1]] == []


def test_a_text_that_is_not_the_trees_gives_no_line() -> None:
    assert line_numbers("a = 1\n", {"a": 1, "b": 2}) == {}
    assert line_numbers("a = [", {"a": []}) == {}


_KEYS = st.text("abcXYZ019_- .=#[]\"'é", min_size=1, max_size=5)
_SCALARS = st.booleans() | st.integers(-99, 99) | st.text("ab \"'#[]{}=,\\é\n", max_size=8)
_INLINE: st.SearchStrategy[Any] = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_KEYS, _INLINE, max_size=4), st.sampled_from([" ", "\n  ", " # [ = ]\n "]))
def test_any_tree_is_found_whole_at_its_lines(tree: dict[str, Any], gap: str) -> None:
    text = "".join(
        f"{json.dumps(key, ensure_ascii=False)} = {_toml(value, gap)}\n"
        for key, value in tree.items()
    )
    read = tomllib.loads(text)
    assert read == tree
    found = line_numbers(text, read)
    assert {path for path in found if len(path) == 1} == {(key,) for key in tree}
    assert [
        path for path in found if len(path) == 1 and not _begins(text, found[path], str(path[0]))
    ] == []


def _begins(text: str, number: int, key: str) -> bool:
    return text.split("\n")[number - 1].startswith(json.dumps(key, ensure_ascii=False) + " = ")


def _toml(value: Any, gap: str) -> str:
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(key, ensure_ascii=False)} = {_toml(inner, ' ')}"
            for key, inner in value.items()
        )
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        return "[" + gap + "".join(_toml(entry, gap) + "," + gap for entry in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def test_the_line_to_add_is_toml_whatever_the_heading():
    line = toml_line('Judul "resmi"\n\\ baru', "title")
    assert tomllib.loads(line) == {'Judul "resmi" \\ baru': "title"}
