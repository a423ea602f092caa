"""From copies to Results, in the order of docs/architecture.md; how a step is run is given (night.plain, or a Prefect task).

A critical finding stops it where it comes up: what follows from a broken register would bury it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from flows.inputs import Inputs
from flows.night import Step, plain
from tasks import compliance, corrections, findings, folder, phases, submissions, validation
from tasks.competition import Competition, Judging, Screening
from tasks.folder import Tables
from tasks.intake import marks as intake_marks
from tasks.intake import screening as intake_screening
from tasks.intake import submissions as intake_submissions
from tasks.intake.delivery import Delivery
from tasks.phases import PhaseResult
from tasks.results import Results
from tasks.words import Words


@dataclass(frozen=True, eq=False)
class Read:
    """What stands in the copies: the folder's tables, typed rows, earlier years, and what reading them found."""

    tables: Tables
    earlier: pd.DataFrame
    rows: pd.DataFrame
    evidence: Mapping[str, pd.DataFrame]
    listed: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Settled:
    """The submissions as they count, the tables that came with it, and all findings so far."""

    submissions: pd.DataFrame
    listed: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame


def compute(inputs: Inputs, step: Step = plain) -> Results:
    """The Results of these inputs. Raises RulesError where the rules do not fit the register."""
    read = step("read", read_all)(inputs)
    if is_critical(read.findings, inputs.competition):
        return stopped(inputs, read)
    settled = step("settle", settle)(inputs, read)
    folded = step("fold", phases.fold)(
        inputs.competition, inputs.as_of, settled.submissions, read.evidence, read.tables
    )
    return step("results", results)(inputs, read, settled, folded)


def is_withheld(made: Results) -> bool:
    """Whether a critical finding keeps these Results from being published."""
    return bool((made["findings"]["severity"] == "critical").any())


def is_critical(found: pd.DataFrame, competition: Competition) -> bool:
    """Whether any of these findings is critical."""
    return bool((_graded(found, competition)["severity"] == "critical").any())


# --- reading ---------------------------------------------------------------------------------------------------------


def read_all(inputs: Inputs) -> Read:
    """Tables and exports read, corrected and typed."""
    rules = inputs.competition
    with inputs.laid_out() as copies:
        tables, broken = folder.read(copies, rules)
        earlier = earlier_years(copies / "history", tables.counts)
    delivered = deliveries(inputs)
    found = [broken, refused(inputs), *(delivery.findings for delivery in delivered.values())]
    corrected = corrections.applied(delivered, tables.corrections, rules)
    rows, unreadable = intake_submissions.typed(corrected.rows["submissions"], rules)
    evidence, unclear = typed_evidence(corrected.rows, rules)
    listed = {
        name: pd.concat([getattr(delivery, name) for delivery in delivered.values()], ignore_index=True)
        for name in ("exports", "headings")
    }
    every = findings.together([*found, corrected.findings, unreadable, *unclear])
    return Read(tables, earlier, rows, evidence, listed | {"corrections": corrected.table}, every)
