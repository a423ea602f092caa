"""kipp sheets: its workbooks, filled in by hand and returned to the inbox, are read without a
finding.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from flows.night import compute
from flows.night.gather import Request, gather_inputs
from flows.office import sheets
from tasks.disk.folder import load_competition
from tasks.disk.raw_copies import raw_file
from tasks.errors import CallError, NotPublished
from tasks.intake import marks, screening
from tests.small.folder import ON_PAPER, copy_folder
from tests.small.night import AFTER, publish_data
from tests.small.results import read_results


@pytest.fixture
def unpublished(tmp_path: Path) -> Path:
    """The small competition, nothing published."""
    return copy_folder(ON_PAPER, tmp_path / "kipp")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small competition, published once for all tests; never changed."""
    folder = copy_folder(ON_PAPER, tmp_path_factory.mktemp("once") / "kipp")
    publish_data(folder)
    return folder


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    """The small competition, published."""
    return copy_folder(once, tmp_path / "kipp")


def written(folder: Path, phase: str) -> Path:
    return sheets.write_sheets(Request(folder), phase, folder / "out" / f"{phase}.xlsx")


def heads(sheet: Any) -> dict[str, int]:
    """The columns of a sheet by heading; the headings stand where the ids begin."""
    row = next(row for row in sheet.iter_rows() if row[0].value == "ID")
    return {cell.value: cell.column for cell in row}


def fill(path: Path, say: Callable[[str, int], Any]) -> Path:
    """The workbook filled in, only where nothing is locked; `say` gives what is typed by heading
    and row.
    """
    book = openpyxl.load_workbook(path)
    for sheet in book:
        names = {column: heading for heading, column in heads(sheet).items()}
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    cell.value = say(names[cell.column], cell.row)
    book.save(path)
    return path


def listed(path: Path) -> dict[str, list[str]]:
    """The ids of each sheet."""
    book = openpyxl.load_workbook(path)
    rows_by_title = {}
    for sheet in book:
        start = next(row[0].row for row in sheet.iter_rows() if row[0].value == "ID")
        rows_by_title[sheet.title] = [
            row[0].value for row in sheet.iter_rows(min_row=start + 1) if row[0].value
        ]
    return rows_by_title


def test_each_judge_has_a_sheet_with_those_who_entered_but_for_conflicts_of_interest(
    folder: Path,
) -> None:
    everybody = ["K-01", "K-02", "K-05", "K-04", "K-06", "K-09"]
    assert listed(written(folder, "proposal")) == {
        "Juri 1": ["K-05", "K-04", "K-06", "K-09"],
        "Juri 2": everybody,
        "Juri 3": everybody,
    }


def test_assignments_say_who_marks_what(folder: Path) -> None:
    text = (
        "phase;judge;submission\nproposal;Juri 3;pendidikan\nproposal;Juri 2;Sukun "
        "Sehat\npresentasi;Juri 1;*\n"
    )
    (folder / "assignments.csv").write_text(text, encoding="utf-8")
    assert listed(written(folder, "proposal")) == {
        "Juri 3": ["K-04", "K-06", "K-09"],
        "Juri 2": ["K-05"],
    }


def test_marks_filled_in_by_hand_are_read_without_a_finding(folder: Path) -> None:
    path = fill(
        written(folder, "proposal"),
        lambda heading, row: "baik" if heading == "Catatan" else 70 + row + 0.25,
    )
    competition = load_competition(folder)
    delivery = marks.read_marks(
        [raw_file(path, "scores/proposal/isian.xlsx", "0")],
        competition.phase("proposal"),
        competition,
    )
    step = marks.type_marks(delivery.rows, competition)
    typed, findings = step.frame, step.findings
    assert (list(delivery.findings["rule"]), list(findings["rule"])) == ([], [])
    assert set(zip(typed["judge"], typed["source"], strict=True)) == {
        (f"Juri {n}", f"scores/proposal/isian.xlsx#Juri {n}") for n in (1, 2, 3)
    }
    assert len(typed) == (4 + 6 + 6) * 3
    first = typed[typed["row"] == typed["row"].min()]
    assert set(first["mark"]) == {f"{70 + typed['row'].min()}.25"}
    assert set(typed["note"]) == {"baik"}


def marked(folder: Path, *paths: Path) -> dict[tuple[str, str, str], str]:
    """The marks that are read from the files, by judge, submission and criterion; there must be no
    finding.
    """
    competition = load_competition(folder)
    raws = [raw_file(path, f"scores/proposal/{path.name}", "0") for path in paths]
    delivery = marks.read_marks(raws, competition.phase("proposal"), competition)
    step = marks.type_marks(delivery.rows, competition)
    typed, findings = step.frame, step.findings
    assert (delivery.findings["rule"].tolist(), findings["rule"].tolist()) == ([], [])
    rows = typed[typed["mark"].notna()].set_index(["judge", "submission", "criterion"])["mark"]
    assert rows.index.is_unique
    return rows.to_dict()


def typed_marks(heading: str, row: int) -> float | None:
    """What a judge types: a mark for each criterion and row, but for every third row."""
    return None if heading == "Catatan" or row % 3 == 0 else row + len(heading) / 8


def without_heads(book: Any) -> None:
    for sheet in book:
        sheet.delete_rows(1, heads_at(sheet) - 1)


def renamed(book: Any) -> None:
    without_heads(book)
    for number, sheet in enumerate(book.worksheets, start=1):
        sheet.title = f"Sheet{number}"


def sorted_by_title(book: Any) -> None:
    for sheet in book:
        put(sheet, sorted(body(sheet), key=lambda row: row[1], reverse=True))


def split_over_sheets(book: Any) -> None:
    for sheet in book.worksheets:
        rows = body(sheet)
        second = book.copy_worksheet(sheet)
        second.title = f"lanjutan {sheet.title}"
        put(sheet, rows[:2])
        put(second, rows[2:])


def in_one_sheet(book: Any) -> None:
    """Each judge's sheet under the one before, with all that stands over it."""
    first, *others = book.worksheets
    for other in others:
        first.append([])
        for row in other.iter_rows(values_only=True):
            first.append(row)
        book.remove(other)


def rows_in_one_sheet(book: Any) -> None:
    first, *others = book.worksheets
    for other in others:
        for row in body(other):
            first.append(row)
        book.remove(other)


def with_numbered_rows(book: Any) -> None:
    for sheet in book:
        head = heads_at(sheet)
        sheet.insert_cols(1)
        sheet.cell(head, 1).value = "No"
        for row in range(head + 1, sheet.max_row + 1):
            sheet.cell(row, 1).value = row - head


def heads_at(sheet: Any) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == "ID")


def body(sheet: Any) -> list[list[Any]]:
    rows = sheet.iter_rows(min_row=heads_at(sheet) + 1, values_only=True)
    return [list(row) for row in rows if row[0]]


def put(sheet: Any, rows: list[list[Any]]) -> None:
    start = heads_at(sheet) + 1
    sheet.delete_rows(start, sheet.max_row)
    for number, row in enumerate(rows, start=start):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


@pytest.mark.parametrize(
    "change",
    [
        without_heads,
        renamed,
        sorted_by_title,
        split_over_sheets,
        in_one_sheet,
        rows_in_one_sheet,
        with_numbered_rows,
    ],
)
def test_whatever_people_do_with_the_sheets_the_marks_are_the_same(
    folder: Path, change: Callable[[Any], None]
) -> None:
    path = fill(written(folder, "proposal"), typed_marks)
    as_made = marked(folder, path)
    book = openpyxl.load_workbook(path)
    change(book)
    changed = path.with_name("Nilai juri (final) 2.xlsx")
    book.save(changed)
    assert len({key[:2] for key in as_made}) == 3 + 4 + 4
    assert marked(folder, changed) == as_made


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_saved_by_libreoffice_in_every_form_the_marks_are_the_same(
    folder: Path, tmp_path: Path
) -> None:
    path = fill(written(folder, "proposal"), typed_marks)
    as_made = marked(folder, path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    # ; and cp1252
    all_sheets = "csv:Text - txt - csv (StarCalc):59,34,1,1,,1057,false,true,false,false,false,-1"
    for form in ("xlsx", "ods", "xls", all_sheets):
        out = tmp_path / form[:4]
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(out),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert marked(folder, *sorted(out.iterdir())) == as_made, form


def test_a_sheet_filled_in_partly_leaves_the_other_rows_as_not_filled_in(folder: Path) -> None:
    path = fill(
        written(folder, "proposal"),
        lambda heading, row: 80 if row == 8 and heading != "Catatan" else None,
    )
    (folder / "inbox" / "scores" / "proposal" / "nilai.csv").unlink()
    shutil.copy(path, folder / "inbox" / "scores" / "proposal" / "isian.xlsx")
    results = compute.compute_results(gather_inputs(Request(folder, AFTER)))
    of_phase = results["sheets"][results["sheets"]["phase"] == "proposal"]
    assert sorted(zip(of_phase["judge"], of_phase["sheet_status"], strict=True))[:1] == [
        ("Juri 1", "missing")
    ]
    assert (of_phase["sheet_status"] == "used").sum() == 3
    assert "incomplete_sheet" not in set(results["findings"]["rule"])


def test_answers_chosen_by_hand_are_read_without_a_finding(folder: Path) -> None:
    answers = {"Surat pernyataan": "ya", "Video": "tidak", "Catatan": None}
    path = fill(written(folder, "administrasi"), lambda heading, row: answers[heading])
    competition = load_competition(folder)
    delivery = screening.read_answers(
        [raw_file(path, "screening/administrasi/x.xlsx", "0")],
        competition.phase("administrasi"),
        competition,
    )
    step = screening.type_answers(delivery.rows, competition)
    typed, findings = step.frame, step.findings
    assert (list(delivery.findings["rule"]), list(findings["rule"])) == ([], [])
    pairs = typed[["requirement", "answer"]].drop_duplicates().itertuples(index=False, name=None)
    assert sorted(pairs) == [("surat", True), ("video", False)]
    assert len(typed) == 7 * 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_name_that_no_sheet_can_have_is_read_whole(folder: Path, language: str) -> None:
    judges = ["Dr. Ir. Juri Dengan Nama Yang Panjang Sekali, M.Si.", "Juri A/B", "Juri [3]: ketua"]
    (folder / "judges.csv").write_text(
        "name\n" + "\n".join(f'"{name}"' for name in judges), encoding="utf-8"
    )
    toml = (folder / "competition.toml").read_text(encoding="utf-8")
    (folder / "competition.toml").write_text(
        toml.replace('language = "id"', f'language = "{language}"'), encoding="utf-8"
    )
    path = fill(
        written(folder, "proposal"),
        lambda heading, row: None if heading in ("Catatan", "Note") else 80,
    )
    competition = load_competition(folder)
    delivery = marks.read_marks(
        [raw_file(path, "scores/proposal/x.xlsx", "0")], competition.phase("proposal"), competition
    )
    assert list(delivery.findings["rule"]) == []
    assert list(dict.fromkeys(delivery.rows["judge"])) == judges


def test_the_same_call_gives_the_same_bytes(folder: Path) -> None:
    again = sheets.write_sheets(Request(folder), "proposal", folder / "out" / "again.xlsx")
    assert written(folder, "proposal").read_bytes() == again.read_bytes()


def test_the_name_is_the_phases_in_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert sheets.write_sheets(Request(folder), "proposal", None) == folder / "proposal.xlsx"


def test_a_file_that_is_there_is_never_written_over(folder: Path) -> None:
    path = written(folder, "proposal")
    path.write_bytes(b"marks")
    with pytest.raises(CallError) as refused:
        written(folder, "proposal")
    assert (refused.value.problems[0].message, path.read_bytes()) == ("sheets.exists", b"marks")


def test_before_the_first_run_the_exports_tell_who_entered(unpublished: Path) -> None:
    assert listed(written(unpublished, "administrasi")) == {
        "Seleksi administrasi": ["K-08", "K-01", "K-02", "K-05", "K-04", "K-06", "K-09"]
    }
    assert not (unpublished / "published").exists()


def test_before_the_first_run_a_critical_finding_is_said(unpublished: Path) -> None:
    (unpublished / "agencies.csv").write_text("code,name\n", encoding="utf-8")
    with pytest.raises(NotPublished) as refused:
        written(unpublished, "administrasi")
    assert refused.value.problems[0].message == "sheets.withheld"


@pytest.mark.parametrize("phase", ["pendaftaran", "nominasi", "propsal"])
def test_other_phases_have_no_sheets(folder: Path, phase: str) -> None:
    with pytest.raises(CallError) as refused:
        written(folder, phase)
    assert refused.value.problems[0].params == {
        "phase": phase,
        "known": "administrasi, proposal, presentasi",
    }


def test_a_phase_that_nobody_entered_says_when_that_is_settled(unpublished: Path) -> None:
    folder = unpublished
    publish_data(folder, "2022-03-20")
    with pytest.raises(CallError) as refused:
        written(folder, "proposal")
    problem = refused.value.problems[0]
    assert (problem.message, problem.params) == (
        "sheets.nobody_entered",
        {
            "before": "Seleksi administrasi",
            "closes": "22 Maret 2022 pukul 23.59 WIB",
            "as_of": "20 Maret 2022 pukul 23.59 WIB",
        },
    )


def test_without_judges_it_says_where_to_name_them(folder: Path) -> None:
    (folder / "judges.csv").unlink()
    with pytest.raises(CallError) as refused:
        written(folder, "proposal")
    assert refused.value.problems[0].message == "sheets.no_judges"


def test_assignments_that_leave_nothing_are_said(folder: Path) -> None:
    (folder / "assignments.csv").write_text(
        "phase,judge,submission\nproposal,Juri 1,K-01\n", encoding="utf-8"
    )
    with pytest.raises(CallError) as refused:
        written(folder, "proposal")
    assert refused.value.problems[0].message == "sheets.nothing_assigned"


def test_a_broken_register_is_said(folder: Path) -> None:
    (folder / "agencies.csv").write_text("code,name\n", encoding="utf-8")
    with pytest.raises(CallError) as refused:
        written(folder, "proposal")
    assert refused.value.problems[0].message == "sheets.broken_register"


def test_those_who_entered_are_listed_by_category_and_title(folder: Path) -> None:
    results = read_results(folder / "published" / "current" / "data")
    inside = sheets.entered_submissions(results, results.competition.phase("proposal"))
    assert list(zip(inside["category"], inside["title"], strict=True)) == [
        ("kesehatan", "Jarik Ma'Siti"),
        ("kesehatan", "Posyandu Remaja Ceria"),
        ("kesehatan", "Sukun Sehat"),
        ("pendidikan", "Kelas Inspirasi"),
        ("pendidikan", "Pojok Baca"),
        ("pendidikan", "SEKOLAH SAMPAH"),
    ]
    assert isinstance(inside, pd.DataFrame)
