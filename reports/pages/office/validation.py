"""validation/: what was checked and with which result, in words for an official, and the checks as
JSON.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from reports.content import paths
from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.problems import finding_rows, text_rows
from reports.content.records import records
from reports.pages.office.bureau import Task, rule_tasks
from reports.pages.office.check import invisible_notes
from reports.pages.parts.subject import field_label
from tasks.results.results import Results


@dataclass(frozen=True)
class ValidationCheck:
    """One expectation: its rule and field, how many cells or rows were checked, how many fail, and
    the state of the check.
    """

    content_tag: ClassVar[str] = "Check"

    rule: str
    field: str
    checked: int
    failed: int
    state: str


@dataclass(frozen=True)
class Section:
    """The checks of one table; `phase` is the name of its phase, "" for a table without a phase."""

    table: str
    phase: str
    checks: tuple[ValidationCheck, ...]


@dataclass(frozen=True)
class ValidationPage(Page):
    """Content of validation/index.html: the numbers of checks by state, each check, and every
    finding by rule.

    `notes`: an export, and the sentence about characters that were taken out of its cells.
    """

    template: ClassVar[str] = "validation.html"

    passed: int
    failed: int
    unchecked: int
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    notes: tuple[tuple[str, str], ...] = ()


def build(results: Results, edition: Edition) -> ValidationPage:
    """The page of the table validation and of all findings."""
    checks = results["validation"]
    states = checks["check_state"].value_counts()
    notes = []
    for row in text_rows(results["exports"]):
        notes += [(row["source"], note) for note in invisible_notes(row, edition.words)]
    return ValidationPage(
        masthead=edition.masthead,
        path=paths.VALIDATION,
        title=edition.words.say("validation.title"),
        is_draft=False,
        passed=int(states.get("passed", 0)),
        failed=int(states.get("failed", 0)),
        unchecked=int(states.get("unchecked", 0)),
        sections=tuple(_table_sections(checks, edition)),
        tasks=rule_tasks(finding_rows(results)),
        notes=tuple(notes),
    )


def _table_sections(checks: pd.DataFrame, edition: Edition) -> Iterator[Section]:
    """The sections, one per table and phase, in the order of the checks."""
    for (table, phase), group in checks.groupby(["table", "phase"], sort=False, dropna=False):
        name = edition.phases.get(str(phase), "")
        yield Section(str(table), name, _validation_checks(group, edition))


def _validation_checks(checks: pd.DataFrame, edition: Edition) -> tuple[ValidationCheck, ...]:
    return tuple(
        ValidationCheck(
            row.rule,
            field_label(row.field, edition.words) if row.field else "",
            row.checked or 0,
            row.failed or 0,
            row.check_state,
        )
        for row in records(checks)
    )


def as_json(results: Results) -> bytes:
    """validation/results.json: one object per row of the table validation, missing as null."""
    table = results["validation"]
    rows = table.astype("object").where(table.notna(), None).to_dict("records")
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()
