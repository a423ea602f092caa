"""The law of directions (docs/architecture.md): contracts in pyproject.toml, proved by
import-linter; house rules.
"""

import ast
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for room in ("flows", "reports", "tasks") for path in (ROOT / room).rglob("*.py")
)
LONGEST_BODY = 50
REASONS_FOR_INLINE_IMPORTS = re.compile(r"# (start-up time|optional extra|circle)\b")
ROOMS_WITHOUT_A_SUBJECT = {"utils", "helpers", "common", "core", "manager", "misc"}


def test_imports_run_one_way():
    proved = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert proved.returncode == 0, proved.stdout


def test_no_room_is_named_after_nothing():
    assert {path.stem for path in SOURCES} & ROOMS_WITHOUT_A_SUBJECT == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_what_it_is_for_and_no_function_is_long(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {
        node.name: size
        for node in functions
        if (size := node.end_lineno - node.body[0].lineno + 1) > LONGEST_BODY
    }
    assert (bool(ast.get_docstring(tree)), long) == (True, {})


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_import_below_the_top_of_a_module_says_why(path):
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    imports = [node for node in _inline_nodes(ast.parse(source)) if _is_import(node)]
    unexplained = [
        lines[node.lineno - 1].strip()
        for node in imports
        if not REASONS_FOR_INLINE_IMPORTS.search(lines[node.lineno - 1])
    ]
    assert unexplained == []


def _inline_nodes(module):
    """The nodes below the top of the module; imports for types alone are left out."""
    for statement in module.body:
        if not _is_import(statement):
            yield from _runtime_nodes(statement)


def _runtime_nodes(node):
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _runtime_nodes(child)


def _is_import(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


def test_no_test_folder_is_a_package_that_could_hide_the_real_one():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_sentence_is_there_in_both_languages():
    from babel.messages.pofile import read_po

    locale = ROOT / "templates" / "locale"
    words = {
        language: {
            (file.name, message.id)
            for file in (locale / language).glob("*.po")
            for message in read_po(BytesIO(file.read_bytes()))
            if message.id and message.string
        }
        for language in ("id", "en")
    }
    assert words["id"] == words["en"]


def test_no_sentence_stands_in_two_catalogues():
    from babel.messages.pofile import read_po

    for language in ("id", "en"):
        ids = [
            message.id
            for file in sorted((ROOT / "templates" / "locale" / language).glob("*.po"))
            for message in read_po(BytesIO(file.read_bytes()))
            if message.id
        ]
        assert sorted({i for i in ids if ids.count(i) > 1}) == []
