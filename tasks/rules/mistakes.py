"""A mistake in competition.toml: where it stands in the file's own words, and what pydantic's
errors mean there.

A path is the way to a value in the read file: keys, and numbers from 0 in lists.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from tasks.errors import ErrorMessage

KeyPath = tuple[str | int, ...]
Tree = dict[str, Any]
_LAST_IN_ORDER = 1 << 30


@dataclass(frozen=True)
class Mistake:
    """What is wrong (the end of a message id) at a path, with the parameters of its sentence."""

    path: KeyPath
    message: str
    params: dict[str, Any] = field(default_factory=dict)


def error_messages(
    mistakes: Iterable[Mistake], tree: Tree, file: str, lines: Mapping[KeyPath, int]
) -> list[ErrorMessage]:
    """The mistakes as problems, each once, in the order of the file; their place is the file, its
    line, and the key.

    `lines` has the line of each path, as far as known. Where it is plain what was meant, the
    sentence is the one that says so: `competition.<message>.near`.
    """
    ordered = sorted(mistakes, key=lambda mistake: _order_in_file(tree, mistake.path))
    named = [
        ErrorMessage(
            _message_id(mistake),
            f"{file}{_line_suffix(lines, mistake.path)}: {path_text(tree, mistake.path)}",
            mistake.params,
        )
        for mistake in ordered
    ]
    return [problem for i, problem in enumerate(named) if problem not in named[:i]]


def _line_suffix(lines: Mapping[KeyPath, int], path: KeyPath) -> str:
    """`:` and the line; of a key that is not there, the line of what it belongs into."""
    around = (path[:size] for size in range(len(path), 0, -1))
    return next((f":{lines[known]}" for known in around if known in lines), "")


def _message_id(mistake: Mistake) -> str:
    return f"competition.{mistake.message}" + (".near" if "near" in mistake.params else "")


def path_text(tree: Tree, path: KeyPath) -> str:
    """The path as the author would look for it: `phases[proposal].criteria[signifikansi].weight`.

    A table of a list is named by its code where no other has the same, else by its number from 1.
    """
    shown, node = "", tree
    for part in path:
        if isinstance(part, int):
            shown += f"[{_entry_label(node, part)}]"
        else:
            shown += ("." if shown else "") + (
                part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"'
            )
        node = _child_value(node, part)
    return shown


def _entry_label(entries: Any, index: int) -> str:
    codes = [entry.get("code") for entry in entries if isinstance(entry, dict)]
    code = entries[index].get("code") if isinstance(entries[index], dict) else None
    return (
        code
        if isinstance(code, str) and code.strip() and codes.count(code) == 1
        else str(index + 1)
    )


def _child_value(node: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return node[part] if isinstance(node, list | tuple) and part < len(node) else None
    return node.get(part) if isinstance(node, dict) else None


def _order_in_file(tree: Tree, path: KeyPath) -> tuple[int, ...]:
    order, node = [], tree
    for part in path:
        keys = list(node) if isinstance(node, dict) else []
        order.append(
            part if isinstance(part, int) else keys.index(part) if part in keys else _LAST_IN_ORDER
        )
        node = _child_value(node, part)
    return tuple(order)


# pydantic's errors

_MESSAGES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_type": "type_text",
    "int_type": "type_whole",
    "int_from_float": "type_whole",
    "decimal_type": "type_number",
    "is_instance_of": "type_number",
    "bool_type": "type_boolean",
    "datetime_type": "type_datetime",
    "date_type": "type_date",
    "tuple_type": "type_list",
    "dict_type": "type_table",
    "model_type": "type_table",
    "model_attributes_type": "type_table",
    "too_short": "empty_list",
    "string_too_short": "blank",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "finite_number": "not_finite",
    "literal_error": "choice",
    "union_tag_invalid": "choice",
    "union_tag_not_found": "missing",
    "unsafe_code": "unsafe_code",
    "number_size": "number_size",
    "not_two": "not_two",
    "far_date": "far_date",
}
_KEY_EXAMPLES = {
    "name": 'name = "KIPP Kota Malang"',
    "year": "year = 2022",
    "timezone": 'timezone = "Asia/Jakarta"',
}
_USABLE_ERRORS = {
    "unsafe_code",
    "greater_than_equal",
    "less_than_equal",
    "string_too_short",
    "missing",
}


def validation_mistakes(
    error: ValidationError, tree: Tree, model: type[BaseModel]
) -> tuple[list[Mistake], list[KeyPath]]:
    """The mistakes that pydantic found in the tree, and the paths whose values are of no use to
    further checks.
    """
    details = error.errors(include_url=False)
    mistakes, useless = [], []
    for detail in details:
        path = _path_of_location(detail["loc"])
        kind = detail["type"]
        if kind == "too_short" and _value_at_path(tree, path):
            continue  # its entries are wrong, and have been told
        path += ("kind",) if kind.startswith("union_tag") else ()
        if kind == "extra_forbidden" and _is_secret_key(path, tree):
            mistakes.append(Mistake(path, "secret", {"key": str(path[-1])}))
        else:
            mistakes.append(
                Mistake(
                    path, _mistake_message(kind, path), _mistake_params(detail, path, tree, model)
                )
            )
        useless += [] if kind in _USABLE_ERRORS else [path]
    return mistakes, useless


_SECRET_KEY = re.compile(
    r"(?i)secret|passw|sandi|token|credential|access_?key|api_?key|^(?:key|pwd|user|username)$"
)


def _is_secret_key(path: KeyPath, tree: Tree) -> bool:
    """Whether an unknown key is one that a storage is opened with, or holds such keys."""
    return path[0] == "storage" and (
        isinstance(_value_at_path(tree, path), dict) or bool(_SECRET_KEY.search(str(path[-1])))
    )


def _mistake_message(kind: str, path: KeyPath) -> str:
    if kind == "dict_type" and path[-1] == "name":
        return "type_text"
    if kind == "missing" and path[-1] == "closes":
        return "missing_closes"
    if kind == "missing" and path[0] in _KEY_EXAMPLES and len(path) == 1:
        return "missing_top"
    return _MESSAGES.get(kind, "wrong_value")


def _mistake_params(
    detail: Any, path: KeyPath, tree: Tree, model: type[BaseModel]
) -> dict[str, Any]:
    context = detail.get("ctx", {})
    params = {
        "key": str(path[-1]),
        "value": toml_text(_value_at_path(tree, path)),
        "example": _KEY_EXAMPLES.get(str(path[0]), ""),
    }
    if detail["type"] == "extra_forbidden":
        params |= near_param(str(path[-1]), _possible_keys(model, detail["loc"]))
    elif "expected" in context or "expected_tags" in context:
        choices = re.findall(r"'([^']*)'", context.get("expected") or context["expected_tags"])
        params |= {"choices": ", ".join(choices)} | near_param(params["value"].strip('"'), choices)
    elif "ge" in context or "le" in context:
        params["limit"] = context.get("ge", context.get("le"))
    return params


def _path_of_location(loc: tuple[str | int, ...]) -> KeyPath:
    """pydantic's location without the marks that are no keys of the file: the alternatives of a
    union, and `[key]`.
    """
    return tuple(part for i, part in enumerate(loc) if not _is_pydantic_part(loc, i))


def _is_pydantic_part(loc: tuple[str | int, ...], i: int) -> bool:
    return (
        loc[i] == "[key]"
        or (i == 2 and loc[0] == "phases")
        or (i > 0 and loc[i - 1] == "minimum_age_years")
    )


def _value_at_path(tree: Tree, path: KeyPath) -> Any:
    node: Any = tree
    for part in path:
        node = _child_value(node, part)
    return node


def _possible_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at this place of the file can have."""
    annotation: Any = model
    for i, part in enumerate(loc[:-1]):
        models = list(_nested_models(annotation))
        if _is_pydantic_part(loc, i):
            annotation = next(
                (m for m in models if part in get_args(m.model_fields["kind"].annotation)),
                annotation,
            )
        elif inner := [
            m.model_fields[str(part)].annotation for m in models if part in m.model_fields
        ]:
            annotation = inner[0]
    return [key for kind in _nested_models(annotation) for key in kind.model_fields]


def _nested_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _nested_models(argument)


def near_param(text: str, known: Iterable[str]) -> dict[str, str]:
    """{"near": what was probably meant}, or nothing where nothing known is like the text."""
    from rapidfuzz import fuzz, process  # start-up time: only a wrong file needs it

    folded = {name.casefold(): name for name in known}
    found = process.extractOne(text.casefold(), list(folded), scorer=fuzz.ratio, score_cutoff=65)
    return {"near": folded[found[0]]} if found else {}


def toml_text(value: Any) -> str:
    """A value as the file writes it; a table or a list only by its brackets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value if len(value) <= 60 else value[:57] + "..."}"'
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        return "{...}" if isinstance(value, dict) else "[...]"
    return "" if value is None else str(value)


def tree_without(tree: Tree, paths: Iterable[KeyPath]) -> Tree:
    """A copy of the tree without the values at these paths: in a list None stands for one.

    A phase whose kind is not known keeps nothing but its code.
    """
    copy: Tree = _copy_tree(tree)
    for path in paths:
        if path[-1] == "kind" and len(path) == 3:
            copy["phases"][path[1]] = {"code": _value_at_path(copy, (*path[:2], "code"))}
        parent = _value_at_path(copy, path[:-1])
        if isinstance(parent, dict):
            parent.pop(path[-1], None)
        elif isinstance(parent, list) and isinstance(path[-1], int):
            parent[path[-1]] = None
    return copy


def _copy_tree(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy_tree(inner) for key, inner in value.items()}
    return [_copy_tree(inner) for inner in value] if isinstance(value, list) else value


# What is no TOML at all

_CURLY_QUOTES = re.compile("[\u201c\u201d\u201e\u2018\u2019]")
_DEFINED_TWICE = re.compile(r"overwrite|twice|already|Cannot (?:mutate|redefine|declare)")


def syntax_error_message(error: Exception, text: str, file: str) -> ErrorMessage:
    """The one problem of a file that is no TOML: its line, and the commonest causes told apart."""
    line = _line_of_error(error, text)
    content = (text.splitlines() or [""])[line - 1].strip() if line else ""
    cause = (
        "quotes"
        if _CURLY_QUOTES.search(content)
        else "twice"
        if _DEFINED_TWICE.search(str(error))
        else "other"
    )
    if not line:
        return ErrorMessage("competition.syntax_file", file)
    return ErrorMessage(
        f"competition.syntax_{cause}", f"{file}:{line}", {"line": line, "text": content[:80]}
    )


def _line_of_error(error: Exception, text: str) -> int:
    """The line from 1; 0 where the reader names none."""
    found = re.search(r"at line (\d+)", str(error))
    if found:
        return int(found[1])
    return len(text.rstrip().splitlines()) if "end of document" in str(error) else 0
