"""What tells forms and answered forms apart."""

import datetime as dt

import pytest

from tasks.intake import submissions
from tests.small.exports import clock, csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES
from tests.tasks.intake.test_submissions import read

HEADINGS = [
    "Timestamp",
    "Judul",
    "Instansi",
    "Tanggal Mulai",
    "Anggaran",
    "Setuju",
    "Tanggal surat",
]
AS_TEXT = [
    ["15/02/2022 08:30:00", "Antrean", "Dinas", "15/03/2020", "87,50", "TRUE", "20/01/2022"],
    ["16/02/2022 09:00:00", "Kampung", "DLH", "20/04/2021", "5", "FALSE", "21/01/2022"],
]
AS_VALUES = [
    [
        clock(2022, 2, 15, 8, 30, 0, 400_000),
        "Antrean",
        "Dinas",
        dt.date(2020, 3, 15),
        87.5,
        True,
        dt.date(2022, 1, 20),
    ],
    [clock(2022, 2, 16, 9), "Kampung", "DLH", dt.date(2021, 4, 20), 5, False, dt.date(2022, 1, 21)],
]


def rows(content: bytes):
    return submissions.read_submissions([raw("submissions/a", content)], INTAKE_RULES).rows


def test_the_csv_and_the_workbook_of_one_form_have_the_same_cells():
    from_csv, from_workbook = (
        rows(csv_bytes([HEADINGS, *AS_TEXT], ";")),
        rows(xlsx_bytes({"A": [HEADINGS, *AS_VALUES]})),
    )
    assert from_csv["cells"].tolist() == from_workbook["cells"].tolist()
    assert from_csv["form"].tolist() == from_workbook["form"].tolist()


def test_the_csv_and_the_workbook_of_the_cases_have_the_same_cells():
    for csv, workbook in (
        ("google-forms-csv", "google-forms-xlsx"),
        ("kobo-csv", "kobo-xlsx"),
        ("plain-utf16-tabs", "plain-ods"),
        ("plain-ods", "plain-xls"),
    ):
        assert read(csv)[0].rows["cells"].tolist() == read(workbook)[0].rows["cells"].tolist()


@pytest.mark.parametrize("column", range(len(HEADINGS)))
def test_any_cell_that_changes_changes_the_row_and_no_other(column):
    changed = [[*row] for row in AS_TEXT]
    changed[0][column] = {
        0: "15/02/2022 08:30:01",
        3: "16/03/2020",
        4: "87,51",
        6: "22/01/2022",
    }.get(column, "lain")
    before, after = (
        rows(csv_bytes([HEADINGS, *table], ";"))["cells"].tolist() for table in (AS_TEXT, changed)
    )
    assert (before[0] == after[0], before[1] == after[1]) == (False, True)


def test_the_order_of_columns_an_added_empty_one_and_a_counter_play_no_part():
    order = [2, 0, 1, 3, 6, 5, 4]
    turned = [
        ["No", *(row[i] for i in order), extra]
        for row, extra in zip([HEADINGS, *AS_TEXT], ["Baru", "", ""], strict=True)
    ]
    turned[1][0], turned[2][0] = "7", "8"
    turned[0][0] = "No"
    as_google = [[row[2], *row[:2], *row[3:]] for row in turned]
    assert (
        rows(csv_bytes(as_google))["cells"].tolist()
        == rows(csv_bytes([HEADINGS, *AS_TEXT]))["cells"].tolist()
    )


def test_cells_that_change_columns_are_not_the_same():
    swapped = [[*row[:1], row[2], row[1], *row[3:]] for row in AS_TEXT]
    assert (
        rows(csv_bytes([HEADINGS, *swapped]))["cells"][0]
        != rows(csv_bytes([HEADINGS, *AS_TEXT]))["cells"][0]
    )


def test_a_question_that_is_added_leaves_a_form_the_same_and_another_title_s_wording_does_not():
    before = rows(csv_bytes([HEADINGS, *AS_TEXT]))
    more = [
        [*row, extra]
        for row, extra in zip([HEADINGS, *AS_TEXT], ["Pertanyaan baru", "x", "y"], strict=True)
    ]
    other = [[heading.replace("Judul", "Judul inovasi") for heading in HEADINGS], *AS_TEXT]
    assert rows(csv_bytes(more))["form"].tolist() == before["form"].tolist()
    assert rows(csv_bytes(other))["form"][0] != before["form"][0]


def test_kobo_numbers_responses_once_for_all_of_its_forms():
    assert (
        read("kobo-csv")[0].rows["form"].unique().tolist()
        == read("kobo-dotted")[0].rows["form"].unique().tolist()
    )


@pytest.mark.parametrize(
    "stamp", ["2022-02-15T08:30:00+07:00", "2022-02-15T01:30:00Z", "2022/02/15 8:30:00 AM GMT+7"]
)
def test_one_moment_with_another_offset_is_the_same_cell(stamp):
    with_offset = [[stamp, *AS_TEXT[0][1:]]]
    local, moved = (
        rows(csv_bytes([HEADINGS, *table], ";"))["cells"].tolist()
        for table in (AS_TEXT[:1], with_offset)
    )
    assert local == moved


def test_kobos_time_without_an_offset_is_the_moment_in_utc_that_another_export_writes_out():
    headings = ["_id", "_uuid", "_submission_time", "judul", "instansi", "kategori"]
    bare, written_out = (
        rows(csv_bytes([headings, ["7", "u-7", stamp, "Antrean", "Dinas", "satu"]]))[
            "cells"
        ].tolist()
        for stamp in ("2022-02-15T01:30:00", "2022-02-15T01:30:00+00:00")
    )
    assert bare == written_out
