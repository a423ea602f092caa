"""Decisions of the bureau on registration: beside what the rules gave, with their reason. Computes;
touches nothing.

They hold at once, for the row that counts for its innovation (interface.md section 4). Decisions on
later phases are theirs (phases.py); one that names no phase of the competition is found here.
"""

import numpy as np
import pandas as pd

from tasks import findings, matching, nearest_titles
from tasks.competition import Competition
from tasks.schema import DECIDABLE

_NO_AGENCY = ("unknown_agency", "ambiguous_agency")


def of_registration(
    ranked: pd.DataFrame, graded: pd.DataFrame, decisions: pd.DataFrame, competition: Competition
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The submissions with status and reason, findings on decisions without effect, and the table
    decisions.

    `ranked` has submission_id, title, innovation, counts, ranked_status, source, row; `graded` the
    findings on them.
    """
    phases = [phase.code for phase in competition.phases]
    nowhere = _refused(
        decisions[~decisions["phase"].isin(phases)], "phase", phases=", ".join(phases)
    )
    mine = decisions[decisions["phase"] == competition.registration.code].reset_index(drop=True)
    judged = _judged(mine, ranked, graded)
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
        findings.together([nowhere, *_all_refused(judged, ranked)]),
        judged.drop(columns="problem"),
    )


def _judged(mine: pd.DataFrame, ranked: pd.DataFrame, graded: pd.DataFrame) -> pd.DataFrame:
    """The decisions with submission_id, title, problem (why it has no effect, else "") and
    applied.
    """
    meant = matching.submissions(mine["submission"], ranked)
    named = ranked["counts"] & ranked["submission_id"].isin(meant["submission_id"])
    counting = ranked.loc[named, ["source", "row", "submission_id", "title"]].set_index(
        "submission_id"
    )
    no_agency = counting.index[findings.at(counting, graded[graded["rule"].isin(_NO_AGENCY)])]
    judged = mine.assign(
        submission_id=meant["submission_id"],
        outcome=mine["outcome"].str.strip().str.casefold(),
        title=meant["submission_id"]
        .map(counting["title"])
        .astype("str")
        .fillna(mine["submission"]),
    )
    refused = (judged["outcome"] == "accepted") & judged["submission_id"].isin(no_agency)
    outcome = ~judged["outcome"].isin(DECIDABLE["registration"])
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


def _all_refused(judged: pd.DataFrame, ranked: pd.DataFrame) -> list[pd.DataFrame]:
    strange = judged[judged["problem"] == "unknown_submission"]
    near = nearest_titles.nearest(strange["submission"], ranked)
    shared = judged[judged["problem"] == "ambiguous_submission"]
    return [
        _refused(strange[near == ""], "submission"),
        _refused(strange.assign(near=near)[near != ""], "submission.near"),
        findings.of("ambiguous_submission", _places(shared), table="decisions"),
        _refused(
            judged[judged["problem"] == "outcome"],
            "outcome",
            choices=", ".join(DECIDABLE["registration"]),
        ),
        _refused(judged[judged["problem"] == "agency"], "agency"),
        _refused(judged[judged["problem"] == "contradicted"], "contradicted"),
    ]


def _refused(decisions: pd.DataFrame, case: str, **params: str) -> pd.DataFrame:
    if decisions.empty:
        return findings.none()
    places = _places(decisions).assign(outcome=decisions["outcome"], named=decisions["phase"])
    places = places.join(decisions.filter(["near"]))
    return findings.of("unknown_decision", places, table="decisions", case=case, **params)


def _places(decisions: pd.DataFrame) -> pd.DataFrame:
    return (
        decisions[["phase", "submission", "table_row"]]
        .rename(columns={"submission": "value", "table_row": "row"})
        .assign(source="decisions.csv", field="submission")
    )
