"""The archive: whole, the same bytes twice, and able to give its reports again; and the code on a
paper copy.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.night.gather import Request
from flows.night.night import run_night
from flows.office import archive
from tasks.errors import CallError, VerificationFailed
from tasks.words import Words

WORDS = Words("id")
pytestmark = pytest.mark.usefixtures("quick_pdfs")


def _night(folder: Path, as_of: str = "2022-05-15") -> None:
    run_night(Request(folder, as_of), wait_seconds=0)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for f in sorted(folder.rglob("*"))
        if f.is_file()
    }


def _failed(*arguments: object) -> str:
    with pytest.raises(VerificationFailed) as told:
        archive.verify_bag(*arguments)  # type: ignore[arg-type]  # arguments of the call
    return told.value.problems[0].message


def _code(folder: Path, path: str) -> str:
    manifest = json.loads((folder / "published" / "current" / "manifest.json").read_bytes())
    return next(file["code"] for file in manifest["outputs"] if file["path"] == path)


def test_a_bag_has_the_exports_the_tables_the_run_and_the_versions(folder, tmp_path):
    _night(folder)
    bag = archive.make_archive(folder, tmp_path / "bag")
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
    bag = archive.make_archive(folder, tmp_path / "bag")
    told = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(bag)], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    assert (bag / "manifest-sha256.txt").is_file()
    assert (bag / "manifest-sha512.txt").is_file()


def test_two_archives_of_one_run_are_the_same_bytes(folder, tmp_path):
    _night(folder)
    first, second = (
        archive.make_archive(folder, tmp_path / "a"),
        archive.make_archive(folder, tmp_path / "b"),
    )
    assert _tree(first) == _tree(second)


def test_an_archive_holds_what_the_run_read_and_not_what_came_since(folder, tmp_path):
    _night(folder)
    (folder / "inbox" / "submissions" / "baru.csv").write_text("a,b\n")
    assert not (
        archive.make_archive(folder, tmp_path / "bag")
        / "data"
        / "inbox"
        / "submissions"
        / "baru.csv"
    ).exists()


def test_an_archive_stands_beside_its_folder_unless_told_otherwise(folder):
    _night(folder)
    assert archive.make_archive(folder) == folder.with_name("lomba-archive")


def test_an_archive_is_never_written_over(folder, tmp_path):
    _night(folder)
    archive.make_archive(folder, tmp_path / "bag")
    with pytest.raises(CallError):
        archive.make_archive(folder, tmp_path / "bag")


def test_without_a_published_run_there_is_nothing_to_archive(folder, tmp_path):
    with pytest.raises(CallError):
        archive.make_archive(folder, tmp_path / "bag")
    assert not (tmp_path / "bag").exists()


def test_a_raw_copy_that_is_gone_stops_the_archive_and_leaves_nothing(folder, tmp_path):
    _night(folder)
    shutil.rmtree(folder / ".kipp" / "raw")
    with pytest.raises(VerificationFailed):
        archive.make_archive(folder, tmp_path / "bags" / "bag")
    assert list((tmp_path / "bags").iterdir()) == []


def test_a_whole_bag_is_verified_and_gives_its_reports_again(folder, tmp_path):
    _night(folder)
    bag = archive.make_archive(folder, tmp_path / "bag")
    shutil.rmtree(folder)
    said = archive.verify_bag(bag, rerun=True, words=WORDS)
    files = len(_tree(bag / "data" / "published"))
    assert said[-1] == WORDS.say("flows.rerun_equal", files=files)


@pytest.mark.parametrize("harm", ["change", "remove", "add"])
def test_a_bag_that_was_touched_is_not_whole(folder, tmp_path, harm):
    _night(folder)
    bag = archive.make_archive(folder, tmp_path / "bag")
    target = bag / "data" / "inbox" / "submissions" / "formulir.csv"
    if harm == "change":
        target.write_bytes(target.read_bytes().replace(b"Lentera", b"Lantera"))
    elif harm == "remove":
        target.unlink()
    else:
        target.with_name("lagi.csv").write_bytes(b"a,b\n")
    assert _failed(bag, False, WORDS) == "flows.bag_broken"


def test_reports_that_the_exports_do_not_give_are_found(folder, tmp_path):
    import bagit

    _night(folder)
    bag = archive.make_archive(folder, tmp_path / "bag")
    rankings = bag / "data" / "published" / "data" / "rankings.csv"
    rankings.write_text(rankings.read_text().replace("84.00", "94.00"))
    bagit.Bag(str(bag)).save(manifests=True)
    assert archive.verify_bag(bag, rerun=False, words=WORDS)
    assert _failed(bag, True, WORDS) == "flows.rerun_differs"


def test_what_is_no_bag_is_refused(tmp_path):
    with pytest.raises(CallError):
        archive.verify_bag(tmp_path, rerun=False, words=WORDS)


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower"])
def test_the_code_on_a_paper_copy_names_the_document_that_is_published(folder, typed):
    _night(folder)
    code = _code(folder, "agencies/A1.pdf")
    asked = code.lower().replace("-", "") if typed == "lower" else typed.format(code)
    assert "agencies/A1.pdf" in archive.verify_code(folder, asked, WORDS)[0]


def test_a_code_of_an_earlier_run_is_told_from_the_present_one(folder):
    _night(folder)
    code = _code(folder, "phases/nilai/report.pdf")
    scores = folder / "inbox" / "scores" / "nilai" / "nilai.csv"
    scores.write_text(scores.read_text().replace("Lentera,80,90", "Lentera,81,90"))
    _night(folder, "2022-05-16")
    with pytest.raises(VerificationFailed) as told:
        archive.verify_code(folder, code, WORDS)
    assert (told.value.problems[0].message, told.value.problems[0].params["path"]) == (
        "flows.code_old",
        "phases/nilai/report.pdf",
    )


def test_a_code_of_no_document_is_refused(folder):
    _night(folder)
    with pytest.raises(VerificationFailed) as told:
        archive.verify_code(folder, "AAAAA-AAAAA", WORDS)
    assert told.value.problems[0].message == "flows.code_unknown"
