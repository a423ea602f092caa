"""Which sheets are used, and why the others are not."""

import numpy as np
import pandas as pd
import pytest

from tasks.judging.conflicts import conflict_pairs
from tasks.judging.sheets import (
    CheckedSheets,
    SheetWording,
    check_sheets,
    count_delivered_sheets,
    is_off_scale,
)
from tasks.rules.competition import JudgingPhase
from tests.small.rows import mark_rows, records
from tests.small.rules import judging_phase, judging_phase_of
from tests.small.tables import agency_rows, folder_tables
from tests.tasks import cases

TOLD = SheetWording({"x": "Signifikansi", "y": "Kebaruan"}, "warning")
NOBODY = pd.DataFrame(columns=["judge", "agency_code"], dtype="str")


def _submissions(*lines: str) -> pd.DataFrame:
    """From "ID agency" lines; one that ends in "-" did not enter."""
    rows = [line.rstrip("-").split() for line in lines]
    frame = pd.DataFrame(rows, columns=["submission_id", "agency_code"], dtype="str")
    return frame.assign(
        title="Inovasi " + frame["submission_id"],
        in_phase=[not line.endswith("-") for line in lines],
    )


def _judged(
    typed: pd.DataFrame,
    submissions: pd.DataFrame | None = None,
    phase: JudgingPhase | None = None,
    barred: pd.DataFrame | None = None,
    told: SheetWording = TOLD,
) -> CheckedSheets:
    of = judging_phase() if phase is None else phase
    nobody = conflict_pairs(of, folder_tables().judges, folder_tables().agencies, NOBODY)
    known = _submissions("A DINKES", "B DISDIK") if submissions is None else submissions
    return check_sheets(
        typed.assign(submission_id=typed["submission"]),
        of,
        known,
        nobody if barred is None else barred,
        told,
    )


def _reasons(judged: CheckedSheets) -> list[tuple[object, ...]]:
    return records(judged.sheets, "row", "used", "reason")


def _found(judged: CheckedSheets) -> list[tuple[object, ...]]:
    return records(judged.findings, "rule", "severity", "source", "row", "submission_id", "field")


def test_a_whole_sheet_on_the_scale_is_used() -> None:
    judged = _judged(mark_rows("Juri 1;A;0;100", "Juri 1;B;87.5;60", "Juri 2;A;1;2"))

    assert _reasons(judged) == [(2, True, None), (3, True, None), (4, True, None)]
    assert _found(judged) == []


@pytest.mark.parametrize(
    ("line", "reason", "findings"),
    [
        (
            "Juri 1;A;;80",
            "incomplete_sheet",
            [("incomplete_sheet", None, "scores/nilai.csv", 2, "A", "x")],
        ),
        ("Juri 1;A;baik;80", "unreadable_number", []),
        ("Juri 1;A;100.01;80", "mark_off_scale", []),
        ("Juri 1;A;-1;80", "mark_off_scale", []),
        (
            "Juri 1;A;;baik",
            "incomplete_sheet",
            [("incomplete_sheet", None, "scores/nilai.csv", 2, "A", "x")],
        ),
        ("Juri 1;A;baik;101", "unreadable_number", []),
    ],
)
def test_a_sheet_with_a_defect_is_left_out_whole_for_the_first_of_the_reasons(
    line: str, reason: str, findings: list[tuple[object, ...]]
) -> None:
    judged = _judged(mark_rows(line))

    assert _reasons(judged) == [(2, False, reason)]
    assert _found(judged) == findings


def test_a_row_without_any_mark_is_no_sheet_and_no_finding() -> None:
    judged = _judged(mark_rows("Juri 1;A;;", "Juri 1;B;80;80"))

    assert _reasons(judged) == [(3, True, None)]
    assert _found(judged) == []
    assert count_delivered_sheets(mark_rows("Juri 1;A;;", "Juri 1;B;80;80")) == 1


def test_a_criterion_without_a_column_is_empty() -> None:
    typed = mark_rows("Juri 1;A;80;90")

    judged = _judged(typed[typed["criterion"] == "y"])

    assert _reasons(judged) == [(2, False, "incomplete_sheet")]
    assert judged.findings["params"].tolist() == [
        {"judge": "Juri 1", "title": "Inovasi A", "criteria": "Signifikansi", "case": "marks"}
    ]


def test_several_empty_cells_of_a_sheet_are_one_finding() -> None:
    phase = judging_phase("minimum_judges = 1\n")
    three = phase.model_copy(
        update={"criteria": (*phase.criteria, phase.criteria[0].model_copy(update={"code": "z"}))}
    )

    judged = _judged(
        mark_rows("Juri 1;A;;80;", criteria="xyz"),
        phase=three,
        told=SheetWording({"x": "S", "y": "K", "z": "Z"}, "warning"),
    )

    assert records(judged.findings, "rule", "field") == [("incomplete_sheet", "x|z")]
    assert judged.findings["params"][0]["criteria"] == "S, Z"


def test_a_sheet_on_a_submission_that_did_not_enter_is_left_out_whatever_else() -> None:
    judged = _judged(mark_rows("Juri 1;A;;80"), _submissions("A DINKES-"))

    assert _reasons(judged) == [(2, False, "not_in_phase")]
    assert _found(judged) == [("not_in_phase", None, "scores/nilai.csv", 2, "A", None)]


# --- repeated sheets
# -------------------------------------------------------------------------------------------------


def test_a_later_sheet_replaces_the_earlier_one_and_the_finding_stands_there() -> None:
    judged = _judged(mark_rows("Juri 1;A;50;50", "Juri 2;A;60;60", "Juri 1;A;70;70"))

    assert _reasons(judged) == [(2, False, "repeated_sheet"), (3, True, None), (4, True, None)]
    assert _found(judged) == [("repeated_sheet", None, "scores/nilai.csv", 2, "A", None)]
    assert judged.findings["params"].tolist() == [
        {
            "judge": "Juri 1",
            "title": "Inovasi A",
            "later_source": "scores/nilai.csv",
            "later_row": 4,
        }
    ]


def test_a_later_sheet_that_is_not_complete_replaces_nothing() -> None:
    judged = _judged(mark_rows("Juri 1;A;50;50", "Juri 1;A;70;", "Juri 1;A;70;101"))

    assert _reasons(judged) == [
        (2, True, None),
        (3, False, "incomplete_sheet"),
        (4, False, "mark_off_scale"),
    ]


def test_an_incomplete_sheet_that_a_complete_one_replaces_says_both() -> None:
    judged = _judged(mark_rows("Juri 1;A;50;", "Juri 1;A;70;70"))

    assert _reasons(judged) == [(2, False, "incomplete_sheet"), (3, True, None)]
    assert records(judged.findings, "rule", "row") == [
        ("incomplete_sheet", 2),
        ("repeated_sheet", 2),
    ]


def test_of_three_complete_sheets_the_last_is_used_and_the_finding_names_it() -> None:
    judged = _judged(mark_rows("Juri 1;A;50;50", "Juri 1;A;60;60", "Juri 1;A;70;70"))

    assert _reasons(judged) == [
        (2, False, "repeated_sheet"),
        (3, False, "repeated_sheet"),
        (4, True, None),
    ]
    assert [params["later_row"] for params in judged.findings["params"]] == [4, 4]


def test_sheets_go_by_time_where_all_of_the_judge_for_the_submission_have_one() -> None:
    judged = _judged(mark_rows("Juri 1;A;50;50;2022-04-02", "Juri 1;A;60;60;2022-04-01"))

    assert _reasons(judged) == [(2, True, None), (3, False, "repeated_sheet")]


def test_sheets_go_by_export_and_row_where_one_has_no_time() -> None:
    judged = _judged(mark_rows("Juri 1;A;50;50;2022-04-02", "Juri 1;A;60;60"))

    assert _reasons(judged) == [(2, False, "repeated_sheet"), (3, True, None)]


def test_a_time_of_another_judge_or_submission_plays_no_part() -> None:
    judged = _judged(
        mark_rows(
            "Juri 1;A;50;50;2022-04-02", "Juri 1;A;60;60;2022-04-01", "Juri 1;B;1;1", "Juri 2;A;2;2"
        )
    )

    assert _reasons(judged) == [
        (2, True, None),
        (3, False, "repeated_sheet"),
        (4, True, None),
        (5, True, None),
    ]


def test_the_export_of_the_later_name_is_later_whatever_its_row() -> None:
    typed = pd.concat(
        [
            mark_rows("Juri 1;B;1;1", "Juri 1;A;50;50", source="b.csv"),
            mark_rows("Juri 1;A;60;60", source="a.csv"),
        ]
    )

    judged = _judged(typed.reset_index(drop=True))

    assert records(judged.sheets, "source", "row", "used") == [
        ("b.csv", 2, True),
        ("b.csv", 3, True),
        ("a.csv", 2, False),
    ]


def test_row_ten_comes_after_row_nine() -> None:
    lines = [f"Juri {n};A;1;1" for n in range(2, 9)] + ["Juri 1;A;50;50", "Juri 1;A;60;60"]

    judged = _judged(mark_rows(*lines))

    assert _reasons(judged)[-2:] == [(9, False, "repeated_sheet"), (10, True, None)]


def test_an_identical_sheet_in_two_exports_is_used_once() -> None:
    typed = pd.concat(
        [mark_rows("Juri 1;A;50;50", source=name) for name in ("a.csv", "b.csv")]
    ).reset_index(drop=True)

    judged = _judged(typed)

    assert records(judged.sheets, "source", "used", "reason") == [
        ("a.csv", False, "repeated_sheet"),
        ("b.csv", True, None),
    ]


# --- conflicts of interest
# -------------------------------------------------------------------------------------------

REGISTER = agency_rows("KOTA", "DINKES<KOTA", "PKM<DINKES", "POS<PKM", "DISDIK<KOTA")


def _barred(
    phase: JudgingPhase, home: str | float, named: list[tuple[str, str]] | None = None
) -> pd.DataFrame:
    folder = folder_tables(
        agencies=REGISTER, judges=[{"judge": "Juri 1", "agency_code": home}, {"judge": "Juri 2"}]
    )
    pairs = pd.DataFrame(named or [], columns=["judge", "agency_code"]).astype("str")
    return conflict_pairs(phase, folder.judges, folder.agencies, pairs)


@pytest.mark.parametrize(
    ("home", "conflicting"),
    [
        ("DINKES", {"KOTA", "DINKES", "PKM", "POS"}),
        ("POS", {"KOTA", "DINKES", "PKM", "POS"}),
        ("DISDIK", {"KOTA", "DISDIK"}),
        ("KOTA", {"KOTA", "DINKES", "PKM", "POS", "DISDIK"}),
        (np.nan, set()),
    ],
)
def test_a_judge_may_not_mark_the_own_agency_its_parents_and_its_units_at_any_depth(
    home: str | float, conflicting: set[str]
) -> None:
    codes = ["KOTA", "DINKES", "PKM", "POS", "DISDIK"]
    everyone = _submissions(*(f"{code} {code}" for code in codes))

    judged = _judged(
        mark_rows(*(f"{j};{code};1;1" for j in ("Juri 1", "Juri 2") for code in codes)),
        everyone,
        barred=_barred(judging_phase(), home),
    )

    left_out = judged.sheets[judged.sheets["reason"] == "conflict_of_interest"]
    assert set(records(left_out, "judge", "submission_id")) == {
        ("Juri 1", code) for code in conflicting
    }
    assert sorted(judged.findings["submission_id"]) == sorted(conflicting)


def test_own_agency_flag_uses_the_sheet_and_warns() -> None:
    phase = judging_phase('own_agency = "flag"\n')

    judged = _judged(mark_rows("Juri 1;A;1;1"), phase=phase, barred=_barred(phase, "DINKES"))

    assert _reasons(judged) == [(2, True, None)]
    assert _found(judged) == [("conflict_of_interest", "warning", "scores/nilai.csv", 2, "A", None)]


def test_a_named_conflict_is_left_out_besides_even_where_own_agency_only_flags() -> None:
    phase = judging_phase('own_agency = "flag"\n')

    judged = _judged(
        mark_rows("Juri 1;A;1;1", "Juri 2;B;1;1"),
        phase=phase,
        barred=_barred(phase, "DINKES", [("Juri 1", "DINKES"), ("Juri 2", "DISDIK")]),
    )

    assert _reasons(judged) == [
        (2, False, "conflict_of_interest"),
        (3, False, "conflict_of_interest"),
    ]
    assert judged.findings["severity"].isna().all()


def test_a_named_conflict_does_not_reach_beyond_the_agency_it_names() -> None:
    judged = _judged(
        mark_rows("Juri 2;A;1;1"),
        _submissions("A PKM"),
        barred=_barred(judging_phase(), np.nan, [("Juri 2", "DINKES")]),
    )

    assert _reasons(judged) == [(2, True, None)]


def test_a_conflict_comes_before_an_incomplete_sheet_and_after_not_in_phase() -> None:
    judged = _judged(
        mark_rows("Juri 1;A;;1", "Juri 1;C;1;1"),
        _submissions("A DINKES", "C DINKES-"),
        barred=_barred(judging_phase(), "DINKES"),
    )

    assert _reasons(judged) == [(2, False, "conflict_of_interest"), (3, False, "not_in_phase")]
    assert records(judged.findings, "rule", "row") == [
        ("not_in_phase", 3),
        ("conflict_of_interest", 2),
    ]


def test_a_submission_without_an_agency_is_in_nobodys_conflict() -> None:
    submissions = _submissions("A DINKES").assign(agency_code=pd.Series([np.nan], dtype="str"))

    judged = _judged(
        mark_rows("Juri 1;A;1;1"), submissions, barred=_barred(judging_phase(), "DINKES")
    )

    assert _reasons(judged) == [(2, True, None)]


# --- the scale
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "off"),
    [
        ("0", False),
        ("100", False),
        ("100.0000000000000000000000000001", True),
        ("-0.1", True),
        ("1E+2", False),
        ("NaN", True),
        ("Infinity", True),
        (np.nan, False),
    ],
)
def test_the_ends_of_the_scale_are_on_it(mark: str | float, off: bool) -> None:
    marked = pd.DataFrame({"criterion": ["x"], "mark": [mark]}, dtype="str")
    phase = judging_phase_of('scale = [0, 100]\ncriteria = [{ code = "x" }]\n')

    assert is_off_scale(marked, phase).tolist() == [off]


def test_a_criterion_with_a_maximum_has_its_own_end_of_the_scale() -> None:
    marked = pd.DataFrame(
        {"criterion": ["x", "x", "y", "y"], "mark": ["10", "10.1", "10.1", "50.1"]}, dtype="str"
    )
    phase = judging_phase_of(
        'scale = [0, 50]\ncriteria = [{ code = "x", max = 10 }, { code = "y" }]\ntotal = "sum"\n'
    )

    assert is_off_scale(marked, phase).tolist() == [False, True, False, True]


@pytest.mark.parametrize("case", cases.of("marks"))
def test_the_case_worked_out_by_hand(case: cases.Case) -> None:
    rows = case.tables["input"]
    lines = [
        ";".join(row)
        for row in rows[["judge", "submission", "x", "y"]].itertuples(index=False, name=None)
    ]
    typed = mark_rows(
        *(
            f"{line};{when}" if when else line
            for line, when in zip(lines, rows["submitted_at"], strict=True)
        )
    )

    judged = _judged(typed)

    expected = case.tables["output"]
    table = judged.sheets[["row", "judge", "submission_id", "used", "reason"]].rename(
        columns={"submission_id": "submission"}
    )
    assert cases.rows(table) == expected.to_dict("records")
