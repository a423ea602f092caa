"""Decisions of the bureau on registration, with their reason and with what the rules gave.

They hold at once, for the row that counts for its innovation (interface.md section 4). One that
names no phase of the competition is found here. What does not belong here: decisions on later
phases (phases/decisions.py), the findings' own columns (refused_decisions.py).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tasks.findings.frame import is_at_place, join_findings
from tasks.names.submissions import match_submissions
from tasks.registration.refused_decisions import (
    add_titles,
    mark_contradicted,
    refusal_findings,
    unknown_decision_findings,
)
from tasks.rules.competition import Competition
from tasks.schema import DECIDABLE_OUTCOMES

_NO_AGENCY_RULES = ("unknown_agency", "ambiguous_agency")
_PROBLEM_CHOICES = {
    "submission": (),
    "ambiguous": (),
    "outcome": DECIDABLE_OUTCOMES["registration"],
    "agency": (),
    "contradicted": (),
}


@dataclass(frozen=True, eq=False)
class DecidedSubmissions:
    """Submissions once registration is decided.

    submissions: one row per delivered row, with status and reason. decisions: the rows of the table
    decisions for registration. findings: a frame of findings.
    """

    submissions: pd.DataFrame
    decisions: pd.DataFrame
    findings: pd.DataFrame


def decide_registration(
    ranked: pd.DataFrame, graded: pd.DataFrame, decisions: pd.DataFrame, competition: Competition
) -> DecidedSubmissions:
    """The submissions with status and reason, and the findings on decisions without effect.

    `ranked` has submission_id, title, innovation, counts, ranked_status, source, row; `graded` are
    the findings on them; `decisions`: decisions.csv.
    """
    phases = [phase.code for phase in competition.phases]
    nowhere = decisions[~decisions["phase"].isin(phases)]
    is_own = decisions["phase"] == competition.registration.code
    checked = _check_decisions(decisions[is_own].reset_index(drop=True), ranked, graded)
    findings = [
        unknown_decision_findings(nowhere, "phase", phases=", ".join(phases)),
        refusal_findings(checked, ranked, _PROBLEM_CHOICES),
    ]
    return DecidedSubmissions(
        _apply_decisions(ranked, checked),
        checked.drop(columns="problem"),
        join_findings(findings),
    )


def _apply_decisions(ranked: pd.DataFrame, checked: pd.DataFrame) -> pd.DataFrame:
    """The submissions with status and reason: what was decided of the row that counts, else what
    the rules gave.
    """
    last = checked[checked["applied"]].drop_duplicates("submission_id", keep="last")
    in_force = last.set_index("submission_id")
    counting_id = ranked["submission_id"].where(ranked["counts"])
    status = counting_id.map(in_force["outcome"]).astype("str")
    return ranked.assign(
        status=status.fillna(ranked["ranked_status"]),
        reason=counting_id.map(in_force["reason"]).astype("str"),
    )


def _check_decisions(own: pd.DataFrame, ranked: pd.DataFrame, graded: pd.DataFrame) -> pd.DataFrame:
    """The decisions with submission_id, title, problem (why it has no effect, else "") and
    applied.
    """
    matched = match_submissions(own["submission"], ranked)
    titled = add_titles(own, matched["submission_id"], ranked)
    outcome = own["outcome"].str.strip().str.casefold()
    rows = titled.assign(outcome=outcome)
    without_agency = _ids_without_agency(rows["submission_id"], ranked, graded)
    rows["problem"] = _decision_problems(rows, matched["rule"], without_agency)
    rows["problem"] = mark_contradicted(rows, ["submission_id"])
    return rows.assign(applied=rows["problem"] == "")


def _decision_problems(
    rows: pd.DataFrame, match_rule: pd.Series, without_agency: pd.Series
) -> pd.Series:
    """Why each decision alone has no effect, else "".

    `match_rule`: the rule that its submission breaks; `without_agency`: ids of submissions.
    """
    is_acceptance = rows["outcome"] == "accepted"
    problems = {
        "outcome": ~rows["outcome"].isin(DECIDABLE_OUTCOMES["registration"]),
        "ambiguous": match_rule == "ambiguous_submission",
        "submission": match_rule.notna(),
        "agency": is_acceptance & rows["submission_id"].isin(without_agency),
    }
    holds = [is_problem.to_numpy(bool) for is_problem in problems.values()]
    return pd.Series(np.select(holds, list(problems), ""), rows.index, dtype="str")


def _ids_without_agency(ids: pd.Series, ranked: pd.DataFrame, graded: pd.DataFrame) -> pd.Series:
    """Those of these submissions of whose counting row the agency is not known: a decision cannot
    accept them.
    """
    counting = ranked[ranked["counts"] & ranked["submission_id"].isin(ids)]
    of_agency = graded[graded["rule"].isin(_NO_AGENCY_RULES)]
    return counting["submission_id"][is_at_place(counting, of_agency)]
