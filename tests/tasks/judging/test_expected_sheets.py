"""Which sheets are expected of whom."""

import pandas as pd

from tasks.judging import expected_sheets

ENTERED = pd.DataFrame(
    {
        "submission_id": ["A", "B", "C"],
        "category": ["a", "a", "b"],
        "agency_code": ["X", "Y", "X"],
        "list": [0, 0, 1],
    }
)
NOBODY = pd.DataFrame(
    {
        "judge": pd.Series(dtype="str"),
        "agency_code": pd.Series(dtype="str"),
        "leaves_out": pd.Series(dtype="bool"),
    }
)
NONE = pd.DataFrame(columns=["judge", "submission", "submission_id"], dtype="str")


def _pairs(
    assigned: pd.DataFrame, sheets: list[tuple[str, str]], barred: pd.DataFrame = NOBODY
) -> list[tuple[str, str]]:
    marked = pd.DataFrame(sheets, columns=["judge", "submission_id"]).astype("str")
    frame = expected_sheets.expected_pairs(assigned, marked, ENTERED, barred)
    return sorted(frame.itertuples(index=False, name=None))


def _assigned(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["judge", "submission", "submission_id"]).astype("str")


def test_without_assignments_each_judge_who_marked_in_a_list_is_expected_for_all_of_it() -> None:
    assert _pairs(NONE, [("Juri 1", "A"), ("Juri 2", "C")]) == [
        ("Juri 1", "A"),
        ("Juri 1", "B"),
        ("Juri 2", "C"),
    ]


def test_a_sheet_on_what_did_not_enter_makes_nobody_expected() -> None:
    assert _pairs(NONE, [("Juri 1", "Z")]) == []


def test_an_assignment_is_an_id_a_category_or_everything() -> None:
    assigned = _assigned(
        ("Juri 1", "*", None),
        ("Juri 2", "a", None),
        ("Juri 3", "inovasi c", "C"),
        ("Juri 3", "C", "C"),
    )

    assert _pairs(assigned, [("Juri 9", "A")]) == [
        ("Juri 1", "A"),
        ("Juri 1", "B"),
        ("Juri 1", "C"),
        ("Juri 2", "A"),
        ("Juri 2", "B"),
        ("Juri 3", "C"),
    ]


def test_an_assignment_of_what_did_not_enter_or_is_not_known_expects_nothing() -> None:
    assert _pairs(_assigned(("Juri 1", "Z", "Z"), ("Juri 2", "entah", None)), []) == []


def test_no_sheet_is_expected_that_a_conflict_would_leave_out_but_one_that_is_only_flagged_is() -> (
    None
):
    barred = pd.DataFrame(
        {"judge": ["Juri 1", "Juri 2"], "agency_code": ["X", "X"], "leaves_out": [True, False]}
    )

    assert _pairs(_assigned(("Juri 1", "*", None), ("Juri 2", "a", None)), [], barred) == [
        ("Juri 1", "B"),
        ("Juri 2", "A"),
        ("Juri 2", "B"),
    ]
