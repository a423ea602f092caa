"""The page that the bureau bookmarks: what is loaded for it ahead."""

import subprocess
import sys
from pathlib import Path

from flows.night import bureau_page
from flows.night.gather import Request, gather_inputs
from tests.small.folder import ON_PAPER, copy_folder
from tests.small.night import AFTER

LATE = {
    "jinja2",
    "babel.dates",
}  # what the page is made with: whatever takes longer is begun before


def test_the_page_can_be_made_ready_and_nothing_is_written(tmp_path: Path) -> None:
    inputs = gather_inputs(Request(copy_folder(ON_PAPER, tmp_path / "kipp"), AFTER))

    bureau_page.warm_bureau_page(inputs)

    assert not (inputs.request.folder / "published" / "index.html").exists()


def test_what_the_page_is_made_with_is_imported_when_it_is_made(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from flows.night import bureau_page; "
        "from flows.terminal import command; from flows.office import check; from "
        "flows.night.gather import *;"
        f"late = {LATE}; inputs = gather_inputs(Request(Path(sys.argv[1]), '{AFTER}')); "
        "before = late & set(sys.modules); bureau_page.warm_bureau_page(inputs); "
        "print(sorted(before), sorted(late & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(copy_folder(ON_PAPER, tmp_path / "kipp"))]

    process = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )

    assert process.stdout.strip() == f"[] {sorted(LATE)}"
