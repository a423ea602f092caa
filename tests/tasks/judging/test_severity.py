"""Judges' severity: against statsmodels on random plans, and against what can be said without any
arithmetic.
"""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.judging import severity
from tests.small.rows import records


def _sheets(*lines: str) -> pd.DataFrame:
    """From "submission judge score" lines."""
    frame = pd.DataFrame(
        [line.split() for line in lines], columns=["submission_id", "judge", "score"]
    )
    return frame.astype({"submission_id": "str", "judge": "str", "score": "float64"})


def _random(seed: int, submissions: int, judges: int, spread: float) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    level, strictness = chance.normal(75, 8, submissions), chance.normal(0, spread, judges)
    rows = [
        (f"s{i}", f"j{j}", level[i] - strictness[j] + chance.normal(0, 2))
        for i in range(submissions)
        for j in range(judges)
        if chance.random() < 0.6
    ]
    return pd.DataFrame(rows, columns=["submission_id", "judge", "score"])


def _statsmodels(sheets: pd.DataFrame) -> pd.Series:
    """The predicted effects of judges by another program: submissions fixed, judges random,
    REML.
    """
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec

    fixed = pd.get_dummies(sheets["submission_id"]).astype(float)
    random = pd.get_dummies(sheets["judge"]).astype(float)
    parts = VCSpec(["judge"], [[list(random.columns)]], [[random.to_numpy()]])
    empty = np.zeros((len(sheets), 0))
    model = MixedLM(
        sheets["score"].to_numpy(),
        fixed.to_numpy(),
        groups=np.ones(len(sheets)),
        exog_re=empty,
        exog_vc=parts,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = model.fit(reml=True, method=["powell", "lbfgs"])
    return pd.Series(next(iter(fitted.random_effects.values())).to_numpy(), index=random.columns)


@pytest.mark.parametrize(
    ("seed", "spread"), [(1, 3.0), (2, 5.0), (3, 8.0), (4, 0.0), (5, 0.2), (6, 1.5)]
)
def test_severities_are_those_of_another_program(seed: int, spread: float) -> None:
    sheets = _random(seed, 12, 5, spread)

    estimated = (
        severity.estimate_severities(sheets)
        .judges.set_index("judge")["judge_severity"]
        .astype(float)
    )

    expected = -_statsmodels(sheets)
    assert np.abs(estimated - expected.reindex(estimated.index)).max() < 0.002


def test_a_judge_who_marks_lower_than_the_panel_has_a_positive_severity() -> None:
    lines = [
        f"s{n} {judge} {70 + n + up}"
        for n in range(6)
        for judge, up in (("keras", -6), ("sedang", 0), ("lunak", 6))
    ]
    lines[0] = "s0 keras 65"

    estimated = severity.estimate_severities(_sheets(*lines)).judges

    assert records(estimated, "judge")[0] == ("keras",)
    assert float(estimated["judge_severity"][0]) > 5
    assert float(estimated["judge_severity"][1]) < -5


def test_judges_who_do_not_differ_have_no_severity() -> None:
    lines = [
        f"s{n} {judge} {70 + n + (1 if (n + k) % 2 else -1)}"
        for n in range(6)
        for k, judge in enumerate("ab")
    ]

    estimated = severity.estimate_severities(_sheets(*lines)).judges

    assert records(estimated, "judge", "units", "judge_severity", "severity_se") == [
        ("a", 0, "0.0000", "0.0000"),
        ("b", 0, "0.0000", "0.0000"),
    ]


def test_judges_who_agree_on_everything_have_no_severity() -> None:
    estimated = severity.estimate_severities(
        _sheets("s1 a 70", "s1 b 70", "s2 a 80.1", "s2 b 80.1")
    ).judges

    assert records(estimated, "judge", "units", "judge_severity", "fit") == [
        ("a", 0, "0.0000", None),
        ("b", 0, "0.0000", None),
    ]


def test_of_judges_who_share_no_submission_nothing_is_known() -> None:
    estimated = severity.estimate_severities(_sheets("s1 a 70", "s2 b 50")).judges

    assert records(estimated, "judge", "units", "judge_severity", "severity_se", "fit") == [
        ("a", 0, None, None, None),
        ("b", 0, None, None, None),
    ]


def test_judges_who_differ_exactly_are_told_apart_exactly() -> None:
    """A is 4 lower than B on every submission and there is no rest: 2 to each side."""
    estimated = severity.estimate_severities(
        _sheets(
            *(f"s{n} {j} {70 + 3 * n + up}" for n in range(4) for j, up in (("a", -2), ("b", 2)))
        )
    ).judges

    assert records(estimated, "judge", "judge_severity") == [("a", "2.0000"), ("b", "-2.0000")]


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(2, 6), st.integers(2, 5))
def test_severities_are_zero_on_average_within_each_part(
    seed: int, submissions: int, judges: int
) -> None:
    one, two = _random(seed, submissions, judges, 4.0), _random(seed + 1, submissions, judges, 1.0)
    both = pd.concat(
        [one, two.assign(submission_id="z" + two["submission_id"], judge="z" + two["judge"])],
        ignore_index=True,
    )
    if both.empty:
        return

    estimated = severity.estimate_severities(both)

    part = (
        both.merge(estimated.parts, on="submission_id")
        .drop_duplicates("judge")
        .set_index("judge")["part"]
    )
    units = estimated.judges.set_index("judge")["units"].astype(float)
    assert (units.groupby(part).mean().abs() <= 2).all()


def test_another_unit_of_the_marks_scales_the_severities() -> None:
    sheets = _random(7, 10, 4, 4.0)

    tens = (
        severity.estimate_severities(sheets.assign(score=sheets["score"] * 10))
        .judges["units"]
        .astype(float)
    )

    assert np.allclose(
        tens, severity.estimate_severities(sheets).judges["units"].astype(float) * 10, atol=100
    )


def test_the_order_of_sheets_plays_no_part() -> None:
    sheets = _random(8, 10, 4, 4.0)

    turned = severity.estimate_severities(sheets.iloc[::-1].reset_index(drop=True)).judges

    columns = ("judge", "judge_severity", "severity_se", "fit")
    assert records(turned, *columns) == records(
        severity.estimate_severities(sheets).judges, *columns
    )


@pytest.mark.parametrize(
    ("lines", "together"),
    [
        (("s1 a 1", "s2 a 1", "s3 b 1"), ["s1 s2", "s3"]),
        (("s1 a 1", "s2 b 1", "s3 c 1", "s3 b 1", "s2 a 1"), ["s1 s2 s3"]),
        (("s1 a 1", "s2 b 1"), ["s1", "s2"]),
        (("s9 d 1", "s1 a 1", "s1 b 1", "s2 b 1", "s2 c 1", "s9 c 1"), ["s1 s2 s9"]),
    ],
)
def test_submissions_are_of_one_part_where_judges_lead_from_one_to_the_other(
    lines: tuple[str, ...], together: list[str]
) -> None:
    parts = severity.connected_parts(_sheets(*lines))

    assert (
        sorted(" ".join(sorted(ids)) for ids in parts.groupby("part")["submission_id"].agg(list))
        == together
    )


def test_without_sheets_there_is_nobody_and_no_part() -> None:
    estimated = severity.estimate_severities(_sheets())

    assert (len(estimated.judges), len(estimated.parts)) == (0, 0)
