"""Judges' marks: a table of all, a sheet a judge, sheets filled in by hand."""

import pandas as pd
import pytest

from tasks.intake import marks
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES

PHASE = INTAKE_RULES.phase("proposal")
HEADINGS = [
    "Juri",
    "ID Inovasi",
    "Judul Inovasi",
    "Signifikansi",
    "Kebaruan/Nilai Tambah",
    "Catatan",
]
ROWS = [
    ["Juri 1", "DINKES-7K3Q", "Antrean", "87,5", "90", "baik"],
    ["Juri 2", "DINKES-7K3Q", "Antrean", "80", "", ""],
]
SHEET = [
    ["No", "submission", "title", "signifikansi", "kebaruan"],
    [1, "DINKES-7K3Q", "Antrean", 87.5, 90],
    [2, "DLH-22AB", "Kampung", None, None],
]


def read(content: bytes, name: str = "scores/proposal/nilai", judges: pd.DataFrame | None = None):
    return marks.read_marks([raw(name, content)], PHASE, INTAKE_RULES, judges)


def told(frame: pd.DataFrame, *columns: str) -> list[list]:
    return (
        frame[list(columns)]
        .astype("object")
        .where(frame[list(columns)].notna(), None)
        .values.tolist()
    )


def test_a_table_of_marks_is_a_row_a_judge_submission_and_criterion():
    found = read(csv_bytes([HEADINGS, *ROWS], ";"), "scores/proposal/nilai.csv")
    assert told(found.rows, *marks.MARK_COLUMNS) == [
        [
            "proposal",
            "scores/proposal/nilai.csv",
            2,
            "Juri 1",
            "DINKES-7K3Q",
            None,
            "baik",
            "signifikansi",
            "87,5",
        ],
        [
            "proposal",
            "scores/proposal/nilai.csv",
            2,
            "Juri 1",
            "DINKES-7K3Q",
            None,
            "baik",
            "kebaruan",
            "90",
        ],
        [
            "proposal",
            "scores/proposal/nilai.csv",
            3,
            "Juri 2",
            "DINKES-7K3Q",
            None,
            None,
            "signifikansi",
            "80",
        ],
        [
            "proposal",
            "scores/proposal/nilai.csv",
            3,
            "Juri 2",
            "DINKES-7K3Q",
            None,
            None,
            "kebaruan",
            None,
        ],
    ]
    assert found.findings.empty
    assert told(found.exports, "source", "table", "phase", "kind", "heading_row", "delivered") == [
        ["scores/proposal/nilai.csv", "marks", "proposal", "plain", 1, 2]
    ]


def test_a_sheet_without_a_column_of_judges_is_the_judges_whose_name_it_has():
    found = read(xlsx_bytes({"Juri 1": SHEET, "Juri 2": SHEET[:2]}))
    assert told(found.rows.drop_duplicates("source"), "source", "judge") == [
        ["scores/proposal/nilai#Juri 1", "Juri 1"],
        ["scores/proposal/nilai#Juri 2", "Juri 2"],
    ]
    assert found.findings.empty


@pytest.mark.parametrize(
    "above",
    [
        ["Nama Juri", ":", "Juri 7"],
        ["Nama Juri:", "Juri 7"],
        ["Nama Juri : Juri 7"],
        ["Juri", ": Juri 7"],
        ["", "Penilai:", "", "Juri 7"],
    ],
)
def test_a_name_over_the_headings_says_whose_sheet_it_is(above):
    found = read(xlsx_bytes({"Lembar1": [["LEMBAR PENILAIAN"], above, [], *SHEET]}))
    assert found.rows["judge"].unique().tolist() == ["Juri 7"]


@pytest.mark.parametrize(
    "name",
    ["Sheet1", "Sheet1 (2)", "Lembar1", "Tabelle 1", "Form Responses 1", "Jawaban Formulir 1"],
)
def test_a_name_that_a_program_gave_a_sheet_is_no_judges(name):
    found = read(xlsx_bytes({name: SHEET}))
    assert found.rows.empty
    assert told(found.findings, "rule", "table", "phase", "field") == [
        ["missing_required", "marks", "proposal", "judge"]
    ]


@pytest.mark.parametrize("name", ["Juri 1", "Ani", "1", "Formulir Ani", "Data Budi"])
def test_a_name_that_a_person_gave_a_sheet_is_a_judges(name):
    assert read(xlsx_bytes({name: SHEET})).rows["judge"].unique().tolist() == [name]


MICROSOFT = ["ID", "Start time", "Completion time", "Email", "Name"]
MICROSOFT_HEADINGS = [*MICROSOFT, "Judul Inovasi", "signifikansi", "kebaruan"]


def _sent_by(number, email, name):
    times = ["2022-04-01 09:00:00", "2022-04-01 09:05:00"]
    return [number, *times, email, name, "Antrean", 80, 90]


def test_the_judge_of_a_form_of_marks_is_the_sender_by_name_else_by_address():
    rows = [_sent_by(1, "satu@contoh.example", "Ani"), _sent_by(2, "dua@contoh.example", "")]
    found = read(xlsx_bytes({"Sheet1": [MICROSOFT_HEADINGS, *rows]}))
    assert found.rows["judge"].unique().tolist() == ["Ani", "dua@contoh.example"]
    assert "missing_required" not in set(found.findings["rule"])


def test_a_question_for_the_judges_name_wins_over_the_sender():
    headings = [*MICROSOFT_HEADINGS, "Nama Anda"]
    rows = [[*_sent_by(1, "kantor@contoh.example", "Kantor"), "Budi"]]
    found = read(xlsx_bytes({"Sheet1": [headings, *rows]}))
    assert found.rows["judge"].unique().tolist() == ["Budi"]


def test_marks_of_nobody_are_not_used_and_a_finding_says_that_no_heading_gives_the_judge():
    found = read(csv_bytes(SHEET))
    assert found.rows.empty
    assert told(found.findings, "rule", "table", "phase", "field") == [
        ["missing_required", "marks", "proposal", "judge"]
    ]


def test_a_criterion_that_no_heading_gives_is_a_finding():
    found = read(csv_bytes([[*row[:4], *row[5:]] for row in [HEADINGS, *ROWS]]))
    assert told(found.findings, "rule", "field") == [["missing_required", "kebaruan"]]
    assert found.findings["params"][0]["section"] == "forms.scores.proposal"
    assert found.rows["criterion"].tolist() == ["signifikansi", "kebaruan"] * 2


@pytest.mark.parametrize(
    ("heading", "criterion"),
    [
        ("signifikansi", "signifikansi"),
        ("SIGNIFIKANSI", "signifikansi"),
        ("Signifikansi (60%)", "signifikansi"),
        ("1. Signifikansi", "signifikansi"),
        ("Nilai Signifikansi", "signifikansi"),
        ("Significance", "signifikansi"),
        ("Signifikasi", "signifikansi"),
        ("Penilaian [Signifikansi]", "signifikansi"),
        ("Skor: signifikansi", "signifikansi"),
    ],
)
def test_a_criterion_is_told_by_code_or_name_in_both_languages(heading, criterion):
    found = read(csv_bytes([["juri", "id", heading], ["Juri 1", "DLH-22AB", "75"]]))
    assert told(found.rows.dropna(subset=["text"]), "criterion", "text") == [[criterion, "75"]]


def test_a_setting_says_which_criterion_a_heading_gives():
    forms = INTAKE_RULES.forms.model_copy(update={"scores": {"proposal": {"Kolom A": "kebaruan"}}})
    content = csv_bytes(
        [["juri", "id", "signifikansi", "Kolom A"], ["Juri 1", "DLH-22AB", "75", "80"]]
    )
    found = marks.read_marks(
        [raw("a", content)], PHASE, INTAKE_RULES.model_copy(update={"forms": forms})
    )
    assert (found.rows["text"].tolist(), len(found.findings)) == (["75", "80"], 0)


def test_a_sheet_is_about_an_id_else_about_a_title():
    rows = [
        ["juri", "id", "judul", "signifikansi", "kebaruan"],
        ["Juri 1", "DLH-22AB", "Kampung", "1", "2"],
        ["Juri 1", "", "Antrean", "3", "4"],
    ]
    assert read(csv_bytes(rows)).rows["submission"].unique().tolist() == [
        "DLH-22AB",
        "Antrean",
    ]


def test_a_row_without_a_mark_stays_and_what_is_written_under_the_table_does_not():
    below = [[], ["", "", "Malang, 4 April 2022"], ["", "", "Juri 1"]]
    sheet = [
        ["No", "ID", "Instansi", "Signifikansi", "Kebaruan"],
        [1, "DLH-22AB", "DLH", "", ""],
        *below,
    ]
    found = read(xlsx_bytes({"Juri 1": sheet}))
    assert told(found.rows, "row", "submission", "text") == [[2, "DLH-22AB", None]] * 2
    assert found.findings.empty


def test_a_summary_beside_the_judges_sheets_is_no_judges_sheet():
    assert read(xlsx_bytes({"Juri 1": SHEET, "Rekapitulasi": SHEET})).rows[
        "judge"
    ].unique().tolist() == ["Juri 1"]


@pytest.mark.parametrize("word", ["average", "Rata-rata", "Total", "Jumlah"])
def test_a_sheet_of_what_others_marks_come_to_is_no_judges_sheet(word):
    sums = [["ID", f"Signifikansi {word}", f"{word} kebaruan"], ["DINKES-7K3Q", 87.5, 90]]
    found = read(xlsx_bytes({"Juri 1": SHEET, "scoring": sums}))
    assert found.rows["judge"].unique().tolist() == ["Juri 1"]


def test_a_criterion_that_is_called_a_total_is_one():
    criterion = PHASE.criteria[0].model_copy(update={"name": {"id": "Jumlah penerima"}})
    phase = PHASE.model_copy(update={"criteria": [criterion, *PHASE.criteria[1:]]})
    content = csv_bytes(
        [["juri", "id", "Nilai jumlah penerima", "kebaruan"], ["Juri 1", "DLH-22AB", "75", "80"]]
    )
    assert marks.read_marks([raw("a", content)], phase, INTAKE_RULES).rows["text"].tolist() == [
        "75",
        "80",
    ]


def test_marks_under_a_heading_that_has_the_word_for_a_title_in_it_name_no_submission():
    rows = [
        ["Nama Juri", "Signifikansi", "Judul inovasi menarik"],
        *(["Juri 1", mark, mark] for mark in (4.5, 4)),
    ]
    found = read(xlsx_bytes({"Nilai": rows}))
    assert found.rows.empty
    assert "unreadable_file" in found.findings["rule"].tolist()


@pytest.mark.parametrize(
    "heading", ["Project", "Project Name (from Project)", "Ide Inovasi", "Nama Proyek"]
)
def test_a_submission_may_be_called_a_project(heading):
    content = csv_bytes(
        [["Judge Name", heading, "signifikansi", "kebaruan"], ["Juri 1", "Antrean", "4", "5"]]
    )
    assert read(content).rows["submission"].tolist() == ["Antrean", "Antrean"]


def test_a_sheet_that_no_judge_of_the_register_is_named_on_is_a_finding():
    register = pd.DataFrame({"judge": ["Juri 1", "Juri 2"], "aliases": ["J1", None]}, dtype="str")
    found = read(xlsx_bytes({"j1": SHEET, "Nilai akhir semua": SHEET}), judges=register)
    assert found.rows["judge"].unique().tolist() == ["j1"]
    assert told(found.findings, "rule", "source", "phase") == [
        ["unreadable_file", "scores/proposal/nilai#Nilai akhir semua", "proposal"]
    ]
    nobody = read(xlsx_bytes({"Ibu Ketua": SHEET, "Pak Anggota": SHEET}), judges=register)
    assert (nobody.rows["judge"].nunique(), len(nobody.findings)) == (2, 0)


def test_a_form_of_marks_is_read_as_any_form():
    table = [
        [
            "Timestamp",
            "Nama Juri",
            "Judul inovasi yang dinilai",
            "Nilai [Signifikansi]",
            "Nilai [Kebaruan]",
        ],
        ["05/04/2022 10:00:00", "Juri 1", "Antrean", "80", "70"],
        ["16/04/2022 10:00:00", "Juri 1", "Antrean", "85", "70"],
    ]
    found = read(csv_bytes(table))
    step = marks.type_marks(found.rows, INTAKE_RULES)
    typed, unclear = step.frame, step.findings
    assert typed["submitted_at"].map(lambda moment: moment.isoformat()).unique().tolist() == [
        "2022-04-05T10:00:00+07:00",
        "2022-04-16T10:00:00+07:00",
    ]
    assert told(typed, "judge", "submission", "criterion", "mark")[0] == [
        "Juri 1",
        "Antrean",
        "signifikansi",
        "80",
    ]
    assert (len(found.findings), len(unclear)) == (0, 0)


def test_typed_marks_are_exact_and_cells_that_give_none_are_findings():
    rows = [HEADINGS, *ROWS, ["Juri 3", "DLH-22AB", "Kampung", "sembilan", "75,25", ""]]
    step = marks.type_marks(read(csv_bytes(rows, ";")).rows, INTAKE_RULES)
    typed, unclear = step.frame, step.findings
    assert told(typed, "row", "criterion", "mark", "unreadable") == [
        [2, "signifikansi", "87.5", False],
        [2, "kebaruan", "90", False],
        [3, "signifikansi", "80", False],
        [3, "kebaruan", None, False],
        [4, "signifikansi", None, True],
        [4, "kebaruan", "75.25", False],
    ]
    assert told(unclear, "rule", "table", "phase", "row", "field", "value") == [
        ["unreadable_number", "marks", "proposal", 4, "signifikansi", "sembilan"]
    ]


def test_no_marks_at_all_are_an_empty_delivery():
    found = marks.read_marks([], PHASE, INTAKE_RULES)
    step = marks.type_marks(found.rows, INTAKE_RULES)
    typed, unclear = step.frame, step.findings
    assert (len(typed), len(found.findings), len(unclear), list(found.rows.columns)) == (
        0,
        0,
        0,
        list(marks.MARK_COLUMNS),
    )
    assert {"mark", "unreadable"} <= set(typed.columns)


@pytest.mark.parametrize(
    "name",
    ["Rekap", "REKAPITULASI PENILAIAN", "Rekap Akhir", "Rekap Nilai Juri", "Petunjuk Pengisian"],
)
def test_a_sheet_that_sums_up_all_judges_is_no_judges(name):
    found = read(xlsx_bytes({"Juri 1": SHEET, name: SHEET}))
    assert found.rows["judge"].unique().tolist() == ["Juri 1"]


@pytest.mark.parametrize("name", ["Rekap Juri 1", "Nilai Akhir", "Rekap B. Santoso"])
def test_a_sheet_that_may_be_one_judges_is_read(name):
    assert read(xlsx_bytes({name: SHEET})).rows["judge"].unique().tolist() == [name]


def test_weights_between_headings_and_marks_are_nobodys_marks():
    found = read(xlsx_bytes({"Juri 1": [SHEET[0], ["Bobot", "", "", 60, 40], *SHEET[1:]]}))
    assert found.rows["row"].unique().tolist() == [3, 4]
    assert [params["texts"] for params in found.findings["params"]] == ['"Bobot"']
