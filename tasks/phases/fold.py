"""One step a kind of phase, folded over the phases: later phases cannot change earlier ones.

    step(night, phase, entered, earlier results) -> PhaseResult

What does not belong here: what a phase makes of its evidence (screening.py, judging.py,
nomination.py), registration (tasks/registration), matching (evidence.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from tasks.findings.frame import join_findings, no_findings
from tasks.judging.conflicts import conflict_pairs, named_conflicts
from tasks.judging.sheets import count_delivered_sheets, delivered_sheets
from tasks.phases import decisions, evidence, judging, nomination, screening
from tasks.phases.decisions import Decisions
from tasks.register.tables import Tables
from tasks.rules.competition import (
    Competition,
    JudgingPhase,
    NominationPhase,
    RegistrationPhase,
    ScreeningPhase,
)
from tasks.schema import TABLES

AnyPhase = RegistrationPhase | ScreeningPhase | JudgingPhase | NominationPhase
TABLES_OF_PHASES = (
    "screening",
    "marks",
    "rankings",
    "nominations",
    "judges",
    "ties",
    "cutoffs",
    "phases",
    "sheets",
    "criterion_scores",
    "prior_awards",
    "decisions",
)
_SUBMISSION_COLUMNS = ["submission_id", "title", "agency_code", "category", "group", "agency_type"]
_COUNTING_COLUMNS = ["submission_id", "title", "agency_code", "category", "group", "status"]


@dataclass(frozen=True, eq=False)
class PhaseResult:
    """What one phase gives.

    known: whether it is settled who entered, because the phase before has closed. entered: ids of
    the submissions that entered, in order of delivery. outcomes: outcome by id (in a nomination
    `nominated` at one level at least). left: ids that go on to the next phase. tables: frames of
    data/, this phase's rows, by name. findings: a frame of findings.
    """

    phase: AnyPhase
    state: str
    known: bool
    entered: pd.Index
    outcomes: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))
    left: pd.Index = field(default_factory=lambda: pd.Index([], dtype="str"))
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    findings: pd.DataFrame = field(default_factory=no_findings)

    @property
    def closed(self) -> bool:
        """Whether the phase's outcomes count."""
        return self.state == "closed"

    @property
    def judged(self) -> bool:
        """Whether the phase's evidence is judged: the phase has begun, and who entered is
        settled.
        """
        return self.known and self.state != "not_begun"


@dataclass(frozen=True, eq=False)
class NightInputs:
    """What every step is given: the rules, when, what was delivered, and what was decided.

    submissions: the settled submissions. counting: those of their rows that count,
    _COUNTING_COLUMNS and agency_type. typed: typed marks and answers by phase code. tables: the
    folder's tables.
    """

    competition: Competition
    as_of: datetime
    submissions: pd.DataFrame
    counting: pd.DataFrame
    typed: Mapping[str, pd.DataFrame]
    tables: Tables


def fold_phases(
    competition: Competition,
    as_of: datetime,
    submissions: pd.DataFrame,
    typed: Mapping[str, pd.DataFrame],
    tables: Tables,
) -> list[PhaseResult]:
    """What each phase gives at `as_of`, in order.

    `submissions`: as settle_submissions gives them; `typed`: typed marks and screening answers by
    phase code, submissions and judges still as written. Raises RulesError for a conflict that names
    an agency the register does not have.
    """
    types = tables.agencies.drop_duplicates("agency_code").set_index("agency_code")["type"]
    counting = submissions.loc[submissions["counts"].astype("bool"), _COUNTING_COLUMNS]
    counting = counting.reset_index(drop=True)
    counting = counting.assign(agency_type=counting["agency_code"].map(types).astype("str"))
    night = NightInputs(competition, as_of, submissions, counting, typed, tables)
    results: list[PhaseResult] = []
    for phase in competition.phases:
        results.append(_phase_result(night, phase, results))
    return results


def phase_tables(results: Sequence[PhaseResult]) -> dict[str, pd.DataFrame]:
    """The tables of all phases by name, rows in order of the phases; a table that no phase has is
    an empty frame with its columns.
    """
    return {name: _join_phases(results, name) for name in TABLES_OF_PHASES}


def _join_phases(results: Sequence[PhaseResult], name: str) -> pd.DataFrame:
    frames = [result.tables[name] for result in results if name in result.tables]
    if not frames:
        return pd.DataFrame(columns=TABLES[name].names)
    return pd.concat(frames, ignore_index=True)


def phase_findings(results: Sequence[PhaseResult]) -> pd.DataFrame:
    """The findings of all phases, in order of the phases."""
    return join_findings(result.findings for result in results)


def last_stages(results: Sequence[PhaseResult], submissions: pd.DataFrame) -> pd.Series:
    """The code of the last phase that each row of the submissions entered, on their index: only the
    row that counts goes on after registration.
    """
    stage = pd.Series(results[0].phase.code, index=submissions.index, dtype="str")
    counts = submissions["counts"].astype("bool")
    for result in results[1:]:
        has_entered = submissions["submission_id"].isin(result.entered) & counts
        stage = stage.mask(has_entered, result.phase.code)
    return stage


# --- the fold
# --------------------------------------------------------------------------------------------------


def _phase_result(
    night: NightInputs, phase: AnyPhase, before: Sequence[PhaseResult]
) -> PhaseResult:
    known = not before or before[-1].closed
    entered = _entered_ids(night, before)
    begun = PhaseResult(phase, night.competition.state(phase, night.as_of), known, entered)
    decided = _phase_decisions(night, begun)
    result = _result_by_kind(night, begun, before, decided) if begun.judged else begun
    tables = {**result.tables, "phases": _phases_row(night, result)}
    if decided.rows.empty:
        return replace(result, tables=tables)
    tables["decisions"] = decisions.decisions_table(decided, entered, begun.closed)
    outside = no_findings()
    if known and before:
        outside = decisions.outside_phase_findings(decided, entered)
    findings = join_findings([decided.findings, outside, result.findings])
    return replace(result, tables=tables, findings=findings)


def _entered_ids(night: NightInputs, before: Sequence[PhaseResult]) -> pd.Index:
    """The ids of those who enter the next phase: everyone registration, then those whom the phase
    before lets go on, once that has closed.
    """
    if not before:
        everyone: pd.Index = pd.Index(night.counting["submission_id"])
        return everyone
    if before[-1].closed:
        return before[-1].left
    return pd.Index([], dtype="str")


def _result_by_kind(
    night: NightInputs, begun: PhaseResult, before: Sequence[PhaseResult], decided: Decisions
) -> PhaseResult:
    match begun.phase:
        case RegistrationPhase():
            return _registration_result(night, begun)
        case ScreeningPhase() as phase:
            return _screening_result(night, begun, phase, decided)
        case JudgingPhase() as phase:
            return _judging_result(night, begun, phase, before, decided)
        case NominationPhase() as phase:
            return _nomination_result(night, begun, phase, before, decided)


def _registration_result(night: NightInputs, begun: PhaseResult) -> PhaseResult:
    status = night.counting.set_index("submission_id")["status"]
    left = pd.Index(status.index[(status == "accepted") & begun.closed])
    return replace(begun, outcomes=status, left=left)


def _screening_result(
    night: NightInputs, begun: PhaseResult, phase: ScreeningPhase, decided: Decisions
) -> PhaseResult:
    rows = screening.delivered_answers(_typed_evidence(night, phase))
    answers = evidence.match_evidence(rows, night.submissions, "screening", phase, "answer_row")
    ranked = screening.screen_submissions(answers.frame, phase, possible_submissions(night, begun))
    table = decisions.apply_decisions(ranked.frame, decided, begun.closed, "pending")
    findings = [answers.findings, ranked.findings]
    return _add_outcomes(begun, {"screening": table}, "passes", findings)


def _judging_result(
    night: NightInputs,
    begun: PhaseResult,
    phase: JudgingPhase,
    before: Sequence[PhaseResult],
    decided: Decisions,
) -> PhaseResult:
    delivered = delivered_sheets(_typed_evidence(night, phase))
    sheets = evidence.match_evidence(delivered, night.submissions, "marks", phase, "sheet")
    names = evidence.judge_names(delivered, night.tables, phase)
    signed = evidence.signed_sheets(sheets.frame, names, phase)
    assigned = evidence.match_assignments(
        night.tables, names, night.submissions, night.competition, phase
    )
    named_pairs = named_conflicts(night.tables, names, night.competition, phase)
    barred = conflict_pairs(phase, night.tables.judges, night.tables.agencies, named_pairs)
    carried = {code: _own_scores(before, code) for code in phase.carry}
    judging_evidence = judging.JudgingEvidence(
        signed.frame, possible_submissions(night, begun), barred, assigned.frame, carried
    )
    ranked = judging.judge_phase(phase, night.competition, judging_evidence)
    table = decisions.apply_decisions(ranked.rankings, decided, begun.closed, "undecided")
    findings = [part.findings for part in (sheets, signed, assigned, ranked)]
    if begun.closed:
        findings.append(judging.closing_findings(table, phase))
    return _add_outcomes(begun, {"rankings": table, **ranked.tables}, "advances", findings)


def _nomination_result(
    night: NightInputs,
    begun: PhaseResult,
    phase: NominationPhase,
    before: Sequence[PhaseResult],
    decided: Decisions,
) -> PhaseResult:
    # the rules have a judging phase before each nomination
    last, rules = next((r, r.phase) for r in reversed(before) if isinstance(r.phase, JudgingPhase))
    candidates = nomination.entered_candidates(
        possible_submissions(night, begun), last.tables["rankings"]
    )
    prior = nomination.prior_awards(
        candidates, phase, night.tables.placements, night.competition.year
    )
    order = nomination.order_candidates(
        candidates, last.tables["criterion_scores"], last.tables["sheets"], rules
    )
    ranked = nomination.nominate_candidates(candidates, order, phase, prior)
    table = decisions.apply_decisions(ranked.candidates, decided, begun.closed, "undecided")
    findings = [
        nomination.prior_award_findings(prior, candidates, phase),
        nomination.unconnected_panel_findings(table, phase),
    ]
    if begun.closed:
        findings.append(nomination.tie_findings(table, phase))
    tables = {
        "nominations": table,
        "ties": ranked.ties,
        "cutoffs": ranked.cutoffs,
        "prior_awards": prior,
    }
    return _add_outcomes(begun, tables, "nominated", findings)


def _add_outcomes(
    begun: PhaseResult,
    tables: Mapping[str, pd.DataFrame],
    goes_on: str,
    findings: Sequence[pd.DataFrame],
) -> PhaseResult:
    """The phase's result once its tables are there, the one with the outcomes first: those who have
    the outcome `goes_on` enter the next phase.
    """
    main = next(iter(tables.values()))
    best_last = main.assign(on=main["outcome"] == goes_on).sort_values("on", kind="stable")
    best = best_last.drop_duplicates("submission_id", keep="last").set_index("submission_id")
    outcomes = best["outcome"].reindex(begun.entered)
    return replace(
        begun,
        outcomes=outcomes,
        left=pd.Index(outcomes.index[(outcomes == goes_on).to_numpy(bool)]),
        tables={name: frame.assign(phase=begun.phase.code) for name, frame in tables.items()},
        findings=_add_missing_titles(join_findings(findings)),
    )


def _add_missing_titles(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings with a title to call each submission by: the id where it was admitted without
    one.
    """
    titled = []
    for params, name in zip(findings["params"], findings["submission_id"], strict=True):
        has_title = isinstance(params.get("title", ""), str)
        titled.append(params if has_title else params | {"title": name})
    return findings.assign(params=pd.Series(titled, index=findings.index, dtype="object"))


# --- what the steps are given
# ----------------------------------------------------------------------------------------


def _typed_evidence(night: NightInputs, phase: AnyPhase) -> pd.DataFrame:
    """The typed marks or answers that were delivered for the phase; no rows where nothing was."""
    typed = night.typed.get(phase.code)
    return evidence.no_evidence(night.competition.timezone) if typed is None else typed


def possible_submissions(night: NightInputs, begun: PhaseResult) -> pd.DataFrame:
    """Every submission that a sheet or an answer can be about, with `in_phase` (bool)."""
    return night.counting[_SUBMISSION_COLUMNS].assign(
        in_phase=night.counting["submission_id"].isin(begun.entered)
    )


def _own_scores(before: Sequence[PhaseResult], code: str) -> pd.Series:
    """The own scores of an earlier phase, as printed, by submission id."""
    rankings = next(result.tables["rankings"] for result in before if result.phase.code == code)
    return rankings.set_index("submission_id")["own_score"]


def _phases_row(night: NightInputs, result: PhaseResult) -> pd.DataFrame:
    """The phase's row of the table phases."""
    row = {
        "phase": result.phase.code,
        "kind": result.phase.kind,
        "state": result.state,
        "opens": night.competition.begins(result.phase),
        "closes": result.phase.closes,
        "entered": len(result.entered),
        "delivered": _count_delivered(night, result.phase),
    }
    return pd.DataFrame([row])


def _count_delivered(night: NightInputs, phase: AnyPhase) -> int:
    """How much came for the phase: rows of submissions, rows that answer something, sheets with a
    mark on them.
    """
    typed = night.typed.get(phase.code)
    if isinstance(phase, RegistrationPhase):
        return len(night.submissions)
    if typed is None:
        return 0
    if isinstance(phase, JudgingPhase):
        return count_delivered_sheets(typed)
    return screening.count_answer_rows(typed)


def _phase_decisions(night: NightInputs, begun: PhaseResult) -> Decisions:
    """The phase's decisions; of registration those that name no phase at all, since its own are
    listed where submissions are settled.
    """
    table, phase = night.tables.decisions, begun.phase
    if table.empty:
        return decisions.no_decisions()
    if isinstance(phase, RegistrationPhase):
        return decisions.decisions_without_phase(table, night.competition, night.submissions)
    if not (table["phase"] == phase.code).any():
        return decisions.no_decisions()
    return decisions.read_decisions(table, phase, night.submissions)
