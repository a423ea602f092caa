"""From copies to Results, in the order of docs/architecture.md; how a step is run is given:
plainly, or as a task.

A critical finding stops it where it comes up: what follows from a broken register would bury it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from flows import reading
from flows.inputs import Inputs
from flows.reading import Read
from flows.steps import Step, plain
from tasks import compliance, findings, folder, phases, submissions, validation
from tasks.competition import (
    AnyPhase,
    Competition,
    Criterion,
    Judging,
    Level,
    Nomination,
    Requirement,
    Screening,
)
from tasks.expectations import Evaluator, here
from tasks.phases import PhaseResult
from tasks.results import Results
from tasks.submissions import Compared
from tasks.words import Words

PLACE = ["source", "row"]


@dataclass(frozen=True, eq=False)
class Part:
    """What a step gives: its frame, the tables of data/ that come with it, and all findings so
    far.
    """

    frame: pd.DataFrame
    listed: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


def compute(inputs: Inputs, step: Step = plain, evaluate: Evaluator = here) -> Results:
    """The Results of these inputs. Raises RulesError where the rules do not fit the register."""
    rules = inputs.competition
    read = step("read", reading.read)(inputs)
    if is_critical(read.findings, rules):
        return stopped(inputs, read)
    matched = step("match", match)(read, rules)
    compared = step("compare", submissions.compared)(matched.frame)
    checked = step("validate", validate)(inputs, read, matched, evaluate)
    settled = step("settle", settle)(compared, matched, checked, read, rules)
    folded = step("fold", phases.fold)(
        rules, inputs.as_of, settled.frame, read.evidence, read.tables
    )
    made: Results = step("results", results)(inputs, read, settled, folded, evaluate)
    return made


def is_withheld(made: Results) -> bool:
    """Whether a critical finding keeps these Results from being published."""
    return bool((made["findings"]["severity"] == "critical").any())


def is_critical(found: pd.DataFrame, rules: Competition) -> bool:
    """Whether any of these findings is critical."""
    return bool((_graded(found, rules)["severity"] == "critical").any())


def stopped(inputs: Inputs, read: Read) -> Results:
    """Results that say no more than what was read and why it went no further."""
    found = _worded(_graded(read.findings, inputs.competition), inputs.competition)
    return Results.of(inputs.rules_text, {**read.listed, "findings": found})


def match(read: Read, rules: Competition) -> Part:
    """The typed rows, once each, with codes for what was typed."""
    frame, found, matches = submissions.matched(read.submissions, rules, read.tables)
    return Part(frame, {"matches": matches}, findings.together([read.findings, found]))


def validate(inputs: Inputs, read: Read, matched: Part, evaluate: Evaluator = here) -> Part:
    """What Great Expectations says of every cell: of the submissions, and of the marks of each
    phase that has begun.
    """
    rules, states = inputs.competition, inputs.states
    broken, checked = validation.validate_submissions(
        matched.frame, rules, matched.findings, evaluate
    )
    begun = [
        p
        for p in rules.phases
        if isinstance(p, Judging) and p.code in read.evidence and states[p.code] != "not_begun"
    ]
    of_marks = [
        validation.validate_marks(read.evidence[phase.code], phase, evaluate) for phase in begun
    ]
    every = findings.together([matched.findings, broken, *(found for found, _ in of_marks)])
    return Part(
        matched.frame,
        {"validation": pd.concat([checked, *(table for _, table in of_marks)])},
        every,
    )


def settle(
    compared: Compared, matched: Part, checked: Part, read: Read, rules: Competition
) -> Part:
    """Which rows count, and the findings with their severity."""
    settled, graded, decided = submissions.settled(compared, checked.findings, rules, read.tables)
    return Part(settled, {**matched.listed, **checked.listed, "decisions": decided}, graded)


def results(
    inputs: Inputs,
    read: Read,
    settled: Part,
    folded: Sequence[PhaseResult],
    evaluate: Evaluator = here,
) -> Results:
    """Compliance, history, and every table of data/ put together."""
    rules, rows = inputs.competition, settled.frame
    of_phases = phases.tables(folded)
    keys = validation.validate_keys(of_phases, evaluate)
    complied = compliance.compliance(rules, rows, folded, read.tables.agencies)
    found = _graded(findings.together([settled.findings, phases.found(folded)]), rules)
    ids = _ids(rows, of_phases["sheets"])
    tables = (
        of_phases
        | dict(read.listed)
        | {
            "submissions": rows.assign(stage=phases.stages(folded, rows)),
            "findings": _worded(_placed(found, ids), rules),
            "corrections": _placed(read.listed["corrections"], ids),
            "matches": settled.listed["matches"],
            "validation": pd.concat([settled.listed["validation"], keys()]),
            "decisions": pd.concat(
                [settled.listed["decisions"], of_phases["decisions"]], ignore_index=True
            ),
            "compliance": complied,
            "history": compliance.history(rules, rows, complied, read.earlier),
            "agencies": read.tables.agencies.assign(
                obliged=folder.obliged(read.tables.agencies, rules.obligation)
            ),
            "placements": read.tables.placements,
        }
    )
    return Results.of(inputs.rules_text, tables)


def _graded(found: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    return findings.graded(found, rules.submission.required, rules.rules)


def _ids(rows: pd.DataFrame, sheets: pd.DataFrame) -> pd.DataFrame:
    """The id of the submission of each row, and of each sheet of marks: source, row,
    submission_id.
    """
    both = pd.concat(
        [frame[[*PLACE, "submission_id"]].astype({"row": "Int64"}) for frame in (rows, sheets)]
    )
    return both[both["source"].notna()].drop_duplicates(PLACE)


def _placed(listed: pd.DataFrame, ids: pd.DataFrame) -> pd.DataFrame:
    """Findings or corrections with the id of the submission whose row, or whose sheet of marks,
    they stand at.
    """
    if listed.empty:
        return listed
    at = (
        listed[PLACE]
        .astype({"row": "Int64"})
        .merge(ids, on=PLACE, how="left", validate="m:1")["submission_id"]
    )
    return listed.assign(submission_id=listed["submission_id"].fillna(at.set_axis(listed.index)))


def _worded(found: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    words = Words(rules.language)
    return findings.worded(found, words, _names(rules, words))


def _names(rules: Competition, words: Words) -> dict[tuple[str, str], str]:
    """What a code of a phase is called: of its criteria, requirements or levels, and under "" of
    the phase itself.
    """
    named = {
        (phase.code, item.code): words.name(item.name)
        for phase in rules.phases
        for item in _items(phase)
    }
    return named | {(phase.code, ""): words.name(phase.name) for phase in rules.phases}


def _items(phase: AnyPhase) -> Sequence[Requirement | Criterion | Level]:
    if isinstance(phase, Judging):
        return phase.criteria
    if isinstance(phase, Screening):
        return phase.requirements
    return phase.levels if isinstance(phase, Nomination) else ()
