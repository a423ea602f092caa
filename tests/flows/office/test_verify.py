"""A bag is whole and gives its reports again; a printed code belongs to a published document."""

import json
import shutil
from pathlib import Path

import bagit
import pytest

from flows.night.gather import Request
from flows.night.night import run_night
from flows.office.archive import make_archive
from flows.office.verify import verify_bag, verify_code
from tasks.errors import CallError, VerificationFailed
from tasks.words import Words

WORDS = Words("id")
pytestmark = pytest.mark.usefixtures("quick_pdfs")


def _night(folder: Path, as_of: str = "2022-05-15") -> None:
    run_night(Request(folder, as_of), wait_seconds=0)


def _failed(*arguments: object) -> str:
    with pytest.raises(VerificationFailed) as error:
        verify_bag(*arguments)  # type: ignore[arg-type]  # arguments of the call
    return error.value.problems[0].message


def _code(folder: Path, path: str) -> str:
    manifest = json.loads((folder / "published" / "current" / "manifest.json").read_bytes())
    return next(file["code"] for file in manifest["outputs"] if file["path"] == path)


def test_a_whole_bag_is_verified_and_gives_its_reports_again(folder, tmp_path):
    _night(folder)
    bag = make_archive(Request(folder), tmp_path / "bag")
    shutil.rmtree(folder)
    sentences = verify_bag(bag, rerun=True, words=WORDS)
    files = sum(file.is_file() for file in (bag / "data" / "published").rglob("*"))
    assert sentences[-1] == WORDS.say("flows.rerun_equal", files=files)


@pytest.mark.parametrize("harm", ["change", "remove", "add"])
def test_a_bag_that_was_touched_is_not_whole(folder, tmp_path, harm):
    _night(folder)
    bag = make_archive(Request(folder), tmp_path / "bag")
    target = bag / "data" / "inbox" / "submissions" / "formulir.csv"
    if harm == "change":
        target.write_bytes(target.read_bytes().replace(b"Lentera", b"Lantera"))
    elif harm == "remove":
        target.unlink()
    else:
        target.with_name("lagi.csv").write_bytes(b"a,b\n")
    assert _failed(bag, False, WORDS) == "flows.bag_broken"


def test_reports_that_the_exports_do_not_give_are_found(folder, tmp_path):
    _night(folder)
    bag = make_archive(Request(folder), tmp_path / "bag")
    rankings = bag / "data" / "published" / "data" / "rankings.csv"
    rankings.write_text(rankings.read_text().replace("87.00", "97.00"))
    bagit.Bag(str(bag)).save(manifests=True)
    payload = sum(path.is_file() for path in (bag / "data").rglob("*"))
    whole = WORDS.say("flows.bag_whole", files=payload)
    assert verify_bag(bag, rerun=False, words=WORDS) == [whole]
    assert _failed(bag, True, WORDS) == "flows.rerun_differs"


def test_what_is_no_bag_is_refused(tmp_path):
    with pytest.raises(CallError):
        verify_bag(tmp_path, rerun=False, words=WORDS)


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower"])
def test_the_code_on_a_paper_copy_names_the_document_that_is_published(folder, typed):
    _night(folder)
    code = _code(folder, "agencies/A1.pdf")
    asked = code.lower().replace("-", "") if typed == "lower" else typed.format(code)
    assert "agencies/A1.pdf" in verify_code(Request(folder), asked, WORDS)[0]


def test_a_code_of_an_earlier_run_is_told_from_the_present_one(folder):
    _night(folder)
    code = _code(folder, "phases/proposal/report.pdf")
    scores = folder / "inbox" / "scores" / "proposal" / "nilai.csv"
    scores.write_text(scores.read_text().replace("Lentera,80,90", "Lentera,81,90"))
    _night(folder, "2022-05-16")
    with pytest.raises(VerificationFailed) as error:
        verify_code(Request(folder), code, WORDS)
    assert (error.value.problems[0].message, error.value.problems[0].params["path"]) == (
        "flows.code_old",
        "phases/proposal/report.pdf",
    )


def test_a_code_of_no_document_is_refused(folder):
    _night(folder)
    with pytest.raises(VerificationFailed) as error:
        verify_code(Request(folder), "AAAAA-AAAAA", WORDS)
    assert error.value.problems[0].message == "flows.code_unknown"
