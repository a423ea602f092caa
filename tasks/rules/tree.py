"""The read file as plain tables: what the checks of consistency.py look at, and how they tell a
stray name.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from tasks.rules.mistakes import KeyPath, Mistake, Tree, near_param, toml_text


def child_table(node: Tree, key: str) -> Tree:
    """The table of this key; an empty one where there is none."""
    value = node.get(key)
    return value if isinstance(value, dict) else {}


def child_tables(node: Tree, key: str) -> list[tuple[int, Tree]]:
    """The tables of a list, each with its number from 0."""
    value = node.get(key)
    return (
        [(i, entry) for i, entry in enumerate(value) if isinstance(entry, dict)]
        if isinstance(value, list)
        else []
    )


def child_texts(node: Tree, key: str) -> list[tuple[int, str]]:
    """The texts of a list, each with its number from 0."""
    value = node.get(key)
    return (
        [(i, entry) for i, entry in enumerate(value) if isinstance(entry, str)]
        if isinstance(value, list)
        else []
    )


def number_pair(value: Any) -> tuple[Any, Any] | None:
    """The two numbers of a scale or of limits, where both are there."""
    return (
        (value[0], value[1])
        if isinstance(value, list) and len(value) == 2 and None not in value
        else None
    )


def child_codes(node: Tree, key: str) -> list[str]:
    """The codes of a list of tables, of those that have one."""
    return [
        entry["code"] for _, entry in child_tables(node, key) if isinstance(entry.get("code"), str)
    ]


def phases_of_kind(tree: Tree, kind: str) -> list[tuple[int, Tree]]:
    """The phases of a kind, each with its number from 0 among all."""
    return [(i, phase) for i, phase in child_tables(tree, "phases") if phase.get("kind") == kind]


def check_known_value(
    path: KeyPath, message: str, value: str, known: Iterable[str]
) -> Iterator[Mistake]:
    """The mistake of a value that is none of the known ones."""
    names = list(known)
    if value not in names:
        yield Mistake(
            path,
            message,
            {"value": toml_text(value), "known": ", ".join(names) or "-"}
            | near_param(value, names),
        )


def check_distinct_texts(path: KeyPath, named: list[tuple[int, str]]) -> Iterator[Mistake]:
    """The mistake of each text that an earlier one of the list is equal to."""
    for i, text in named:
        if text in [earlier for j, earlier in named if j < i]:
            yield Mistake((*path, i), "repeated", {"value": toml_text(text)})
