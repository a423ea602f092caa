"""From copies to Results, in the order of docs/architecture.md; how a step is run is given (night.plain, or a Prefect task).

A critical finding stops it where it comes up: what follows from a broken register would bury it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from flows import reading
from flows.inputs import Inputs
from flows.night import Step, plain
from flows.reading import Read
from tasks import compliance, findings, folder, phases, submissions
from tasks.competition import Competition
from tasks.phases import PhaseResult
from tasks.results import Results
from tasks.words import Words


@dataclass(frozen=True, eq=False)
class Settled:
    """The submissions as they count, the tables of data/ that come with it, and all findings so far, with severity."""

    submissions: pd.DataFrame
    listed: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


def compute(inputs: Inputs, step: Step = plain) -> Results:
    """The Results of these inputs. Raises RulesError where the rules do not fit the register."""
    rules = inputs.competition
    read = step("read", reading.read)(inputs)
    if is_critical(read.findings, rules):
        return stopped(inputs, read)
    settled = step("settle", settle)(read, rules)
    folded = step("fold", phases.fold)(rules, inputs.as_of, settled.submissions, read.evidence, read.tables)
    return step("results", results)(inputs, read, settled, folded)


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


def settle(read: Read, rules: Competition) -> Settled:
    """Who sent what, and which rows count."""
    frame, found, matches = submissions.matched(read.submissions, rules, read.tables)
    every = findings.together([read.findings, found])
    settled, graded, decided = submissions.settled(frame, every, rules, read.tables)
    return Settled(settled, {"matches": matches, "decisions": decided}, graded)


def results(inputs: Inputs, read: Read, settled: Settled, folded: Sequence[PhaseResult]) -> Results:
    """Compliance, history, and every table of data/ put together."""
    rules, rows = inputs.competition, settled.submissions
    complied = compliance.compliance(rules, rows, folded, read.tables.agencies)
    of_phases = phases.tables(folded)
    found = _graded(findings.together([settled.findings, phases.found(folded)]), rules)
    tables = of_phases | read.listed | {
        "submissions": rows.assign(stage=phases.stages(folded, rows)),
        "findings": _worded(_placed(found, rows), rules),
        "matches": settled.listed["matches"],
        "decisions": pd.concat([settled.listed["decisions"], of_phases["decisions"]], ignore_index=True),
        "compliance": complied,
        "history": compliance.history(rules, rows, complied, read.earlier),
        "agencies": read.tables.agencies.assign(obliged=folder.obliged(read.tables.agencies, rules.obligation)),
        "placements": read.tables.placements,
    }
    return Results.of(inputs.rules_text, tables)


def _graded(found: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    return findings.graded(found, rules.submission.required, rules.rules)


def _placed(found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The findings with the id of the submission whose row they stand at."""
    ids = rows[["source", "row", "submission_id"]].drop_duplicates(["source", "row"])
    at = found[["source", "row"]].merge(ids, on=["source", "row"], how="left", validate="m:1")["submission_id"]
    return found.assign(submission_id=found["submission_id"].fillna(at.set_axis(found.index)))


def _worded(found: pd.DataFrame, rules: Competition) -> pd.DataFrame:
    return findings.worded(found, Words(rules.language))
