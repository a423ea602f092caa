"""Decisions of the bureau on registration: beside what the rules gave, with their reason. Computes;
touches nothing.

They hold at once, for the row that counts for its innovation (interface.md section 4). Decisions on
later phases are theirs (phases.py); one that names no phase of the competition is found here.
"""

import numpy as np
import pandas as pd

from tasks.findings.frame import is_at_place, join_findings, make_findings, no_findings
from tasks.names.submissions import match_submissions, nearest_innovations
from tasks.rules.competition import Competition
from tasks.schema import DECIDABLE_OUTCOMES

_NO_AGENCY_RULES = ("unknown_agency", "ambiguous_agency")


def decide_registration(
    ranked: pd.DataFrame, graded: pd.DataFrame, decisions: pd.DataFrame, competition: Competition
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The submissions with status and reason, findings on decisions without effect, and the table
    decisions.

    `ranked` has submission_id, title, innovation, counts, ranked_status, source, row; `graded` the
    findings on them.
    """
    phases = [phase.code for phase in competition.phases]
    nowhere = _unknown_decision_findings(
        decisions[~decisions["phase"].isin(phases)], "phase", phases=", ".join(phases)
    )
    mine = decisions[decisions["phase"] == competition.registration.code].reset_index(drop=True)
    judged = _check_decisions(mine, ranked, graded)
    holding = (
        judged[judged["applied"]]
        .drop_duplicates("submission_id", keep="last")
        .set_index("submission_id")
    )
    at = ranked["submission_id"].where(ranked["counts"])
    decided = ranked.assign(
        status=at.map(holding["outcome"]).astype("str").fillna(ranked["ranked_status"]),
        reason=at.map(holding["reason"]).astype("str"),
    )
    return (
        decided,
        join_findings([nowhere, *_refusal_findings(judged, ranked)]),
        judged.drop(columns="problem"),
    )


def _check_decisions(
    mine: pd.DataFrame, ranked: pd.DataFrame, graded: pd.DataFrame
) -> pd.DataFrame:
    """The decisions with submission_id, title, problem (why it has no effect, else "") and
    applied.
    """
    meant = match_submissions(mine["submission"], ranked)
    named = ranked["counts"] & ranked["submission_id"].isin(meant["submission_id"])
    counting = ranked.loc[named, ["source", "row", "submission_id", "title"]].set_index(
        "submission_id"
    )
    no_agency = counting.index[is_at_place(counting, graded[graded["rule"].isin(_NO_AGENCY_RULES)])]
    judged = mine.assign(
        submission_id=meant["submission_id"],
        outcome=mine["outcome"].str.strip().str.casefold(),
        title=meant["submission_id"]
        .map(counting["title"])
        .astype("str")
        .fillna(mine["submission"]),
    )
    refused = (judged["outcome"] == "accepted") & judged["submission_id"].isin(no_agency)
    outcome = ~judged["outcome"].isin(DECIDABLE_OUTCOMES["registration"])
    problem = np.select(
        [outcome, meant["rule"].notna(), refused],
        ["outcome", meant["rule"].fillna(""), "agency"],
        "",
    )
    judged["problem"] = problem
    last = (
        judged["outcome"]
        .where(judged["problem"] == "")
        .groupby(judged["submission_id"])
        .transform("last")
    )
    contradicted = (judged["problem"] == "") & (judged["outcome"] != last)
    judged["problem"] = judged["problem"].mask(contradicted, "contradicted")
    return judged.assign(applied=judged["problem"] == "")


def _refusal_findings(judged: pd.DataFrame, ranked: pd.DataFrame) -> list[pd.DataFrame]:
    strange = judged[judged["problem"] == "unknown_submission"]
    near = nearest_innovations(strange["submission"], ranked)
    shared = judged[judged["problem"] == "ambiguous_submission"]
    return [
        _unknown_decision_findings(strange[near == ""], "submission"),
        _unknown_decision_findings(strange.assign(near=near)[near != ""], "submission.near"),
        make_findings("ambiguous_submission", _decision_places(shared), table="decisions"),
        _unknown_decision_findings(
            judged[judged["problem"] == "outcome"],
            "outcome",
            choices=", ".join(DECIDABLE_OUTCOMES["registration"]),
        ),
        _unknown_decision_findings(judged[judged["problem"] == "agency"], "agency"),
        _unknown_decision_findings(judged[judged["problem"] == "contradicted"], "contradicted"),
    ]


def _unknown_decision_findings(decisions: pd.DataFrame, case: str, **params: str) -> pd.DataFrame:
    if decisions.empty:
        return no_findings()
    places = _decision_places(decisions).assign(
        outcome=decisions["outcome"], named=decisions["phase"]
    )
    places = places.join(decisions.filter(["near"]))
    return make_findings("unknown_decision", places, table="decisions", case=case, **params)


def _decision_places(decisions: pd.DataFrame) -> pd.DataFrame:
    return (
        decisions[["phase", "submission", "table_row"]]
        .rename(columns={"submission": "value", "table_row": "row"})
        .assign(source="decisions.csv", field="submission")
    )
