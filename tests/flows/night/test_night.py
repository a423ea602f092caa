"""The night without an orchestrator: what it publishes, when it publishes nothing, and what it
leaves when it fails.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.night import night
from flows.night.gather import Request, competition_folder, gather_inputs
from flows.night.outcome import NightOutcome
from tasks.disk.runs import PublishedFolder
from tasks.disk.time_limits import Unreachable
from tasks.errors import CallError, NotPublished, RulesError

AS_OF = "2022-05-15"
pytestmark = pytest.mark.usefixtures("quick_pdfs")


def _night(folder: Path, as_of: str = AS_OF, **options) -> NightOutcome:
    return night.run_night(Request(folder, as_of, **options), wait_seconds=0)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    text = (folder / "published" / "current" / "data" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _checked(folder: Path) -> dict[str, object]:
    return json.loads((folder / "published" / "checked.json").read_text(encoding="utf-8"))


def test_a_night_publishes_the_results_of_every_phase(folder):
    outcome = _night(folder)
    assert (outcome.state, outcome.counts["received"], outcome.counts["accepted"]) == (
        "published",
        4,
        3,
    )
    assert [
        (r["category"], r["rank"], r["title"], r["score"], r["outcome"])
        for r in _rows(folder, "rankings")
    ] == [
        ("satu", "2", "Sungai Bersih", "78.00", "stays")
        if r["title"] == "Sungai Bersih"
        else ("satu", "1", "Lentera", "87.00", "advances")
        if r["title"] == "Lentera"
        else ("dua", "1", "Gerobak Baca", "70.00", "advances")
        for r in _rows(folder, "rankings")
    ]
    assert [(r["title"], r["outcome"]) for r in _rows(folder, "nominations")] == [
        ("Lentera", "nominated"),
        ("Gerobak Baca", "reserve"),
    ]
    assert [(r["agency_code"], r["status"]) for r in _rows(folder, "compliance")] == [
        ("A1", "compliant"),
        ("A2", "none"),
        ("A3", "not_obliged"),
    ]


def test_the_same_inputs_give_the_same_bytes_in_any_folder(folder, tmp_path):
    other = tmp_path / "di" / "tempat lain"
    shutil.copytree(folder, other)
    assert _night(folder).run == _night(other).run
    assert _tree(folder / "published" / "runs") == _tree(other / "published" / "runs")


def test_the_manifest_names_every_input_and_every_other_file_of_the_run(folder):
    outcome = _night(folder)
    run = folder / "published" / "runs" / outcome.run
    manifest = json.loads((run / "manifest.json").read_text())
    assert [file["path"] for file in manifest["inputs"]] == [
        "agencies.csv",
        "competition.toml",
        "inbox/scores/proposal/nilai.csv",
        "inbox/submissions/formulir.csv",
    ]
    assert [file["path"] for file in manifest["outputs"]] == sorted(
        set(_tree(run)) - {"manifest.json"}
    )
    assert (manifest["as_of"], manifest["run"], manifest["documents"]) == (
        "2022-05-15T23:59:59+07:00",
        outcome.run,
        outcome.documents,
    )


def test_a_night_with_nothing_new_publishes_nothing_and_says_that_it_looked(folder):
    first = _night(folder)
    before = _tree(folder / "published" / "runs")
    again = _night(folder, "2022-05-20")
    assert (again.state, again.run, again.made, again.documents, again.counts) == (
        "unchanged",
        first.run,
        0,
        first.documents,
        first.counts,
    )
    assert _tree(folder / "published" / "runs") == before
    assert (_checked(folder)["as_of"], _checked(folder)["state"]) == (
        "2022-05-20T23:59:59+07:00",
        "unchanged",
    )


def test_a_night_with_nothing_new_shows_the_findings_as_the_night_that_found_them(folder):
    _night(folder)
    todo = _checked(folder)["todo"]
    _night(folder, "2022-05-20")
    assert _checked(folder)["todo"] == todo
    assert [(t["severity"], t["rule"], t["row"]) for t in todo if t["rule"] == "late"] == [
        ("error", "late", "5")
    ]


def test_a_phase_that_has_closed_since_makes_a_new_run(folder):
    first = _night(folder, "2022-04-01")
    second = _night(folder, "2022-04-11")
    assert (second.state, first.run != second.run) == ("published", True)


def test_one_changed_mark_makes_only_the_documents_that_show_it(folder, tmp_path):
    _night(folder)
    scores = folder / "inbox" / "scores" / "proposal" / "nilai.csv"
    scores.write_text(scores.read_text().replace("Gerobak Baca,70,70", "Gerobak Baca,71,70"))
    outcome = _night(folder, "2022-05-16")
    fresh = tmp_path / "fresh"
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("published", ".kipp"))
    assert 0 < outcome.made < outcome.documents / 2
    assert _tree(folder / "published" / "runs" / outcome.run) == _tree(
        fresh / "published" / "runs" / _night(fresh, "2022-05-16").run
    )


def test_an_as_of_before_the_published_run_is_refused_unless_it_is_published_elsewhere(
    folder, tmp_path
):
    _night(folder)
    with pytest.raises(CallError) as error:
        _night(folder, "2022-05-01")
    assert error.value.problems[0].message == "flows.going_back"
    assert _night(folder, "2022-05-01", out=str(tmp_path / "lain")).state == "published"
    assert sorted(path.name for path in (tmp_path / "lain").iterdir()) == [
        "checked.json",
        "current",
        "index.html",
        "runs",
    ]


def test_a_critical_finding_withholds_the_run_and_leaves_the_one_before(folder):
    first = _night(folder)
    (folder / "agencies.csv").write_text("nama\nDinas Alfa\n")
    with pytest.raises(NotPublished):
        _night(folder, "2022-05-16")
    assert (
        PublishedFolder(gather_inputs(Request(folder, "2022-05-16")) and _place(folder)).current()
        == first.run
    )
    assert (_checked(folder)["withheld"], _checked(folder)["run"]) == (True, first.run)
    assert {t["rule"] for t in _checked(folder)["todo"]} == {"broken_register"}


def _place(folder):
    from tasks.disk.storage import DiskStorage

    return DiskStorage(folder / "published")


def test_without_any_export_there_is_an_honest_empty_report(folder):
    shutil.rmtree(folder / "inbox")
    outcome = _night(folder)
    assert (outcome.state, outcome.counts["received"], _rows(folder, "submissions")) == (
        "published",
        0,
        [],
    )
    assert [r["status"] for r in _rows(folder, "compliance")] == ["none", "none", "not_obliged"]


def test_an_export_that_cannot_be_read_is_named_and_the_others_are_processed(folder):
    (folder / "inbox" / "submissions" / "rusak.xlsx").write_bytes(b"PK\x03\x04 broken")
    outcome = _night(folder)
    assert outcome.counts["received"] == 4
    assert [f["source"] for f in _rows(folder, "findings") if f["rule"] == "unreadable_file"] == [
        "submissions/rusak.xlsx"
    ]


def test_a_file_in_no_place_and_in_no_phase_is_named(folder):
    (folder / "inbox" / "salah.csv").write_text("a,b\n")
    (folder / "inbox" / "scores" / "lain").mkdir()
    (folder / "inbox" / "scores" / "lain" / "nilai.csv").write_text("a,b\n")
    _night(folder)
    reasons = {
        f["source"]: f["message"]
        for f in _rows(folder, "findings")
        if f["rule"] == "unreadable_file"
    }
    assert sorted(reasons) == ["salah.csv", "scores/lain/nilai.csv"]
    assert "proposal" in reasons["scores/lain/nilai.csv"].partition("→")[2]


def test_wrong_rules_are_said_all_at_once_and_nothing_is_written(folder):
    rules = folder / "competition.toml"
    rules.write_text(
        rules.read_text()
        .replace('kind = "judging"', 'kind = "judgement"')
        .replace("year = 2022", "yaer = 2022")
    )
    before = _tree(folder)
    with pytest.raises(RulesError) as error:
        gather_inputs(Request(folder, AS_OF))
    assert len(error.value.problems) >= 2
    assert _tree(folder) == before


def test_a_folder_is_a_competition_only_with_its_rules(tmp_path):
    for path, message in (
        (tmp_path / "nowhere", "flows.no_folder"),
        (tmp_path, "flows.no_competition"),
    ):
        with pytest.raises(CallError) as error:
            competition_folder(path)
        assert error.value.problems[0].message == message


def test_nothing_of_the_competitions_own_files_is_touched(folder):
    before = _tree(folder)
    _night(folder)
    after = _tree(folder)
    assert {name: after[name] for name in before} == before


def test_steps_run_in_the_order_of_the_contents_list(folder):
    names = []

    def noted(name, function):
        names.append(name)
        return function

    night.run_night(Request(folder, AS_OF), noted)
    steps = "pull read match compare validate settle fold results documents publish"
    assert names == steps.split()


def test_a_night_with_nothing_new_imports_no_heavy_library(folder):
    _night(folder)
    code = (
        "import sys; from pathlib import Path; from flows.night.night import run_night\n"
        "from flows.night.gather import Request\n"
        f"run_night(Request(Path({str(folder)!r}), '2022-05-16'))\n"
        "heavy = {'pandas', 'numpy', 'great_expectations', 'weasyprint', 'vl_convert', 'prefect'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_the_bureaus_page_says_what_to_do_now(folder):
    _night(folder)
    html = (folder / "published" / "index.html").read_text(encoding="utf-8")
    late = next(t for t in _checked(folder)["todo"] if t["rule"] == "late")
    assert (
        f"runs/{json.loads((folder / 'published' / 'checked.json').read_text())['run']}/index.html"
        in html
    )
    assert late["remedy"][:30] in html


def test_a_place_that_cannot_be_written_is_told_before_anything_is_computed(
    folder, bucket, monkeypatch
):
    rules = folder / "competition.toml"
    rules.write_text(
        rules.read_text() + f'[storage]\npublished = "{bucket}-that-is-not/published"\n'
    )
    monkeypatch.setattr("flows.night.compute.compute_results", lambda *_: pytest.fail("computed"))
    with pytest.raises(Unreachable) as refused:
        _night(folder)
    assert refused.value.problems[0].place == f"{bucket}-that-is-not/published"


def test_trying_whether_a_place_can_be_written_leaves_nothing_there(folder):
    _night(folder)
    assert sorted(path.name for path in (folder / "published").iterdir()) == [
        "checked.json",
        "current",
        "index.html",
        "runs",
    ]
