"""Who stands where in one judging phase: scores, raw and with the judges' severity taken out,
ranks, who advances.

Computes; touches nothing. The arithmetic is in scoring.py, the order in ranking.py, severity in
severity.py.
"""

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from tasks.judging import ranks, scores
from tasks.judging.severity import SEVERITY_DECIMALS, JudgeSeverities
from tasks.rules.competition import JudgingPhase


def list_labels(submissions: pd.DataFrame, rank_within: tuple[str, ...]) -> pd.Series:
    """A label of the list of each submission; those without a category (group, type) are a list of
    their own.
    """
    if not rank_within:
        return pd.Series(0, index=submissions.index, dtype="int64")
    return submissions.groupby(list(rank_within), dropna=False).ngroup()


def ranking_keys(
    units: pd.Series, criteria: pd.DataFrame, tie_break: tuple[str, ...]
) -> pd.DataFrame:
    """What ranks: the score, then the criterion scores of `tie_break`; whole numbers, on the index
    of `units` (ids).
    """
    of = scores.scores_by_criterion(criteria, tie_break)
    columns = [units, *(of[code].reindex(units.index) for code in tie_break)]
    return pd.concat(columns, axis=1, keys=range(len(columns))).astype("object")


def adjusted_scores(
    scored: scores.PhaseScores, severity: JudgeSeverities, precision: int
) -> pd.Series:
    """The submission's part of its sheets' scores: the mean of score + severity, rounded half up;
    by submission id.

    Exact but for the severities, whole 10**-STEPS of a mark: judges who do not differ leave the
    mean untouched.
    """
    of_judge = severity.judges.set_index("judge")["units"]
    moved = scored.sheets["judge"].map(of_judge).astype("object") * scored.one_sheet
    sheets = scored.sheets.assign(
        moved=scored.sheets["weighted"].astype("object") * 10**SEVERITY_DECIMALS + moved
    )
    one = scored.one_sheet * 10**SEVERITY_DECIMALS
    mean = scores.aggregate_units(sheets, ["submission_id"], "moved", "mean", one, precision)
    return mean.set_index("submission_id")["aggregate"]


def rank_submissions(
    entered: pd.DataFrame,
    scored: scores.PhaseScores,
    severity: JudgeSeverities,
    phase: JudgingPhase,
    carried: Mapping[str, pd.Series],
) -> pd.DataFrame:
    """One row a submission that entered: its columns, own_score, sheets, score, rank,
    adjusted_score, adjusted_rank, ranked_outcome, straddles (bool), part (of the judging plan; NA
    without a score).

    `entered` has submission_id and list; `carried`: own scores as printed, by submission id, of the
    phases in `carry`.
    """
    shares = [_carried_part(share, carried[code]) for code, share in phase.carry.items()]
    own = scored.own.set_index("submission_id")
    raw = scores.carry_scores(own["own_units"], phase.precision, shares)
    fair = scores.carry_scores(
        adjusted_scores(scored, severity, phase.precision), phase.precision, shares
    )
    official = fair if phase.adjust == "severity" else raw
    standing = _ranks_and_outcomes(official, scored, entered, severity, phase)
    standing["adjusted_rank"] = ranks.rank_rows(
        ranking_keys(fair, scored.criteria, phase.tie_break), standing["list"]
    )
    standing["score"] = scores.units_texts(official, phase.precision)
    standing["adjusted_score"] = scores.units_texts(fair, phase.precision)
    own["own_score"] = scores.units_texts(own["own_units"], phase.precision)
    every = own[["own_score", "sheets"]].join(
        standing.drop(columns=["list", "units"]), how="left", validate="1:1"
    )
    table = entered.merge(
        every, left_on="submission_id", right_index=True, how="left", validate="1:1"
    )
    return table.assign(
        sheets=table["sheets"].astype("Int64").fillna(0),
        part=table["part"].astype("Int64"),
        ranked_outcome=table["ranked_outcome"].fillna("undecided"),
        straddles=table["straddles"].astype("boolean").fillna(False).astype("bool"),
    )


def _carried_part(share: Decimal, own_scores: pd.Series) -> tuple[Decimal, pd.Series, int]:
    exact = scores.whole_numbers(own_scores.dropna())
    return share, exact.units, exact.decimals


def _ranks_and_outcomes(
    units: pd.Series,
    scored: scores.PhaseScores,
    entered: pd.DataFrame,
    severity: JudgeSeverities,
    phase: JudgingPhase,
) -> pd.DataFrame:
    """Ranks and outcomes of the submissions that have an official score, on their ids."""
    known = entered.set_index("submission_id")["list"]
    parts = severity.parts.set_index("submission_id")["part"]
    standing = pd.DataFrame(
        {"units": units, "list": known.reindex(units.index), "part": parts.reindex(units.index)}
    )
    ordered = ranking_keys(units, scored.criteria, phase.tie_break)
    standing["rank"] = ranks.rank_rows(ordered, standing["list"])
    standing["overall_rank"] = ranks.rank_rows(ordered, pd.Series(0, index=units.index))
    given = ranks.advance_outcomes(standing, phase.advance, phase.precision)
    if phase.adjust == "severity" and phase.advance is not None:
        apart = _cut_off_spans_parts(standing, phase)
        given = given.assign(
            ranked_outcome=given["ranked_outcome"].mask(apart, "undecided"),
            straddles=given["straddles"] & ~apart,
        )
    return standing.drop(columns="overall_rank").join(given, validate="1:1")


def _cut_off_spans_parts(standing: pd.DataFrame, phase: JudgingPhase) -> pd.Series:
    """Whether the cut that a submission is under spans parts of the judging plan that no judge
    connects (bool).
    """
    assert phase.advance is not None
    if phase.advance.overall is not None:
        return ranks.spans_parts(pd.Series(0, index=standing.index), standing["part"])
    if phase.advance.per_list is not None:
        return ranks.spans_parts(standing["list"], standing["part"])
    return pd.Series(False, index=standing.index)
