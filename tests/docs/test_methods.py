"""docs/methods: the modules of the intake and the tests that a page names exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "methods").glob("*.md"))
READING_EXPORTS = ROOT / "docs" / "methods" / "reading-exports.md"


def test_every_module_of_the_intake_that_reading_exports_names_exists() -> None:
    text = READING_EXPORTS.read_text(encoding="utf-8")
    modules = set(re.findall(r"`((?:files|tables|services|cells)/\w+)`", text))
    assert {"files/reader", "tables/heading_row", "services/registry"} <= modules
    missing = [name for name in modules if not (ROOT / "tasks/intake" / f"{name}.py").is_file()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_folder_of_tests_that_a_page_names_exists(page: Path) -> None:
    folders = set(re.findall(r"\btests/(?:[\w-]+/)+", page.read_text(encoding="utf-8")))
    assert sorted(folder for folder in folders if not (ROOT / folder).is_dir()) == []
