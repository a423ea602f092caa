"""Decisions on the phases after registration, beside what the rules gave, with their reason. Computes; touches nothing.

They count from the phase's close on (interface.md section 4). Decisions on registration, and those that name no phase
of the competition, are found in decisions.py.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tasks import findings, matching
from tasks.competition import Competition, Phase
from tasks.schema import DECIDABLE

_KEY = ["phase", "submission_id", "level"]
_LISTED = ["phase", "submission_id", "title", "outcome", "reason", "level"]


@dataclass(frozen=True, eq=False)
class Decisions:
    """The rows of decisions.csv but those on registration, and what is wrong with them whatever the phases give.

    rows: table_row, phase, submission (as typed), submission_id, title, outcome, reason, level ("" but in a
    nomination), stands (bool: it takes effect if its submission is in the phase, once that has closed).
    """

    rows: pd.DataFrame
    findings: pd.DataFrame


def read(table: pd.DataFrame, competition: Competition, settled: pd.DataFrame) -> Decisions:
    """The decisions with their submissions matched. `table` as decisions.csv (folder.py), `settled` as
    submissions.py.
    """
    kinds = {phase.code: phase.kind for phase in competition.phases}
    rows = table[table["phase"] != competition.registration.code].reset_index(drop=True)
    met = matching.submissions(rows["submission"], settled)
    counting = settled[settled["counts"].astype("bool")].drop_duplicates("submission_id")
    titles = counting.set_index("submission_id")["title"]
    rows = rows.assign(
        submission_id=met["submission_id"], kind=rows["phase"].map(kinds).astype("str"),
        title=met["submission_id"].map(titles).astype("str").fillna(rows["submission"]),
        outcome=rows["outcome"].str.strip().str.casefold(),
    )
    rows["level"] = rows["level"].where(rows["kind"] == "nomination").fillna("")
    rows["problem"] = _problem(rows, met["rule"], competition)
    rows["held"] = rows[rows["problem"] == ""].groupby(_KEY)["outcome"].transform("last")
    last = ~rows[rows["problem"] == ""].duplicated(_KEY, keep="last")
    rows["stands"] = last.reindex(rows.index, fill_value=False).astype("bool")
    return Decisions(rows.drop(columns=["kind", "problem", "held"]), _refused(rows, competition))


def _problem(rows: pd.DataFrame, rule: pd.Series, competition: Competition) -> pd.Series:
    """Why a row can have no effect, else "": its phase, its outcome, its level, its submission."""
    allowed = [(kind, outcome) for kind, outcomes in DECIDABLE.items() for outcome in outcomes]
    levels = [(p.code, level.code) for p in competition.phases if p.kind == "nomination" for level in p.levels]
    cases = {
        "phase": rows["kind"].isna(),
        "outcome": ~_among(rows[["kind", "outcome"]], allowed),
        "level": (rows["kind"] == "nomination") & ~_among(rows[["phase", "level"]], levels),
        "submission": rows["submission_id"].isna() & (rule != "ambiguous_submission"),
        "ambiguous": rows["submission_id"].isna(),
    }
    problems = np.select([case.to_numpy(bool) for case in cases.values()], list(cases), "")
    return pd.Series(problems, index=rows.index, dtype="str")


def _among(pairs: pd.DataFrame, known: list[tuple[str, str]]) -> pd.Series:
    there = set(known)
    found = [pair in there for pair in pairs.itertuples(index=False, name=None)]
    return pd.Series(found, index=pairs.index, dtype="bool")


def _refused(rows: pd.DataFrame, competition: Competition) -> pd.DataFrame:
    """unknown_decision and ambiguous_submission for rows that can have no effect; an unknown phase is found
    elsewhere.
    """
    contradicted = (rows["problem"] == "") & (rows["outcome"] != rows["held"])
    problem = rows["problem"].mask(contradicted, "contradicted")
    choices = {phase.code: ", ".join(DECIDABLE[phase.kind]) for phase in competition.phases}
    levels = {p.code: ", ".join(v.code for v in p.levels) for p in competition.phases if p.kind == "nomination"}
    told = _places(rows)
    return findings.together([
        _unknown(told.assign(choices=rows["phase"].map(choices))[problem == "outcome"], "outcome"),
        _unknown(told.assign(choices=rows["phase"].map(levels))[problem == "level"], "level"),
        _unknown(told[problem == "submission"], "submission"),
        findings.of("ambiguous_submission", told[problem == "ambiguous"], table="decisions", source="decisions.csv"),
        _unknown(told[problem == "contradicted"], "contradicted"),
    ])


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    places = rows[["phase", "submission_id", "level"]].assign(
        row=rows["table_row"], value=rows["submission"], outcome=rows["outcome"].fillna(""), named=rows["phase"]
    )
    return places.assign(field="submission")


def _unknown(places: pd.DataFrame, case: str) -> pd.DataFrame:
    return findings.of("unknown_decision", places, table="decisions", source="decisions.csv", case=case)


def outside(decisions: Decisions, phase: Phase, entered: pd.Index) -> pd.DataFrame:
    """unknown_decision for each decision on something that is not in the phase."""
    rows = decisions.rows
    stray = (rows["phase"] == phase.code) & rows["stands"] & ~rows["submission_id"].isin(entered)
    return _unknown(_places(rows[stray]), "not_in_phase")


def applied(table: pd.DataFrame, decisions: Decisions, phase: Phase, closed: bool, while_open: str) -> pd.DataFrame:
    """The table with `outcome` and `reason`: the decision where there is one, once the phase has closed.

    `table` has submission_id and ranked_outcome, and level in a nomination; `while_open` is the outcome until the
    close.
    """
    if not closed:
        return table.assign(outcome=while_open, reason=pd.Series(np.nan, index=table.index, dtype="str"))
    rows = decisions.rows
    keys = ["submission_id", *(["level"] if "level" in table else [])]
    said = rows.loc[(rows["phase"] == phase.code) & rows["stands"], [*keys, "outcome", "reason"]]
    met = table.merge(said, on=keys, how="left", validate="1:1")
    return met.assign(outcome=met["outcome"].fillna(met["ranked_outcome"])).set_axis(table.index)


def listed(decisions: Decisions, phase: Phase, entered: pd.Index, closed: bool) -> pd.DataFrame:
    """The phase's rows of the table decisions: `applied` where one took effect."""
    rows = decisions.rows[decisions.rows["phase"] == phase.code]
    effective = rows["stands"] & rows["submission_id"].isin(entered) & closed
    return _table(rows, effective)


def homeless(decisions: Decisions, competition: Competition) -> pd.DataFrame:
    """The rows of the table decisions that name no phase of the competition: none is applied."""
    rows = decisions.rows[~decisions.rows["phase"].isin([phase.code for phase in competition.phases])]
    return _table(rows, pd.Series(False, index=rows.index))


def _table(rows: pd.DataFrame, effective: pd.Series) -> pd.DataFrame:
    return rows[_LISTED].assign(
        level=rows["level"].replace("", np.nan).astype("str"), applied=effective.astype("boolean")
    )
