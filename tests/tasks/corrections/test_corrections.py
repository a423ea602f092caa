"""Corrections of delivered cells: applied where the export says what they expect, critical where it
does not.
"""

from typing import Any

import pandas as pd
import pytest

from tasks.corrections.corrections import (
    CorrectableRows,
    CorrectedDeliveries,
    CorrectionRow,
    MetCells,
    apply_corrections,
    correctable_rows,
)
from tasks.findings.frame import grade_findings, no_findings
from tasks.findings.wording import word_findings
from tasks.intake.delivery import Delivery
from tasks.register.tables import Tables
from tasks.words import Words
from tests.small.rows import answer_rows, mark_rows, records, settle_form_rows, text_form_rows
from tests.small.rules import parse_limits
from tests.small.tables import register_tables

A, B, C = "submissions/a.csv", "submissions/b.xlsx#Form", "submissions/b.csv"
BLANK = {
    "submission": None,
    "source": None,
    "row": None,
    "expected": None,
    "value": None,
    "reason": "telepon",
    "by": "Bagian",
    "on": "2022-03-01",
}


def _tables(*rows: dict[str, Any]) -> Tables:
    return register_tables(corrections=[BLANK | row for row in rows])


def _delivered(submissions: pd.DataFrame, **others: pd.DataFrame) -> dict[str, Delivery]:
    nothing = pd.DataFrame()
    frames = {"submissions": submissions} | others
    return {key: Delivery(frame, nothing, nothing, no_findings()) for key, frame in frames.items()}


def _apply(
    *rows: dict[str, Any], of: list[dict[str, Any]], **others: pd.DataFrame
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, list[Any]]:
    """The corrected frames, the table corrections, and row and case of each failure."""
    given = _given(*rows, of=of, **others)
    cases = [params["case"] for params in given.findings["params"]]
    failed = list(zip(given.findings["row"].tolist(), cases, strict=True))
    frames = {key: delivery.rows for key, delivery in given.deliveries.items()}
    return frames, given.corrections, failed


def _given(
    *rows: dict[str, Any], of: list[dict[str, Any]], **others: pd.DataFrame
) -> CorrectedDeliveries:
    delivered = _delivered(text_form_rows(*of), **others)
    return apply_corrections(delivered, _tables(*rows), parse_limits())


def _cells(frames: dict[str, pd.DataFrame], field: str) -> list[object]:
    return [row[0] for row in records(frames["submissions"], field)]


# --- by submission, by source and row
# --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "named",
    [
        {"submission": "judul  SATU"},
        {"submission": "12"},
        {"source": A, "row": 3},
        {"submission": "12", "source": A, "row": 3},
    ],
)
def test_a_cell_is_named_by_title_id_or_place(named: dict[str, Any]) -> None:
    of = [{"title": "Lain"}, {"title": "Judul Satu", "submission_id": "12"}]

    frames, listed, failed = _apply(
        named | {"field": "category", "expected": "kesehatan", "value": "pendidikan"}, of=of
    )

    assert _cells(frames, "category") == ["kesehatan", "pendidikan"]
    assert records(
        listed,
        "source",
        "row",
        "field",
        "expected",
        "value",
        "reason",
        "corrected_by",
        "corrected_on",
        "applied",
    ) == [(A, 3, "category", "kesehatan", "pendidikan", "telepon", "Bagian", "2022-03-01", True)]
    assert failed == []


def test_a_cell_is_named_by_the_id_that_is_published_though_the_correction_changes_it() -> None:
    of = [{"agency": "Dinkess", "title": "Lain"}, {"agency": "Entah"}]
    settled, _ = settle_form_rows(*of)
    published = settled["submission_id"].iloc[1]

    frames, _, failed = _apply(
        {"submission": published, "field": "agency", "expected": "Entah", "value": "DLH"}, of=of
    )

    assert published.startswith("X-")
    assert (_cells(frames, "agency"), failed) == (["Dinkess", "DLH"], [])


def test_an_empty_cell_is_filled_and_a_filled_one_emptied() -> None:
    frames, _, failed = _apply(
        {"submission": "Judul", "field": "category", "value": "kesehatan"},
        {"submission": "Judul", "field": "group", "expected": "umum"},
        of=[{"category": None, "group": "umum"}],
    )

    assert (_cells(frames, "category"), _cells(frames, "group"), failed) == (
        ["kesehatan"],
        [None],
        [],
    )


def test_every_row_of_an_innovation_that_says_what_is_expected_is_corrected() -> None:
    of = [
        {"category": "x", "cells": "1"},
        {"category": "x", "cells": "2"},
        {"category": "kesehatan", "cells": "3"},
    ]

    frames, _, failed = _apply(
        {"submission": "Judul", "field": "category", "expected": "x", "value": "y"}, of=of
    )

    assert (_cells(frames, "category"), failed) == (["y", "y", "kesehatan"], [])


def test_a_row_that_was_delivered_twice_is_corrected_wherever_it_is_named() -> None:
    same = {"cells": "1"}

    frames, _, failed = _apply(
        {"source": B, "row": 3, "field": "title", "expected": "Judul", "value": "Baru"},
        of=[same, same | {"source": B}],
    )

    assert (_cells(frames, "title"), failed) == (["Baru", "Baru"], [])


def test_the_export_alone_is_enough_where_it_is_one_submission() -> None:
    frames, _, failed = _apply(
        {"source": B, "field": "title", "expected": "Judul", "value": "Baru"},
        of=[{"source": B, "row": None}],
    )

    assert (_cells(frames, "title"), failed) == (["Baru"], [])


def test_a_sheet_may_be_named_by_its_file() -> None:
    frames, _, failed = _apply(
        {
            "source": "submissions/b.xlsx",
            "row": 2,
            "field": "title",
            "expected": "Judul",
            "value": "Baru",
        },
        of=[{"source": B}],
    )

    assert (_cells(frames, "title"), failed) == (["Baru"], [])


def test_a_submission_may_be_named_by_the_title_or_id_that_a_correction_gives_it() -> None:
    renamed = {"submission": "Judul", "field": "title", "expected": "Judul", "value": "Baru"}

    frames, _, failed = _apply(
        {"submission": "Baru", "field": "category", "expected": "x", "value": "kesehatan"},
        renamed,
        of=[{"category": "x"}],
    )

    assert (_cells(frames, "title"), _cells(frames, "category"), failed) == (
        ["Baru"],
        ["kesehatan"],
        [],
    )


def test_every_correction_is_compared_with_what_was_delivered_and_the_last_holds() -> None:
    first = {"submission": "Judul", "field": "category", "expected": "x", "value": "y"}

    frames, listed, failed = _apply(
        first,
        first | {"value": "z"},
        first | {"expected": "y", "value": "w"},
        of=[{"category": "x"}],
    )

    assert (_cells(frames, "category"), failed) == (["z"], [(4, "expected")])
    assert listed["applied"].tolist() == [False, True, False]


def test_a_correction_that_says_the_same_twice_or_still_holds_for_one_of_its_rows_is_applied() -> (
    None
):
    both = {"submission": "Judul", "field": "category", "expected": "x", "value": "y"}
    of = [{"category": "x"}, {"category": "x", "summary": "Diperbarui"}]

    frames, listed, failed = _apply(
        both, both, both | {"submission": None, "source": A, "row": 3, "value": "z"}, of=of
    )

    assert (_cells(frames, "category"), listed["applied"].tolist(), failed) == (
        ["y", "z"],
        [True, True, True],
        [],
    )


@pytest.mark.parametrize(
    ("language", "place"),
    [("id", "b.xlsx, lembar Form, baris 24"), ("en", "b.xlsx, sheet Form, row 24")],
)
def test_the_place_of_a_failed_correction_is_told_in_words(language: str, place: str) -> None:
    row = {"source": B, "row": 24, "field": "title", "expected": "x", "value": "y"}
    found = _given(row, of=[{}]).findings

    [message] = word_findings(grade_findings(found, (), {}), Words(language))["message"]

    assert place in message


# --- failures
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "case"),
    [
        (
            {"submission": "Judul", "field": "category", "expected": "lain", "value": "y"},
            "expected",
        ),
        (
            {"submission": "Judul", "field": "category", "value": "y"},
            "expected",
        ),  # expected empty, and it is not
        ({"submission": "Judul", "field": "group", "expected": "umum", "value": "y"}, "expected"),
        (
            {"submission": "Tiada", "field": "category", "expected": "kesehatan", "value": "y"},
            "nothing",
        ),
        (
            {"source": A, "row": 99, "field": "category", "expected": "kesehatan", "value": "y"},
            "nothing",
        ),
        (
            {
                "source": "submissions/z.csv",
                "row": 2,
                "field": "category",
                "expected": "kesehatan",
                "value": "y",
            },
            "nothing",
        ),
        (
            {"submission": "Kembar", "field": "category", "expected": "kesehatan", "value": "y"},
            "ambiguous",
        ),
        ({"submission": "Judul", "field": "nama", "expected": "kesehatan", "value": "y"}, "field"),
        ({"field": "category", "expected": "kesehatan", "value": "y"}, "no_cell"),
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing_and_is_critical(
    row: dict[str, Any], case: str
) -> None:
    of = [{}, {"title": "Kembar"}, {"title": "Kembar", "agency": "DLH"}]

    frames, listed, failed = _apply(row, of=of)

    assert failed == [(2, case)]
    assert listed["applied"].tolist() == [False]
    pd.testing.assert_frame_equal(frames["submissions"], text_form_rows(*of))


def test_one_of_two_that_share_a_title_is_corrected_by_its_place() -> None:
    frames, _, failed = _apply(
        {"source": A, "row": 3, "field": "category", "expected": "kesehatan", "value": "y"},
        of=[{}, {"agency": "DLH"}],
    )

    assert (_cells(frames, "category"), failed) == (["kesehatan", "y"], [])


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_failure_has_a_sentence_of_its_own_that_names_cell_and_remedy(language: str) -> None:
    rows = [
        {"submission": "Judul", "field": "category", "expected": "lain"},
        {"submission": "Tiada", "field": "category"},
        {"submission": "Kembar", "field": "title"},
        {"submission": "Judul", "field": "nama"},
        {"field": "title"},
    ]
    of = [{}, {"title": "Kembar"}, {"title": "Kembar", "agency": "DLH"}]
    found = _given(*rows, of=of).findings

    graded = grade_findings(found, (), {})
    messages = word_findings(graded, Words(language))["message"]

    assert graded["severity"].unique().tolist() == ["critical"]
    assert len(set(messages)) == 5
    assert "kesehatan" in messages[0]
    assert not messages.str.contains("nan").any()


# --- marks and answers
# -----------------------------------------------------------------------------------------------


def _sheets(*lines: str) -> pd.DataFrame:
    return (
        mark_rows(*lines)
        .drop(columns=["mark", "unreadable"])
        .assign(submitted_at=pd.Series(dtype="str"))
    )


SHEETS = ("Juri 1;Judul;80;90", "Juri 2;Judul;80;70")


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        (
            {"source": "scores/nilai.csv", "row": 3, "field": "x", "expected": "80", "value": "85"},
            ["80", "90", "85", "70"],
        ),
        (
            {
                "source": "scores/nilai.csv",
                "row": 3,
                "field": "Signifikansi",
                "expected": "80,0",
                "value": "85",
            },
            ["80", "90", "85", "70"],
        ),
        (
            {"submission": "judul!", "field": "y", "expected": "70", "value": None},
            ["80", "90", "80", None],
        ),
    ],
)
def test_a_mark_is_corrected_by_criterion(row: dict[str, Any], texts: list[str | None]) -> None:
    frames, _, failed = _apply(row, of=[{}], proposal=_sheets(*SHEETS))

    assert ([text for (text,) in records(frames["proposal"], "text")], failed) == (
        texts,
        [],
    )


def test_a_mark_that_several_sheets_have_must_be_named_by_its_place() -> None:
    frames, _, failed = _apply(
        {"submission": "Judul", "field": "x", "expected": "80", "value": "85"},
        of=[{}],
        proposal=_sheets(*SHEETS),
    )

    assert failed == [(2, "several")]
    pd.testing.assert_frame_equal(frames["proposal"], _sheets(*SHEETS))


def test_the_judge_of_a_sheet_is_corrected_for_all_of_its_marks() -> None:
    frames, _, failed = _apply(
        {
            "source": "scores/nilai.csv",
            "row": 2,
            "field": "judge",
            "expected": "Juri 1",
            "value": "Juri 3",
        },
        of=[{}],
        proposal=_sheets(*SHEETS),
    )

    assert frames["proposal"]["judge"].tolist() == ["Juri 3", "Juri 3", "Juri 2", "Juri 2"]
    assert failed == []


def test_an_answer_is_corrected_by_requirement() -> None:
    checked = answer_rows("Judul;ya", requirements=("surat",)).drop(columns="answer")

    frames, _, failed = _apply(
        {"submission": "Judul", "field": "Surat pernyataan", "expected": "ya", "value": "tidak"},
        of=[{}],
        administrasi=checked,
    )

    assert (frames["administrasi"]["text"].tolist(), failed) == (["tidak"], [])


@pytest.mark.parametrize(
    "source", ["inbox/submissions/a.csv", "inbox\\submissions\\a.csv", "submissions\\a.csv"]
)
def test_a_source_may_be_written_as_a_file_manager_shows_it(source: str) -> None:
    correction = {
        "source": source,
        "row": 2,
        "field": "Category",
        "expected": "Kesehatan",
        "value": "Baru",
    }

    frames, _, failed = _apply(correction, of=[{"source": A, "row": 2, "category": "Kesehatan"}])

    assert (_cells(frames, "category"), failed) == (["Baru"], [])


def test_a_source_without_its_sheet_fails_where_two_sheets_say_what_is_expected() -> None:
    rows = [
        {"source": f"submissions/b.xlsx#{sheet}", "row": 2, "category": "Kesehatan"}
        for sheet in ("A", "B")
    ]
    correction = {
        "source": "submissions/b.xlsx",
        "row": 2,
        "field": "category",
        "expected": "Kesehatan",
        "value": "x",
    }

    frames, _, failed = _apply(correction, of=rows)

    assert (_cells(frames, "category"), failed) == (["Kesehatan", "Kesehatan"], [(2, "several")])


# --- as a whole
# --------------------------------------------------------------------------------------------------


def test_without_corrections_nothing_changes_and_nothing_is_listed() -> None:
    delivered = _delivered(text_form_rows({}))

    given = apply_corrections(delivered, register_tables(), parse_limits())

    assert given.deliveries == delivered
    assert (len(given.corrections), len(given.corrected), len(given.findings)) == (0, 0, 0)


def test_corrections_of_nothing_delivered_all_fail() -> None:
    _, _, failed = _apply(
        {"submission": "Judul", "field": "title", "value": "x"},
        {"source": A, "row": 2, "field": "title"},
        of=[],
    )

    assert failed == [(2, "nothing"), (3, "nothing")]


def test_the_delivered_frames_are_left_as_they_were() -> None:
    delivered = _delivered(text_form_rows({}))

    apply_corrections(
        delivered,
        _tables({"submission": "Judul", "field": "title", "expected": "Judul", "value": "x"}),
        parse_limits(),
    )

    assert delivered["submissions"].rows["title"].tolist() == ["Judul"]


# --- the cells that a correction changed
# --------------------------------------------------------------------------------------------------


def _changed(
    *rows: dict[str, Any], of: list[dict[str, Any]], **others: pd.DataFrame
) -> list[tuple[object, ...]]:
    corrected = _given(*rows, of=of, **others).corrected
    assert corrected["submission_id"].isna().all()
    return records(corrected, "source", "row", "field", "was", "is", "reason")


def test_each_changed_cell_is_listed_with_what_it_was_and_is() -> None:
    of = [
        {"category": "x", "cells": "1"},
        {"category": "lain", "cells": "2"},
        {"category": " x", "cells": "3"},
    ]

    assert _changed(
        {"submission": "Judul", "field": "Category", "expected": "x", "value": "y"}, of=of
    ) == [
        (A, 2, "category", "x", "y", "telepon"),
        (A, 4, "category", " x", "y", "telepon"),
    ]


def test_a_filled_cell_was_empty_and_an_emptied_one_is() -> None:
    assert _changed(
        {"submission": "Judul", "field": "category", "value": "kesehatan"},
        {"submission": "Judul", "field": "group", "expected": "umum", "reason": "surat"},
        of=[{"category": None, "group": "umum"}],
    ) == [
        (A, 2, "category", None, "kesehatan", "telepon"),
        (A, 2, "group", "umum", None, "surat"),
    ]


def test_of_two_corrections_of_a_cell_the_last_is_listed() -> None:
    both = {"submission": "Judul", "field": "category", "expected": "x"}

    assert _changed(
        both | {"value": "y"},
        both | {"value": "z", "reason": "surat"},
        of=[{"category": "x"}],
    ) == [(A, 2, "category", "x", "z", "surat")]


def test_a_correction_that_fails_or_says_what_stands_there_changes_no_cell() -> None:
    assert (
        _changed(
            {"submission": "Judul", "field": "category", "expected": "lain", "value": "y"},
            {"submission": "Judul", "field": "title", "expected": "Judul", "value": "Judul"},
            of=[{"category": "x"}],
        )
        == []
    )


def test_of_a_row_delivered_twice_the_one_that_is_kept_is_listed() -> None:
    same = {"cells": "1", "export_name": C, "source": C}

    assert _changed(
        {"source": C, "row": 2, "field": "title", "expected": "Judul", "value": "Baru"},
        of=[same, same | {"export_name": A, "source": A}],
    ) == [(A, 3, "title", "Judul", "Baru", "telepon")]


def test_a_field_of_a_sheet_is_one_cell_and_a_criterion_stands_under_its_code() -> None:
    place = {"source": "scores/nilai.csv", "row": 2}

    assert _changed(
        place | {"field": "judge", "expected": "Juri 1", "value": "Juri 3"},
        place | {"field": "Signifikansi", "expected": "80", "value": "85"},
        of=[{}],
        proposal=_sheets(*SHEETS),
    ) == [
        ("scores/nilai.csv", 2, "judge", "Juri 1", "Juri 3", "telepon"),
        ("scores/nilai.csv", 2, "x", "80", "85", "telepon"),
    ]


def test_the_last_correction_holds_though_an_earlier_one_finds_its_cell_late() -> None:
    renamed = {"submission": "Judul", "field": "title", "expected": "Judul", "value": "Baru"}
    late = {"submission": "Baru", "field": "category", "expected": "x", "value": "y"}
    last = {"submission": "Judul", "field": "category", "expected": "x", "value": "z"}

    frames, listed, failed = _apply(late, renamed, last, of=[{"category": "x"}])

    assert (_cells(frames, "category"), listed["applied"].tolist(), failed) == (
        ["z"],
        [False, True, True],
        [],
    )


# --- which cells a correction means
# --------------------------------------------------------------------------------------------------


def _setting(**cells: object) -> CorrectionRow:
    blank = dict.fromkeys(("submission", "source", "row", "expected", "value"))
    return CorrectionRow(**blank | {"field": "title"} | cells)  # type: ignore[arg-type]


def _correctable(*changes: dict[str, object], asked: str | None = None) -> CorrectableRows:
    rows = {
        "submissions": text_form_rows(*changes),
        "proposal": mark_rows("Juri 1;Judul;80;90"),
    }
    return correctable_rows(rows, [_setting(submission=asked)], register_tables(), parse_limits())


def _places(delivered: CorrectableRows, setting: CorrectionRow) -> list[tuple[object, ...]]:
    met = delivered.cells(setting)
    assert met.problem == ("" if met.cells else "nothing")
    return [(cell.key, cell.source, cell.row, cell.column, cell.text) for cell in met.cells]


def test_a_setting_is_a_row_of_the_folders_table_with_empty_cells_as_none() -> None:
    table = register_tables(corrections=[{"field": " title ", "row": 3, "source": A}]).corrections

    assert CorrectionRow.from_row(table.iloc[0]) == CorrectionRow(None, A, 3, "title", None, None)


def test_a_cell_is_what_the_export_says_at_its_place() -> None:
    delivered = _correctable({"title": "Judul"}, {"title": "Lain", "group": None})

    assert _places(delivered, _setting(source=A, row=3)) == [("submissions", A, 3, "title", "Lain")]
    assert _places(delivered, _setting(source=A, row=3, field="group")) == [
        ("submissions", A, 3, "group", None)
    ]


def test_a_field_of_sheets_is_met_in_each_row_of_the_sheet_and_a_criterion_in_one() -> None:
    delivered = _correctable({}, asked="Judul")

    assert [
        cell[3:] for cell in _places(delivered, _setting(submission="Judul", field="judge"))
    ] == [("judge", "Juri 1")] * 2
    assert _places(delivered, _setting(submission="Judul", field="y")) == [
        ("proposal", "scores/nilai.csv", 2, "text", "90")
    ]


def test_rows_of_one_innovation_are_met_together_and_of_another_not() -> None:
    delivered = _correctable(
        {"cells": "1"}, {"cells": "2", "title": "JUDUL"}, {"title": "Lain"}, asked="judul"
    )

    assert [
        cell[2] for cell in _places(delivered, _setting(submission="judul", field="category"))
    ] == [2, 3]


def test_a_title_that_two_innovations_share_means_neither() -> None:
    delivered = _correctable({}, {"agency": "DLH"}, asked="Judul")

    assert delivered.cells(_setting(submission="Judul")) == MetCells((), "ambiguous")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"field": "nama", "source": A}, "field"),
        ({}, "no_cell"),
        ({"source": C, "row": 2}, "nothing"),
        ({"source": A}, "nothing"),
    ],
)
def test_a_setting_that_means_no_cell_says_why(cells: dict[str, object], problem: str) -> None:
    assert _correctable({}).cells(_setting(**cells)) == MetCells((), problem)


def test_a_row_delivered_twice_is_met_in_both_exports() -> None:
    delivered = _correctable({"cells": "1"}, {"cells": "1", "source": C})

    assert [cell[1] for cell in _places(delivered, _setting(source=C, row=3))] == [A, C]


def test_names_may_be_those_of_corrected_rows_while_cells_are_as_correctable() -> None:
    original = _correctable({"title": "Lama"}, asked="Baru")
    corrected = _correctable({"title": "Baru"}, asked="Baru").with_cells(original)

    assert original.cells(_setting(submission="Baru")) == MetCells((), "nothing")
    assert _places(corrected, _setting(submission="Baru")) == [
        ("submissions", A, 2, "title", "Lama")
    ]


def test_a_sheet_of_no_submission_is_about_none() -> None:
    delivered = _correctable({"title": "Lain"}, asked="Judul")

    assert delivered.about["proposal"].isna().all()
    pd.testing.assert_index_equal(
        delivered.about["proposal"].index, delivered.rows["proposal"].index
    )
