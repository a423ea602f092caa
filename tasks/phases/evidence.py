"""Marks and answers of one phase with what people typed matched: submissions, judges, assignments.
Computes; touches nothing.
"""

from dataclasses import dataclass

import pandas as pd

from tasks.errors import ErrorMessage, RulesError
from tasks.findings.frame import join_findings, make_findings
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


@dataclass(frozen=True, eq=False)
class MatchedEvidence:
    """Typed rows of one phase whose submission (and judge) is known, and a finding for each sheet
    or answer that is not.
    """

    rows: pd.DataFrame
    findings: pd.DataFrame


def no_evidence(timezone: str) -> pd.DataFrame:
    """Typed marks or answers of a phase for which nothing was delivered: no rows, all the
    columns.
    """
    dtypes = dict.fromkeys(_TEXT_COLUMNS, "str") | {
        "row": "Int64",
        "unreadable": "boolean",
        "answer": "boolean",
    }
    dtypes["submitted_at"] = f"datetime64[us, {timezone}]"
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})


def match_evidence(
    rows: pd.DataFrame, settled: pd.DataFrame, table: str, phase: Phase, label: str
) -> MatchedEvidence:
    """The rows with submission_id; one finding a `label` (sheet, answer_row) whose submission is
    not known.
    """
    met = match_accepted_submissions(rows["submission"], settled)
    rule = met["rule"].where(
        met["submission_id"].notna() | met["rule"].notna(), "unknown_submission"
    )
    lost = rows[rule.notna()].drop_duplicates(label)
    places = lost[["source", "row"]].assign(value=lost["submission"])
    found = _unmatched_findings(
        places, rule.reindex(lost.index), settled, table=table, phase=phase.code
    )
    return MatchedEvidence(rows.assign(submission_id=met["submission_id"])[rule.isna()], found)


def _unmatched_findings(
    places: pd.DataFrame, rule: pd.Series, settled: pd.DataFrame, **cells: str
) -> pd.DataFrame:
    """The findings on texts that mean no submission, with the one that comes nearest, or
    several.
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

    They are matched together, so that a judge whom judges.csv does not have is still one person in
    all three.
    """
    assigned = tables.assignments.loc[tables.assignments["phase"] == phase.code, "judge"]
    named = pd.Series([conflict.judge for conflict in phase.conflicts], dtype="str")
    typed = (
        pd.concat([sheets["judge"], assigned, named], ignore_index=True).dropna().drop_duplicates()
    )
    return match_judges(typed, tables.judges).set_axis(typed)


def signed_sheets(sheets: pd.DataFrame, names: pd.Series, phase: JudgingPhase) -> MatchedEvidence:
    """The rows of sheets that have a judge, by the judge's one name; nobody's marks cannot be used:
    a finding a sheet.
    """
    judge = sheets["judge"].map(names).astype("str")
    nameless = sheets.loc[
        judge.isna(), ["sheet", "source", "row", "submission_id"]
    ].drop_duplicates("sheet")
    found = make_findings(
        "incomplete_sheet",
        nameless[["source", "row", "submission_id"]],
        table="marks",
        phase=phase.code,
        field="judge",
        case="nameless",
    )
    return MatchedEvidence(sheets.assign(judge=judge)[judge.notna()], found)


def match_assignments(
    tables: Tables,
    names: pd.Series,
    settled: pd.DataFrame,
    competition: Competition,
    phase: JudgingPhase,
) -> MatchedEvidence:
    """The phase's rows of assignments.csv: judge, submission (as typed), submission_id; a finding
    for each that means nothing.
    """
    rows = tables.assignments[tables.assignments["phase"] == phase.code].reset_index(drop=True)
    met = match_accepted_submissions(rows["submission"], settled)
    whole = rows["submission"].isin(
        [ALL_SUBMISSIONS, *(category.code for category in competition.categories)]
    )
    lost = rows[~whole & met["rule"].notna()]
    places = pd.DataFrame({"row": lost["table_row"], "value": lost["submission"]})
    found = _unmatched_findings(
        places,
        met["rule"].reindex(lost.index),
        settled,
        table="assignments",
        source="assignments.csv",
        phase=phase.code,
    )
    judge = rows["judge"].map(names).astype("str")
    return MatchedEvidence(rows.assign(judge=judge, submission_id=met["submission_id"]), found)


def named_conflicts(
    tables: Tables, names: pd.Series, competition: Competition, phase: JudgingPhase
) -> pd.DataFrame:
    """The pairs of `conflicts`: judge, agency_code. Raises RulesError where the register has no
    such agency.
    """
    pairs = pd.DataFrame(
        {
            "judge": pd.Series([conflict.judge for conflict in phase.conflicts], dtype="str"),
            "agency_code": pd.Series(
                [conflict.agency for conflict in phase.conflicts], dtype="str"
            ),
        }
    )
    strange = pairs.loc[~pairs["agency_code"].isin(tables.agencies["agency_code"]), "agency_code"]
    if len(strange):
        place = f"phases.{phase.code}.conflicts"
        problems = [
            ErrorMessage("phases.conflict_of_unknown_agency", place, {"value": code})
            for code in strange
        ]
        raise RulesError(*problems, language=competition.language)
    return pairs.assign(judge=pairs["judge"].map(names).astype("str"))
