"""The archive: it holds what the run read and published, and two of one run are the same bytes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.night.gather import Request
from flows.night.night import run_night
from flows.office.archive import make_archive
from tasks.errors import CallError, VerificationFailed

pytestmark = pytest.mark.usefixtures("quick_pdfs")


def _night(folder: Path, as_of: str = "2022-05-15") -> None:
    run_night(Request(folder, as_of), wait_seconds=0)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for f in sorted(folder.rglob("*"))
        if f.is_file()
    }


def test_a_bag_has_the_exports_the_tables_the_run_and_the_versions(folder, tmp_path):
    _night(folder)
    bag = make_archive(Request(folder), tmp_path / "bag")
    delivered = {
        f"data/{name}" for name in _tree(folder) if not name.startswith(("published/", ".kipp/"))
    }
    payload = {name for name in _tree(bag) if name.startswith("data/")}
    assert delivered <= payload
    assert {name for name in payload - delivered if not name.startswith("data/published/")} == {
        "data/versions.txt"
    }
    assert _tree(bag / "data" / "published") == _tree((folder / "published" / "current").resolve())


def test_the_bagit_command_agrees_that_it_is_valid(folder, tmp_path):
    _night(folder)
    bag = make_archive(Request(folder), tmp_path / "bag")
    process = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(bag)], capture_output=True, text=True
    )
    assert process.returncode == 0, process.stderr
    assert (bag / "manifest-sha256.txt").is_file()
    assert (bag / "manifest-sha512.txt").is_file()


def test_two_archives_of_one_run_are_the_same_bytes(folder, tmp_path):
    _night(folder)
    first, second = (
        make_archive(Request(folder), tmp_path / "a"),
        make_archive(Request(folder), tmp_path / "b"),
    )
    assert _tree(first) == _tree(second)


def test_an_archive_holds_what_the_run_read_and_not_what_came_since(folder, tmp_path):
    _night(folder)
    (folder / "inbox" / "submissions" / "baru.csv").write_text("a,b\n")
    assert not (
        make_archive(Request(folder), tmp_path / "bag")
        / "data"
        / "inbox"
        / "submissions"
        / "baru.csv"
    ).exists()


def test_an_archive_stands_beside_its_folder_unless_told_otherwise(folder):
    _night(folder)
    assert make_archive(Request(folder)) == folder.with_name("lomba-archive")


def test_an_archive_is_never_written_over(folder, tmp_path):
    _night(folder)
    make_archive(Request(folder), tmp_path / "bag")
    with pytest.raises(CallError):
        make_archive(Request(folder), tmp_path / "bag")


def test_without_a_published_run_there_is_nothing_to_archive(folder, tmp_path):
    with pytest.raises(CallError):
        make_archive(Request(folder), tmp_path / "bag")
    assert not (tmp_path / "bag").exists()


def test_a_raw_copy_that_is_gone_stops_the_archive_and_leaves_nothing(folder, tmp_path):
    _night(folder)
    shutil.rmtree(folder / ".kipp" / "raw")
    with pytest.raises(VerificationFailed):
        make_archive(Request(folder), tmp_path / "bags" / "bag")
    assert list((tmp_path / "bags").iterdir()) == []
