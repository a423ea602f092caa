"""The arithmetic that explain shows, against numbers worked out by hand and against scoring.py."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.pages.explain import arithmetic
from reports.pages.explain.arithmetic import (
    AdjustedScore,
    AggregateScore,
    CarriedScore,
    MovedSheet,
    Quotient,
    ScoreShare,
    SheetSum,
    Term,
)
from tasks.judging import scores
from tasks.rules.competition import JudgingPhase


def phase(
    weights: tuple[str, ...] = ("30", "70"), aggregate: str = "mean", precision: int = 2
) -> JudgingPhase:
    criteria = tuple(
        {"code": f"k{n}", "weight": Decimal(weight)} for n, weight in enumerate(weights)
    )
    return JudgingPhase.model_validate(
        {
            "code": "proposal",
            "kind": "judging",
            "closes": pd.Timestamp("2022-04-10T23:59:59+07:00").to_pydatetime(),
            "scale": (0, 100),
            "criteria": criteria,
            "aggregate": aggregate,
            "precision": precision,
        }
    )


def marks(*values: str) -> dict[str, str]:
    return {f"k{n}": value for n, value in enumerate(values)}


def test_a_sheet_is_a_sum_that_a_pocket_calculator_follows() -> None:
    assert arithmetic.sum_sheet(marks("87", "78.75"), phase()) == SheetSum(
        (Term("k0", "87", "30", "2610"), Term("k1", "78.75", "70", "5512.5")),
        Quotient("8122.5", "100", "81.225", True),
        "81.23",
    )


def test_a_quotient_that_does_not_end_is_cut_and_says_so() -> None:
    assert arithmetic.sum_sheet(marks("80", "75"), phase(("1", "2"))).quotient == Quotient(
        "230", "3", "76.66666666", False
    )


def test_the_mean_is_of_the_sheets_scores_where_those_end() -> None:
    sheets = [marks("87", "78.75"), marks("80", "80")]
    assert arithmetic.aggregate_sheets(sheets, phase()) == AggregateScore(
        "mean", ("80", "81.225"), (), False, Quotient("161.225", "2", "80.6125", True), "80.61"
    )


def test_the_mean_is_of_the_sheets_sums_where_their_scores_do_not_end() -> None:
    sheets = [marks("80", "75"), marks("90", "70")]
    assert arithmetic.aggregate_sheets(sheets, phase(("1", "2"))) == AggregateScore(
        "mean", ("230", "230"), (), True, Quotient("460", "6", "76.66666666", False), "76.67"
    )


def test_a_median_of_four_is_the_mean_of_the_two_in_the_middle() -> None:
    sheets = [marks(value, value) for value in ("70", "90", "80", "75")]
    assert arithmetic.aggregate_sheets(sheets, phase(aggregate="median")) == AggregateScore(
        "median", ("75", "80"), ("70", "90"), False, Quotient("155", "2", "77.5", True), "77.50"
    )


def test_a_median_of_three_is_the_one_in_the_middle() -> None:
    sheets = [marks(value, value) for value in ("70", "90", "80")]
    assert arithmetic.aggregate_sheets(sheets, phase(aggregate="median")) == AggregateScore(
        "median", ("80",), ("70", "90"), False, Quotient("80", "1", "80", True), "80.00"
    )


def test_a_trimmed_mean_leaves_out_one_highest_and_one_lowest_from_four_sheets_up() -> None:
    sheets = [marks(value, value) for value in ("70", "90", "80", "76")]
    assert arithmetic.aggregate_sheets(sheets, phase(aggregate="trimmed_mean")) == AggregateScore(
        "trimmed_mean", ("76", "80"), ("70", "90"), False, Quotient("156", "2", "78", True), "78.00"
    )


def test_a_trimmed_mean_of_three_sheets_is_their_mean() -> None:
    sheets = [marks(value, value) for value in ("70", "90", "80")]
    assert arithmetic.aggregate_sheets(sheets, phase(aggregate="trimmed_mean")).dropped == ()


def test_shares_of_earlier_phases_are_added_to_the_rest_of_the_own_score() -> None:
    assert arithmetic.carried_score(
        "85.25", [("Proposal", Decimal("0.4"), "81.67")], "Presentasi", 2
    ) == CarriedScore(
        (
            ScoreShare("Presentasi", "0.6", "85.25", "51.15"),
            ScoreShare("Proposal", "0.4", "81.67", "32.668"),
        ),
        "83.818",
        "83.82",
    )


def test_a_half_is_rounded_up() -> None:
    assert arithmetic.aggregate_sheets([marks("80.005", "80.005")], phase()).score == "80.01"


DECIMALS = st.decimals(min_value=0, max_value=100, places=2).map(str)


@given(
    st.lists(st.tuples(DECIMALS, DECIMALS), min_size=1, max_size=6),
    st.sampled_from(["mean", "median", "trimmed_mean"]),
    st.tuples(st.integers(1, 9), st.integers(0, 9)),
    st.integers(0, 3),
)
def test_the_working_gives_what_scoring_gives(
    sheets: list[tuple[str, str]], aggregate: str, weights: tuple[int, int], precision: int
) -> None:
    rules = phase(tuple(map(str, weights)), aggregate, precision)
    rows = [
        ("S", n, f"Juri {n}", f"k{k}", mark)
        for n, sheet in enumerate(sheets)
        for k, mark in enumerate(sheet)
    ]
    frame = pd.DataFrame(
        rows, columns=["submission_id", "sheet", "judge", "criterion", "mark"]
    ).astype({"mark": "str"})
    scored = scores.score_marks(frame, rules)
    assert arithmetic.aggregate_sheets(
        [marks(*sheet) for sheet in sheets], rules
    ).score == scores.units_text(int(scored.own["own_units"].iloc[0]), precision)
    assert [arithmetic.sum_sheet(marks(*sheet), rules).score for sheet in sheets] == [
        scores.units_text(int(units), precision)
        for units in scored.sheets.sort_values("sheet")["sheet_units"]
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [("100", "100"), ("87.50", "87.5"), ("0.00", "0"), ("-0.0", "0"), ("1E+2", "100")],
)
def test_a_number_is_written_without_zeros_at_its_end(number: str, text: str) -> None:
    assert arithmetic.decimal_text(Decimal(number)) == text


def test_severity_is_added_to_each_sheet_before_their_mean() -> None:
    sheets = {
        "Juri 1": marks("87", "78.75"),
        "Juri 2": marks("80", "80"),
        "Juri 3": marks("70", "70"),
    }
    assert arithmetic.adjusted_score(
        sheets, {"Juri 1": "-1.5000", "Juri 2": "2.2500"}, phase()
    ) == AdjustedScore(
        (
            MovedSheet("Juri 1", "81.225", "-1.5000", "79.725"),
            MovedSheet("Juri 2", "80", "2.2500", "82.25"),
            MovedSheet("Juri 3", "70", "0", "70"),
        ),
        Quotient("231.975", "3", "77.325", True),
        "77.33",
    )
