"""Decisions on one phase after registration, beside what the rules gave, with their reason.
Computes; touches nothing.

They count from the phase's close on (interface.md section 4). Decisions on registration, and the
finding on those that name no phase of the competition, are in decisions.py.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from tasks import findings, matching, nearest_titles
from tasks.competition import Competition, Judging, Nomination, Screening
from tasks.schema import DECIDABLE

Later = Screening | Judging | Nomination
_KEY = ["submission_id", "level"]
_LISTED = ["phase", "submission_id", "title", "outcome", "reason", "level"]


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
def none() -> Decisions:
    """No decisions at all."""
    texts = ("phase", "submission", "submission_id", "title", "outcome", "reason", "level")
    dtypes = dict.fromkeys(texts, "str") | {"table_row": "Int64", "stands": "bool"}
    return Decisions(
        pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()}),
        findings.none(),
    )


def read(table: pd.DataFrame, phase: Later, settled: pd.DataFrame) -> Decisions:
    """The decisions on the phase, their submissions matched.

    `table` as decisions.csv (folder.py), `settled` as submissions.py gives it.
    """
    rows = table[table["phase"] == phase.code].reset_index(drop=True)
    met = matching.accepted_submissions(rows["submission"], settled)
    rows = _titled(rows, met["submission_id"], settled).assign(
        outcome=rows["outcome"].str.strip().str.casefold()
    )
    rows["level"] = (
        rows["level"] if isinstance(phase, Nomination) else pd.Series("", index=rows.index)
    ).fillna("")
    rows["problem"] = _problem(rows, met["rule"], phase)
    able = rows[rows["problem"] == ""]
    rows["held"] = able.groupby(_KEY)["outcome"].transform("last")
    rows["stands"] = (
        (~able.duplicated(_KEY, keep="last")).reindex(rows.index, fill_value=False).astype("bool")
    )
    return Decisions(rows.drop(columns=["problem", "held"]), _refused(rows, phase, settled))


def homeless(table: pd.DataFrame, competition: Competition, settled: pd.DataFrame) -> Decisions:
    """The decisions that name no phase of the competition: none stands; the finding on them is of
    decisions.py.
    """
    rows = table[~table["phase"].isin([phase.code for phase in competition.phases])].reset_index(
        drop=True
    )
    met = matching.submissions(rows["submission"], settled)
    rows = _titled(rows, met["submission_id"], settled).assign(
        level=rows["level"].fillna(""), stands=False
    )
    return Decisions(rows, findings.none())


def _titled(rows: pd.DataFrame, ids: pd.Series, settled: pd.DataFrame) -> pd.DataFrame:
    meant = settled[settled["submission_id"].isin(ids.dropna())]
    counting = meant[meant["counts"].astype("bool")].drop_duplicates("submission_id")
    titles = ids.map(counting.set_index("submission_id")["title"]).astype("str")
    return rows.assign(submission_id=ids, title=titles.fillna(rows["submission"]))


def _problem(rows: pd.DataFrame, rule: pd.Series, phase: Later) -> pd.Series:
    """Why a row can have no effect, else "": its outcome, its level, its submission."""
    levels = [level.code for level in phase.levels] if isinstance(phase, Nomination) else [""]
    cases = {
        "outcome": ~rows["outcome"].isin(DECIDABLE[phase.kind]),
        "level": ~rows["level"].isin(levels),
        "ambiguous": rule == "ambiguous_submission",
        "submission": rows["submission_id"].isna(),
    }
    problems = np.select([case.to_numpy(bool) for case in cases.values()], list(cases), "")
    return pd.Series(problems, index=rows.index, dtype="str")


def _refused(rows: pd.DataFrame, phase: Later, settled: pd.DataFrame) -> pd.DataFrame:
    """unknown_decision and ambiguous_submission for rows that can have no effect."""
    contradicted = (rows["problem"] == "") & (rows["outcome"] != rows["held"])
    problem = rows["problem"].mask(contradicted, "contradicted")
    levels = [level.code for level in phase.levels] if isinstance(phase, Nomination) else []
    told = _places(rows)
    near = nearest_titles.nearest(told["value"].where(problem == "submission"), settled)
    stray = told.assign(near=near)[problem == "submission"]
    return findings.together(
        [
            _unknown(
                told[problem == "outcome"].assign(choices=", ".join(DECIDABLE[phase.kind])),
                "outcome",
            ),
            _unknown(told[problem == "level"].assign(choices=", ".join(levels)), "level"),
            _unknown(stray[stray["near"] == ""], "submission"),
            _unknown(stray[stray["near"] != ""], "submission.near"),
            findings.of(
                "ambiguous_submission",
                told[problem == "ambiguous"],
                table="decisions",
                source="decisions.csv",
            ),
            _unknown(told[problem == "contradicted"], "contradicted"),
        ]
    )


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    places = rows[["phase", "submission_id", "level"]].assign(
        row=rows["table_row"],
        value=rows["submission"],
        outcome=rows["outcome"].fillna(""),
        named=rows["phase"],
    )
    return places.assign(field="submission")


def _unknown(places: pd.DataFrame, case: str) -> pd.DataFrame:
    return findings.of(
        "unknown_decision", places, table="decisions", source="decisions.csv", case=case
    )


def outside(decisions: Decisions, entered: pd.Index) -> pd.DataFrame:
    """unknown_decision for each decision on something that is not in the phase."""
    stray = decisions.rows["stands"] & ~decisions.rows["submission_id"].isin(entered)
    return _unknown(_places(decisions.rows[stray]), "not_in_phase")


def applied(
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


def listed(decisions: Decisions, entered: pd.Index, closed: bool) -> pd.DataFrame:
    """The rows of the table decisions: `applied` where one took effect."""
    rows = decisions.rows
    effective = rows["stands"] & rows["submission_id"].isin(entered) & closed
    levels = rows["level"].replace("", np.nan).astype("str")
    return rows[_LISTED].assign(level=levels, applied=effective.astype("boolean"))
