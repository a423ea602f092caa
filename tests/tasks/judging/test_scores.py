"""Scores against fractions, and against cases worked out by hand (tests/cases/scoring)."""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.judging import scores
from tasks.rules.competition import JudgingPhase
from tests.small.rows import records
from tests.small.rules import judging_phase_of
from tests.tasks import cases

Sheets = dict[str, list[list[str]]]  # submission -> sheets -> marks as text


def _phase(weights: list[str], aggregate: str = "mean", precision: int = 2) -> JudgingPhase:
    criteria = ", ".join(
        f'{{ code = "c{n}", weight = {weight} }}' for n, weight in enumerate(weights)
    )
    return judging_phase_of(
        f'scale = [-5, 100]\ncriteria = [{criteria}]\naggregate = "{aggregate}"\nprecision = '
        f"{precision}\n"
    )


def _long(sheets: Sheets) -> pd.DataFrame:
    rows = [
        (submission, f"{submission}-{n}", f"Juri {n}", f"c{c}", mark)
        for submission, several in sheets.items()
        for n, marks in enumerate(several)
        for c, mark in enumerate(marks)
    ]
    return pd.DataFrame(
        rows, columns=["submission_id", "sheet", "judge", "criterion", "mark"]
    ).astype("str")


def _half_up(value: Fraction, precision: int) -> int:
    return (value * 10**precision + Fraction(1, 2)).__floor__()


def _aggregate(values: list[Fraction], aggregate: str) -> Fraction:
    ordered = sorted(values)
    if aggregate == "median":
        middle = len(ordered) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    if aggregate == "trimmed_mean" and len(ordered) >= 4:
        ordered = ordered[1:-1]
    return sum(ordered, Fraction(0)) / len(ordered)


MARKS = st.decimals(
    Decimal("-5"), Decimal("100"), places=3, allow_nan=False, allow_infinity=False
) | st.sampled_from(
    [
        Decimal(text)
        for text in (
            "0",
            "87.5",
            "0.1",
            "0.2",
            "0.3",
            "99.999999999999999999999",
            "1E+1",
            "33.3333333333",
        )
    ]
)
WEIGHTS = st.lists(
    st.sampled_from(["30", "70", "12.5", "0.1", "33.333", "1", "0"]), min_size=1, max_size=4
).filter(lambda weights: any(Decimal(weight) > 0 for weight in weights))


@settings(max_examples=120)
@given(
    data=st.data(),
    weights=WEIGHTS,
    aggregate=st.sampled_from(["mean", "median", "trimmed_mean"]),
    precision=st.integers(0, 9),
)
def test_scores_are_those_of_exact_fractions(
    data: st.DataObject, weights: list[str], aggregate: str, precision: int
) -> None:
    sheet = st.lists(MARKS.map(str), min_size=len(weights), max_size=len(weights))
    sheets = data.draw(
        st.dictionaries(
            st.sampled_from("ABCD"), st.lists(sheet, min_size=1, max_size=6), min_size=1
        )
    )

    scored = scores.score_marks(_long(sheets), _phase(weights, aggregate, precision))

    weight = [Fraction(w) for w in weights]
    exact = {
        submission: [
            sum(Fraction(m) * w for m, w in zip(marks, weight, strict=True)) / sum(weight)
            for marks in several
        ]
        for submission, several in sheets.items()
    }
    assert records(scored.own, "submission_id", "sheets", "own_units") == [
        (s, len(exact[s]), _half_up(_aggregate(exact[s], aggregate), precision))
        for s in sorted(exact)
    ]
    assert records(scored.criteria, "submission_id", "criterion", "criterion_units") == [
        (
            s,
            f"c{c}",
            _half_up(_aggregate([Fraction(marks[c]) for marks in sheets[s]], aggregate), precision),
        )
        for s in sorted(sheets)
        for c in range(len(weights))
    ]
    assert dict(records(scored.sheets, "sheet", "sheet_units")) == {
        f"{s}-{n}": _half_up(value, precision)
        for s, values in exact.items()
        for n, value in enumerate(values)
    }


@given(
    st.fractions(0, 100, max_denominator=9999).map(lambda f: _half_up(f, 2)),
    st.lists(
        st.tuples(
            st.sampled_from(["0.3", "0.25", "0.125", "0.01"]),
            st.integers(0, 10000),
            st.integers(0, 3),
        ),
        max_size=2,
    ),
    st.integers(0, 3),
)
def test_a_carried_score_is_that_of_exact_fractions(
    own: int, parts: list[tuple[str, int, int]], precision: int
) -> None:
    given_parts = [
        scores.CarriedPart(Decimal(share), pd.Series({"A": units}, dtype="object"), places)
        for share, units, places in parts
    ]

    score = scores.carry_scores(pd.Series({"A": own}, dtype="object"), precision, given_parts)

    exact = (1 - sum(Fraction(share) for share, _, _ in parts)) * Fraction(own, 10**precision)
    exact += sum(Fraction(share) * Fraction(units, 10**places) for share, units, places in parts)
    assert score.to_dict() == {"A": _half_up(exact, precision)}


def test_a_submission_without_a_carried_score_has_no_score() -> None:
    own = pd.Series({"A": 8000, "B": 7000}, dtype="object")

    part = scores.CarriedPart(Decimal("0.5"), pd.Series({"B": 90}, dtype="object"), 0)

    score = scores.carry_scores(own, 2, [part])

    assert score.to_dict() == {"B": 8000}


def test_the_carried_score_is_made_of_printed_numbers() -> None:
    """66.67 and 70.00 at 0.3: 0.7 x 70.00 + 0.3 x 66.67 = 69.001, not 69.000 of the unrounded two
    thirds.
    """
    part = scores.CarriedPart(Decimal("0.3"), pd.Series({"A": 6667}), 2)

    score = scores.carry_scores(pd.Series({"A": 70000}, dtype="object"), 3, [part])

    assert score.to_dict() == {"A": 69001}


@pytest.mark.parametrize(
    ("value", "precision", "text"),
    [
        (8750, 2, "87.50"),
        (5, 2, "0.05"),
        (0, 2, "0.00"),
        (-5, 1, "-0.5"),
        (88, 0, "88"),
        (10**25, 2, "1" + "0" * 23 + ".00"),
    ],
)
def test_a_score_is_written_with_exactly_its_decimals(
    value: int, precision: int, text: str
) -> None:
    assert scores.units_text(value, precision) == text


def test_no_score_is_written_as_missing() -> None:
    assert scores.units_texts(pd.Series([1, None], dtype="object"), 1).isna().tolist() == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (3, 2, 2), (5, 10, 1), (4, 10, 0), (-1, 2, 0), (-3, 2, -1), (0, 7, 0)],
)
def test_halves_round_upwards(numerator: int, denominator: int, rounded: int) -> None:
    assert scores.divide_half_up(pd.Series([numerator]), denominator).tolist() == [rounded]


def test_a_half_that_binary_floats_lose_rounds_up() -> None:
    """2.675 is 2.67499... as a binary float."""
    scored = scores.score_marks(_long({"A": [["2.675"]]}), _phase(["1"]))

    assert scored.own["own_units"].tolist() == [268]


def test_a_sum_that_binary_floats_break_ties() -> None:
    """0.1 + 0.2 is 0.30000000000000004 as binary floats; here both submissions have exactly
    0.15.
    """
    scored = scores.score_marks(
        _long({"A": [["0.1"], ["0.2"]], "B": [["0.3"], ["0"]]}), _phase(["1"], precision=9)
    )

    assert scored.own["own_units"].tolist() == [150000000, 150000000]


def test_numbers_too_long_for_64_bits_stay_exact() -> None:
    mark = "99.9999999999999999999999999995"

    scored = scores.score_marks(
        _long({"A": [[mark, mark]]}), _phase(["33.333333333", "66.666666667"], precision=9)
    )

    assert scored.own["own_units"].tolist() == [100 * 10**9]
    assert scored.sheets["sheet_units"].tolist() == [100 * 10**9]


def test_without_any_sheet_there_is_no_score() -> None:
    scored = scores.score_marks(_long({}), _phase(["1"]))

    assert (len(scored.own), len(scored.criteria), len(scored.sheets)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "places"), [("87.5", 1), ("30", 0), ("0.30", 2), ("1E+2", 0), ("-0.001", 3)]
)
def test_places_of_a_decimal(text: str, places: int) -> None:
    assert scores.count_decimals(Decimal(text)) == places


def test_texts_of_one_number_have_the_same_units() -> None:
    exact = scores.whole_numbers(pd.Series(["87.5", "87.50", "0.125", "1E+1", "-3"], dtype="str"))

    assert (exact.units.tolist(), exact.decimals) == ([87500, 87500, 125, 10000, -3000], 3)


@pytest.mark.parametrize("case", cases.of("scoring"))
def test_the_case_worked_out_by_hand(case: cases.Case) -> None:
    phase = judging_phase_of(case.rules_text)
    codes = [criterion.code for criterion in phase.criteria]
    sheets = case.tables["input"].assign(sheet=lambda rows: rows.index.astype("str"))
    long = sheets.melt(["submission", "sheet", "judge"], codes, "criterion", "mark").rename(
        columns={"submission": "submission_id"}
    )

    scored = scores.score_marks(long, phase)

    by_criterion = scored.criteria.pivot(
        index="submission_id", columns="criterion", values="criterion_units"
    )
    table = pd.DataFrame(
        {
            "submission": scored.own["submission_id"],
            "sheets": scored.own["sheets"],
            "own_score": scores.units_texts(scored.own["own_units"], phase.precision),
            **{
                code: scores.units_texts(by_criterion[code], phase.precision).to_numpy()
                for code in codes
            },
        }
    )
    assert cases.rows(table) == case.tables["output"].to_dict("records")
