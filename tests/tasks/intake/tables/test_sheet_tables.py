"""The table that stands on a sheet: upright, with blank rows in it, or sideways."""

import pandas as pd

from tasks.intake import submissions
from tasks.intake.files.grid import Grid
from tasks.intake.tables.sheet_tables import find_table
from tasks.intake.tables.table import DeliveredTable
from tests.small.rules import INTAKE_RULES

NAMES = submissions.submission_heading_names(INTAKE_RULES)
HEADINGS = ["No", "Judul Inovasi", "Instansi", "Kategori"]
ROWS = [["1", "Antrean", "Dinas Kesehatan", "Kesehatan"], ["2", "Kampung", "DLH", "Lingkungan"]]


def table(*rows: list[str]) -> DeliveredTable:
    width = max(len(row) for row in rows)
    cells = [[*(text or None for text in row), *[None] * (width - len(row))] for row in rows]
    grid = pd.DataFrame(cells, index=pd.RangeIndex(1, len(rows) + 1), dtype="str")
    return find_table(Grid("submissions/a.xlsx", grid, "Data"), NAMES)


def given(found: DeliveredTable) -> dict[str, str]:
    return {column.claim.field: column.heading for column in found.columns if column.claim.field}


def test_blank_rows_inside_a_table_count_and_are_no_rows():
    assert list(table(HEADINGS, ROWS[0], [], [], ROWS[1]).body.index) == [2, 5]


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
