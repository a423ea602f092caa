"""Workbooks: values as text that reads one way, in the rows where they stand."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake.cells import numbers
from tasks.intake.files import workbooks
from tests.small.exports import clock, xlsx_bytes

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z", "Mn"]), min_size=1, max_size=12
)
VALUES = st.one_of(
    TEXTS.filter(
        lambda text: (
            not text.startswith(("=", "{=", "http", "ftp", "mailto", "internal:", "external:"))
        )
    ),
    st.integers(-(10**9), 10**9),
    st.dates(dt.date(1950, 1, 1), dt.date(2099, 1, 1)),
    st.booleans(),
    st.just(""),
)


def cells(*rows, finish=None) -> list[list[str]]:
    [(_, sheet)] = workbooks.read_sheets(xlsx_bytes({"Data": rows}, finish))
    return sheet.texts.fillna("").values.tolist()


def as_text(value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return (
        value.isoformat()
        if isinstance(value, dt.date)
        else unicodedata.normalize("NFC", str(value))
    )


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), min_size=1, max_size=6))
def test_what_is_written_into_a_workbook_reads_back_in_its_place(rows):
    table = [["judul", "instansi"], *rows, ["akhir", "tabel"]]
    assert cells(*table) == [[as_text(value) for value in row] for row in table]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (87.5, "87.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-7, "0.0000001"),
        (12345678901234.0, "12345678901234"),
        (-2.50, "-2.5"),
        (1.234, "1.2340"),
        (123.456, "123.4560"),
        (1234.567, "1234.567"),
        (1e20, "100000000000000000000"),
        (0.875, "0.8750"),
    ],
)
def test_a_number_is_its_shortest_decimal_and_cannot_be_taken_for_thousands(value, text):
    assert workbooks.number_text(value) == text
    reading = numbers.parse_number(text)
    assert reading.comma == reading.point


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (clock(2022, 1, 26, 21, 29, 50, 289_000), "2022-01-26T21:29:50"),
        (
            clock(2022, 1, 26, 21, 29, 50, 700_000),
            "2022-01-26T21:29:51",
        ),  # as Google shows it in the sheet's CSV
        (clock(2022, 1, 26, 23, 59, 59, 900_000), "2022-01-27T00:00:00"),
        (dt.date(2022, 1, 26), "2022-01-26"),
    ],
)
def test_moments_are_rounded_to_seconds_and_days_are_days(moment, text):
    assert cells([moment]) == [[text]]


def test_an_error_in_a_cell_is_an_empty_cell():
    assert cells(
        ["a", "b"],
        finish=lambda book, made: made["Data"].write_formula(1, 0, "=1/0", None, "#DIV/0!"),
    ) in (
        [["a", "b"]],
        [["a", "b"], ["", ""]],
    )


def test_a_formula_is_its_value():
    assert cells(
        ["a"], finish=lambda book, made: made["Data"].write_formula(1, 0, "=40+2", None, 42)
    ) == [
        ["a"],
        ["42"],
    ]


def test_hidden_rows_and_rows_above_the_first_cell_count():
    assert cells(
        [],
        [],
        ["judul"],
        ["Antrean"],
        finish=lambda book, made: made["Data"].set_row(3, None, None, {"hidden": True}),
    ) == [[""], [""], ["judul"], ["Antrean"]]


def test_a_cell_merged_over_rows_stands_in_each_and_one_merged_over_columns_in_the_first():
    def merge(book, made):
        made["Data"].merge_range(1, 0, 3, 0, "Dinas")
        made["Data"].merge_range(4, 0, 4, 1, "Catatan")

    assert cells(["instansi", "judul"], ["", "a"], ["", "b"], ["", "c"], finish=merge) == [
        ["instansi", "judul"],
        ["Dinas", "a"],
        ["Dinas", "b"],
        ["Dinas", "c"],
        ["Catatan", ""],
    ]


def test_text_in_several_fonts_is_one_text():
    def bold(book, made):
        made["Data"].write_rich_string(1, 0, "Antrean ", book.add_format({"bold": True}), "Lansia")

    assert cells(["judul"], finish=bold) == [["judul"], ["Antrean Lansia"]]
