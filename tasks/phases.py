"""One step a kind of phase, folded over the phases: later phases cannot change earlier ones.
Computes; touches nothing.

    step(night, phase, entered, earlier results) -> PhaseResult

What does not belong here: what a phase makes of its evidence (screening.py, judging.py,
nomination.py), registration (submissions.py), matching (evidence.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from tasks import evidence, findings, judging, later_decisions, marks, nomination, screening
from tasks.competition import Competition, Judging, Nomination, Registration, Screening
from tasks.folder import Tables
from tasks.later_decisions import Decisions
from tasks.schema import TABLES

AnyPhase = Registration | Screening | Judging | Nomination
OF_PHASES = (
    "screening",
    "marks",
    "rankings",
    "nominations",
    "judges",
    "phases",
    "sheets",
    "criterion_scores",
    "prior_awards",
    "decisions",
)
_PUBLIC = ["submission_id", "title", "agency_code", "category", "group", "agency_type"]
_COUNTING = ["submission_id", "title", "agency_code", "category", "group", "status"]


@dataclass(frozen=True, eq=False)
class PhaseResult:
    """What one phase gives.

    known: whether it is settled who entered, because the phase before has closed. entered: ids of
    the submissions that entered, in order of delivery. outcomes: outcome by id (in a nomination
    `nominated` at one level at least). left: ids that go on to the next phase. tables: frames of
    data/, this phase's rows, by name.
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
    def closed(self) -> bool:
        """Whether its outcomes count."""
        return self.state == "closed"

    @property
    def judged(self) -> bool:
        """Whether its evidence is judged: it has begun, and it is settled who entered."""
        return self.known and self.state != "not_begun"


@dataclass(frozen=True, eq=False)
class Night:
    """What every step is given: the rules, when, what was delivered, and what was decided.

    submissions: the settled frame. counting: columns _COUNTING of its rows that count, and
    agency_type. typed: marks and answers by phase.
    """

    competition: Competition
    as_of: datetime
    submissions: pd.DataFrame
    counting: pd.DataFrame
    typed: Mapping[str, pd.DataFrame]
    tables: Tables


def fold(
    competition: Competition,
    as_of: datetime,
    submissions: pd.DataFrame,
    typed: Mapping[str, pd.DataFrame],
    tables: Tables,
) -> list[PhaseResult]:
    """What each phase gives at `as_of`, in order.

    `submissions` as submissions.settle gives it; `typed`: typed marks and screening answers by
    phase code, submissions and judges still as written. Raises RulesError for a conflict that names
    an agency the register does not have.
    """
    kinds = tables.agencies.drop_duplicates("agency_code").set_index("agency_code")["type"]
    counting = submissions.loc[submissions["counts"].astype("bool"), _COUNTING].reset_index(
        drop=True
    )
    counting = counting.assign(agency_type=counting["agency_code"].map(kinds).astype("str"))
    night = Night(competition, as_of, submissions, counting, typed, tables)
    results: list[PhaseResult] = []
    for phase in competition.phases:
        results.append(_step(night, phase, results))
    return results


def tables(results: Sequence[PhaseResult]) -> dict[str, pd.DataFrame]:
    """The tables of all phases, in order of the phases; a table that no phase has is an empty frame
    with its columns.
    """
    there = {
        name: [result.tables[name] for result in results if name in result.tables]
        for name in OF_PHASES
    }
    return {
        name: pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=TABLES[name].names)
        for name, parts in there.items()
    }


def found(results: Sequence[PhaseResult]) -> pd.DataFrame:
    """The findings of all phases, in order of the phases."""
    return findings.together(result.findings for result in results)


def stages(results: Sequence[PhaseResult], submissions: pd.DataFrame) -> pd.Series:
    """The last phase that each row of the settled frame entered, on its index: only the row that
    counts goes on.
    """
    stage = pd.Series(results[0].phase.code, index=submissions.index, dtype="str")
    for result in results[1:]:
        entered = submissions["submission_id"].isin(result.entered) & submissions["counts"].astype(
            "bool"
        )
        stage = stage.mask(entered, result.phase.code)
    return stage


# --- the fold
# --------------------------------------------------------------------------------------------------


def _step(night: Night, phase: AnyPhase, before: Sequence[PhaseResult]) -> PhaseResult:
    known = not before or before[-1].closed
    entered = _entered(night, before)
    begun = PhaseResult(phase, night.competition.state(phase, night.as_of), known, entered)
    decided = _decided(night, begun)
    result = _judged(night, begun, before, decided) if begun.judged else begun
    made = {**result.tables, "phases": _line(night, result)}
    if decided.rows.empty:
        return replace(result, tables=made)
    stray = later_decisions.outside(decided, entered) if known and before else findings.none()
    listed = later_decisions.listed(decided, entered, begun.closed)
    return replace(
        result,
        tables={**made, "decisions": listed},
        findings=findings.together([decided.findings, stray, result.findings]),
    )


def _entered(night: Night, before: Sequence[PhaseResult]) -> pd.Index:
    if not before:
        everyone: pd.Index = pd.Index(night.counting["submission_id"])
        return everyone
    if before[-1].closed:
        return before[-1].left
    return pd.Index([], dtype="str")


def _judged(
    night: Night, begun: PhaseResult, before: Sequence[PhaseResult], decided: Decisions
) -> PhaseResult:
    match begun.phase:
        case Registration():
            return _registration(night, begun)
        case Screening() as phase:
            return _screening(night, begun, phase, decided)
        case Judging() as phase:
            return _judging(night, begun, phase, before, decided)
        case Nomination() as phase:
            return _nomination(night, begun, phase, before, decided)


def _registration(night: Night, begun: PhaseResult) -> PhaseResult:
    status = night.counting.set_index("submission_id")["status"]
    left = pd.Index(status.index[(status == "accepted") & begun.closed])
    return replace(begun, outcomes=status, left=left)


def _screening(
    night: Night, begun: PhaseResult, phase: Screening, decided: Decisions
) -> PhaseResult:
    rows = screening.delivered(_typed(night, phase))
    answers = evidence.matched(rows, night.submissions, "screening", phase, "answer_row")
    ranked, problems = screening.screened(answers.rows, phase, _submissions(night, begun))
    table = later_decisions.applied(ranked, decided, begun.closed, "pending")
    return _closing(begun, {"screening": table}, "passes", [answers.findings, problems])


def _judging(
    night: Night,
    begun: PhaseResult,
    phase: Judging,
    before: Sequence[PhaseResult],
    decided: Decisions,
) -> PhaseResult:
    written = marks.delivered(_typed(night, phase))
    sheets = evidence.matched(written, night.submissions, "marks", phase, "sheet")
    names = evidence.judge_names(written, night.tables, phase)
    signed = evidence.signed(sheets.rows, names, phase)
    assigned = evidence.assigned(night.tables, names, night.submissions, night.competition, phase)
    named = evidence.named_conflicts(night.tables, names, night.competition, phase)
    barred = marks.conflicts(phase, night.tables.judges, night.tables.agencies, named)
    carried = {code: _own_scores(before, code) for code in phase.carry}
    given = judging.Evidence(
        signed.rows, _submissions(night, begun), barred, assigned.rows, carried
    )
    ranked = judging.judged(phase, night.competition, given)
    table = later_decisions.applied(ranked.rankings, decided, begun.closed, "undecided")
    problems = [part.findings for part in (sheets, signed, assigned, ranked)]
    problems += [judging.warnings(table, phase)] if begun.closed else []
    return _closing(begun, {"rankings": table, **ranked.tables}, "advances", problems)


def _nomination(
    night: Night,
    begun: PhaseResult,
    phase: Nomination,
    before: Sequence[PhaseResult],
    decided: Decisions,
) -> PhaseResult:
    last, rules = next(
        (r, r.phase) for r in reversed(before) if isinstance(r.phase, Judging)
    )  # the file has one
    candidates = nomination.candidates(_submissions(night, begun), last.tables["rankings"])
    prior = nomination.prior_awards(
        candidates, phase, night.tables.placements, night.competition.year
    )
    order = nomination.order(
        candidates, last.tables["criterion_scores"], last.tables["sheets"], rules
    )
    ranked = nomination.nominated(candidates, order, phase, prior)
    table = later_decisions.applied(ranked, decided, begun.closed, "undecided")
    problems = [nomination.warnings(prior, candidates, phase), nomination.unconnected(table, phase)]
    problems += [nomination.ties(table, phase)] if begun.closed else []
    return _closing(begun, {"nominations": table, "prior_awards": prior}, "nominated", problems)


def _closing(
    begun: PhaseResult,
    made: Mapping[str, pd.DataFrame],
    goes_on: str,
    problems: Sequence[pd.DataFrame],
) -> PhaseResult:
    """The phase's result once its tables are there, its main one first: outcomes, and who goes
    on.
    """
    main = next(iter(made.values()))
    best_last = main.assign(on=main["outcome"] == goes_on).sort_values("on", kind="stable")
    outcomes = best_last.drop_duplicates("submission_id", keep="last").set_index("submission_id")[
        "outcome"
    ]
    outcomes = outcomes.reindex(begun.entered)
    named = {name: frame.assign(phase=begun.phase.code) for name, frame in made.items()}
    left = pd.Index(outcomes.index[(outcomes == goes_on).to_numpy(bool)])
    return replace(
        begun,
        outcomes=outcomes,
        left=left,
        tables=named,
        findings=_called(findings.together(problems)),
    )


def _called(problems: pd.DataFrame) -> pd.DataFrame:
    """The findings with something to call each submission by: one admitted without a title by its
    id.
    """
    titled = [
        params if isinstance(params.get("title", ""), str) else params | {"title": submission_id}
        for params, submission_id in zip(problems["params"], problems["submission_id"], strict=True)
    ]
    return problems.assign(params=pd.Series(titled, index=problems.index, dtype="object"))


# --- what the steps are given
# ----------------------------------------------------------------------------------------


def _typed(night: Night, phase: AnyPhase) -> pd.DataFrame:
    there = night.typed.get(phase.code)
    return evidence.nothing(night.competition.timezone) if there is None else there


def _submissions(night: Night, begun: PhaseResult) -> pd.DataFrame:
    """Every submission that a sheet or an answer can be about, with `in_phase` (bool)."""
    return night.counting[_PUBLIC].assign(
        in_phase=night.counting["submission_id"].isin(begun.entered)
    )


def _own_scores(before: Sequence[PhaseResult], code: str) -> pd.Series:
    rankings = next(result.tables["rankings"] for result in before if result.phase.code == code)
    return rankings.set_index("submission_id")["own_score"]


def _line(night: Night, result: PhaseResult) -> pd.DataFrame:
    """The phase's row of the table phases."""
    return pd.DataFrame(
        [
            {
                "phase": result.phase.code,
                "kind": result.phase.kind,
                "state": result.state,
                "opens": night.competition.begins(result.phase),
                "closes": result.phase.closes,
                "entered": len(result.entered),
                "delivered": _delivered(night, result.phase),
            }
        ]
    )


def _delivered(night: Night, phase: AnyPhase) -> int:
    """How much came for the phase: rows of submissions, rows that answer something, sheets with a
    mark on them.
    """
    typed = night.typed.get(phase.code)
    if isinstance(phase, Registration):
        return len(night.submissions)
    if typed is None:
        return 0
    return marks.count(typed) if isinstance(phase, Judging) else screening.count(typed)


def _decided(night: Night, begun: PhaseResult) -> Decisions:
    """The phase's decisions; registration has those that name no phase at all, its own are listed
    by submissions.py.
    """
    table, phase = night.tables.decisions, begun.phase
    if isinstance(phase, Registration):
        if table.empty:
            return later_decisions.none()
        return later_decisions.homeless(table, night.competition, night.submissions)
    decided = (table["phase"] == phase.code).any()
    return (
        later_decisions.read(table, phase, night.submissions) if decided else later_decisions.none()
    )
