"""docs/architecture.md: its map is the folders as they stand; docs name only modules that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("flows", "reports", "tasks")
LONGEST_MAP = 60  # lines: one screen
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def _map_lines() -> list[str]:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return text.split("```")[1].strip("\n").split("\n")


def _rooms_of_map() -> set[str]:
    """The folders that the map names, by their paths: two spaces more are one folder deeper."""
    rooms, path = set(), []
    for line in _map_lines():
        indent, name = re.match(r"( *)(\w+)/", line).groups()
        path = [*path[: len(indent) // 2], name]
        rooms.add("/".join(path))
    return rooms


def _rooms_of_code() -> set[str]:
    packages = (file.parent for floor in FLOORS for file in (ROOT / floor).rglob("__init__.py"))
    return {package.relative_to(ROOT).as_posix() for package in packages}


def test_the_map_is_the_folders() -> None:
    assert _rooms_of_map() - {"templates", "tests"} == _rooms_of_code()


def test_the_map_fits_one_screen_and_opens_the_page() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert text.startswith("# The house\n\n```\n")
    assert len(_map_lines()) <= LONGEST_MAP


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_that_a_page_names_exists(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    paths = set(re.findall(r"(?<![\w/.-])((?:flows|reports|tasks|tests)/[\w/]+\.py)\b", text))
    assert sorted(path for path in paths if not (ROOT / path).is_file()) == []
