"""What the bureau or the plenary decided, beside what the rules gave. Computes; touches nothing.

Registration decisions take effect in submissions.py; here they are only listed.
"""

from dataclasses import dataclass

import pandas as pd

from tasks import findings, matching
from tasks.competition import Competition, Phase
from tasks.schema import DECIDABLE


@dataclass(frozen=True, eq=False)
class Decisions:
    """The rows of decisions.csv, and what is wrong with those of the phases after registration.

    rows: table_row, phase, submission (as typed), submission_id, title, outcome, reason, level, stands (bool: it can take
    effect if its submission is in the phase).
    """

    rows: pd.DataFrame
    findings: pd.DataFrame


def read(table: pd.DataFrame, competition: Competition, settled: pd.DataFrame) -> Decisions:
    """The decisions with their submissions matched. `table` as decisions.csv (folder.py), `settled` as submissions.py."""
    met = matching.submissions(table["submission"], settled)
    rows = table.assign(
        outcome=table["outcome"].str.strip().str.casefold(), submission_id=met["submission_id"], rule=met["rule"],
        kind=table["phase"].map({phase.code: phase.kind for phase in competition.phases}).astype("str"),
    )
    counting = settled[settled["counts"].astype("bool")].drop_duplicates("submission_id").set_index("submission_id")
    rows["title"] = rows["submission_id"].map(counting["title"]).astype("str").fillna(rows["submission"])
    rows["level"] = rows["level"].where(rows["kind"] == "nomination")
    rows["case"] = _case(rows, competition)
    rows["overruled"] = _overruled(rows)
    rows["stands"] = rows["case"].isna() & rows["rule"].isna() & ~rows["overruled"]
    return Decisions(rows.drop(columns=["kind"]), _findings(rows[rows["kind"] != "registration"]))


def _case(rows: pd.DataFrame, competition: Competition) -> pd.Series:
    """What makes a row no decision at all: an unknown phase, an outcome that its kind does not have, a wrong level."""
    allowed = pd.MultiIndex.from_tuples([(kind, word) for kind, words in DECIDABLE.items() for word in words])
    levels = pd.MultiIndex.from_tuples(
        [(p.code, level.code) for p in competition.phases if p.kind == "nomination" for level in p.levels] or [("", "")]
    )
    sayable = pd.MultiIndex.from_frame(rows[["kind", "outcome"]]).isin(allowed)
    at_level = pd.MultiIndex.from_frame(rows[["phase", "level"]]).isin(levels) | (rows["kind"] != "nomination")
    case = pd.Series(pd.NA, index=rows.index, dtype="str")
    case = case.mask(~at_level, "level").mask(~pd.Series(sayable, index=rows.index), "outcome")
    return case.mask(rows["kind"].isna(), "phase")


def _overruled(rows: pd.DataFrame) -> pd.Series:
    """Whether a later row on the same submission, phase and level holds instead."""
    able = rows[rows["case"].isna() & rows["submission_id"].notna()]
    later = able.assign(level=able["level"].fillna("")).duplicated(["phase", "submission_id", "level"], keep="last")
    return later.reindex(rows.index, fill_value=False).astype("bool")


def _findings(rows: pd.DataFrame) -> pd.DataFrame:
    place = ["row", "phase", "submission_id", "value", "submission", "outcome"]
    told = rows.rename(columns={"table_row": "row"})
    told = told.assign(value=told["submission"], outcome=told["outcome"].fillna(""))
    wrong = told[told["case"].notna()]
    unmatched = told[told["case"].isna() & told["rule"].notna()]
    contradicted = told[told["overruled"] & (told["outcome"] != _held(told))]
    cell = {"table": "decisions", "source": "decisions.csv"}
    return findings.together([
        *(findings.of("unknown_decision", wrong.loc[wrong["case"] == case, place], **cell, field=case, case=case)
          for case in ("phase", "outcome", "level")),
        findings.of("unknown_decision", unmatched.loc[unmatched["rule"] == "unknown_submission", place], **cell,
                    field="submission", case="submission"),
        findings.of("ambiguous_submission", unmatched.loc[unmatched["rule"] == "ambiguous_submission", place], **cell,
                    field="submission"),
        findings.of("unknown_decision", contradicted[place], **cell, field="outcome", case="contradicted"),
    ])


def _held(rows: pd.DataFrame) -> pd.Series:
    """For each row the outcome of the last row on the same submission, phase and level."""
    able = rows[rows["case"].isna() & rows["submission_id"].notna()].assign(level=rows["level"].fillna(""))
    return able.groupby(["phase", "submission_id", "level"])["outcome"].transform("last").reindex(rows.index)


def outside(decisions: Decisions, phase: Phase, entered: pd.Index) -> pd.DataFrame:
    """unknown_decision for each decision on something that is not in the phase."""
    rows = decisions.rows
    stray = rows[(rows["phase"] == phase.code) & rows["stands"] & ~rows["submission_id"].isin(entered)]
    places = stray[["phase", "submission_id", "submission", "outcome"]].assign(row=stray["table_row"], value=stray["submission"])
    return findings.of("unknown_decision", places, table="decisions", source="decisions.csv", field="submission",
                       case="not_in_phase")


def applied(table: pd.DataFrame, decisions: Decisions, phase: Phase, closed: bool, open_outcome: str) -> pd.DataFrame:
    """The table with `outcome` and `reason`: the decision where there is one, once the phase has closed.

    `table` has submission_id and ranked_outcome (and level, in a nomination); `open_outcome` stands until the close.
    """
    if not closed:
        return table.assign(outcome=open_outcome, reason=pd.Series(pd.NA, index=table.index, dtype="str"))
    rows = decisions.rows
    said = rows.loc[(rows["phase"] == phase.code) & rows["stands"], ["submission_id", "level", "outcome", "reason"]]
    keys = ["submission_id", "level"] if "level" in table else ["submission_id"]
    met = table.merge(said[[*keys, "outcome", "reason"]], on=keys, how="left", validate="1:1")
    return met.assign(outcome=met["outcome"].fillna(met["ranked_outcome"])).set_axis(table.index)

