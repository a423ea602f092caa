"""Who meets every requirement, and what is said about those who are not screened."""

import pandas as pd
import pytest

from tasks.findings.frame import Found
from tasks.phases import screening
from tasks.rules.competition import ScreeningPhase
from tests.small.rows import answer_rows, records
from tests.small.rules import SCREENING, moment, parse_rules
from tests.tasks import cases


def _phase() -> ScreeningPhase:
    phase = parse_rules(SCREENING).phase("administrasi")
    assert isinstance(phase, ScreeningPhase)
    return phase


def _submissions(*ids: str, strangers: tuple[str, ...] = ()) -> pd.DataFrame:
    every = [*ids, *strangers]
    return pd.DataFrame(
        {
            "submission_id": every,
            "title": [f"Inovasi {i}" for i in every],
            "in_phase": [i not in strangers for i in every],
        }
    ).astype({"submission_id": "str", "title": "str"})


def _screened(typed: pd.DataFrame, submissions: pd.DataFrame) -> Found:
    return screening.screen_submissions(
        typed.assign(submission_id=typed["submission"]), _phase(), submissions
    )


@pytest.mark.parametrize(
    ("cells", "unmet", "outcome"),
    [
        ("ya;ya", None, "passes"),
        ("ya;tidak", "video", "fails"),
        ("tidak;tidak", "surat|video", "fails"),
        ("ya;", None, "pending"),
        ("ya;mungkin", None, "pending"),
        ("tidak;", "surat", "fails"),
        ("tidak;mungkin", "surat", "fails"),
        (";", None, "pending"),
    ],
)
def test_every_requirement_met_passes_one_unmet_fails_else_it_is_pending(
    cells: str, unmet: str | None, outcome: str
) -> None:
    table = _screened(answer_rows(f"A;{cells}"), _submissions("A")).frame

    assert records(table, "submission_id", "unmet", "ranked_outcome") == [("A", unmet, outcome)]


def test_every_submission_that_entered_has_a_row_in_the_order_of_entering() -> None:
    table = _screened(
        answer_rows("C;ya;ya", "A;tidak;ya;surat tanpa tanda tangan"), _submissions("A", "B", "C")
    ).frame

    assert records(table, "submission_id", "unmet", "note", "ranked_outcome") == [
        ("A", "surat", "surat tanpa tanda tangan", "fails"),
        ("B", None, None, "pending"),
        ("C", None, None, "passes"),
    ]


def test_of_two_rows_on_a_submission_the_last_counts_whole() -> None:
    table = _screened(answer_rows("A;tidak;ya", "A;ya;"), _submissions("A")).frame

    assert records(table, "unmet", "ranked_outcome") == [(None, "pending")]


def test_a_row_that_answers_nothing_does_not_take_the_place_of_one_that_does() -> None:
    table = _screened(answer_rows("A;ya;ya", "A;;"), _submissions("A")).frame

    assert records(table, "ranked_outcome") == [("passes",)]
    assert screening.count_answer_rows(answer_rows("A;ya;ya", "A;;")) == 1


def test_rows_go_by_time_where_all_have_one() -> None:
    typed = answer_rows("A;ya;ya", "A;tidak;ya")
    typed["submitted_at"] = pd.Series(
        [moment("2022-03-18")] * 2 + [moment("2022-03-17")] * 2
    ).astype(typed["submitted_at"].dtype)

    table = _screened(typed, _submissions("A")).frame

    assert records(table, "ranked_outcome") == [("passes",)]


def test_what_is_not_screened_is_one_warning_a_submission() -> None:
    found = _screened(
        answer_rows("A;ya;ya", "B;ya;mungkin", "C;;ya"), _submissions("A", "B", "C", "D")
    ).findings

    assert records(found, "rule", "source", "row", "submission_id", "field") == [
        ("not_screened", None, None, "D", None),
        ("not_screened", "screening/cek.csv", 3, "B", "video"),
        ("not_screened", "screening/cek.csv", 4, "C", "surat"),
    ]


def test_what_stands_in_an_unclear_cell_is_said_so_that_a_correction_can_expect_it() -> None:
    found = _screened(
        answer_rows("A;nanti;mungkin", "B;ya;mungkin", "C;;x|y", "D;;"), _submissions("A", "B", "C")
    ).findings

    assert records(found, "submission_id", "field", "value") == [
        ("A", "surat|video", "nanti|mungkin"),
        ("B", "video", "mungkin"),
        ("C", "surat|video", "|x|y"),
    ]


def test_an_answer_for_what_did_not_enter_is_left_out_and_said_so() -> None:
    screened = _screened(answer_rows("A;ya;ya", "Z;ya;ya"), _submissions("A", strangers=("Z",)))
    table, found = screened.frame, screened.findings

    assert records(table, "submission_id") == [("A",)]
    assert records(found, "rule", "table", "phase", "row", "submission_id") == [
        ("not_in_phase", "screening", "administrasi", 3, "Z")
    ]


def test_a_requirement_without_a_column_is_pending() -> None:
    screened = _screened(answer_rows("A;ya", requirements=("surat",)), _submissions("A"))
    table, found = screened.frame, screened.findings

    assert records(table, "ranked_outcome") == [("pending",)]
    assert records(found, "rule", "field") == [("not_screened", "video")]


def test_where_nothing_was_delivered_all_are_pending_as_where_only_others_are_answered_for() -> (
    None
):
    entered = _submissions("A", "B")

    nothing = _screened(answer_rows(), entered)
    others = _screened(answer_rows("Z;ya;ya").assign(submission=None), entered)

    assert records(nothing.frame, "submission_id", "ranked_outcome") == [
        ("A", "pending"),
        ("B", "pending"),
    ]
    pd.testing.assert_frame_equal(nothing.frame, others.frame)
    pd.testing.assert_frame_equal(nothing.findings, others.findings)


def test_nobody_entered_and_nothing_delivered_is_an_empty_table() -> None:
    screened = _screened(answer_rows(), _submissions())
    table, found = screened.frame, screened.findings

    assert (len(table), len(found)) == (0, 0)
    assert list(table.columns) == ["submission_id", "unmet", "note", "ranked_outcome"]


@pytest.mark.parametrize("case", cases.of("screening"))
def test_the_case_worked_out_by_hand(case: cases.Case) -> None:
    rows = case.tables["input"]
    typed = answer_rows(
        *(
            ";".join(row)
            for row in rows[["submission", "surat", "video"]].itertuples(index=False, name=None)
        )
    )

    table = _screened(
        typed, _submissions(*dict.fromkeys(case.tables["output"]["submission"]))
    ).frame

    given = table[["submission_id", "unmet", "ranked_outcome"]].rename(
        columns={"submission_id": "submission"}
    )
    assert cases.rows(given) == case.tables["output"].to_dict("records")
