"""What Great Expectations finds of whole frames: which rows break a check, how many cells were
looked at, and what could not be checked.
"""

import os
from collections.abc import Sequence

import pandas as pd
import pytest

from tasks.validation import expectations
from tasks.validation.expectations import ExpectedCheck, Suite

FRAME = pd.DataFrame(
    {
        "title": pd.array(["Lentera", None, "Gerobak"], dtype="str"),
        "words": pd.array([3, 9, None], dtype="Int64"),
        "most": pd.array([5, 5, 5], dtype="Int64"),
        "note": pd.array(["x", "y", "z"], dtype="str"),
    }
)
FILLED = ExpectedCheck(
    "missing_required", "title", "ExpectColumnValuesToNotBeNull", {"column": "title"}
)
SHORT = ExpectedCheck(
    "too_long", "words", "ExpectColumnValuesToBeBetween", {"column": "words", "max_value": 5}
)
WITHIN = ExpectedCheck(
    "too_long",
    "words",
    "ExpectColumnPairValuesAToBeGreaterThanB",
    {
        "column_A": "most",
        "column_B": "words",
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    },
)
ABSENT = ExpectedCheck("early", "when", "ExpectColumnValuesToNotBeNull", {"column": "when"})


def _figures(
    checks: Sequence[ExpectedCheck], frame: pd.DataFrame = FRAME
) -> list[tuple[object, ...]]:
    """Cells looked at, rows that break the check, and the state, check by check."""
    outcomes = expectations.suite_outcomes(Suite("test", frame, checks))
    assert [outcome.check for outcome in outcomes] == list(checks)
    return [(outcome.checked, outcome.rows.tolist(), outcome.state) for outcome in outcomes]


def test_a_missing_cell_breaks_the_check_that_wants_it_and_no_other():
    assert _figures([FILLED, SHORT]) == [(3, [1], "failed"), (2, [1], "failed")]


def test_cells_that_all_keep_a_rule_pass_it():
    assert _figures([FILLED, SHORT], FRAME.iloc[:1]) == [(1, [], "passed"), (1, [], "passed")]


def test_two_columns_are_compared_where_both_are_filled():
    ((_, rows, state),) = _figures([WITHIN])
    assert (rows, state) == ([1], "failed")


def test_what_cannot_be_checked_is_neither_passed_nor_failed():
    assert _figures([ABSENT, FILLED]) == [(0, [], "unchecked"), (3, [1], "failed")]


def test_a_frame_without_rows_passes_with_nothing_checked():
    assert _figures([FILLED, ABSENT], FRAME.iloc[:0]) == [(0, [], "passed"), (0, [], "passed")]


def test_a_suite_holds_no_column_that_no_check_names():
    narrow = expectations.narrow_suite(Suite("test", FRAME, [SHORT, WITHIN, ABSENT]))
    assert narrow.frame.columns.tolist() == ["words", "most"]
    listed = ExpectedCheck(
        "unique", "", "ExpectCompoundColumnsToBeUnique", {"column_list": ["note"]}
    )
    narrow = expectations.narrow_suite(Suite("test", FRAME, [listed]))
    assert narrow.frame.columns.tolist() == ["note"]


def test_suites_that_are_evaluated_here_are_done_before_they_are_asked_for(monkeypatch):
    suites = [Suite("one", FRAME, [FILLED]), Suite("two", FRAME.iloc[:0], [SHORT])]
    answer = expectations.evaluate_here(suites)
    monkeypatch.setattr(expectations, "suite_outcomes", None)
    assert [[outcome.state for outcome in outcomes] for outcomes in answer()] == [
        ["failed"],
        ["passed"],
    ]


def test_its_usage_data_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    gx = expectations._import_great_expectations()
    expectations._whole_frame_batches.cache_clear()
    contexts = []
    monkeypatch.setattr(
        gx,
        "get_context",
        lambda get=gx.get_context, **more: contexts.append(get(**more)) or contexts[-1],
    )

    _figures([FILLED])

    assert [context.config.analytics_enabled for context in contexts] == [False]
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_it_writes_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    _figures([FILLED])

    assert capfd.readouterr() == ("", "")
