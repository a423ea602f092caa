"""Marks and answers of one phase with what people typed matched: submissions, judges, assignments.

What does not belong here: how a text is matched (tasks/names), which sheets are used
(tasks/judging/sheets.py), conflicts of interest
(tasks/judging/conflicts.py).
"""

import pandas as pd

from tasks.findings.frame import Found, join_findings, make_findings
from tasks.judging.expected_sheets import ALL_SUBMISSIONS
from tasks.names.people import match_judges
from tasks.names.submissions import match_accepted_submissions, nearest_innovations
from tasks.register.tables import Tables
from tasks.rules.competition import Competition, JudgingPhase, Phase

UNMATCHED_RULES = ("unknown_submission", "ambiguous_submission")
_TEXT_COLUMNS = (
    "source",
    "judge",
    "submission",
    "note",
    "criterion",
    "requirement",
    "text",
    "mark",
)


def no_evidence(timezone: str) -> pd.DataFrame:
    """Typed marks or answers of a phase for which nothing was delivered: no rows, all the
    columns.
    """
    dtypes = dict.fromkeys(_TEXT_COLUMNS, "str")
    dtypes |= {"row": "Int64", "unreadable": "boolean", "answer": "boolean"}
    dtypes["submitted_at"] = f"datetime64[us, {timezone}]"
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})


def match_evidence(
    rows: pd.DataFrame, settled: pd.DataFrame, table: str, phase: Phase, label: str
) -> Found:
    """The rows whose submission is known, with submission_id; a finding for each `label` (sheet,
    answer_row) whose submission is not known.

    `settled`: the submissions; `table`: the table that the findings are about (marks, screening).
    """
    matched = match_accepted_submissions(rows["submission"], settled)
    has_answer = matched["submission_id"].notna() | matched["rule"].notna()
    rule = matched["rule"].where(has_answer, "unknown_submission")
    lost = rows[rule.notna()].drop_duplicates(label)
    places = lost[["source", "row"]].assign(value=lost["submission"])
    findings = _unmatched_findings(
        places, rule.reindex(lost.index), settled, table=table, phase=phase.code
    )
    return Found(rows.assign(submission_id=matched["submission_id"])[rule.isna()], findings)


def evidence_ids(rows: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """The submission that each delivered row of marks or answers is about: source, row,
    submission_id; one row for each whose submission is known.

    `rows`: typed marks or answers of a phase; `settled`: the submissions.
    """
    places = rows[["source", "row", "submission"]].drop_duplicates(["source", "row"])
    ids = match_accepted_submissions(places["submission"], settled)["submission_id"]
    return (
        places.assign(submission_id=ids).drop(columns="submission").dropna(subset="submission_id")
    )


def _unmatched_findings(
    places: pd.DataFrame, rule: pd.Series, settled: pd.DataFrame, **cells: str
) -> pd.DataFrame:
    """The findings on texts that mean no submission, with the nearest title, or several
    submissions.
    """
    unknown, shared = (places[(rule == code).to_numpy()] for code in UNMATCHED_RULES)
    near = nearest_innovations(unknown["value"], settled)
    offered = unknown.assign(near=near, case=near.where(near == "", "near"))
    return join_findings(
        [
            make_findings("unknown_submission", offered, field="submission", **cells),
            make_findings("ambiguous_submission", shared, field="submission", **cells),
        ]
    )


def judge_names(sheets: pd.DataFrame, tables: Tables, phase: JudgingPhase) -> pd.Series:
    """The one name of each judge of the phase, by what was typed in sheets, assignments.csv and
    `conflicts`.

    All three are matched together, so that a judge whom judges.csv does not have is still one
    person in all of them.
    """
    assigned = tables.assignments.loc[tables.assignments["phase"] == phase.code, "judge"]
    in_conflicts = pd.Series([conflict.judge for conflict in phase.conflicts], dtype="str")
    every = pd.concat([sheets["judge"], assigned, in_conflicts], ignore_index=True)
    typed = every.dropna().drop_duplicates()
    return match_judges(typed, tables.judges).set_axis(typed)


def signed_sheets(sheets: pd.DataFrame, names: pd.Series, phase: JudgingPhase) -> Found:
    """The rows of sheets that have a judge, by the judge's one name; a finding for each sheet
    without a judge, whose marks cannot be used.
    """
    judge = sheets["judge"].map(names).astype("str")
    nameless = sheets[judge.isna()].drop_duplicates("sheet")
    findings = make_findings(
        "incomplete_sheet",
        nameless[["source", "row", "submission_id"]],
        table="marks",
        phase=phase.code,
        field="judge",
        case="nameless",
    )
    return Found(sheets.assign(judge=judge)[judge.notna()], findings)


def match_assignments(
    tables: Tables,
    names: pd.Series,
    settled: pd.DataFrame,
    competition: Competition,
    phase: JudgingPhase,
) -> Found:
    """The phase's rows of assignments.csv: judge, submission (as typed), submission_id; a finding
    for each row that means no submission, category or all.
    """
    rows = tables.assignments[tables.assignments["phase"] == phase.code].reset_index(drop=True)
    matched = match_accepted_submissions(rows["submission"], settled)
    categories = [category.code for category in competition.categories]
    is_group = rows["submission"].isin([ALL_SUBMISSIONS, *categories])
    lost = rows[~is_group & matched["rule"].notna()]
    places = pd.DataFrame({"row": lost["table_row"], "value": lost["submission"]})
    findings = _unmatched_findings(
        places,
        matched["rule"].reindex(lost.index),
        settled,
        table="assignments",
        source="assignments.csv",
        phase=phase.code,
    )
    judge = rows["judge"].map(names).astype("str")
    return Found(rows.assign(judge=judge, submission_id=matched["submission_id"]), findings)
