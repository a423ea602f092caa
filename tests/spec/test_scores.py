"""Section 4, Scores: exact arithmetic, rounded once, half up; carried shares of printed scores."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, REGISTRATION, rules_text

HEAD = "judge,submission,x,y\n"
MARKS = "inbox/scores/proposal/n.csv"
SECOND = JUDGING.replace('"proposal"', '"akhir"').replace("2022-04-10", "2022-04-20")


def scored(tmp_path: Path, marks: list[str], more: str = "", judging: str = JUDGING) -> Night:
    sheets = "".join(f"Juri {n},Lentera,{row}\n" for n, row in enumerate(marks, start=1))
    return compute_night(
        tmp_path,
        rules_text(REGISTRATION, judging + more),
        {FORM: form_text("Lentera"), MARKS: HEAD + sheets},
    )


def score(found: Night, column: str = "score") -> str:
    return found["rankings"][0][column]


@pytest.mark.parametrize(
    ("weights", "marks", "expected"),
    [
        (("30", "70"), "80,90", "87.00"),
        (("1", "2"), "80,90", "86.67"),
        (("0.5", "0.25"), "80,90", "83.33"),
        (("33.3", "66.7"), "80,90", "86.67"),
        (("0", "5"), "80,90", "90.00"),
        (("3", "4"), "1,2", "1.57"),
    ],
)
def test_a_sheets_score_is_the_sum_of_mark_times_weight_over_the_sum_of_weights(
    tmp_path: Path, weights: tuple[str, str], marks: str, expected: str
) -> None:
    judging = JUDGING.replace("weight = 30", f"weight = {weights[0]}").replace(
        "weight = 70", f"weight = {weights[1]}"
    )

    found = scored(tmp_path, [marks], judging=judging)

    assert (score(found), score(found, "own_score")) == (expected, expected)
    assert found.cells("sheets", "sheet_score") == [(expected,)]


@pytest.mark.parametrize(
    ("aggregate", "marks", "expected"),
    [
        ("mean", [70], "70.00"),
        ("mean", [70, 80, 81], "77.00"),
        ("mean", [70, 70, 71], "70.33"),
        ("median", [70], "70.00"),
        ("median", [70, 90, 80], "80.00"),
        ("median", [70, 71, 90, 10], "70.50"),
        ("median", [1, 2, 3, 4, 100], "3.00"),
        ("trimmed_mean", [70], "70.00"),
        ("trimmed_mean", [10, 20], "15.00"),
        ("trimmed_mean", [10, 20, 90], "40.00"),
        ("trimmed_mean", [10, 20, 30, 90], "25.00"),
        ("trimmed_mean", [10, 10, 20, 30, 90], "20.00"),
        ("trimmed_mean", [90, 90, 20, 90, 90], "90.00"),
    ],
)
def test_the_own_score_is_the_aggregate_of_the_used_sheets(
    tmp_path: Path, aggregate: str, marks: list[int], expected: str
) -> None:
    found = scored(tmp_path, [f"{mark},{mark}" for mark in marks], f'aggregate = "{aggregate}"\n')

    assert score(found, "own_score") == expected
    assert found.cells("criterion_scores", "criterion", "criterion_score") == [
        ("x", expected),
        ("y", expected),
    ]


@pytest.mark.parametrize(
    ("precision", "marks", "expected"),
    [
        (0, ["70.5,70.5"], "71"),
        (0, ["70.49,70.49"], "70"),
        (1, ["70.25,70.25"], "70.3"),
        (2, ["2.675,2.675"], "2.68"),
        (2, ["1.005,1.005"], "1.01"),
        (3, ["70,70", "70,70", "71,71"], "70.333"),
        (4, ["70,70", "71,71", "71,71"], "70.6667"),
        (2, ["70,70"], "70.00"),
        (0, ["70,70"], "70"),
        (2, ["0,0"], "0.00"),
        (1, ["0.05,0.05"], "0.1"),
        (2, ["87.33333333333333,87.33333333333333"] * 3, "87.33"),
        (2, ["87.335,87.335"] * 7, "87.34"),
    ],
)
def test_a_score_is_rounded_once_half_up_and_written_with_exactly_precision_decimals(
    tmp_path: Path, precision: int, marks: list[str], expected: str
) -> None:
    assert score(scored(tmp_path, marks, f"precision = {precision}\n")) == expected


def test_rounding_is_once_and_not_sheet_by_sheet(tmp_path: Path) -> None:
    found = scored(
        tmp_path, ["70.4,70.4", "70.4,70.4", "70.4,70.4", "72.3,72.3"], "precision = 0\n"
    )

    assert score(found) == "71"


def test_a_negative_scale_rounds_a_half_upwards_too(tmp_path: Path) -> None:
    found = scored(
        tmp_path, ["-2.5,-2.5"], "precision = 0\n", JUDGING.replace("[0, 100]", "[-5, 5]")
    )

    assert score(found) == "-2"


def test_criterion_scores_are_the_same_aggregate_over_one_criterion(tmp_path: Path) -> None:
    found = scored(tmp_path, ["10,90", "20,80", "30,70", "90,10"], 'aggregate = "trimmed_mean"\n')

    assert found.cells("criterion_scores", "criterion", "criterion_score") == [
        ("x", "25.00"),
        ("y", "75.00"),
    ]


def carried(tmp_path: Path, first: str, second: str, more: str, first_more: str = "") -> Night:
    return compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING + first_more, SECOND + more),
        {
            FORM: form_text("Lentera"),
            MARKS: HEAD + first,
            "inbox/scores/akhir/n.csv": HEAD + second,
        },
    )


@pytest.mark.parametrize(
    ("share", "first", "second", "precisions", "expected"),
    [
        ("0.3", "80", "90", (2, 2), "87.00"),
        ("0.3", "80.005", "90", (2, 2), "87.00"),
        ("0.25", "70.55", "80.1", (1, 2), "77.73"),
        ("0.333", "71", "80", (0, 2), "77.00"),
        ("0.5", "70.1234", "80", (4, 0), "75"),
        ("0.005", "1", "100", (2, 2), "99.51"),
    ],
)
def test_carry_takes_the_printed_own_scores_and_rounds_again(
    tmp_path: Path, share: str, first: str, second: str, precisions: tuple[int, int], expected: str
) -> None:
    found = carried(
        tmp_path,
        f"Juri 1,Lentera,{first},{first}\n",
        f"Juri 1,Lentera,{second},{second}\n",
        f"carry = {{ proposal = {share} }}\nprecision = {precisions[1]}\n",
        f"precision = {precisions[0]}\n",
    )

    row = next(row for row in found["rankings"] if row["phase"] == "akhir")
    own = next(row["own_score"] for row in found["rankings"] if row["phase"] == "proposal")
    exact = (1 - Fraction(share)) * Fraction(row["own_score"]) + Fraction(share) * Fraction(own)
    assert row["score"] == expected
    assert Fraction(expected) == Fraction(
        int(exact * 10 ** precisions[1] + Fraction(1, 2)), 10 ** precisions[1]
    )


def test_carry_takes_the_carried_phases_own_score_and_not_its_score(tmp_path: Path) -> None:
    third = JUDGING.replace('"proposal"', '"final"').replace("2022-04-10", "2022-04-25")
    found = compute_night(
        tmp_path,
        rules_text(
            REGISTRATION,
            JUDGING,
            SECOND + "carry = { proposal = 0.5 }\n",
            third + "carry = { proposal = 0.1, akhir = 0.2 }\n",
        ),
        {
            FORM: form_text("Lentera"),
            MARKS: HEAD + "Juri 1,Lentera,10,10\n",
            "inbox/scores/akhir/n.csv": HEAD + "Juri 1,Lentera,50,50\n",
            "inbox/scores/final/n.csv": HEAD + "Juri 1,Lentera,90,90\n",
        },
    )

    assert found.cells("rankings", "phase", "own_score", "score") == [
        ("proposal", "10.00", "10.00"),
        ("akhir", "50.00", "30.00"),
        ("final", "90.00", "74.00"),
    ]


def test_a_carried_phase_without_a_score_gives_no_score(tmp_path: Path) -> None:
    rules = rules_text(REGISTRATION, JUDGING, SECOND + "carry = { proposal = 0.3 }\n")
    found = compute_night(
        tmp_path,
        rules,
        {
            FORM: form_text("Lentera", "Gerobak"),
            MARKS: HEAD + "Juri 1,Gerobak,80,80\n",
            "inbox/scores/akhir/n.csv": HEAD + "Juri 1,Lentera,90,90\nJuri 1,Gerobak,90,90\n",
            "decisions.csv": "phase,submission,outcome,reason\nproposal,Lentera,advances,Pleno\n",
        },
    )

    assert found.by_title(
        "rankings", "rank", "own_score", "score", "sheets", "ranked_outcome", phase="akhir"
    ) == {
        "Gerobak": ("1", "90.00", "87.00", "1", "advances"),
        "Lentera": ("", "90.00", "", "1", "undecided"),
    }


def test_without_a_used_sheet_there_is_no_score_though_one_is_carried(tmp_path: Path) -> None:
    found = carried(
        tmp_path, "Juri 1,Lentera,80,80\n", "Juri 1,Lentera,80,\n", "carry = { proposal = 0.3 }\n"
    )

    assert found.cells("rankings", "own_score", "score", "rank", phase="akhir") == [("", "", "")]


def test_hundred_decimal_marks_are_exact(tmp_path: Path) -> None:
    low = "70." + "0" * 24 + "4"
    high = "70.00" + "4" + "9" * 22 + "7"
    found = scored(tmp_path, [f"{low},{low}", f"{high},{high}"], "precision = 2\n")

    assert score(found) == "70.00"
