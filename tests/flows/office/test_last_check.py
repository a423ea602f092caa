"""A check with nothing new since the last one computes nothing and imports neither pandas nor Great
Expectations.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.night import compute as computing
from flows.night.gather import Request, gather_inputs
from flows.office import check, last_check
from tests.small.folder import JUDGED

SHEET = "inbox/submissions/formulir.csv"


@pytest.fixture
def checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small competition, checked once; whoever computes again fails."""
    check.look_at_folder(Request(folder, JUDGED))

    def compute(*_: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(computing, "compute_results", compute)
    return folder


def check_values(folder: Path, as_of: str = JUDGED) -> tuple[object, ...]:
    looked = check.look_at_folder(Request(folder, as_of))
    return looked.exports, looked.headings, looked.findings, looked.is_withheld


def test_what_the_last_check_found_is_what_a_check_of_the_same_inputs_shows(folder: Path) -> None:
    first = check_values(folder)
    kept = json.loads((folder / ".kipp" / last_check.CHECK_FILE).read_bytes())
    assert check_values(folder) == first
    assert (kept["exports"], kept["headings"], kept["findings"]) == first[:3]
    assert [finding["rule"] for finding in first[2]].count("late") == 1


def test_nothing_is_computed_while_nothing_is_new(checked: Path) -> None:
    assert check_values(checked) == check_values(checked)


@pytest.mark.parametrize(
    "name", [SHEET, "agencies.csv", "competition.toml", "inbox/submissions/baru.csv"]
)
def test_whatever_is_new_is_computed(checked: Path, name: str) -> None:
    file = checked / name
    content = file.read_bytes() if file.exists() else (checked / SHEET).read_bytes()
    file.write_bytes(content + (b"# baru\n" if name.endswith(".toml") else b",,,\n"))
    with pytest.raises(AssertionError, match="computed again"):
        check_values(checked)


def test_a_phase_that_has_closed_since_is_new_and_a_day_within_a_phase_is_not(
    checked: Path,
) -> None:
    assert check_values(checked, "2022-05-16") == check_values(checked)
    with pytest.raises(AssertionError, match="computed again"):
        check_values(checked, "2022-04-09")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"made_from": 1}', b"\xff\xfe"])
def test_a_kept_check_that_is_damaged_is_as_good_as_none(folder: Path, content: bytes) -> None:
    first = check_values(folder)
    (folder / ".kipp" / last_check.CHECK_FILE).write_bytes(content)
    assert last_check.recall_check(gather_inputs(Request(folder, JUDGED))) is None
    assert check_values(folder) == first


def test_a_check_with_nothing_new_imports_no_library_that_computes(folder: Path) -> None:
    check.look_at_folder(Request(folder, JUDGED))
    code = (
        "import sys; from flows.terminal.command import run; code = run(sys.argv[1:]);"
        "print(code, sorted({'pandas', 'numpy', 'great_expectations', 'prefect', 'weasyprint'} & "
        "set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "check", str(folder), "--as-of", JUDGED]
    process = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert process.stdout.splitlines()[-1] == "0 []"
