"""kipp explain on the small competition that is worked out on paper, and on one with everyday dirt
and hostile text.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

from flows.night.gather import Request
from flows.office.explain import explain_innovation, make_explanation
from flows.terminal import command
from reports.pages.explain.evidence import CellCorrection, RowPlace
from reports.pages.explain.explanation import Explanation
from reports.pages.explain.rows import AgencyMatch, CellReading
from tasks.errors import CallError
from tests.small.folder import ON_PAPER, copy_folder
from tests.small.night import publish_data

GOLDEN = Path(__file__).parents[2] / "golden" / "explain"
FORM, AGAIN = "submissions/formulir.csv", "submissions/formulir-2.csv"
ROWS = """\
submission_id,Timestamp,Judul Inovasi,Instansi,Kategori,Catatan bebas
K-06,2022-02-15 09:00:00,Pojok Baca,SD Negeri Contoh 1,Pendidikan,
K-11,2022-02-20 09:00:00,Lorong \x1b[2JHijau,Dinas Lingkungn Hidup,Pendidkan,=1+1
K-12,2022-02-21 09:00:00,Sungai Ceria,Dinas Kesehatan,Kesehatan,
K-13,2022-02-22 09:00:00,Sungai Cerdas,Dinas Kesehatan,,
K-14,2022-02-22 10:00:00,Rumah Data,Kantor Data,Kesehatan,
"""
CORRECTIONS = f"""\
submission,source,row,field,expected,value,reason,by,on
,{AGAIN},3,category,Pendidkan,Pendidikan,Salah ketik,Sekretariat,2022-03-17
K-12,,,title,Sungai Ceria,Sungai Ceria Kita,Judul lengkap,Sekretariat,2022-03-17
,scores/proposal/nilai.csv,10,signifikansi,60,61,Salah salin,Juri 2,2022-04-11
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small competition, published; no test changes it."""
    folder = copy_folder(ON_PAPER, tmp_path_factory.mktemp("small") / "kipp")
    publish_data(folder)
    return folder


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a second export and corrections, published; no test changes it."""
    folder = copy_folder(ON_PAPER, tmp_path_factory.mktemp("dirty") / "kipp")
    (folder / "inbox" / AGAIN).write_text(ROWS, encoding="utf-8")
    (folder / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8")
    publish_data(folder)
    return folder


def _explanation(folder: Path, asked: str) -> Explanation:
    return make_explanation(Request(folder), asked)


def _text(folder: Path, asked: str, as_json: bool = False) -> str:
    return explain_innovation(Request(folder), asked, as_json)


# --- the whole of it
# -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("submission", ["K-02", "K-05", "K-09"])
def test_the_phases_are_told_as_they_stand_in_the_golden_file(
    small: Path, submission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    text = _text(small, submission)
    phases = text[text.index("SELEKSI ADMINISTRASI") :]
    assert phases == (GOLDEN / f"{submission}.txt").read_text(encoding="utf-8")


def test_the_levels_of_a_nomination_are_told_beside_its_name_which_may_be_cut(small: Path) -> None:
    summary = _text(small, "K-09").partition("RINGKASAN")[2].partition("\n\n")[0]
    levels = [line[37:] for line in summary.splitlines() if line.startswith("  Nominasi ")]
    assert [line.partition(":")[0] for line in levels] == ["Provinsi", "Nasional"]


def test_every_score_of_the_small_competition_is_what_its_working_gives(small: Path) -> None:
    for submission in ("K-01", "K-02", "K-04", "K-05", "K-06", "K-09"):
        judged = [part for part in _explanation(small, submission).phases if part.kind == "judging"]
        assert [part.agrees for part in judged] == [True] * len(judged)


def test_the_sum_worked_out_on_paper_is_the_one_that_is_told(small: Path) -> None:
    part = next(part for part in _explanation(small, "K-09").phases if part.code == "proposal")
    assert [(sheet.judge, sheet.working.quotient.total, sheet.score) for sheet in part.sheets] == [
        ("Juri 1", "8720", "87.20"),
        ("Juri 2", "8110", "81.10"),
        ("Juri 3", "8055", "80.55"),
    ]
    assert (part.own.values, part.own.quotient.total, part.own.score) == (
        ("80.55", "81.1", "87.2"),
        "248.85",
        "82.95",
    )


def test_each_mark_names_its_file_row_and_heading(small: Path) -> None:
    part = next(part for part in _explanation(small, "K-02").phases if part.code == "proposal")
    sheet = part.sheets[1]
    assert sheet.place == RowPlace("scores/proposal/nilai.csv", 9)
    assert [(m.heading, m.text, m.mark) for m in sheet.marks] == [
        ("signifikansi", "90", "90"),
        ("kebaruan", "80", "80"),
        ("adaptabilitas", "75", "75"),
    ]


def test_sheets_that_are_left_out_say_why_and_show_their_cells(small: Path) -> None:
    part = next(part for part in _explanation(small, "K-05").phases if part.code == "proposal")
    left_out = [
        (sheet.judge, sheet.reason, [m.text for m in sheet.marks])
        for sheet in part.sheets
        if sheet.reason
    ]
    assert left_out == [
        ("Juri 2", "repeated_sheet", ["60", "60", "60"]),
        ("Juri 3", "incomplete_sheet", ["72", "", "80"]),
    ]


def test_the_last_row_of_a_check_counts_and_names_the_one_it_replaced(small: Path) -> None:
    part = next(
        part for part in _explanation(small, "sekolah sampah").phases if part.kind == "screening"
    )
    assert (part.place, part.earlier) == (
        RowPlace("screening/administrasi/cek.csv", 9),
        (RowPlace("screening/administrasi/cek.csv", 8),),
    )
    assert [(answer.text, answer.met) for answer in part.answers] == [("ya", True), ("ya", True)]


def test_a_replaced_row_stands_beside_the_one_that_counts(small: Path) -> None:
    rows = _explanation(small, "K-09").rows
    assert [(row.place.row, row.submission_id, row.counts, row.why) for row in rows] == [
        (4, "K-03", False, "replaced"),
        (10, "K-09", True, "last"),
    ]


def test_a_rejected_one_says_every_reason_and_remedy(small: Path) -> None:
    explained = _explanation(small, "taman pintar")
    assert [
        (problem.rule, problem.severity, bool(problem.remedy)) for problem in explained.problems
    ] == [("late", "error", True)]
    assert (explained.registration.status, explained.phases) == ("rejected", ())
    assert {check.rule for check in explained.checks if check.state == "failed"} == {"late"}


# --- cells
# --------------------------------------------------------------------------------------------------


def test_cells_are_shown_as_delivered_with_their_field_value_and_correction(dirty: Path) -> None:
    explained = _explanation(dirty, "K-11")
    read = {
        reading.field: reading
        for reading in explained.readings
        if reading.field not in ("submission_id", "submitted_at")
    }
    assert read["category"] == CellReading(
        "Kategori",
        "Pendidkan",
        "category",
        "Pendidikan",
        CellCorrection("Pendidkan", "Pendidikan", "Salah ketik", "Sekretariat", "2022-03-17"),
    )
    assert read[""] == CellReading("Catatan bebas", "=1+1", "", "", None)
    assert explained.match == AgencyMatch(
        "Dinas Lingkungn Hidup", "DLH", "Dinas Lingkungan Hidup", "approximate", "94.7"
    )


def test_a_correction_that_names_the_submission_is_told_at_its_row(dirty: Path) -> None:
    explained = _explanation(dirty, "sungai ceria kita")
    titles = [
        (r.delivered, r.value, r.correction is not None)
        for r in explained.readings
        if r.field == "title"
    ]
    assert titles == [("Sungai Ceria", "Sungai Ceria Kita", True)]


def test_a_correction_of_a_mark_is_told_at_the_mark(dirty: Path) -> None:
    part = next(part for part in _explanation(dirty, "K-05").phases if part.code == "proposal")
    replaced = next(sheet for sheet in part.sheets if sheet.place and sheet.place.row == 10)
    assert [mark.correction and mark.correction.value for mark in replaced.marks] == [
        "61",
        None,
        None,
    ]


def test_a_row_that_was_delivered_twice_names_the_other_place(dirty: Path) -> None:
    explained = _explanation(dirty, "K-06")
    assert [(row.place, row.copies) for row in explained.rows] == [
        (RowPlace(AGAIN, 2), (RowPlace(FORM, 7),))
    ]


def test_an_agency_that_nobody_knows_counts_for_nobody(dirty: Path) -> None:
    explained = _explanation(dirty, "K-14")
    assert (explained.match, explained.obligations) == (
        AgencyMatch("Kantor Data", "", "", "none", ""),
        (),
    )


def test_without_inbox_and_copies_the_sums_still_stand(small: Path, tmp_path: Path) -> None:
    folder = copy_folder(small, tmp_path / "kipp")
    shutil.rmtree(folder / ".kipp" / "raw")
    shutil.rmtree(folder / "inbox")
    explained = _explanation(folder, "K-02")
    part = next(part for part in explained.phases if part.code == "proposal")
    assert explained.absent == (
        "submissions/formulir.csv",
        "screening/administrasi/cek.csv",
        "scores/proposal/nilai.csv",
        "scores/presentasi/nilai.csv",
    )
    assert (explained.readings, explained.is_current, part.score, part.agrees) == (
        (),
        False,
        "81.25",
        True,
    )
    assert [(mark.mark, mark.heading) for mark in part.sheets[1].marks] == [
        ("90", ""),
        ("80", ""),
        ("75", ""),
    ]
    assert "formulir.csv tidak ada lagi di .kipp/raw" in _text(folder, "K-02")


# --- for a terminal and for a program
# --------------------------------------------------------------------------------


def test_hostile_text_cannot_steer_the_terminal(dirty: Path) -> None:
    for shown in (
        _text(dirty, "K-11"),
        _text(dirty, "K-11", as_json=True),
    ):
        assert all(c == "\n" or c.isprintable() for c in shown)


def test_json_has_the_numbers_as_they_are_published(small: Path) -> None:
    values = json.loads(_text(small, "K-02", as_json=True))
    part = next(part for part in values["phases"] if part["code"] == "presentasi")
    assert (part["kind"], part["rank"], part["score"], part["carry"]["total"]) == (
        "judging",
        2,
        "81.25",
        "81.25",
    )
    assert values["rows"][0]["submitted_at"] == "2022-02-11T09:00:00+07:00"
    assert re.fullmatch(r"20220601T235959-[0-9a-f]{8}", values["run"])


def test_a_newer_inbox_is_said(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_folder(small, tmp_path / "kipp")
    with (folder / "inbox" / FORM).open("a", encoding="utf-8") as file:
        file.write("K-20,2022-02-17 09:00:00,Baru,Kecamatan Sukun,Kesehatan\n")
    assert "inbox sekarang lebih baru" in _text(folder, "K-02")


def test_nothing_published_is_said(tmp_path: Path) -> None:
    folder = copy_folder(ON_PAPER, tmp_path / "kipp")
    with pytest.raises(CallError) as refused:
        _text(folder, "K-02")
    assert refused.value.problems[0].message == "flows.nothing_published"


def test_what_is_not_found_names_what_comes_near(dirty: Path) -> None:
    with pytest.raises(CallError) as refused:
        _text(dirty, "sungai")
    problem = refused.value.problems[0]
    assert (problem.message, problem.params["near"]) == (
        "explain.not_found.near",
        "K-12 (Sungai Ceria Kita); K-13 (Sungai Cerdas)",
    )


def test_what_is_near_nothing_is_not_found(small: Path) -> None:
    with pytest.raises(CallError) as refused:
        _text(small, "zzzzzz\x1b[2J")
    assert (refused.value.problems[0].message, refused.value.problems[0].params["asked"]) == (
        "explain.not_found",
        "zzzzzz\ufffd[2J",
    )


def test_the_command_prints_the_result_and_nothing_else_on_standard_output(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run(["explain", str(small), "k 02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["submission_id"] == "K-02"


def test_the_command_exits_with_two_for_what_it_does_not_find(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run(["explain", str(small), "zzzzzz"]) == 2
    assert capsys.readouterr().out == ""
