"""Headings that are repeated under the headings are no rows."""

from tests.tasks.intake.services.exported import LAPOR, of
from tests.tasks.intake.services.exported import table as read_table
from tests.tasks.intake.tables.test_sheet_tables import HEADINGS, ROWS, table


def test_headings_in_codes_and_again_in_words_are_one_heading():
    rows = [
        ["judul", "opd", "kategori"],
        ["Apa judul inovasi Anda?", "Asal instansi", "Pilih kategori"],
        LAPOR,
    ]
    assert of(read_table(rows)[0], "row", "title") == [[3, LAPOR[0]]]


def test_a_row_that_counts_the_columns_is_no_row_and_headings_repeated_on_each_page_are_none():
    found = table(HEADINGS, ["(1)", "(2)", "(3)", "(4)"], ROWS[0], HEADINGS, ROWS[1])
    assert list(found.body.index) == [3, 5]
