"""The administrative check: a row a submission, a column a requirement."""

import pandas as pd
import pytest

from tasks.intake import screening
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES

PHASE = INTAKE_RULES.phase("administrasi")
TABLE = [
    ["No", "ID", "Judul Inovasi", "Instansi", "Surat pernyataan", "Video", "Keterangan"],
    ["1", "DINKES-7K3Q", "Antrean", "Dinas", "lengkap", "ada", ""],
    ["2", "DLH-22AB", "Kampung", "DLH", "Tidak lengkap", "ya", "tanda tangan"],
    ["3", "", "Perpustakaan", "Dinas", "", "lihat catatan", ""],
]


def read(content: bytes):
    return screening.read_answers([raw("screening/administrasi/cek", content)], PHASE, INTAKE_RULES)


def told(frame: pd.DataFrame, *columns: str) -> list[list]:
    return (
        frame[list(columns)]
        .astype("object")
        .where(frame[list(columns)].notna(), None)
        .values.tolist()
    )


@pytest.mark.parametrize(
    "content",
    [csv_bytes(TABLE, ";"), csv_bytes(TABLE, encoding="utf-16"), xlsx_bytes({"Lembar1": TABLE})],
)
def test_a_check_is_a_row_a_submission_and_requirement_and_its_answer_yes_no_or_unclear(content):
    found = read(content)
    step = screening.type_answers(found.rows, INTAKE_RULES)
    typed, unclear = step.frame, step.findings
    assert told(typed, "phase", "row", "submission", "note", "requirement", "text", "answer") == [
        ["administrasi", 2, "DINKES-7K3Q", None, "surat_pernyataan", "lengkap", True],
        ["administrasi", 2, "DINKES-7K3Q", None, "video", "ada", True],
        ["administrasi", 3, "DLH-22AB", "tanda tangan", "surat_pernyataan", "Tidak lengkap", False],
        ["administrasi", 3, "DLH-22AB", "tanda tangan", "video", "ya", True],
        ["administrasi", 4, "Perpustakaan", None, "surat_pernyataan", None, None],
        ["administrasi", 4, "Perpustakaan", None, "video", "lihat catatan", None],
    ]
    assert (len(found.findings), len(unclear)) == (0, 0)
    assert told(found.exports, "table", "phase", "delivered") == [["screening", "administrasi", 3]]


def test_a_requirement_that_no_heading_gives_is_a_finding_and_its_answers_are_empty():
    found = read(csv_bytes([["ID", "Video"], ["DLH-22AB", "ya"]]))
    assert told(found.findings, "rule", "table", "phase", "field") == [
        ["missing_required", "screening", "administrasi", "surat_pernyataan"]
    ]
    assert told(found.rows, "requirement", "text") == [["surat_pernyataan", None], ["video", "ya"]]


def test_ticks_of_a_spreadsheet_are_answers():
    found = read(
        xlsx_bytes(
            {"A": [["ID", "surat_pernyataan", "video"], ["DLH-22AB", True, False], ["X-1", 1, 0]]}
        ),
    )
    assert screening.type_answers(found.rows, INTAKE_RULES).frame["answer"].tolist() == [
        True,
        False,
        True,
        False,
    ]


def test_a_file_that_is_no_check_is_a_finding_of_the_phase():
    found = read(csv_bytes([["Warna", "Ukuran"], ["merah", "1"]]))
    assert told(found.findings, "rule", "phase", "source") == [
        ["unreadable_file", "administrasi", "screening/administrasi/cek"]
    ]
    assert found.rows.empty


def test_no_checks_at_all_are_an_empty_delivery():
    found = screening.read_answers([], PHASE, INTAKE_RULES)
    step = screening.type_answers(found.rows, INTAKE_RULES)
    typed, unclear = step.frame, step.findings
    assert (len(typed), len(found.findings), len(unclear), list(found.rows.columns)) == (
        0,
        0,
        0,
        list(screening.ANSWER_COLUMNS),
    )
    assert str(typed["answer"].dtype) == "boolean"
