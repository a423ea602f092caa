"""The administrative check of one screening phase: who meets every requirement.

What does not belong here: reading yes and no (tasks/intake/cells/answers.py), matching
(evidence.py), decisions (decisions.py).
"""

import numpy as np
import pandas as pd

from tasks.findings.frame import Found, join_findings, make_findings
from tasks.rules.competition import ScreeningPhase

_SCREENING_COLUMNS = ["submission_id", "unmet", "note", "ranked_outcome"]


def delivered_answers(typed: pd.DataFrame) -> pd.DataFrame:
    """The rows that answer something, with `answer_row`, a label of the delivered row.

    `typed`: typed answers of a phase, one row per delivered row and requirement.
    """
    label = typed.groupby(["source", "row"], sort=False, dropna=False).ngroup()
    answered = typed["text"].notna().groupby(label).transform("any")
    return typed.assign(answer_row=label)[answered]


def count_answer_rows(typed: pd.DataFrame) -> int:
    """How many rows that answer something were delivered."""
    return int(delivered_answers(typed)["answer_row"].nunique())


def screen_submissions(
    typed: pd.DataFrame, phase: ScreeningPhase, submissions: pd.DataFrame
) -> Found:
    """What the answers give, one row per submission that entered: submission_id, unmet, note,
    ranked_outcome.

    `typed`: typed answers of the phase with submission_id matched. `submissions`: submission_id,
    title, in_phase (boolean) of every submission that an answer can be about.
    """
    entered = submissions.loc[submissions["in_phase"].astype("bool"), ["submission_id", "title"]]
    if typed.empty:
        return _screen_without_answers(entered, phase)
    rows = delivered_answers(typed[typed["submission_id"].notna()])
    heads = _answer_heads(rows, submissions)
    counting = last_answer_rows(heads[heads["in_phase"]])
    answers = _join_answers(rows, counting, phase)
    answered = counting[["submission_id", "source", "row", "note"]].merge(
        answers, on="submission_id", validate="1:1"
    )
    table = entered.merge(answered, on="submission_id", how="left", validate="1:1")
    table["ranked_outcome"] = _screening_outcomes(table)
    strangers = heads.loc[~heads["in_phase"], ["source", "row", "submission_id", "title"]]
    cell = {"table": "screening", "phase": phase.code}
    findings = [
        make_findings("not_in_phase", strangers, **cell, case="screening"),
        _not_screened_findings(table, phase),
    ]
    return Found(table[_SCREENING_COLUMNS], join_findings(findings))


def _screen_without_answers(entered: pd.DataFrame, phase: ScreeningPhase) -> Found:
    """What comes where nothing was delivered: everything is pending."""
    names = ("source", "row", "note", "unmet", "unclear", "unclear_texts")
    nothing = dict.fromkeys(names, pd.Series(dtype="str"))
    table = entered.assign(**nothing, ranked_outcome="pending")
    return Found(table[_SCREENING_COLUMNS], _not_screened_findings(table, phase))


def _answer_heads(rows: pd.DataFrame, submissions: pd.DataFrame) -> pd.DataFrame:
    """One row per delivered row, with title and in_phase (bool) of its submission."""
    known = submissions[["submission_id", "title", "in_phase"]]
    heads = rows.drop_duplicates("answer_row").merge(
        known, on="submission_id", how="left", validate="m:1"
    )
    in_phase = heads["in_phase"].astype("boolean").fillna(False)
    return heads.assign(in_phase=in_phase.astype("bool"))


def last_answer_rows(heads: pd.DataFrame) -> pd.DataFrame:
    """The row that counts for each submission: the last by time where all have one, else by export
    name and row.
    """
    timed = heads["submitted_at"].notna().groupby(heads["submission_id"]).transform("all")
    ordered = heads.assign(when=heads["submitted_at"].where(timed.astype("bool"))).sort_values(
        ["when", "source", "row"], kind="stable", na_position="first"
    )
    return ordered.drop_duplicates("submission_id", keep="last")


def _join_answers(
    rows: pd.DataFrame, counting: pd.DataFrame, phase: ScreeningPhase
) -> pd.DataFrame:
    """What the counting rows say, one row per submission: submission_id, answered (true), unmet
    and unclear (codes joined by |, in the order of the rules), and unclear_texts: what stands in
    the unclear cells, joined likewise; NaN where they are empty.
    """
    codes = pd.DataFrame({"requirement": [r.code for r in phase.requirements]}, dtype="str")
    cells = rows[["answer_row", "requirement", "answer", "text"]]
    grid = counting[["answer_row", "submission_id"]].merge(codes, how="cross")
    grid = grid.merge(cells, on=["answer_row", "requirement"], how="left", validate="1:1")
    answer = grid["answer"].astype("boolean")
    is_no = ~answer.fillna(True).astype("bool")
    unclear = grid[answer.isna()].assign(text=grid["text"].fillna(""))
    texts = _join_texts_by_submission(unclear, "text")
    joined = {
        "unmet": _join_texts_by_submission(grid[is_no], "requirement"),
        "unclear": _join_texts_by_submission(unclear, "requirement"),
        "unclear_texts": texts[texts.str.strip("|") != ""],
    }
    ids = counting["submission_id"]
    columns = {name: ids.map(texts).astype("str") for name, texts in joined.items()}
    return counting[["submission_id"]].assign(**columns, answered=True)


def _join_texts_by_submission(cells: pd.DataFrame, column: str) -> pd.Series:
    """The texts of a column joined by |, by submission id."""
    return cells.groupby("submission_id")[column].agg("|".join)


def _screening_outcomes(table: pd.DataFrame) -> pd.Series:
    answered = table["answered"].astype("boolean").fillna(False).astype("bool")
    cases = [table["unmet"].notna(), table["unclear"].notna() | ~answered]
    return pd.Series(
        np.select(cases, ["fails", "pending"], "passes"), index=table.index, dtype="str"
    )


def _not_screened_findings(table: pd.DataFrame, phase: ScreeningPhase) -> pd.DataFrame:
    """One not_screened for each submission that is pending: nothing was answered, or not everything
    clearly.
    """
    pending = table[table["ranked_outcome"] == "pending"]
    nothing = pending.loc[pending["unclear"].isna(), ["submission_id", "title"]]
    partly = pending[pending["unclear"].notna()].rename(
        columns={"unclear": "field", "unclear_texts": "value"}
    )
    places = partly[["source", "row", "submission_id", "title", "field", "value"]]
    cell = {"table": "screening", "phase": phase.code}
    return join_findings(
        [
            make_findings("not_screened", nothing, **cell, case="nothing"),
            make_findings("not_screened", places, **cell, case="partly"),
        ]
    )
