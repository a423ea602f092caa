"""Workbooks to fill in: what is locked, what is refused, what prints, and that text stays text."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from reports import fillable
from reports.fillable import Blank, Column, OneOf, Scale, Sheet, WeightedMean, Workbook
from tasks.words import Words

WORDS = Words("en")
MARK = Blank(Scale(Decimal(0), Decimal(100)), "Novelty: 0 to 100, weight 40")
SHEET = Sheet(
    "Juri 1",
    "Proposal",
    ("Judge: Juri 1", "Give a mark."),
    (Column("ID", 10), Column("Mark", 8), Column("Other", 8), Column("Note", 20), Column("Average", 8)),
    (
        ("A-1", MARK, MARK, Blank(), WeightedMean(1, (Decimal(40), Decimal("60.5")), 2)),
        ("=1+1", MARK, MARK, Blank(), WeightedMean(1, (Decimal(40), Decimal("60.5")), 2)),
    ),
    "Judge: Juri 1 & Co",
    1,
)


def opened(*sheets: Sheet, paper: str = "A4") -> Any:
    content = fillable.make(Workbook("Marks", sheets, paper), WORDS)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_same_workbook_has_the_same_bytes() -> None:
    book = Workbook("Marks", (SHEET,))
    assert fillable.make(book, WORDS) == fillable.make(book, WORDS)


def test_notes_stand_above_a_blank_row_and_the_headings() -> None:
    sheet = opened(SHEET)["Juri 1"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(max_row=6)] == [
        ["Proposal", None, None],
        ["Judge: Juri 1", None, None],
        ["Give a mark.", None, None],
        [None, None, None],
        ["ID", "Mark", "Other"],
        ["A-1", None, None],
    ]


def test_only_what_is_to_be_typed_can_be_changed_and_no_password_keeps_anybody_out() -> None:
    sheet = opened(SHEET)["Juri 1"]
    assert sheet.protection.sheet is True
    assert sheet.protection.password is None
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked] == [
        "B6",
        "C6",
        "D6",
        "B7",
        "C7",
        "D7",
    ]


def test_a_sheet_that_is_not_locked_is_not_protected() -> None:
    sheet = opened(Sheet("a", "A", (), (Column("x", 5),), (("1",),), locked=False))["a"]
    assert sheet.protection.sheet is False


def test_a_mark_off_the_scale_is_refused_with_a_sentence() -> None:
    checks = opened(SHEET)["Juri 1"].data_validations.dataValidation
    told = [(str(c.sqref), c.type, c.operator, c.formula1, c.formula2, c.showErrorMessage, c.error) for c in checks]
    refused = ("decimal", None, "0", "100", True, "Give a number from 0 to 100.")
    assert told == [("B6:B7", *refused), ("C6:C7", *refused)]
    assert {c.prompt for c in checks} == {"Novelty: 0 to 100, weight 40"}


def test_a_choice_is_a_drop_down() -> None:
    sheet = Sheet("a", "A", (), (Column("x", 5),), ((Blank(OneOf(("yes", "no"))),), (Blank(OneOf(("advances",))),)))
    checks = opened(sheet)["a"].data_validations.dataValidation
    assert [(str(c.sqref), c.type, c.formula1, c.error) for c in checks] == [
        ("A4", "list", '"yes,no"', "Choose one of: yes, no."),
        ("A5", "list", '"advances"', "Choose one of: advances."),
    ]


@pytest.mark.parametrize(
    "options", [("Health, mind and body", "Education"), tuple("x" * 60 + str(n) for n in range(5))]
)
def test_choices_that_a_drop_down_cannot_hold_are_not_checked(options: tuple[str, ...]) -> None:
    sheet = Sheet("a", "A", (), (Column("x", 5),), ((Blank(OneOf(options)),),))
    assert opened(sheet)["a"].data_validations.dataValidation == []


def test_the_mean_is_shown_once_every_mark_is_there_and_stands_empty_until_then() -> None:
    sheet = opened(SHEET)["Juri 1"]
    assert sheet["E6"].value == '=IF(COUNT(B6:C6)=2,ROUND(SUMPRODUCT(B6:C6,{40,60.5})/100.5,2),"")'
    content = fillable.make(Workbook("Marks", (SHEET,)), WORDS)
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Juri 1"]
    assert values["E6"].value in (None, "")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    cell = opened(SHEET)["Juri 1"]["A7"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_cell_may_have_something_in_it_already() -> None:
    sheet = opened(Sheet("a", "A", (), (Column("x", 5),), ((Blank(value="@Alias"),),)))["a"]
    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].protection.locked) == ("@Alias", "s", False)


@pytest.mark.parametrize(("paper", "number"), [("A4", 9), ("F4", 14)])
def test_it_prints_on_its_side_with_its_headings_on_every_page_and_a_place_to_sign(paper: str, number: int) -> None:
    sheet = opened(SHEET, paper=paper)["Juri 1"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", number)
    assert (sheet.print_title_rows, sheet.print_area, sheet.freeze_panes) == ("$5:$5", "'Juri 1'!$A$1:$E$7", "B6")
    assert sheet.oddFooter.left.text == "Judge: Juri 1 && Co"


def test_a_long_text_makes_its_row_higher() -> None:
    sheet = opened(Sheet("a", "A", (), (Column("x", 12),), (("a word " * 10,), ("short",))))["a"]
    assert [sheet.row_dimensions[row].height for row in (4, 5)] == [
        153.75,
        18.75,
    ]  # ten lines and one, to the nearest pixel


@pytest.mark.parametrize(
    ("names", "given"),
    [
        (["Juri 1", "Juri 2"], ["Juri 1", "Juri 2"]),
        (["Dr. A/B: [ahli]"], ["Dr. A B ahli"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 29 + " 2"]),
        (["Sari", "SARI"], ["Sari", "SARI 2"]),
        (["", "History", "'"], ["1", "History 2", "3"]),
    ],
)
def test_sheets_have_names_that_excel_takes(names: list[str], given: list[str]) -> None:
    assert fillable.sheet_names(names) == given
