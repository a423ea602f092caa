"""Where the headings of a sheet are: under titles, in two rows, merged, or in no row at all."""

import pytest

from tasks.intake import submissions
from tests.small.exports import csv_bytes, raw
from tests.small.rules import INTAKE_RULES
from tests.tasks.intake.tables.test_sheet_tables import HEADINGS, ROWS, given, table


def test_headings_in_the_first_row_head_all_rows_below():
    found = table(HEADINGS, *ROWS)
    assert (found.kind, found.heading_row, list(found.body.index)) == ("plain", 1, [2, 3])
    assert given(found) == {"title": "Judul Inovasi", "agency": "Instansi", "category": "Kategori"}


@pytest.mark.parametrize(
    "titles", [[["REKAP INOVASI"]], [["REKAP"], [], ["Tahun", "2022"]], [[], []]]
)
def test_titles_and_blank_rows_above_the_headings_are_no_rows(titles):
    found = table(*titles, HEADINGS, *ROWS)
    assert found.heading_row == len(titles) + 1
    assert list(found.body.index) == [len(titles) + 2, len(titles) + 3]
    assert len(found.above) == len(titles)


def test_headings_in_two_rows_are_read_together():
    found = table(
        ["No", "Judul", "Asal", "", "Ket"],
        ["", "", "Perangkat Daerah", "Kategori", ""],
        ["1", "Antrean", "Dinas", "Kesehatan", "x"],
    )
    assert found.heading_row == 1
    assert given(found) == {
        "title": "Judul",
        "agency": "Asal [Perangkat Daerah]",
        "category": "Asal [Kategori]",
    }
    assert list(found.body.index) == [3]


def test_a_heading_merged_over_two_rows_is_one_heading():
    found = table(
        ["No", "Judul", "Asal", ""],
        ["No", "Judul", "Perangkat Daerah", "Kategori"],
        ["1", "Antrean", "Dinas", "Kesehatan"],
    )
    assert given(found) == {"title": "Judul", "agency": "Perangkat Daerah", "category": "Kategori"}
    assert list(found.body.index) == [3]


def test_answers_that_name_fields_are_not_taken_for_headings():
    found = table(
        HEADINGS, ["1", "Judul", "Instansi", "Kategori"], ["2", "Ringkasan", "OPD", "Video"]
    )
    assert (found.heading_row, list(found.body.index)) == (1, [2, 3])


def test_a_sheet_without_a_known_heading_has_its_first_full_row_as_headings():
    found = table(["Keterangan"], ["Warna", "Ukuran", "Berat"], ["merah", "1", "2"])
    assert (found.heading_row, found.fields, list(found.body.index)) == (2, set(), [3])


@pytest.mark.parametrize(
    "over", [["Juri: Juri Satu", "", "", ""], ["Nama Juri", "Juri Satu", "", ""]]
)
def test_a_line_of_text_right_over_the_headings_is_no_group_of_headings(over):
    headings = ["ID", "Judul", "Kategori", "Total"]
    found = table(over, headings, ["1", "Antrean", "satu", "9"])
    assert (found.heading_row, [column.heading for column in found.columns]) == (2, headings)


@pytest.mark.parametrize(
    "answer",
    ["Instagram, TikTok, WhatsApp", "Kategori inovasi", "Dinas Kesehatan", "email", "0341 000001"],
)
def test_a_first_answer_that_is_a_word_of_headings_is_no_second_row_of_them(answer):
    table = [
        ["Judul Inovasi", "Instansi", "Media yang dipakai"],
        ["Antrean", "Dinas", answer],
        ["B", "C", "-"],
    ]
    rows = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes(table))], INTAKE_RULES
    ).rows
    assert rows[["row", "title", "agency"]].values.tolist() == [
        [2, "Antrean", "Dinas"],
        [3, "B", "C"],
    ]
