"""Decisions on one phase after registration, with their reason and with what the rules gave.

They count from the phase's close on (interface.md section 4). What does not belong here: decisions
on registration, and the finding on those that name no phase of the competition
(registration/decisions.py).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from tasks.findings.frame import no_findings
from tasks.names.submissions import match_accepted_submissions, match_submissions
from tasks.registration.refused_decisions import (
    add_titles,
    mark_contradicted,
    refusal_findings,
    unknown_decision_findings,
)
from tasks.rules.competition import Competition, JudgingPhase, NominationPhase, ScreeningPhase
from tasks.schema import DECIDABLE_OUTCOMES

LaterPhase = ScreeningPhase | JudgingPhase | NominationPhase
_DECISION_KEY = ["submission_id", "level"]
_DECISION_COLUMNS = ["phase", "submission_id", "title", "outcome", "reason", "level"]


@dataclass(frozen=True, eq=False)
class Decisions:
    """The rows of decisions.csv on one phase, and what is wrong with them whatever the phase gives.

    rows: table_row, phase, submission (as typed), submission_id, title, outcome, reason, level (""
    but in a nomination), stands (bool: it takes effect if its submission is in the phase, once that
    has closed).
    """

    rows: pd.DataFrame
    findings: pd.DataFrame


@cache
def no_decisions() -> Decisions:
    """No decisions at all."""
    texts = ("phase", "submission", "submission_id", "title", "outcome", "reason", "level")
    dtypes = dict.fromkeys(texts, "str") | {"table_row": "Int64", "stands": "bool"}
    return Decisions(
        pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()}),
        no_findings(),
    )


def read_decisions(table: pd.DataFrame, phase: LaterPhase, settled: pd.DataFrame) -> Decisions:
    """The decisions on the phase, their submissions matched.

    `table`: decisions.csv; `settled`: the submissions (registration.submissions).
    """
    rows = table[table["phase"] == phase.code].reset_index(drop=True)
    matched = match_accepted_submissions(rows["submission"], settled)
    rows = add_titles(rows, matched["submission_id"], settled)
    rows["outcome"] = rows["outcome"].str.strip().str.casefold()
    rows["level"] = rows["level"].fillna("") if isinstance(phase, NominationPhase) else ""
    rows["problem"] = _decision_problems(rows, matched["rule"], phase)
    able = rows[rows["problem"] == ""]
    is_last = ~able.duplicated(_DECISION_KEY, keep="last")
    rows["stands"] = is_last.reindex(rows.index, fill_value=False).astype("bool")
    rows["problem"] = mark_contradicted(rows, _DECISION_KEY)
    choices = {
        "outcome": DECIDABLE_OUTCOMES[phase.kind],
        "level": _level_codes(phase),
        "submission": (),
        "ambiguous": (),
        "contradicted": (),
    }
    findings = refusal_findings(rows, settled, choices, _DECISION_KEY)
    return Decisions(rows.drop(columns="problem"), findings)


def decisions_without_phase(
    table: pd.DataFrame, competition: Competition, settled: pd.DataFrame
) -> Decisions:
    """The decisions that name no phase of the competition: none stands. Registration has the
    finding on them.
    """
    codes = [phase.code for phase in competition.phases]
    rows = table[~table["phase"].isin(codes)].reset_index(drop=True)
    matched = match_submissions(rows["submission"], settled)
    named = add_titles(rows, matched["submission_id"], settled)
    return Decisions(named.assign(level=rows["level"].fillna(""), stands=False), no_findings())


def _decision_problems(rows: pd.DataFrame, rule: pd.Series, phase: LaterPhase) -> pd.Series:
    """Why a row can have no effect, else "": its outcome, its level, its submission."""
    levels = _level_codes(phase) if isinstance(phase, NominationPhase) else ("",)
    problems = {
        "outcome": ~rows["outcome"].isin(DECIDABLE_OUTCOMES[phase.kind]),
        "level": ~rows["level"].isin(levels),
        "ambiguous": rule == "ambiguous_submission",
        "submission": rows["submission_id"].isna(),
    }
    holds = [is_problem.to_numpy(bool) for is_problem in problems.values()]
    return pd.Series(np.select(holds, list(problems), ""), index=rows.index, dtype="str")


def _level_codes(phase: LaterPhase) -> tuple[str, ...]:
    """The codes of a nomination's levels; none of another phase."""
    return tuple(level.code for level in phase.levels) if phase.kind == "nomination" else ()


def outside_phase_findings(decisions: Decisions, entered: pd.Index) -> pd.DataFrame:
    """unknown_decision for each decision on something that is not in the phase."""
    stray = decisions.rows["stands"] & ~decisions.rows["submission_id"].isin(entered)
    return unknown_decision_findings(decisions.rows[stray], "not_in_phase", _DECISION_KEY)


def apply_decisions(
    table: pd.DataFrame, decisions: Decisions, closed: bool, while_open: str
) -> pd.DataFrame:
    """The table with `outcome` and `reason`: the decision where there is one, once the phase has
    closed.

    `table` has submission_id and ranked_outcome, level in a nomination, and maybe rule_reason: the
    code of what the rule goes by, which is the reason where no decision has one. `while_open` is
    the outcome until then.
    """
    if not closed:
        return table.assign(
            outcome=while_open, reason=pd.Series(np.nan, index=table.index, dtype="str")
        )
    key = [name for name in _DECISION_KEY if name in table]
    in_force = decisions.rows.loc[decisions.rows["stands"], [*key, "outcome", "reason"]]
    decided = table.merge(in_force, on=key, how="left", validate="1:1")
    if "rule_reason" in decided:
        by_rule = decided["rule_reason"].where(decided["outcome"].isna())
        decided["reason"] = decided["reason"].fillna(by_rule)
    outcome = decided["outcome"].fillna(decided["ranked_outcome"])
    return decided.assign(outcome=outcome).set_axis(table.index)


def decisions_table(decisions: Decisions, entered: pd.Index, closed: bool) -> pd.DataFrame:
    """The rows of the table decisions: `applied` where one took effect."""
    rows = decisions.rows
    effective = rows["stands"] & rows["submission_id"].isin(entered) & closed
    levels = rows["level"].replace("", np.nan).astype("str")
    return rows[_DECISION_COLUMNS].assign(level=levels, applied=effective.astype("boolean"))
