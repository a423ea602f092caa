"""Where the table stands on a sheet: titles above it, headings in two rows, merged, repeated,
sideways.
"""

import pandas as pd
import pytest

from tasks.intake import submissions
from tasks.intake.files.grid import Grid
from tasks.intake.tables import heading_row
from tests.tasks.intake.test_submissions import RULES

NAMES = submissions.submission_heading_names(RULES)
HEADINGS = ["No", "Judul Inovasi", "Instansi", "Kategori"]
ROWS = [["1", "Antrean", "Dinas Kesehatan", "Kesehatan"], ["2", "Kampung", "DLH", "Lingkungan"]]


def table(*rows: list[str]) -> heading_row.DeliveredTable:
    width = max(len(row) for row in rows)
    cells = [[*(text or None for text in row), *[None] * (width - len(row))] for row in rows]
    grid = pd.DataFrame(cells, index=pd.RangeIndex(1, len(rows) + 1), dtype="str")
    return heading_row.find_table(Grid("submissions/a.xlsx", grid, "Data"), NAMES)


def given(found: heading_row.DeliveredTable) -> dict[str, str]:
    return {column.claim.field: column.heading for column in found.columns if column.claim.field}


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


def test_a_row_that_counts_the_columns_is_no_row_and_headings_repeated_on_each_page_are_none():
    found = table(HEADINGS, ["(1)", "(2)", "(3)", "(4)"], ROWS[0], HEADINGS, ROWS[1])
    assert list(found.body.index) == [3, 5]


def test_blank_rows_inside_a_table_count_and_are_no_rows():
    assert list(table(HEADINGS, ROWS[0], [], [], ROWS[1]).body.index) == [2, 5]


def test_answers_that_name_fields_are_not_taken_for_headings():
    found = table(
        HEADINGS, ["1", "Judul", "Instansi", "Kategori"], ["2", "Ringkasan", "OPD", "Video"]
    )
    assert (found.heading_row, list(found.body.index)) == (1, [2, 3])


def test_a_sheet_that_runs_sideways_is_turned_and_its_rows_are_columns():
    found = table(
        ["Judul", "Antrean", "Kampung"],
        ["Instansi", "Dinas", "DLH"],
        ["Kategori", "Kesehatan", ""],
        ["Ringkasan", "a", "b"],
    )
    assert (found.kind, found.heading_row, list(found.body.index)) == ("plain", None, [2, 3])
    assert found.body.astype("object").where(found.body.notna(), "").values.tolist() == [
        ["Antrean", "Dinas", "Kesehatan", "a"],
        ["Kampung", "DLH", "", "b"],
    ]


def test_the_two_columns_of_one_proposal_are_one_row_without_a_number():
    found = table(
        ["Proposal"],
        ["Data", "Deskripsi"],
        ["Judul Inovasi", "Antrean"],
        ["Instansi", "Dinas"],
        ["Kategori Inovasi", "Kesehatan"],
        ["Ringkasan", ""],
    )
    assert (found.kind, found.heading_row, found.body.index.isna().tolist()) == (
        "province",
        2,
        [True],
    )
    assert given(found) == {
        "title": "Judul Inovasi",
        "agency": "Instansi",
        "category": "Kategori Inovasi",
        "summary": "Ringkasan",
    }


def test_a_table_of_two_rows_is_not_taken_for_one_that_runs_sideways():
    assert (
        table(
            ["Judul", "Instansi", "Kategori", "Ringkasan"], ["Antrean", "Dinas", "Kesehatan", "a"]
        ).heading_row
        == 1
    )


def test_a_sheet_without_a_known_heading_has_its_first_full_row_as_headings():
    found = table(["Keterangan"], ["Warna", "Ukuran", "Berat"], ["merah", "1", "2"])
    assert (found.heading_row, found.fields, list(found.body.index)) == (2, set(), [3])


def test_the_column_of_each_choice_gives_nothing_beside_the_column_of_all():
    found = table(
        ["judul", "sdgs", "sdgs/3", "sdgs/10", "_id", "_uuid", "_submission_time"],
        ["Antrean", "3 10", "1", "1", "7", "u", "2022-02-01T00:00:00"],
    )
    assert [column.heading for column in found.columns if column.claim.field == "sdgs"] == ["sdgs"]
    assert {column.claim.field for column in found.columns if "/" in column.heading} == {""}


@pytest.mark.parametrize(
    "over", [["Juri: Juri Satu", "", "", ""], ["Nama Juri", "Juri Satu", "", ""]]
)
def test_a_line_of_text_right_over_the_headings_is_no_group_of_headings(over):
    headings = ["ID", "Judul", "Kategori", "Total"]
    found = table(over, headings, ["1", "Antrean", "satu", "9"])
    assert (found.heading_row, [column.heading for column in found.columns]) == (2, headings)
