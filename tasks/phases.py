"""One step a kind of phase, folded over the phases: later phases cannot change earlier ones. Computes; touches nothing.

    step(night, phase, entered, before) -> PhaseResult

What does not belong here: the arithmetic of a phase (screening.py, judging.py, nomination.py), registration (submissions.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from tasks import decisions, findings, judging, marks, matching, nomination, scoring, screening
from tasks.competition import Competition, Judging, Nomination, Phase, Registration, Screening
from tasks.errors import Problem, RulesError
from tasks.folder import Tables
from tasks.schema import TABLES

Evidence = Mapping[str, pd.DataFrame]
AnyPhase = Registration | Screening | Judging | Nomination


@dataclass(frozen=True, eq=False)
class PhaseResult:
    """What one phase gives.

    entered: ids of the submissions that entered, in order of delivery. outcomes: outcome by id (in a nomination: nominated at
    one level at least). left: ids that go on to the next phase. tables: frames of data/, this phase's rows. `known`: whether
    it is settled who entered, because the phase before has closed.
    """

    phase: AnyPhase
    state: str
    known: bool
    entered: pd.Index
    outcomes: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))
    left: pd.Index = field(default_factory=lambda: pd.Index([], dtype="str"))
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    findings: pd.DataFrame = field(default_factory=findings.none)

    @property
    def judged(self) -> bool:
        """Whether its evidence is judged: it has begun, and it is settled who entered."""
        return self.known and self.state != "not_begun"


@dataclass(frozen=True, eq=False)
class Night:
    """What every step is given: the rules, when, what was delivered, and what was decided.

    submissions: the settled frame; counting: its rows that count, with agency_type. evidence: typed marks and screening by phase.
    """

    competition: Competition
    as_of: datetime
    submissions: pd.DataFrame
    counting: pd.DataFrame
    evidence: Evidence
    tables: Tables
    decisions: decisions.Decisions


def fold(
    competition: Competition, as_of: datetime, submissions: pd.DataFrame, evidence: Evidence, tables: Tables
) -> list[PhaseResult]:
    """What each phase gives at `as_of`, in order. `submissions` as submissions.settle gives it. Raises RulesError."""
    counting = submissions[submissions["counts"].astype("bool")].reset_index(drop=True)
    kinds = tables.agencies.drop_duplicates("agency_code").set_index("agency_code")["type"]
    counting = counting.assign(agency_type=counting["agency_code"].map(kinds).astype("str"))
    night = Night(competition, as_of, submissions, counting, evidence, tables,
                  decisions.read(tables.decisions, competition, submissions))
    results: list[PhaseResult] = []
    for phase in competition.phases:
        results.append(_step(night, phase, results))
    return results


def _step(night: Night, phase: AnyPhase, before: Sequence[PhaseResult]) -> PhaseResult:
    state = night.competition.state(phase, night.as_of)
    known = not before or before[-1].state == "closed"
    none = pd.Index([], dtype="str")
    entered = pd.Index(night.counting["submission_id"]) if not before else before[-1].left if known else none
    begun = PhaseResult(phase, state, known, entered)
    result = _judged(night, begun, before) if begun.judged else begun
    decided = {"decisions": _decided(night, result, first=not before), "phases": _line(night, result)}
    stray = decisions.outside(night.decisions, phase, entered) if known and before else findings.none()
    unclear = findings.none() if before else night.decisions.findings
    found = findings.together([unclear, result.findings, stray])
    return _with(result, tables={**result.tables, **decided}, findings=found)


def _judged(night: Night, begun: PhaseResult, before: Sequence[PhaseResult]) -> PhaseResult:
    phase = begun.phase
    if isinstance(phase, Registration):
        return _registration(night, begun)
    if isinstance(phase, Screening):
        return _screening(night, begun, phase)
    if isinstance(phase, Judging):
        return _judging(night, begun, phase, before)
    return _nomination(night, begun, phase, before)


def _with(result: PhaseResult, **changes: object) -> PhaseResult:
    return PhaseResult(**{name: changes.get(name, getattr(result, name)) for name in result.__dataclass_fields__})


# --- one kind after the other ----------------------------------------------------------------------------------------


def _registration(night: Night, begun: PhaseResult) -> PhaseResult:
    status = night.counting.set_index("submission_id")["status"]
    left = pd.Index(status.index[(status == "accepted") & (begun.state == "closed")])
    return _with(begun, outcomes=status, left=left)


def _screening(night: Night, begun: PhaseResult, phase: Screening) -> PhaseResult:
    typed, unmatched = _matched(night, screening.delivered(_evidence(night, phase)), "screening", phase, "answer_row")
    table, found = screening.screened(typed, phase, _submissions(night, begun))
    table = decisions.applied(table, night.decisions, phase, begun.state == "closed", "pending").assign(phase=phase.code)
    return _closing(begun, table, "screening", "passes", [unmatched, found])


def _judging(night: Night, begun: PhaseResult, phase: Judging, before: Sequence[PhaseResult]) -> PhaseResult:
    judges = night.tables.judges
    typed, unmatched = _matched(night, marks.delivered(_evidence(night, phase)), "marks", phase, "sheet")
    typed = typed.assign(judge=matching.judges(typed["judge"], judges))
    typed, nameless = _named(typed, phase)
    assigned, strangers = _assigned(night, phase)
    named = _named_conflicts(night, phase)
    carried = {code: _own_scores(before, code) for code in phase.carry}
    ranked = judging.judged(phase, night.competition, judging.Evidence(
        typed, _submissions(night, begun), marks.conflicts(phase, judges, night.tables.agencies, named), assigned, carried,
    ))
    closed = begun.state == "closed"
    table = decisions.applied(ranked.rankings, night.decisions, phase, closed, "undecided").assign(phase=phase.code)
    found = [unmatched, nameless, strangers, ranked.findings, judging.warnings(table, phase) if closed else findings.none()]
    return _closing(begun, table, "rankings", "advances", found, ranked.tables)


def _nomination(night: Night, begun: PhaseResult, phase: Nomination, before: Sequence[PhaseResult]) -> PhaseResult:
    people = _submissions(night, begun)
    last = [result for result in before if isinstance(result.phase, Judging)][-1:]
    scores = last[0].tables["rankings"].set_index("submission_id")["score"] if last else pd.Series(dtype="str")
    people = people[people["in_phase"]].assign(score=lambda rows: rows["submission_id"].map(scores).astype("str"))
    candidates = people[["submission_id", "title", "agency_code", "category", "score"]].reset_index(drop=True)
    prior = nomination.prior_awards(candidates, phase, night.tables.placements, night.competition.year)
    keys = _keys(last[0], candidates) if last else pd.DataFrame(index=pd.Index([], dtype="str"))
    table = nomination.nominated(candidates, keys, phase, prior)
    closed = begun.state == "closed"
    table = decisions.applied(table, night.decisions, phase, closed, "undecided").assign(phase=phase.code)
    found = [nomination.warnings(prior, candidates, phase), nomination.ties(table, phase) if closed else findings.none()]
    return _closing(begun, table, "nominations", "nominated", found, {"prior_awards": prior.assign(phase=phase.code)})


def _closing(
    begun: PhaseResult, table: pd.DataFrame, name: str, goes_on: str, found: Sequence[pd.DataFrame],
    others: Mapping[str, pd.DataFrame] | None = None,
) -> PhaseResult:
    """The phase's result once its main table is there: outcomes, and who goes on."""
    on = table.assign(on=table["outcome"] == goes_on).sort_values("on", kind="stable").drop_duplicates("submission_id", keep="last")
    outcomes = on.set_index("submission_id")["outcome"].reindex(begun.entered)
    left = outcomes.index[(outcomes == goes_on).to_numpy()]
    return _with(begun, outcomes=outcomes, left=left, tables={name: table, **(others or {})}, findings=findings.together(found))


# --- what the steps are given ----------------------------------------------------------------------------------------


def _evidence(night: Night, phase: Phase) -> pd.DataFrame:
    """The typed rows of the phase; without any, an empty frame with the columns that a step looks at."""
    rows = night.evidence.get(phase.code)
    if rows is not None:
        return rows
    columns = ("source", "judge", "submission", "note", "criterion", "requirement", "text", "mark")
    dtypes = dict.fromkeys(columns, "str") | {"row": "Int64", "unreadable": "boolean", "answer": "boolean"}
    times = {"submitted_at": f"datetime64[us, {night.competition.timezone}]"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in (dtypes | times).items()})


def _matched(
    night: Night, rows: pd.DataFrame, table: str, phase: Phase, label: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows whose submission is known, with submission_id; a finding for each sheet (answer) whose is not."""
    met = matching.submissions(rows["submission"], night.submissions)
    rows = rows.assign(submission_id=met["submission_id"], rule=met["rule"])
    rows["rule"] = rows["rule"].where(rows["submission_id"].notna() | rows["rule"].notna(), "unknown_submission")
    lost = rows[rows["rule"].notna()].drop_duplicates(label)
    places = lost[["source", "row"]].assign(value=lost["submission"])
    found = [findings.of(rule, places[lost["rule"] == rule], table=table, phase=phase.code, field="submission")
             for rule in ("unknown_submission", "ambiguous_submission")]
    return rows[rows["rule"].isna()].drop(columns="rule"), findings.together(found)


def _named(typed: pd.DataFrame, phase: Phase) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows whose judge is named; a finding for each sheet that nobody signed: nobody's marks cannot be used."""
    nameless = typed[typed["judge"].isna()].drop_duplicates("sheet")
    found = findings.of("incomplete_sheet", nameless[["source", "row", "submission_id"]], table="marks", phase=phase.code,
                        field="judge", case="nameless")
    return typed[typed["judge"].notna()], found


def _submissions(night: Night, begun: PhaseResult) -> pd.DataFrame:
    columns = ["submission_id", "title", "agency_code", "category", "group", "agency_type"]
    return night.counting[columns].assign(in_phase=night.counting["submission_id"].isin(begun.entered))


def _assigned(night: Night, phase: Judging) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The phase's rows of assignments.csv, judge and submission matched; a finding for each that names nothing we know."""
    rows = night.tables.assignments[night.tables.assignments["phase"] == phase.code].reset_index(drop=True)
    met = matching.submissions(rows["submission"], night.submissions)
    rows = rows.assign(judge=matching.judges(rows["judge"], night.tables.judges), submission_id=met["submission_id"])
    wide = rows["submission"].isin(["*", *(category.code for category in night.competition.categories)])
    lost = rows[~wide & met["rule"].notna()]
    places = pd.DataFrame({"row": lost["table_row"], "value": lost["submission"]})
    found = [findings.of(rule, places[met["rule"].reindex(lost.index) == rule], table="assignments",
                         source="assignments.csv", phase=phase.code, field="submission")
             for rule in ("unknown_submission", "ambiguous_submission")]
    return rows, findings.together(found)


def _named_conflicts(night: Night, phase: Judging) -> pd.DataFrame:
    """The pairs of `conflicts`: judge, agency_code. Raises RulesError where the register has no such agency."""
    pairs = pd.DataFrame({
        "judge": pd.Series([c.judge for c in phase.conflicts], dtype="str"),
        "agency_code": pd.Series([c.agency for c in phase.conflicts], dtype="str"),
    })
    strange = pairs.loc[~pairs["agency_code"].isin(night.tables.agencies["agency_code"]), "agency_code"]
    if len(strange):
        raise RulesError(*(Problem("phases.unknown_conflict_agency", f"phases.{phase.code}.conflicts", {"value": code})
                           for code in strange), language=night.competition.language)
    return pairs.assign(judge=matching.judges(pairs["judge"], night.tables.judges))


def _own_scores(before: Sequence[PhaseResult], code: str) -> pd.Series:
    rankings = next(r.tables["rankings"] for r in before if r.phase.code == code)
    return rankings.set_index("submission_id")["own_score"]


def _keys(last: PhaseResult, candidates: pd.DataFrame) -> pd.DataFrame:
    """What ranks the candidates who have a score: as printed in the last judging phase."""
    assert isinstance(last.phase, Judging)
    scores = candidates.dropna(subset="score").set_index("submission_id")["score"]
    criteria = last.tables["criterion_scores"]
    criteria = criteria.assign(criterion_units=scoring.whole(criteria["criterion_score"]).units)
    return judging.keys(scoring.whole(scores).units, criteria, last.phase.tie_break)


def _line(night: Night, result: PhaseResult) -> pd.DataFrame:
    """The phase's row of the table phases."""
    phase = result.phase
    count = {"registration": lambda _: len(night.submissions), "screening": screening.count, "judging": marks.count,
             "nomination": lambda _: 0}[phase.kind]
    return pd.DataFrame([{
        "phase": phase.code, "kind": phase.kind, "state": result.state, "opens": night.competition.begins(phase),
        "closes": phase.closes, "entered": len(result.entered), "delivered": count(_evidence(night, phase)),
    }])


def _decided(night: Night, result: PhaseResult, first: bool) -> pd.DataFrame:
    """The phase's decisions, `applied` where they took effect; with the first phase those of no phase at all."""
    rows = night.decisions.rows
    own = rows[(rows["phase"] == result.phase.code) | (rows["case"].eq("phase") & first)]
    if first:
        effective = own["submission_id"].map(result.outcomes) == own["outcome"]
    else:
        effective = own["submission_id"].isin(result.entered) & (result.state == "closed")
    columns = ["phase", "submission_id", "title", "outcome", "reason", "level"]
    return own[columns].assign(applied=(effective & own["stands"]).astype("boolean"))


# --- what the phases give together -----------------------------------------------------------------------------------

OF_PHASES = (
    "screening", "marks", "rankings", "nominations", "judges", "phases", "sheets", "criterion_scores", "prior_awards",
    "decisions",
)


def tables(results: Sequence[PhaseResult]) -> dict[str, pd.DataFrame]:
    """The tables of all phases, in order of the phases; a table that no phase has is an empty frame with its columns."""
    there = {name: [r.tables[name] for r in results if name in r.tables] for name in OF_PHASES}
    return {
        name: pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=TABLES[name].names)
        for name, parts in there.items()
    }


def stages(results: Sequence[PhaseResult], submissions: pd.DataFrame) -> pd.Series:
    """The last phase that each row of the settled frame entered: only the row that counts goes on. On its index."""
    stage = pd.Series(results[0].phase.code, index=submissions.index, dtype="str")
    for result in results[1:]:
        entered = submissions["submission_id"].isin(result.entered) & submissions["counts"].astype("bool")
        stage = stage.mask(entered, result.phase.code)
    return stage
