"""A mistake in competition.toml: where it stands in the file's own words, and what is told of it.

Mistakes that pydantic finds and files that are no TOML are put into the same words here. What
several keys show together is in checks/.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from tasks.errors import ErrorMessage
from tasks.rules.tree import KeyPath, Tree, order_in_file, path_text, toml_text, value_at_path


@dataclass(frozen=True)
class Mistake:
    """What is wrong (the end of a message id) at a path, with the parameters of its sentence."""

    path: KeyPath
    message: str
    params: dict[str, Any] = field(default_factory=dict)


def error_messages(
    mistakes: Iterable[Mistake], tree: Tree, file: str, lines: Mapping[KeyPath, int]
) -> list[ErrorMessage]:
    """A message for each mistake, equal ones once, in the order of the file. Their place is the
    file, the line and the key.

    `lines` has the line of each path, as far as known. Where a mistake has a parameter `near`, the
    sentence is the one that says what was meant: `competition.<message>.near`.
    """
    ordered = sorted(mistakes, key=lambda mistake: order_in_file(tree, mistake.path))
    messages = []
    for mistake in ordered:
        place = f"{file}{_line_suffix(lines, mistake.path)}: {path_text(tree, mistake.path)}"
        message = ErrorMessage(_message_id(mistake), place, mistake.params)
        if message not in messages:
            messages.append(message)
    return messages


def _line_suffix(lines: Mapping[KeyPath, int], path: KeyPath) -> str:
    """`:` and the line; of a key that is missing, the line of the table that it belongs into."""
    around = (path[:size] for size in range(len(path), 0, -1))
    return next((f":{lines[known]}" for known in around if known in lines), "")


def _message_id(mistake: Mistake) -> str:
    return f"competition.{mistake.message}" + (".near" if "near" in mistake.params else "")


def near_param(text: str, known: Iterable[str]) -> dict[str, str]:
    """{"near": the known text that was probably meant}; {} where none is like the text."""
    from rapidfuzz import fuzz, process  # start-up time: only a wrong file needs it

    folded = {name.casefold(): name for name in known}
    nearest = process.extractOne(text.casefold(), list(folded), scorer=fuzz.ratio, score_cutoff=65)
    return {"near": folded[nearest[0]]} if nearest else {}


# --- mistakes of one value or one list


def check_known_value(
    path: KeyPath, message: str, value: str, known: Iterable[str]
) -> Iterator[Mistake]:
    """The mistake of a value that is none of the known ones."""
    names = list(known)
    if value not in names:
        params = {"value": toml_text(value), "known": ", ".join(names) or "-"}
        yield Mistake(path, message, params | near_param(value, names))


def check_distinct_texts(path: KeyPath, texts: list[tuple[int, str]]) -> Iterator[Mistake]:
    """The mistake of each text of a list that an earlier text is equal to. `texts`: each with its
    number in the list.
    """
    earlier: set[str] = set()
    for i, text in texts:
        if text in earlier:
            yield Mistake((*path, i), "repeated", {"value": toml_text(text)})
        earlier.add(text)


# --- pydantic's errors

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
# errors after which the value can still be compared with others
_USABLE_ERRORS = {
    "unsafe_code",
    "greater_than_equal",
    "less_than_equal",
    "string_too_short",
    "missing",
}
_SECRET_KEY = re.compile(
    r"(?i)secret|passw|sandi|token|credential|access_?key|api_?key|^(?:key|pwd|user|username)$"
)


def validation_mistakes(
    error: ValidationError, tree: Tree, model: type[BaseModel]
) -> tuple[list[Mistake], list[KeyPath]]:
    """The mistakes that pydantic found in the tree, and the paths whose values are of no use to
    further checks.
    """
    mistakes, useless = [], []
    for detail in error.errors(include_url=False):
        path = _path_of_location(detail["loc"])
        kind = detail["type"]
        if kind == "too_short" and value_at_path(tree, path):
            continue  # the entries of the list are wrong, and each has its own mistake
        if kind.startswith("union_tag"):
            path += ("kind",)
        mistakes.append(_validation_mistake(detail, path, tree, model))
        if kind not in _USABLE_ERRORS:
            useless.append(path)
    return mistakes, useless


def _validation_mistake(detail: Any, path: KeyPath, tree: Tree, model: type[BaseModel]) -> Mistake:
    kind = detail["type"]
    if kind == "extra_forbidden" and _is_secret_key(path, tree):
        return Mistake(path, "secret", {"key": str(path[-1])})
    return Mistake(path, _mistake_message(kind, path), _mistake_params(detail, path, tree, model))


def _is_secret_key(path: KeyPath, tree: Tree) -> bool:
    """Whether an unknown key is one that a storage is opened with, or holds such keys."""
    if path[0] != "storage":
        return False
    return isinstance(value_at_path(tree, path), dict) or bool(_SECRET_KEY.search(str(path[-1])))


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
        "value": toml_text(value_at_path(tree, path)),
        "example": _KEY_EXAMPLES.get(str(path[0]), ""),
    }
    if detail["type"] == "extra_forbidden":
        return params | near_param(str(path[-1]), _possible_keys(model, detail["loc"]))
    if "expected" in context or "expected_tags" in context:
        choices = re.findall(r"'([^']*)'", context.get("expected") or context["expected_tags"])
        near = near_param(params["value"].strip('"'), choices)
        return params | {"choices": ", ".join(choices)} | near
    if "ge" in context or "le" in context:
        return params | {"limit": context.get("ge", context.get("le"))}
    return params


def _path_of_location(location: tuple[str | int, ...]) -> KeyPath:
    """pydantic's location without its marks that are no keys of the file: the alternatives of a
    union, and `[key]`.
    """
    return tuple(part for i, part in enumerate(location) if not _is_pydantic_part(location, i))


def _is_pydantic_part(location: tuple[str | int, ...], i: int) -> bool:
    is_kind_of_phase = i == 2 and location[0] == "phases"
    is_kind_of_age = i > 0 and location[i - 1] == "minimum_age_years"
    return location[i] == "[key]" or is_kind_of_phase or is_kind_of_age


def _possible_keys(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at this place of the file can have."""
    annotation: Any = model
    for i, part in enumerate(location[:-1]):
        models = list(_nested_models(annotation))
        if _is_pydantic_part(location, i):
            of_kind = (m for m in models if part in get_args(m.model_fields["kind"].annotation))
            annotation = next(of_kind, annotation)
            continue
        fields = (m.model_fields[str(part)] for m in models if part in m.model_fields)
        with_key = next(fields, None)
        annotation = with_key.annotation if with_key is not None else annotation
    return [key for table in _nested_models(annotation) for key in table.model_fields]


def _nested_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _nested_models(argument)


# --- a file that is no TOML

_CURLY_QUOTES = re.compile("[\u201c\u201d\u201e\u2018\u2019]")
_DEFINED_TWICE = re.compile(r"overwrite|twice|already|Cannot (?:mutate|redefine|declare)")


def syntax_error_message(error: Exception, text: str, file: str) -> ErrorMessage:
    """The one message of a file that is no TOML: its line, and the cause where it is a common
    one.
    """
    line = _line_of_error(error, text)
    if not line:
        return ErrorMessage("competition.syntax_file", file)
    content = (text.splitlines() or [""])[line - 1].strip()
    params = {"line": line, "text": content[:80]}
    return ErrorMessage(
        f"competition.syntax_{_syntax_cause(error, content)}", f"{file}:{line}", params
    )


def _syntax_cause(error: Exception, content: str) -> str:
    if _CURLY_QUOTES.search(content):
        return "quotes"
    return "twice" if _DEFINED_TWICE.search(str(error)) else "other"


def _line_of_error(error: Exception, text: str) -> int:
    """The line from 1; 0 where the reader names none."""
    number = re.search(r"at line (\d+)", str(error))
    if number:
        return int(number[1])
    return len(text.rstrip().splitlines()) if "end of document" in str(error) else 0
