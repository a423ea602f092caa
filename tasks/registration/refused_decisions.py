"""Decisions that can have no effect: why, and the findings on them; for decisions on every kind of
phase.

What does not belong here: which reasons a kind of phase has, and what a decision changes
(registration/decisions.py, phases/decisions.py).
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from tasks.findings.frame import join_findings, make_findings, no_findings
from tasks.names.submissions import nearest_innovations

_SOURCE = "decisions.csv"


def add_titles(rows: pd.DataFrame, ids: pd.Series, submissions: pd.DataFrame) -> pd.DataFrame:
    """The decisions with submission_id and title: the title of the row that counts, else what was
    typed.

    `ids`: the submission of each decision, NaN for none. `submissions`: submission_id, title,
    counts.
    """
    is_meant = submissions["submission_id"].isin(ids.dropna())
    meant = submissions[is_meant & submissions["counts"].astype("bool")]
    title = meant.drop_duplicates("submission_id").set_index("submission_id")["title"]
    titles = ids.map(title).astype("str")
    return rows.assign(submission_id=ids, title=titles.fillna(rows["submission"]))


def mark_contradicted(rows: pd.DataFrame, key: list[str]) -> pd.Series:
    """The problem of each decision ("" for none): `contradicted` where a later one without a
    problem says otherwise of the same `key`.

    `rows`: problem, outcome and the columns of the key.
    """
    able = rows[rows["problem"] == ""]
    last = able.groupby(key)["outcome"].transform("last").reindex(rows.index)
    is_contradicted = (rows["problem"] == "") & (rows["outcome"] != last)
    return rows["problem"].mask(is_contradicted, "contradicted")


def refusal_findings(
    rows: pd.DataFrame,
    submissions: pd.DataFrame,
    choices: Mapping[str, Sequence[str]],
    also: Sequence[str] = (),
) -> pd.DataFrame:
    """The findings on decisions with a problem, problem by problem in the order of `choices`.

    `rows`: phase, submission (as typed), outcome, level, table_row, problem, and the columns of
    `also`, which findings take too. `submissions`: those of which the nearest title is offered.
    `choices`: by problem the codes that might stand there instead, which the sentence names.
    """
    findings = []
    for problem, codes in choices.items():
        refused = rows[rows["problem"] == problem]
        if problem == "submission":
            findings.append(_unknown_submission_findings(refused, submissions, also))
        elif problem == "ambiguous":
            places = _decision_places(refused, also)
            findings.append(make_findings("ambiguous_submission", places, table="decisions"))
        else:
            offered = ", ".join(codes)
            findings.append(unknown_decision_findings(refused, problem, also, choices=offered))
    return join_findings(findings)


def _unknown_submission_findings(
    rows: pd.DataFrame, submissions: pd.DataFrame, also: Sequence[str]
) -> pd.DataFrame:
    """The findings on decisions to which no title comes near, then on those with a nearest one."""
    near = nearest_innovations(rows["submission"], submissions)
    offered = rows.assign(near=near)[near != ""]
    return join_findings(
        [
            unknown_decision_findings(rows[near == ""], "submission", also),
            unknown_decision_findings(offered, "submission.near", [*also, "near"]),
        ]
    )


def unknown_decision_findings(
    rows: pd.DataFrame, case: str, also: Sequence[str] = (), **params: str
) -> pd.DataFrame:
    """An unknown_decision for each of these decisions; the columns of `also` are taken too."""
    if rows.empty:
        return no_findings()
    places = _decision_places(rows, also)
    return make_findings("unknown_decision", places, table="decisions", case=case, **params)


def _decision_places(rows: pd.DataFrame, also: Sequence[str]) -> pd.DataFrame:
    """Where the decisions stand, and what they say."""
    return rows[["phase", *also]].assign(
        source=_SOURCE,
        row=rows["table_row"],
        field="submission",
        value=rows["submission"],
        outcome=rows["outcome"].fillna(""),
        named=rows["phase"],
    )
