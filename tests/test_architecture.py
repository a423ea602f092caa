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
MODULES = {
    path.relative_to(ROOT).as_posix() for path in SOURCES if path.stem.strip("_") == path.stem
}
TESTS_OF_ROOMS = {
    path.relative_to(ROOT).as_posix()
    for room in ("flows", "reports", "tasks")
    for path in (ROOT / "tests" / room).rglob("test_*.py")
}
# Modules that hold data only: types and names, and nothing that a test could find wrong.
DATA_ONLY = [
    "flows/night/outcome.py",
    "flows/night/step.py",
    "flows/office/report_choices.py",
    "tasks/intake/raw.py",
]
# Modules that are tested through the one module that calls them, by the test named here.
TESTED_THROUGH = {
    "flows/night/evaluator.py": "tests/flows/night/test_evaluation.py",
    "flows/office/delivered_cells.py": "tests/flows/office/test_explain.py",
    "flows/prefect/report.py": "tests/flows/prefect/test_nightly.py",
    "flows/terminal/commands.py": "tests/flows/terminal/test_command.py",
}
WITHOUT_MIRROR = sorted([*DATA_ONLY, *TESTED_THROUGH])
# Tests of what a whole room does with one kind of file, whichever module does it.
TESTS_OF_NO_MODULE = [
    "tests/tasks/intake/test_any_form.py",
    "tests/tasks/intake/test_edited_by_hand.py",
]


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


def _mirror(module):
    """The path of the test that stands where the module stands."""
    room, _, name = module.rpartition("/")
    return f"tests/{room}/test_{name}"


def test_every_module_has_its_test_or_a_reason_to_have_none():
    without = sorted(module for module in MODULES if _mirror(module) not in TESTS_OF_ROOMS)
    assert without == WITHOUT_MIRROR
    assert set(TESTED_THROUGH.values()) <= TESTS_OF_ROOMS


def test_a_module_that_is_called_data_only_decides_nothing():
    deciding = ast.For | ast.While | ast.If | ast.IfExp | ast.Try | ast.comprehension
    trees = {name: ast.parse((ROOT / name).read_text(encoding="utf-8")) for name in DATA_ONLY}
    working = [
        name
        for name, tree in trees.items()
        if any(isinstance(node, deciding) for node in ast.walk(tree))
    ]
    assert working == []


def test_every_test_of_a_room_stands_where_its_module_stands():
    mirrors = {_mirror(module) for module in MODULES}
    assert sorted(TESTS_OF_ROOMS - mirrors) == TESTS_OF_NO_MODULE


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
