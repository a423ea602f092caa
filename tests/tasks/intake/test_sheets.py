"""What sheets of judges and of the administrative check have in common."""

import pandas as pd
import pytest

from tasks.intake.delivery import InboxPlace
from tasks.intake.sheets import (
    SheetItems,
    has_submissions,
    item_rows,
    sheet_heading_findings,
    sheet_judge,
    type_sheet_times,
)
from tasks.intake.tables.headings import UNKNOWN, WHOLE, WITHIN, Claim
from tasks.intake.tables.table import DeliveredTable, TableColumn
from tests.small.rules import INTAKE_RULES

ITEMS = SheetItems(
    InboxPlace("marks", "proposal", "forms.scores.proposal"), "criterion", ("kebaruan", "dampak")
)
FIELDS = ("submission", "title", "kebaruan")


def table(
    *rows: list[str | None], fields: tuple[str, ...] = FIELDS, above: tuple[str, ...] = ()
) -> DeliveredTable:
    columns = tuple(
        TableColumn(position, field, Claim(field, WHOLE)) for position, field in enumerate(fields)
    )
    body = pd.DataFrame(list(rows), columns=range(len(fields)), dtype="str")
    body.index = pd.RangeIndex(2, len(rows) + 2)
    over = pd.DataFrame([list(above)], dtype="object")
    return DeliveredTable("a.xlsx#Budi", "Budi", "plain", 1, columns, body, over)


def test_each_delivered_row_has_a_row_for_each_item():
    rows = item_rows(table(["A-1", "Antrean", "80"], [None, "Kampung", "90"]), ITEMS)
    assert rows[["row", "submission", "criterion", "text"]].fillna("").values.tolist() == [
        [2, "A-1", "kebaruan", "80"],
        [2, "A-1", "dampak", ""],
        [3, "Kampung", "kebaruan", "90"],
        [3, "Kampung", "dampak", ""],
    ]
    assert set(rows["phase"]) == {"proposal"}


def test_a_row_that_names_no_submission_and_answers_nothing_is_none():
    rows = item_rows(table(["A-1", None, "80"], [None, None, None], [None, None, "70"]), ITEMS)
    assert rows["row"].tolist() == [2, 2, 4, 4]


def test_items_and_fields_that_no_heading_gives_are_findings():
    findings = sheet_heading_findings(table(), ITEMS, ("submission", "judge"))
    assert findings[["rule", "field"]].values.tolist() == [
        ["missing_required", "judge"],
        ["missing_required", "dampak"],
    ]


def test_a_title_names_the_submission_as_well():
    titled = table(fields=("title", "kebaruan", "dampak"))
    assert sheet_heading_findings(titled, ITEMS, ("submission",)).empty


@pytest.mark.parametrize(
    ("claim", "cell", "has"),
    [
        (Claim("title", WHOLE), "80", True),
        (Claim("title", WITHIN), "Antrean", True),
        (Claim("title", WITHIN), "80", False),
        (UNKNOWN, "Antrean", False),
    ],
)
def test_a_column_that_only_may_be_of_titles_needs_a_letter_in_its_cells(claim, cell, has):
    plain = table([cell], fields=("title",))
    columns = (TableColumn(0, "Apakah judul mewakili?", claim),)
    asked = DeliveredTable("a", "", "plain", 1, columns, plain.body, plain.above)
    assert has_submissions(asked) == has


@pytest.mark.parametrize(
    ("above", "judge"),
    [
        (("Juri: Siti",), "Siti"),
        (("Nama Juri", "Siti"), "Siti"),
        (("Juri", ":", "Siti"), "Siti"),
        (("Penilaian proposal",), "Budi"),
    ],
)
def test_a_sheet_is_whose_name_stands_over_the_headings_else_that_of_its_own_name(above, judge):
    assert sheet_judge(table(above=above)) == judge


def test_the_time_of_a_delivered_row_is_read_once_for_all_of_its_items():
    rows = pd.DataFrame(
        {
            "source": "a.csv",
            "row": pd.array([2, 2, 3, 3], dtype="Int64"),
            "submitted_at": pd.array(["15/03/2022 08:00"] * 2 + ["kemarin"] * 2, dtype="str"),
        },
        index=[5, 6, 7, 8],
    )
    times = type_sheet_times(rows, INTAKE_RULES)
    assert [str(moment) for moment in times.values] == [
        *["2022-03-15 08:00:00+07:00"] * 2,
        *["NaT"] * 2,
    ]
    assert times.values.index.tolist() == [5, 6, 7, 8]
    assert times.findings[["rule", "row"]].values.tolist() == [["unreadable_date", 3]]
