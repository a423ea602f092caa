"""Who advances, equals across the cut, and where each list is cut: against a slow reading of the
rule, and cases by hand (tests/cases/ranking).
"""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.judging import cut_off, ranks
from tasks.judging.scores import whole_numbers
from tasks.rules.competition import JudgingPhase
from tests.small.rows import records
from tests.small.rules import judging_phase, judging_phase_of
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


@given(ROWS, st.integers(1, 5))
def test_the_rule_takes_whole_groups_of_equals_or_leaves_them_undecided(
    rows: list[tuple[int, int, int]], k: int
) -> None:
    frame = _frame(rows)
    rank = ranks.rank_rows(frame[["score", "tie"]], frame["list"])

    cut = cut_off.apply_cut_off(rank, frame["list"], k)

    expected = []
    for row in rows:
        better = _rank(row, rows) - 1
        equals = rows.count(row)
        expected.append((better + equals <= k, better < k < better + equals))
    assert list(cut.itertuples(index=False, name=None)) == expected


@pytest.mark.parametrize(
    ("minimum", "outcomes"),
    [
        ("75", ["advances", "advances", "stays"]),
        ("75.001", ["advances", "stays", "stays"]),
        ("80.01", ["stays"] * 3),
    ],
)
def test_at_the_minimum_score_is_enough(minimum: str, outcomes: list[str]) -> None:
    standing = pd.DataFrame(
        {
            "units": pd.Series([8000, 7500, 7499], dtype="object"),
            "below_minimum": False,
            "list": 0,
            "rank": [1, 2, 3],
            "overall_rank": [1, 2, 3],
            "part": 0,
        }
    )
    phase = judging_phase(f"advance = {{ minimum_score = {minimum} }}\n")

    assert cut_off.advance_outcomes(standing, phase)["ranked_outcome"].tolist() == outcomes


def test_one_under_a_criterion_minimum_stays_and_the_next_takes_the_place() -> None:
    standing = pd.DataFrame(
        {
            "units": pd.Series([9000, 8000, 8000, 7000], dtype="object"),
            "below_minimum": [True, False, False, False],
            "list": 0,
            "rank": [1, 2, 2, 4],
            "overall_rank": [1, 2, 2, 4],
            "part": 0,
        }
    )

    def outcomes(rule: str) -> list[str]:
        phase = judging_phase(f"advance = {{ {rule} }}\n")
        return list(cut_off.advance_outcomes(standing, phase)["ranked_outcome"])

    assert outcomes("per_list = 2") == ["stays", "advances", "advances", "stays"]
    assert outcomes("overall = 3") == ["stays", "advances", "advances", "advances"]
    assert outcomes("per_list = 1") == ["stays", "undecided", "undecided", "stays"]


def test_a_criterion_score_at_its_minimum_is_enough() -> None:
    phase = judging_phase_of(
        'scale = [0, 100]\ncriteria = [{ code = "x", minimum = 50 }, { code = "y" }]\n'
    )
    criteria = pd.DataFrame(
        {
            "submission_id": ["A", "A", "B", "B"],
            "criterion": ["x", "y", "x", "y"],
            "criterion_units": pd.Series([5000, 100, 4999, 9000], dtype="object"),
        }
    )

    assert cut_off.below_criterion_minimum(criteria, phase).tolist() == ["B"]


@pytest.mark.parametrize("case", cases.of("ranking"))
def test_the_case_worked_out_by_hand(case: cases.Case) -> None:
    phase = judging_phase_of(
        'scale = [0, 100]\ncriteria = [{ code = "x", weight = 1 }, { code = "y", weight = 1 }]\n'
        + case.rules_text
    )
    rows = case.tables["input"].set_index("submission", drop=False)
    scored = rows[rows["score"] != ""]

    standing = _standing(scored, phase)

    given_outcome = cut_off.advance_outcomes(standing, phase)["ranked_outcome"]
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
    keys = ranks.ranking_keys(units, criteria, phase.tie_break)
    lists = ranks.list_labels(scored, phase.rank_within)
    return pd.DataFrame(
        {
            "units": units,
            "below_minimum": False,
            "list": lists,
            "rank": ranks.rank_rows(keys, lists),
            "overall_rank": ranks.rank_rows(keys, pd.Series(0, index=units.index)),
            "part": 0,
        }
    )


# --- where each list is cut
# --------------------------------------------------------------------------------------------------

RANKINGS = pd.DataFrame(
    {
        "list_name": ["a", "a", "a", "b", "b", None, "c"],
        "score": ["9.50", "10.00", "9.00", "70.00", "70.00", "1.00", None],
        "ranked_outcome": [
            "advances",
            "advances",
            "stays",
            "undecided",
            "undecided",
            "advances",
            "undecided",
        ],
    }
).astype("str")


@pytest.mark.parametrize(
    ("rule", "cuts"),
    [
        ("", []),
        (
            "advance = { per_list = 2 }\n",
            [("a", 2, "9.50"), ("b", 2, None), (None, 2, "1.00"), ("c", 2, None)],
        ),
        ("advance = { overall = 3 }\n", [("overall", 3, "1.00")]),
        ("advance = { minimum_score = 1 }\n", [("overall", None, "1.00")]),
    ],
)
def test_each_list_is_cut_at_the_last_score_that_advances(
    rule: str, cuts: list[tuple[object, ...]]
) -> None:
    cutoffs = cut_off.phase_cut_offs(RANKINGS, judging_phase(rule))

    assert records(cutoffs, "list", "places", "score") == cuts


def test_nobody_makes_no_cut() -> None:
    cutoffs = cut_off.phase_cut_offs(RANKINGS.head(0), judging_phase("advance = { overall = 3 }\n"))

    assert records(cutoffs, "list", "places", "score") == []
