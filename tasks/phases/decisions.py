"""Decisions on one phase after registration, beside what the rules gave, with their reason.
Computes; touches nothing.

They count from the phase's close on (interface.md section 4). Decisions on registration, and the
finding on those that name no phase of the competition, are in decisions.py.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_findings, no_findings
from tasks.names.submissions import (
    match_accepted_submissions,
    match_submissions,
    nearest_innovations,
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

    `table` as decisions.csv (folder.py), `settled` as submissions.py gives it.
    """
    rows = table[table["phase"] == phase.code].reset_index(drop=True)
    met = match_accepted_submissions(rows["submission"], settled)
    rows = _add_titles(rows, met["submission_id"], settled).assign(
        outcome=rows["outcome"].str.strip().str.casefold()
    )
    rows["level"] = (
        rows["level"] if isinstance(phase, NominationPhase) else pd.Series("", index=rows.index)
    ).fillna("")
    rows["problem"] = _decision_problems(rows, met["rule"], phase)
    able = rows[rows["problem"] == ""]
    rows["held"] = able.groupby(_DECISION_KEY)["outcome"].transform("last")
    rows["stands"] = (
        (~able.duplicated(_DECISION_KEY, keep="last"))
        .reindex(rows.index, fill_value=False)
        .astype("bool")
    )
    return Decisions(
        rows.drop(columns=["problem", "held"]), _refusal_findings(rows, phase, settled)
    )


def decisions_without_phase(
    table: pd.DataFrame, competition: Competition, settled: pd.DataFrame
) -> Decisions:
    """The decisions that name no phase of the competition: none stands; the finding on them is of
    decisions.py.
    """
    rows = table[~table["phase"].isin([phase.code for phase in competition.phases])].reset_index(
        drop=True
    )
    met = match_submissions(rows["submission"], settled)
    rows = _add_titles(rows, met["submission_id"], settled).assign(
        level=rows["level"].fillna(""), stands=False
    )
    return Decisions(rows, no_findings())


def _add_titles(rows: pd.DataFrame, ids: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    meant = settled[settled["submission_id"].isin(ids.dropna())]
    counting = meant[meant["counts"].astype("bool")].drop_duplicates("submission_id")
    titles = ids.map(counting.set_index("submission_id")["title"]).astype("str")
    return rows.assign(submission_id=ids, title=titles.fillna(rows["submission"]))


def _decision_problems(rows: pd.DataFrame, rule: pd.Series, phase: LaterPhase) -> pd.Series:
    """Why a row can have no effect, else "": its outcome, its level, its submission."""
    levels = [level.code for level in phase.levels] if isinstance(phase, NominationPhase) else [""]
    cases = {
        "outcome": ~rows["outcome"].isin(DECIDABLE_OUTCOMES[phase.kind]),
        "level": ~rows["level"].isin(levels),
        "ambiguous": rule == "ambiguous_submission",
        "submission": rows["submission_id"].isna(),
    }
    problems = np.select([case.to_numpy(bool) for case in cases.values()], list(cases), "")
    return pd.Series(problems, index=rows.index, dtype="str")


def _refusal_findings(rows: pd.DataFrame, phase: LaterPhase, settled: pd.DataFrame) -> pd.DataFrame:
    """unknown_decision and ambiguous_submission for rows that can have no effect."""
    contradicted = (rows["problem"] == "") & (rows["outcome"] != rows["held"])
    problem = rows["problem"].mask(contradicted, "contradicted")
    levels = [level.code for level in phase.levels] if isinstance(phase, NominationPhase) else []
    told = _decision_places(rows)
    near = nearest_innovations(told["value"].where(problem == "submission"), settled)
    stray = told.assign(near=near)[problem == "submission"]
    return join_findings(
        [
            _unknown_decision_findings(
                told[problem == "outcome"].assign(
                    choices=", ".join(DECIDABLE_OUTCOMES[phase.kind])
                ),
                "outcome",
            ),
            _unknown_decision_findings(
                told[problem == "level"].assign(choices=", ".join(levels)), "level"
            ),
            _unknown_decision_findings(stray[stray["near"] == ""], "submission"),
            _unknown_decision_findings(stray[stray["near"] != ""], "submission.near"),
            make_findings(
                "ambiguous_submission",
                told[problem == "ambiguous"],
                table="decisions",
                source="decisions.csv",
            ),
            _unknown_decision_findings(told[problem == "contradicted"], "contradicted"),
        ]
    )


def _decision_places(rows: pd.DataFrame) -> pd.DataFrame:
    places = rows[["phase", "submission_id", "level"]].assign(
        row=rows["table_row"],
        value=rows["submission"],
        outcome=rows["outcome"].fillna(""),
        named=rows["phase"],
    )
    return places.assign(field="submission")


def _unknown_decision_findings(places: pd.DataFrame, case: str) -> pd.DataFrame:
    return make_findings(
        "unknown_decision", places, table="decisions", source="decisions.csv", case=case
    )


def outside_phase_findings(decisions: Decisions, entered: pd.Index) -> pd.DataFrame:
    """unknown_decision for each decision on something that is not in the phase."""
    stray = decisions.rows["stands"] & ~decisions.rows["submission_id"].isin(entered)
    return _unknown_decision_findings(_decision_places(decisions.rows[stray]), "not_in_phase")


def apply_decisions(
    table: pd.DataFrame, decisions: Decisions, closed: bool, while_open: str
) -> pd.DataFrame:
    """The table with `outcome` and `reason`: the decision where there is one, once the phase has
    closed.

    `table` has submission_id and ranked_outcome, and level in a nomination; `while_open` is the
    outcome until then.
    """
    if not closed:
        return table.assign(
            outcome=while_open, reason=pd.Series(np.nan, index=table.index, dtype="str")
        )
    keys = ["submission_id", *(["level"] if "level" in table else [])]
    said = decisions.rows.loc[decisions.rows["stands"], [*keys, "outcome", "reason"]]
    met = table.merge(said, on=keys, how="left", validate="1:1")
    return met.assign(outcome=met["outcome"].fillna(met["ranked_outcome"])).set_axis(table.index)


def decisions_table(decisions: Decisions, entered: pd.Index, closed: bool) -> pd.DataFrame:
    """The rows of the table decisions: `applied` where one took effect."""
    rows = decisions.rows
    effective = rows["stands"] & rows["submission_id"].isin(entered) & closed
    levels = rows["level"].replace("", np.nan).astype("str")
    return rows[_DECISION_COLUMNS].assign(level=levels, applied=effective.astype("boolean"))
