"""Which delivered cells a correction means."""

import pandas as pd
import pytest

from tasks.corrections.cells import CorrectableRows, CorrectionRow, correctable_rows
from tests.small.rows import mark_rows, text_form_rows
from tests.small.rules import parse_limits
from tests.small.tables import register_tables

A, B = "submissions/a.csv", "submissions/b.csv"


def _setting(**cells: object) -> CorrectionRow:
    blank = dict.fromkeys(("submission", "source", "row", "expected", "value"))
    return CorrectionRow(**blank | {"field": "title"} | cells)  # type: ignore[arg-type]


def _delivered(*changes: dict[str, object], asked: str | None = None) -> CorrectableRows:
    rows = {
        "submissions": text_form_rows(*changes),
        "proposal": mark_rows("Juri 1;Judul;80;90"),
    }
    return correctable_rows(rows, [_setting(submission=asked)], register_tables(), parse_limits())


def _places(delivered: CorrectableRows, setting: CorrectionRow) -> list[tuple[object, ...]]:
    cells, problem = delivered.cells(setting)
    assert problem == ("" if cells else "nothing")
    return [(cell.key, cell.source, cell.row, cell.column, cell.text) for cell in cells]


def test_a_setting_is_a_row_of_the_folders_table_with_empty_cells_as_none() -> None:
    table = register_tables(corrections=[{"field": " title ", "row": 3, "source": A}]).corrections

    assert CorrectionRow.of(table.iloc[0]) == CorrectionRow(None, A, 3, "title", None, None)


def test_a_cell_is_what_the_export_says_at_its_place() -> None:
    delivered = _delivered({"title": "Judul"}, {"title": "Lain", "group": None})

    assert _places(delivered, _setting(source=A, row=3)) == [("submissions", A, 3, "title", "Lain")]
    assert _places(delivered, _setting(source=A, row=3, field="group")) == [
        ("submissions", A, 3, "group", None)
    ]


def test_a_field_of_sheets_is_met_in_each_row_of_the_sheet_and_a_criterion_in_one() -> None:
    delivered = _delivered({}, asked="Judul")

    assert [
        cell[3:] for cell in _places(delivered, _setting(submission="Judul", field="judge"))
    ] == [("judge", "Juri 1")] * 2
    assert _places(delivered, _setting(submission="Judul", field="y")) == [
        ("proposal", "scores/nilai.csv", 2, "text", "90")
    ]


def test_rows_of_one_innovation_are_met_together_and_of_another_not() -> None:
    delivered = _delivered(
        {"cells": "1"}, {"cells": "2", "title": "JUDUL"}, {"title": "Lain"}, asked="judul"
    )

    assert [
        cell[2] for cell in _places(delivered, _setting(submission="judul", field="category"))
    ] == [2, 3]


def test_a_title_that_two_innovations_share_means_neither() -> None:
    delivered = _delivered({}, {"agency": "DLH"}, asked="Judul")

    assert delivered.cells(_setting(submission="Judul")) == ([], "ambiguous")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"field": "nama", "source": A}, "field"),
        ({}, "no_cell"),
        ({"source": B, "row": 2}, "nothing"),
        ({"source": A}, "nothing"),
    ],
)
def test_a_setting_that_means_no_cell_says_why(cells: dict[str, object], problem: str) -> None:
    assert _delivered({}).cells(_setting(**cells)) == ([], problem)


def test_a_row_delivered_twice_is_met_in_both_exports() -> None:
    delivered = _delivered({"cells": "1"}, {"cells": "1", "source": B})

    assert [cell[1] for cell in _places(delivered, _setting(source=B, row=3))] == [A, B]


def test_names_may_be_those_of_corrected_rows_while_cells_are_as_delivered() -> None:
    original = _delivered({"title": "Lama"}, asked="Baru")
    corrected = _delivered({"title": "Baru"}, asked="Baru").with_cells(original)

    assert original.cells(_setting(submission="Baru")) == ([], "nothing")
    assert _places(corrected, _setting(submission="Baru")) == [
        ("submissions", A, 2, "title", "Lama")
    ]


def test_a_sheet_of_no_submission_is_about_none() -> None:
    delivered = _delivered({"title": "Lain"}, asked="Judul")

    assert delivered.about["proposal"].isna().all()
    pd.testing.assert_index_equal(
        delivered.about["proposal"].index, delivered.rows["proposal"].index
    )
