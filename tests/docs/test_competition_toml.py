"""docs/competition-toml.md says every key of competition.toml, and none that is not one."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from tasks import schema
from tasks.findings.catalogue import RULES
from tasks.rules.competition import Competition

DOC = Path(__file__).parents[2] / "docs" / "competition-toml.md"
TABLE_LINES = [
    line for line in DOC.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
]
CELLS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE_LINES]
ROWS = {cells[0].strip("`"): cells[1:] for cells in CELLS}  # key -> type, default, meaning, example


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]


def _inner(path: str, annotation: Any) -> str:
    """The path of a table inside: of a list [], of a table by name NAME."""
    origins = {get_origin(part) for part in (annotation, *get_args(annotation))}
    return path + ("[]" if tuple in origins else ".NAME" if dict in origins else "")


def _keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        path = prefix + name
        yield path, field
        for inner in _models(field.annotation):
            yield from _keys(inner, _inner(path, field.annotation) + ".")


KEYS = dict(_keys(Competition))


def test_every_key_is_documented_and_every_documented_key_is_one() -> None:
    assert sorted(cells[0].strip("`") for cells in CELLS) == sorted(KEYS)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_default_is_the_one_that_is_documented(key: str) -> None:
    field, default = KEYS[key], ROWS[key][1]
    if field.is_required():
        assert default == "required"
    elif key.endswith(".name") and field.default == {}:
        assert default == "the code"
    else:
        assert default == _written(field.default)


def _written(value: Any) -> str:
    if value is None or isinstance(value, dict | BaseModel):
        return "—"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{entry}"' for entry in value) + "]`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


@pytest.mark.parametrize("key", [key for key in sorted(ROWS) if ROWS[key][3].startswith("`")])
def test_an_example_is_toml(key: str) -> None:
    for example in re.findall(r"`([^`]+)`", ROWS[key][3]):
        whole = " = " in example.split("{")[0] or re.fullmatch(r"\[\w+(\.[\w-]+)+\]", example)
        keys = list(tomllib.loads(example if whole else f"value = {example}"))
        assert len(keys) == 1


def test_the_fields_and_the_fixed_rules_are_named() -> None:
    text = DOC.read_text(encoding="utf-8")
    fixed = [code for code, rule in RULES.items() if not rule.settable]
    assert [name for name in (*schema.SUBMISSION_FIELDS, *fixed) if f"`{name}`" not in text] == []
