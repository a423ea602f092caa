"""Who stands where in one judging phase: scores, raw and with the judges' severity taken out,
ranks, equals, who advances.

Puts together scores.py, severity.py, ranks.py and cut_off.py. What does not belong here: which
sheets are used (sheets.py), the order in which rows are shown (tasks/phases/judging.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from tasks.judging import cut_off, ranks, scores
from tasks.judging.severity import SEVERITY_DECIMALS, JudgeSeverities
from tasks.rules.competition import JudgingPhase
from tasks.schema import OVERALL_LIST


@dataclass(frozen=True, eq=False)
class PhaseStanding:
    """Who stands where in one judging phase.

    rankings: one row per submission that entered: its columns, own_score, sheets, score, rank,
    adjusted_score, adjusted_rank, ranked_outcome, straddles (bool), below_minimum (bool: a
    criterion's minimum keeps it from advancing), part (of the judging plan; NA without a score).
    ties: one row per submission whose score another of its list has: list, rank, submission_id,
    broken_by; where the phase cuts over several lists, also over all of them, list `overall`.
    """

    rankings: pd.DataFrame
    ties: pd.DataFrame


def adjusted_scores(
    scored: scores.PhaseScores, severity: JudgeSeverities, precision: int
) -> pd.Series:
    """The submission's part of its sheets' scores: the mean of score + severity, rounded half up;
    by submission id.

    Exact but for the severities, whole 10**-SEVERITY_DECIMALS of a mark: judges who do not differ
    leave the mean untouched.
    """
    judge_units = severity.judges.set_index("judge")["units"]
    correction = scored.sheets["judge"].map(judge_units).astype("object") * scored.one_sheet
    weighted = scored.sheets["weighted"].astype("object") * 10**SEVERITY_DECIMALS
    sheets = scored.sheets.assign(adjusted=weighted + correction)
    unit = scored.one_sheet * 10**SEVERITY_DECIMALS
    mean = scores.aggregate_units(sheets, ["submission_id"], "adjusted", "mean", unit, precision)
    return mean.set_index("submission_id")["aggregate"]


def rank_submissions(
    entered: pd.DataFrame,
    scored: scores.PhaseScores,
    severity: JudgeSeverities,
    phase: JudgingPhase,
    carried: Mapping[str, pd.Series],
) -> PhaseStanding:
    """The standing of the submissions that entered.

    `entered` has submission_id, list (a number) and list_name; `carried`: own scores as printed, by
    submission id, of the phases in `carry`.
    """
    shares = [_carried_part(share, carried[code]) for code, share in phase.carry.items()]
    own = scored.own.set_index("submission_id")
    fair_own = adjusted_scores(scored, severity, phase.precision)
    raw = scores.carry_scores(own["own_units"], phase.precision, shares)
    fair = scores.carry_scores(fair_own, phase.precision, shares)
    official = fair if phase.adjust == "severity" else raw
    fair_keys = ranks.ranking_keys(fair, scored.criteria, phase.tie_break)
    official_keys = ranks.ranking_keys(official, scored.criteria, phase.tie_break)
    below = cut_off.below_criterion_minimum(scored.criteria, phase)
    standing = _ranks_and_outcomes(official_keys, entered, severity, below, phase)
    standing["adjusted_rank"] = ranks.rank_rows(fair_keys, standing["list"])
    standing["score"] = scores.units_texts(official, phase.precision)
    standing["adjusted_score"] = scores.units_texts(fair, phase.precision)
    own["own_score"] = scores.units_texts(own["own_units"], phase.precision)
    rankings = _add_to_entered(entered, own[["own_score", "sheets"]], standing)
    return PhaseStanding(rankings, _phase_ties(official_keys, standing, phase))


def _add_to_entered(
    entered: pd.DataFrame, own: pd.DataFrame, standing: pd.DataFrame
) -> pd.DataFrame:
    """The submissions that entered with their own score and standing; both are on the ids."""
    placed = standing.drop(columns=["list", "list_name", "units"])
    scored = own.join(placed, how="left", validate="1:1")
    table = entered.merge(
        scored, left_on="submission_id", right_index=True, how="left", validate="1:1"
    )
    return table.assign(
        sheets=table["sheets"].astype("Int64").fillna(0),
        part=table["part"].astype("Int64"),
        ranked_outcome=table["ranked_outcome"].fillna("undecided"),
        straddles=table["straddles"].astype("boolean").fillna(False).astype("bool"),
        below_minimum=table["below_minimum"].astype("boolean").fillna(False).astype("bool"),
    )


def _carried_part(share: Decimal, own_scores: pd.Series) -> scores.CarriedPart:
    exact = scores.whole_numbers(own_scores.dropna())
    return scores.CarriedPart(share, exact.units, exact.decimals)


def _ranks_and_outcomes(
    keys: pd.DataFrame,
    entered: pd.DataFrame,
    severity: JudgeSeverities,
    below: pd.Index,
    phase: JudgingPhase,
) -> pd.DataFrame:
    """Ranks and outcomes of the submissions that have an official score, on their ids: units, list,
    list_name, part, rank, below_minimum, ranked_outcome, straddles.

    `keys`: what ranks, the official score first (ranks.ranking_keys). `below`: the ids that a
    criterion's minimum keeps from advancing.
    """
    lists = entered.set_index("submission_id")[["list", "list_name"]].reindex(keys.index)
    parts = severity.parts.set_index("submission_id")["part"].reindex(keys.index)
    standing = lists.assign(units=keys[0], part=parts, below_minimum=keys.index.isin(below))
    standing["rank"] = ranks.rank_rows(keys, standing["list"])
    standing["overall_rank"] = ranks.rank_rows(keys, pd.Series(0, index=keys.index))
    outcomes = cut_off.advance_outcomes(standing, phase)
    return standing.drop(columns="overall_rank").join(outcomes, validate="1:1")


def _phase_ties(keys: pd.DataFrame, standing: pd.DataFrame, phase: JudgingPhase) -> pd.DataFrame:
    """The equals of each list, and of all lists where the phase cuts over them: list, rank,
    submission_id, broken_by.
    """
    within = ranks.equal_scores(keys, standing["list"], phase.tie_break)
    ties = within.assign(list=standing["list_name"].reindex(within.index))
    if phase.rank_within and phase.advance is not None and phase.advance.overall is not None:
        everyone = pd.Series(0, index=keys.index)
        overall = ranks.equal_scores(keys, everyone, phase.tie_break)
        ties = pd.concat([ties, overall.assign(list=OVERALL_LIST)])
    named = ties.rename_axis("submission_id").reset_index()
    return named[["list", "rank", "submission_id", "broken_by"]]
