"""competition.toml as tomllib reads it: a tree of tables, lists and values; what stands at a path,
and how the file writes it.

A path is the way to a value: keys, and numbers from 0 in lists. What is wrong with a value does not
belong here: mistakes.py.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

KeyPath = tuple[str | int, ...]
Tree = dict[str, Any]
_LAST_IN_ORDER = 1 << 30
_LONGEST_TEXT = 60  # characters; of a longer text the beginning is shown


# --- what stands in the tree


def child_table(node: Tree, key: str) -> Tree:
    """The table of this key; an empty table where there is none."""
    value = node.get(key)
    return value if isinstance(value, dict) else {}


def child_tables(node: Tree, key: str) -> list[tuple[int, Tree]]:
    """The tables of a list, each with its number from 0."""
    return [(i, entry) for i, entry in _child_entries(node, key) if isinstance(entry, dict)]


def child_texts(node: Tree, key: str) -> list[tuple[int, str]]:
    """The texts of a list, each with its number from 0."""
    return [(i, entry) for i, entry in _child_entries(node, key) if isinstance(entry, str)]


def _child_entries(node: Tree, key: str) -> list[tuple[int, Any]]:
    entries = node.get(key)
    return list(enumerate(entries)) if isinstance(entries, list) else []


def child_codes(node: Tree, key: str) -> list[str]:
    """The codes of the tables of a list; a table without a code has none here."""
    codes = [table.get("code") for _, table in child_tables(node, key)]
    return [code for code in codes if isinstance(code, str)]


def phases_of_kind(tree: Tree, kind: str) -> list[tuple[int, Tree]]:
    """The phases of a kind, each with its number from 0 among all phases."""
    return [(i, phase) for i, phase in child_tables(tree, "phases") if phase.get("kind") == kind]


def number_pair(value: Any) -> tuple[Any, Any] | None:
    """The two numbers of a scale or of limits; None where one of them is missing."""
    if not isinstance(value, list) or len(value) != 2 or None in value:
        return None
    return value[0], value[1]


def value_at_path(tree: Tree, path: KeyPath) -> Any:
    """The value at a path; None where there is none."""
    node: Any = tree
    for part in path:
        node = _child_value(node, part)
    return node


def _child_value(node: Any, part: str | int) -> Any:
    if isinstance(part, str):
        return node.get(part) if isinstance(node, dict) else None
    return node[part] if isinstance(node, list | tuple) and part < len(node) else None


def order_in_file(tree: Tree, path: KeyPath) -> tuple[int, ...]:
    """What paths are sorted by to stand in the order of the file; keys that are missing come
    last.
    """
    order = []
    node: Any = tree
    for part in path:
        order.append(part if isinstance(part, int) else _key_number(node, part))
        node = _child_value(node, part)
    return tuple(order)


def _key_number(node: Any, key: str) -> int:
    keys = list(node) if isinstance(node, dict) else []
    return keys.index(key) if key in keys else _LAST_IN_ORDER


# --- changed copies of the tree


def tree_without(tree: Tree, paths: Iterable[KeyPath]) -> Tree:
    """A copy of the tree without the values at these paths: in a list None stands for a value.

    A phase whose kind is not known keeps nothing but its code.
    """
    copy: Tree = _copy_tree(tree)
    for path in paths:
        if path[-1] == "kind" and len(path) == 3:
            copy["phases"][path[1]] = {"code": value_at_path(copy, (*path[:2], "code"))}
        parent = value_at_path(copy, path[:-1])
        if isinstance(parent, dict):
            parent.pop(path[-1], None)
        elif isinstance(parent, list) and isinstance(path[-1], int):
            parent[path[-1]] = None
    return copy


def _copy_tree(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy_tree(child) for key, child in value.items()}
    return [_copy_tree(child) for child in value] if isinstance(value, list) else value


def lists_to_tuples(value: Any) -> Any:
    """The tree with a tuple for each of its lists."""
    if isinstance(value, dict):
        return {key: lists_to_tuples(child) for key, child in value.items()}
    return tuple(map(lists_to_tuples, value)) if isinstance(value, list) else value


# --- how the file writes paths and values


def path_text(tree: Tree, path: KeyPath) -> str:
    """The path as the author would look for it: `phases[proposal].criteria[signifikansi].weight`.

    A table of a list is named by its code where no other table has the same code, else by its
    number from 1.
    """
    text = ""
    node: Any = tree
    for part in path:
        if isinstance(part, int):
            text += f"[{_entry_label(node, part)}]"
        else:
            text += ("." if text else "") + _key_text(part)
        node = _child_value(node, part)
    return text


def _key_text(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"'


def _entry_label(entries: Any, index: int) -> str:
    codes = [entry.get("code") for entry in entries if isinstance(entry, dict)]
    code = entries[index].get("code") if isinstance(entries[index], dict) else None
    is_name = isinstance(code, str) and code.strip() and codes.count(code) == 1
    return str(code) if is_name else str(index + 1)


def toml_text(value: Any) -> str:
    """A value as the file writes it; a table or a list only by its brackets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        is_long = len(value) > _LONGEST_TEXT
        return f'"{value[: _LONGEST_TEXT - 3]}..."' if is_long else f'"{value}"'
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        return "{...}" if isinstance(value, dict) else "[...]"
    return "" if value is None else str(value)
