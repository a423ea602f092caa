"""Ranks, cut-offs and who advances: against a slow reading of the rule, and cases by hand
(tests/cases/ranking).
"""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.judging import ranks
from tasks.judging import standing as standing_room
from tasks.judging.scores import whole_numbers
from tasks.rules.competition import AdvanceRules, JudgingPhase
from tests.small.rules import judging_phase_of
from tests.tasks import cases

ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2)), max_size=12
)  # list, score, tie-break


def _frame(rows: list[tuple[int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["list", "score", "tie"], index=[f"s{n}" for n in range(len(rows))]
    )


def _rank(row: tuple[int, int, int], rows: list[tuple[int, int, int]]) -> int:
    return 1 + sum(other[0] == row[0] and other[1:] > row[1:] for other in rows)


@given(ROWS)
def test_a_rank_is_one_more_than_how_many_of_the_list_are_better(
    rows: list[tuple[int, int, int]],
) -> None:
    frame = _frame(rows)

    rank = ranks.rank_rows(frame[["score", "tie"]], frame["list"])

    assert rank.tolist() == [_rank(row, rows) for row in rows]
    assert rank.index.equals(frame.index)


@given(ROWS, st.integers(1, 5))
def test_the_rule_takes_whole_groups_of_equals_or_leaves_them_undecided(
    rows: list[tuple[int, int, int]], k: int
) -> None:
    frame = _frame(rows)
    rank = ranks.rank_rows(frame[["score", "tie"]], frame["list"])

    cut = ranks.apply_cut_off(rank, frame["list"], k)

    expected = []
    for row in rows:
        better = _rank(row, rows) - 1
        equals = rows.count(row)
        expected.append((better + equals <= k, better < k < better + equals))
    assert list(cut.itertuples(index=False, name=None)) == expected


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    keys = pd.DataFrame({"score": [90, 80, 80, 70]})

    assert ranks.rank_rows(keys, pd.Series(0, index=keys.index)).tolist() == [1, 2, 2, 4]


def test_whole_numbers_beyond_64_bits_rank_exactly() -> None:
    keys = pd.DataFrame({"score": pd.Series([10**30, 10**30 + 1, 2**63], dtype="object")})

    assert ranks.rank_rows(keys, pd.Series(0, index=keys.index)).tolist() == [2, 1, 3]


def test_numbers_that_a_binary_float_takes_for_one_are_two() -> None:
    keys = pd.DataFrame({"score": [2**53, 2**53 + 1]})

    assert ranks.rank_rows(keys, pd.Series(0, index=keys.index)).tolist() == [2, 1]


def test_nobody_has_no_rank() -> None:
    keys = pd.DataFrame({"score": pd.Series(dtype="object")})

    assert ranks.rank_rows(keys, pd.Series(dtype="int64")).tolist() == []


@pytest.mark.parametrize(
    ("minimum", "outcomes"),
    [
        ("75", ["advances", "advances", "stays"]),
        ("75.001", ["advances", "stays", "stays"]),
        ("80.01", ["stays"] * 3),
    ],
)
def test_at_the_minimum_score_is_enough(minimum: str, outcomes: list[str]) -> None:
    scores = pd.DataFrame(
        {
            "units": pd.Series([8000, 7500, 7499], dtype="object"),
            "list": 0,
            "rank": [1, 2, 3],
            "overall_rank": [1, 2, 3],
        }
    )
    rule = AdvanceRules(per_list=None, overall=None, minimum_score=Decimal(minimum))

    assert ranks.advance_outcomes(scores, rule, 2)["ranked_outcome"].tolist() == outcomes


@pytest.mark.parametrize("case", cases.of("ranking"))
def test_the_case_worked_out_by_hand(case: cases.Case) -> None:
    phase = judging_phase_of(
        'scale = [0, 100]\ncriteria = [{ code = "x", weight = 1 }, { code = "y", weight = 1 }]\n'
        + case.rules_text
    )
    rows = case.tables["input"].set_index("submission", drop=False)
    scored = rows[rows["score"] != ""]

    standing = _standing(scored, phase)

    given_outcome = ranks.advance_outcomes(standing, phase.advance, phase.precision)[
        "ranked_outcome"
    ]
    table = pd.DataFrame(
        {
            "submission": rows["submission"],
            "rank": standing["rank"].reindex(rows.index).astype("Int64"),
            "ranked_outcome": given_outcome.reindex(rows.index).fillna("undecided"),
        }
    )
    assert cases.rows(table) == case.tables["output"].to_dict("records")


def _standing(scored: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    criteria = scored.melt("submission", ["x", "y"], "criterion", "criterion_score").rename(
        columns={"submission": "submission_id"}
    )
    criteria["criterion_units"] = whole_numbers(criteria["criterion_score"]).units
    units = (
        scored["score"].map(lambda text: int(Decimal(text) * 10**phase.precision)).astype("object")
    )
    keys = standing_room.ranking_keys(units, criteria, phase.tie_break)
    lists = standing_room.list_labels(scored, phase.rank_within)
    return pd.DataFrame(
        {
            "units": units,
            "list": lists,
            "rank": ranks.rank_rows(keys, lists),
            "overall_rank": ranks.rank_rows(keys, pd.Series(0, index=units.index)),
        }
    )
