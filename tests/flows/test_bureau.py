"""The page that the bureau bookmarks: what is loaded for it ahead."""

import subprocess
import sys
from pathlib import Path

from flows import bureau
from flows.inputs import Request, gather
from tests.flows.small import AS_OF, SMALL, copied

LATE = {
    "jinja2",
    "babel.dates",
}  # what the page is made with: whatever takes longer is begun before


def test_the_page_can_be_made_ready_and_nothing_is_written(tmp_path: Path) -> None:
    inputs = gather(Request(copied(SMALL, tmp_path / "kipp"), AS_OF))

    bureau.warm(inputs)

    assert not (inputs.request.folder / "published" / "index.html").exists()


def test_what_the_page_is_made_with_is_imported_when_it_is_made(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from flows import bureau, cli, checking; from "
        "flows.inputs import *;"
        f"late = {LATE}; inputs = gather(Request(Path(sys.argv[1]), '{AS_OF}')); before = late & "
        f"set(sys.modules);"
        "bureau.warm(inputs); print(sorted(before), sorted(late & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(copied(SMALL, tmp_path / "kipp"))]

    told = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert told.stdout.strip() == f"[] {sorted(LATE)}"
