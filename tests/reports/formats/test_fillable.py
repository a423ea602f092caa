"""Workbooks to fill in: what is locked, what is refused, what prints, and that text stays text."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from reports.content.form import (
    Blank,
    FormColumn,
    FormSheet,
    FormWorkbook,
    OneOf,
    Scale,
    WeightedMean,
)
from reports.formats import fillable
from tasks.words import Words

WORDS = Words("en")
MARK = Blank(Scale(Decimal(0), Decimal(100)), "Novelty: 0 to 100, weight 40")
SHEET = FormSheet(
    "Juri 1",
    "Proposal",
    ("Judge: Juri 1", "Give a mark."),
    (
        FormColumn("ID", 10),
        FormColumn("Mark", 8),
        FormColumn("Other", 8),
        FormColumn("Note", 20),
        FormColumn("Average", 8),
    ),
    (
        (
            "A-1",
            MARK,
            MARK,
            Blank(),
            WeightedMean(1, (Decimal(40), Decimal("60.5")), Decimal("100.5"), 2),
        ),
        (
            "=1+1",
            MARK,
            MARK,
            Blank(),
            WeightedMean(1, (Decimal(40), Decimal("60.5")), Decimal("100.5"), 2),
        ),
    ),
    "Judge: Juri 1 & Co",
    1,
)


def opened(*sheets: FormSheet, paper: str = "A4") -> Any:
    content = fillable.render_form(FormWorkbook("Marks", sheets, paper), WORDS)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_same_workbook_has_the_same_bytes() -> None:
    book = FormWorkbook("Marks", (SHEET,))
    assert fillable.render_form(book, WORDS) == fillable.render_form(book, WORDS)


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
    assert [
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    ] == [
        "B6",
        "C6",
        "D6",
        "B7",
        "C7",
        "D7",
    ]


def test_a_sheet_that_is_not_locked_is_not_protected() -> None:
    sheet = opened(FormSheet("a", "A", (), (FormColumn("x", 5),), (("1",),), locked=False))["a"]
    assert sheet.protection.sheet is False


def test_a_mark_off_the_scale_is_refused_with_a_sentence() -> None:
    checks = opened(SHEET)["Juri 1"].data_validations.dataValidation
    told = [
        (str(c.sqref), c.type, c.operator, c.formula1, c.formula2, c.showErrorMessage, c.error)
        for c in checks
    ]
    sentence = (
        "Give a number from 0 to 100, without a percent sign. "
        "The decimal mark is that of this computer's settings: comma (Indonesian) or point "
        "(English)."
    )
    refused = ("decimal", None, "0", "100", True, sentence)
    assert told == [("B6:B7", *refused), ("C6:C7", *refused)]
    assert {c.prompt for c in checks} == {"Novelty: 0 to 100, weight 40"}


def test_a_choice_is_a_drop_down() -> None:
    sheet = FormSheet(
        "a",
        "A",
        (),
        (FormColumn("x", 5),),
        ((Blank(OneOf(("yes", "no"))),), (Blank(OneOf(("advances",))),)),
    )
    checks = opened(sheet)["a"].data_validations.dataValidation
    assert [(str(c.sqref), c.type, c.formula1, c.error) for c in checks] == [
        ("A4", "list", '"yes,no"', "Choose one of: yes, no."),
        ("A5", "list", '"advances"', "Choose one of: advances."),
    ]


@pytest.mark.parametrize(
    "options", [("Health, mind and body", "Education"), tuple("x" * 60 + str(n) for n in range(5))]
)
def test_choices_that_a_drop_down_cannot_hold_are_not_checked(options: tuple[str, ...]) -> None:
    sheet = FormSheet("a", "A", (), (FormColumn("x", 5),), ((Blank(OneOf(options)),),))
    assert opened(sheet)["a"].data_validations.dataValidation == []


def test_the_mean_is_shown_once_every_mark_is_there_and_stands_empty_until_then() -> None:
    sheet = opened(SHEET)["Juri 1"]
    assert sheet["E6"].value == '=IF(COUNT(B6:C6)=2,ROUND(SUMPRODUCT(B6:C6,{40,60.5})/100.5,2),"")'
    content = fillable.render_form(FormWorkbook("Marks", (SHEET,)), WORDS)
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Juri 1"]
    assert values["E6"].value in (None, "")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    cell = opened(SHEET)["Juri 1"]["A7"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_cell_may_have_something_in_it_already() -> None:
    sheet = opened(FormSheet("a", "A", (), (FormColumn("x", 5),), ((Blank(value="@Alias"),),)))["a"]
    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].protection.locked) == (
        "@Alias",
        "s",
        False,
    )


@pytest.mark.parametrize(("paper", "number"), [("A4", 9), ("F4", 14)])
def test_it_prints_on_its_side_with_its_headings_on_every_page_and_a_place_to_sign(
    paper: str, number: int
) -> None:
    sheet = opened(SHEET, paper=paper)["Juri 1"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", number)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.print_title_rows, sheet.print_area, sheet.freeze_panes) == (
        "$5:$5",
        "'Juri 1'!$A$1:$E$7",
        "B6",
    )
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("Proposal", "Juri 1")
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == (
        "Judge: Juri 1 && Co",
        "Page &P of &N",
    )


def test_a_long_text_makes_its_row_higher() -> None:
    sheet = opened(
        FormSheet("a", "A", (), (FormColumn("x", 12),), (("a word " * 10,), ("short",)))
    )["a"]
    assert [sheet.row_dimensions[row].height for row in (4, 5)] == [
        153.75,
        18.75,
    ]  # ten lines and one, to the nearest pixel


def test_a_row_leaves_room_for_a_pen_where_it_is_asked_for() -> None:
    sheet = opened(FormSheet("a", "A", (), (FormColumn("x", 12),), (("short",),), lines=2))["a"]
    assert sheet.row_dimensions[4].height == 33.75


def test_a_long_note_is_printed_whole_in_lines_as_wide_as_the_table() -> None:
    sheet = opened(
        FormSheet(
            "a",
            "A",
            ("word " * 30, "next"),
            (FormColumn("x", 70), FormColumn("y", 10)),
            (("1", "2"),),
        )
    )["a"]
    cells = [row[0].value for row in sheet.iter_rows(max_row=6)]
    assert cells == ["A", ("word " * 16).strip(), ("word " * 14).strip(), "next", None, "x"]


def test_typing_begins_in_the_first_blank_cell() -> None:
    assert opened(SHEET)["Juri 1"].sheet_view.selection[-1].activeCell == "B6"


@pytest.mark.parametrize(("precision", "form"), [(0, "0"), (2, "0.00"), (3, "0.000")])
def test_the_mean_is_shown_with_the_decimals_of_a_score(precision: int, form: str) -> None:
    mean = WeightedMean(0, (Decimal(1),), Decimal(1), precision)
    sheet = opened(
        FormSheet("a", "A", (), (FormColumn("x", 5), FormColumn("y", 5)), ((MARK, mean),))
    )["a"]
    assert (sheet["A4"].number_format, sheet["B4"].number_format) == ("General", form)
