"""From the copies of a run's inputs to its Results, step by step.

A critical finding in what was read ends the steps there: the findings that follow from a broken
register would bury its own. How a step is run, plainly or as a task, is a parameter.
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
    """What a step gives.

    `frame`: the rows that the next step takes; `listed`: the tables of data/ that come with them;
    `findings`: all findings up to this step.
    """

    frame: pd.DataFrame
    listed: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


def compute_results(
    inputs: Inputs, step: Step = plain_step, evaluate: Evaluator = evaluate_here
) -> Results:
    """The Results of these inputs. Raises RulesError where the rules do not fit the register."""
    rules = inputs.competition
    frames = step("read", read_inputs)(inputs)
    if has_critical_finding(frames.findings, rules):
        return stopped_results(inputs, frames)
    matched = step("match", match_typed_rows)(frames, rules)
    compared = step("compare", submissions.compare_rows)(matched.frame)
    checked = step("validate", validate_cells)(inputs, frames, matched, evaluate)
    settled = step("settle", settle_rows)(compared, matched, checked, frames, rules)
    phases = step("fold", fold.fold_phases)(
        rules, inputs.as_of, settled.frame, frames.evidence, frames.tables
    )
    return step("results", assemble_results)(inputs, frames, settled, phases, evaluate)


def withholds_run(results: Results) -> bool:
    """Whether a critical finding keeps these Results from being published."""
    return bool((results["findings"]["severity"] == "critical").any())


def has_critical_finding(findings: pd.DataFrame, rules: Competition) -> bool:
    """Whether any of these findings is critical."""
    return bool((_grade_findings(findings, rules)["severity"] == "critical").any())


def stopped_results(inputs: Inputs, frames: InputFrames) -> Results:
    """Results of what was read, and of the findings that ended the steps there."""
    rules = inputs.competition
    findings = _word_findings(_grade_findings(frames.findings, rules), rules)
    return Results.of(inputs.rules_text, {**frames.listed, "findings": findings})


def match_typed_rows(frames: InputFrames, rules: Competition) -> StepResult:
    """The typed rows, once each, with codes for what people typed."""
    matched = submissions.match_rows(frames.submissions, rules, frames.tables)
    findings = join_findings([frames.findings, matched.findings])
    return StepResult(matched.rows, {"matches": matched.matches}, findings)


def validate_cells(
    inputs: Inputs, frames: InputFrames, matched: StepResult, evaluate: Evaluator = evaluate_here
) -> StepResult:
    """What Great Expectations says of every cell of the submissions and of the marks."""
    rules = inputs.competition
    of_rows = validation.validate_submissions(matched.frame, rules, matched.findings, evaluate)
    validated = [of_rows]
    for phase in _begun_judging(inputs):
        if phase.code in frames.evidence:
            marks = frames.evidence[phase.code]
            validated.append(validation.validate_marks(marks, phase, evaluate))
    checks = pd.concat([cells.checks for cells in validated])
    findings = join_findings([matched.findings, *(cells.findings for cells in validated)])
    return StepResult(matched.frame, {"validation": checks}, findings)


def _begun_judging(inputs: Inputs) -> list[JudgingPhase]:
    """The judging phases that have begun at `as_of`."""
    states = inputs.states
    judging = [phase for phase in inputs.competition.phases if isinstance(phase, JudgingPhase)]
    return [phase for phase in judging if states[phase.code] != "not_begun"]


def settle_rows(
    compared: ComparedRows,
    matched: StepResult,
    checked: StepResult,
    frames: InputFrames,
    rules: Competition,
) -> StepResult:
    """The submissions with which rows count, and the findings with their severity."""
    settled = submissions.settle_submissions(compared, checked.findings, rules, frames.tables)
    listed = {**matched.listed, **checked.listed, "decisions": settled.decisions}
    return StepResult(settled.submissions, listed, settled.findings)


def assemble_results(
    inputs: Inputs,
    frames: InputFrames,
    settled: StepResult,
    phases: Sequence[PhaseResult],
    evaluate: Evaluator = evaluate_here,
) -> Results:
    """Every table of data/, with compliance and history, put together."""
    rules, rows = inputs.competition, settled.frame
    agencies = frames.tables.agencies
    phase_tables = fold.phase_tables(phases)
    key_checks = validation.validate_keys(phase_tables, evaluate)  # evaluated while this goes on
    complied = compliance.compliance_table(rules, rows, phases, agencies)
    ids = _submission_ids(rows, phase_tables["sheets"])
    decisions = [settled.listed["decisions"], phase_tables["decisions"]]
    tables = {
        **phase_tables,
        **frames.listed,
        "submissions": rows.assign(stage=fold.last_stages(phases, rows)),
        "findings": _findings_table(settled, phases, ids, rules),
        "corrections": _add_submission_ids(frames.listed["corrections"], ids),
        "corrected": _add_corrected_ids(frames, rows),
        "matches": settled.listed["matches"],
        "validation": pd.concat([settled.listed["validation"], key_checks()]),
        "decisions": pd.concat(decisions, ignore_index=True),
        "compliance": complied,
        "history": compliance.history_table(rules, rows, complied, frames.earlier),
        "agencies": agencies.assign(obliged=is_obliged(agencies, rules.obligation)),
        "placements": frames.tables.placements,
    }
    return Results.of(inputs.rules_text, tables)


def _findings_table(
    settled: StepResult, phases: Sequence[PhaseResult], ids: pd.DataFrame, rules: Competition
) -> pd.DataFrame:
    """All findings, with their severity, submission and message.

    `ids`: as _submission_ids gives them.
    """
    findings = join_findings([settled.findings, fold.phase_findings(phases)])
    graded = _grade_findings(findings, rules)
    return _word_findings(_add_submission_ids(graded, ids), rules)


def _grade_findings(findings: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    return grade_findings(findings, rules.submission.required, rules.rules)


def _submission_ids(*tables: pd.DataFrame) -> pd.DataFrame:
    """The submission of each place in these tables, one row per place: source, row,
    submission_id.

    `tables`: rows of submissions, sheets of marks, or answers.
    """
    columns = [*PLACE_COLUMNS, "submission_id"]
    places = pd.concat([table[columns].astype({"row": "Int64"}) for table in tables])
    return places[places["source"].notna()].drop_duplicates(PLACE_COLUMNS)


def _add_submission_ids(table: pd.DataFrame, ids: pd.DataFrame) -> pd.DataFrame:
    """The table with the submission of each row's place, where the row does not name a submission.

    `table`: findings or corrections; `ids`: as _submission_ids gives them.
    """
    if table.empty:
        return table
    places = table[PLACE_COLUMNS].astype({"row": "Int64"})
    merged = places.merge(ids, on=PLACE_COLUMNS, how="left", validate="m:1")
    id_of_place = merged["submission_id"].set_axis(table.index)
    return table.assign(submission_id=table["submission_id"].fillna(id_of_place))


def _add_corrected_ids(frames: InputFrames, rows: pd.DataFrame) -> pd.DataFrame:
    """The corrected cells, each with the submission that its row is about."""
    corrected = frames.listed["corrected"]
    if corrected.empty:
        return corrected
    sheets = [evidence.evidence_ids(typed, rows) for typed in frames.evidence.values()]
    return _add_submission_ids(corrected, _submission_ids(rows, *sheets))


def _word_findings(findings: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    words = Words(rules.language)
    return word_findings(findings, words, _item_names(rules, words))


def _item_names(rules: Competition, words: Words) -> dict[tuple[str, str], str]:
    """The display name by the code of a phase and the code of an item of it.

    Items are criteria, requirements or levels; under "" stands the name of the phase itself.
    """
    names = {}
    for phase in rules.phases:
        names[phase.code, ""] = words.name(phase.name)
        for item in _phase_items(phase):
            names[phase.code, item.code] = words.name(item.name)
    return names


def _phase_items(phase: AnyPhase) -> Sequence[Requirement | Criterion | NominationLevel]:
    """The criteria, requirements or levels of a phase; of other phases nothing."""
    if isinstance(phase, JudgingPhase):
        return phase.criteria
    if isinstance(phase, ScreeningPhase):
        return phase.requirements
    return phase.levels if isinstance(phase, NominationPhase) else ()
