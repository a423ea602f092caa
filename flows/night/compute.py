"""From copies to Results, in the order of docs/architecture.md; how a step is run is given:
plainly, or as a task.

A critical finding stops it where it comes up: what follows from a broken register would bury it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from flows.night.gather import Inputs
from flows.night.read import InputFrames, read_inputs
from flows.night.step import Step, plain_step
from tasks.findings.frame import grade_findings, join_findings
from tasks.findings.wording import word_findings
from tasks.phases import compliance, evidence, fold
from tasks.phases.fold import PhaseResult
from tasks.register.agencies import is_obliged
from tasks.registration import submissions
from tasks.registration.submissions import ComparedRows
from tasks.results.results import Results
from tasks.rules.competition import (
    AnyPhase,
    Competition,
    Criterion,
    JudgingPhase,
    NominationLevel,
    NominationPhase,
    Requirement,
    ScreeningPhase,
)
from tasks.validation import validation
from tasks.validation.expectations import Evaluator, evaluate_here
from tasks.words import Words

PLACE_COLUMNS = ["source", "row"]


@dataclass(frozen=True, eq=False)
class StepResult:
    """What a step gives: its frame, the tables of data/ that come with it, and all findings so
    far.
    """

    frame: pd.DataFrame
    listed: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


def compute_results(
    inputs: Inputs, step: Step = plain_step, evaluate: Evaluator = evaluate_here
) -> Results:
    """The Results of these inputs. Raises RulesError where the rules do not fit the register."""
    rules = inputs.competition
    read = step("read", read_inputs)(inputs)
    if has_critical_finding(read.findings, rules):
        return stopped_results(inputs, read)
    matched = step("match", match_submissions)(read, rules)
    compared = step("compare", submissions.compare_rows)(matched.frame)
    checked = step("validate", validate_cells)(inputs, read, matched, evaluate)
    settled = step("settle", settle_rows)(compared, matched, checked, read, rules)
    folded = step("fold", fold.fold_phases)(
        rules, inputs.as_of, settled.frame, read.evidence, read.tables
    )
    return step("results", assemble_results)(inputs, read, settled, folded, evaluate)


def is_withheld(made: Results) -> bool:
    """Whether a critical finding keeps these Results from being published."""
    return bool((made["findings"]["severity"] == "critical").any())


def has_critical_finding(found: pd.DataFrame, rules: Competition) -> bool:
    """Whether any of these findings is critical."""
    return bool((_grade_findings(found, rules)["severity"] == "critical").any())


def stopped_results(inputs: Inputs, read: InputFrames) -> Results:
    """Results that say no more than what was read and why it went no further."""
    found = _word_findings(_grade_findings(read.findings, inputs.competition), inputs.competition)
    return Results.of(inputs.rules_text, {**read.listed, "findings": found})


def match_submissions(read: InputFrames, rules: Competition) -> StepResult:
    """The typed rows, once each, with codes for what was typed."""
    matched = submissions.match_rows(read.submissions, rules, read.tables)
    findings = join_findings([read.findings, matched.findings])
    return StepResult(matched.rows, {"matches": matched.matches}, findings)


def validate_cells(
    inputs: Inputs, read: InputFrames, matched: StepResult, evaluate: Evaluator = evaluate_here
) -> StepResult:
    """What Great Expectations says of every cell: of the submissions, and of the marks of each
    phase that has begun.
    """
    rules, states = inputs.competition, inputs.states
    of_rows = validation.validate_submissions(matched.frame, rules, matched.findings, evaluate)
    begun = [
        p
        for p in rules.phases
        if isinstance(p, JudgingPhase) and p.code in read.evidence and states[p.code] != "not_begun"
    ]
    of_marks = [
        validation.validate_marks(read.evidence[phase.code], phase, evaluate) for phase in begun
    ]
    validated = [of_rows, *of_marks]
    checks = pd.concat([cells.checks for cells in validated])
    findings = join_findings([matched.findings, *(cells.findings for cells in validated)])
    return StepResult(matched.frame, {"validation": checks}, findings)


def settle_rows(
    compared: ComparedRows,
    matched: StepResult,
    checked: StepResult,
    read: InputFrames,
    rules: Competition,
) -> StepResult:
    """Which rows count, and the findings with their severity."""
    settled = submissions.settle_submissions(compared, checked.findings, rules, read.tables)
    listed = {**matched.listed, **checked.listed, "decisions": settled.decisions}
    return StepResult(settled.submissions, listed, settled.findings)


def assemble_results(
    inputs: Inputs,
    read: InputFrames,
    settled: StepResult,
    folded: Sequence[PhaseResult],
    evaluate: Evaluator = evaluate_here,
) -> Results:
    """Compliance, history, and every table of data/ put together."""
    rules, rows = inputs.competition, settled.frame
    of_phases = fold.phase_tables(folded)
    keys = validation.validate_keys(of_phases, evaluate)
    complied = compliance.compliance_table(rules, rows, folded, read.tables.agencies)
    found = _grade_findings(join_findings([settled.findings, fold.phase_findings(folded)]), rules)
    ids = _submission_ids(rows, of_phases["sheets"])
    tables = (
        of_phases
        | dict(read.listed)
        | {
            "submissions": rows.assign(stage=fold.last_stages(folded, rows)),
            "findings": _word_findings(_add_submission_ids(found, ids), rules),
            "corrections": _add_submission_ids(read.listed["corrections"], ids),
            "corrected": _add_corrected_ids(read, rows),
            "matches": settled.listed["matches"],
            "validation": pd.concat([settled.listed["validation"], keys()]),
            "decisions": pd.concat(
                [settled.listed["decisions"], of_phases["decisions"]], ignore_index=True
            ),
            "compliance": complied,
            "history": compliance.history_table(rules, rows, complied, read.earlier),
            "agencies": read.tables.agencies.assign(
                obliged=is_obliged(read.tables.agencies, rules.obligation)
            ),
            "placements": read.tables.placements,
        }
    )
    return Results.of(inputs.rules_text, tables)


def _grade_findings(found: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    return grade_findings(found, rules.submission.required, rules.rules)


def _submission_ids(*frames: pd.DataFrame) -> pd.DataFrame:
    """The id of the submission of each place in these frames (rows, sheets of marks): source, row,
    submission_id.
    """
    columns = [*PLACE_COLUMNS, "submission_id"]
    every = pd.concat([frame[columns].astype({"row": "Int64"}) for frame in frames])
    return every[every["source"].notna()].drop_duplicates(PLACE_COLUMNS)


def _add_submission_ids(listed: pd.DataFrame, ids: pd.DataFrame) -> pd.DataFrame:
    """Findings or corrections with the id of the submission whose row, or whose sheet of marks,
    they stand at.
    """
    if listed.empty:
        return listed
    at = (
        listed[PLACE_COLUMNS]
        .astype({"row": "Int64"})
        .merge(ids, on=PLACE_COLUMNS, how="left", validate="m:1")["submission_id"]
    )
    return listed.assign(submission_id=listed["submission_id"].fillna(at.set_axis(listed.index)))


def _add_corrected_ids(read: InputFrames, rows: pd.DataFrame) -> pd.DataFrame:
    """The corrected cells with the id of the submission that their row is about."""
    corrected = read.listed["corrected"]
    if corrected.empty:
        return corrected
    of_evidence = [evidence.evidence_ids(typed, rows) for typed in read.evidence.values()]
    return _add_submission_ids(corrected, _submission_ids(rows, *of_evidence))


def _word_findings(found: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    words = Words(rules.language)
    return word_findings(found, words, _item_names(rules, words))


def _item_names(rules: Competition, words: Words) -> dict[tuple[str, str], str]:
    """What a code of a phase is called: of its criteria, requirements or levels, and under "" of
    the phase itself.
    """
    named = {
        (phase.code, item.code): words.name(item.name)
        for phase in rules.phases
        for item in _phase_items(phase)
    }
    return named | {(phase.code, ""): words.name(phase.name) for phase in rules.phases}


def _phase_items(phase: AnyPhase) -> Sequence[Requirement | Criterion | NominationLevel]:
    if isinstance(phase, JudgingPhase):
        return phase.criteria
    if isinstance(phase, ScreeningPhase):
        return phase.requirements
    return phase.levels if isinstance(phase, NominationPhase) else ()
