"""Names of sheets and texts on the margin, as Excel takes them."""

import io
import re

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from reports.formats import spreadsheet


@pytest.mark.parametrize(
    ("names", "given"),
    [
        (["Juri 1", "Juri 2"], ["Juri 1", "Juri 2"]),
        (["Dr. A/B: [ahli]"], ["Dr. A B ahli"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 29 + " 2"]),
        (["Sari", "SARI"], ["Sari", "SARI 2"]),
        (["", "History", "'"], ["1", "History 2", "3"]),
        (["x 3", "x", "x"], ["x 3", "x", "x 4"]),
        (["a\nb\tc\x00"], ["a b c"]),
        (["\U0001f600" * 20], ["\U0001f600" * 15]),
    ],
)
def test_sheets_have_names_that_excel_takes(names: list[str], given: list[str]) -> None:
    assert spreadsheet.sheet_names(names) == given


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_any_names_give_a_workbook_that_opens_with_as_many_sheets(names: list[str]) -> None:
    unique = spreadsheet.sheet_names(names)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, spreadsheet.AS_TEXT) as book:
        for name in unique:
            book.add_worksheet(name)
    assert openpyxl.load_workbook(out).sheetnames == unique
    assert [len(name.encode("utf-16-le")) // 2 <= 31 for name in unique] == [True] * len(names)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Juri 1", "Juri 1"),
        ("A & B", "A && B"),
        ("2022 KIPP", " 2022 KIPP"),
        ("two\nlines", "two lines"),
        ("x" * 111, "x" * 109 + "…"),
        ("", ""),
    ],
)
def test_a_text_on_the_margin_gives_no_command(text: str, told: str) -> None:
    assert spreadsheet.margin_text(text) == told


@given(st.text(max_size=300), st.integers(min_value=1, max_value=190))
def test_a_text_on_the_margin_is_never_longer_than_asked_and_its_ampersands_are_whole(
    text: str, longest: int
) -> None:
    told = spreadsheet.margin_text(text, longest)
    assert len(told) <= longest + 1
    assert all(len(run) % 2 == 0 for run in re.findall("&+", told))


@pytest.mark.parametrize(
    ("texts", "least", "points"),
    [
        ([], 1, 19),
        ([("satu kata", 20), ("dua\nbaris", 20)], 1, 34),
        ([("kata " * 12, 20)], 1, 49),
        ([], 3, 49),
        ([("kata " * 10000, 20)], 1, 405),
    ],
)
def test_a_row_is_as_high_as_the_text_that_needs_most(
    texts: list[tuple[str, int]], least: int, points: int
) -> None:
    assert spreadsheet.row_height(texts, least) == points
