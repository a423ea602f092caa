"""validation/: what was checked, and what came of it, in words an official can read; and the same
as JSON.
"""

import json
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
from tasks.results.results import Results


@dataclass(frozen=True)
class ValidationCheck:
    """One expectation: its rule and field, how many cells or rows it looked at, how many break it,
    what came of it.
    """

    content_tag: ClassVar[str] = "Check"

    rule: str
    field: str
    checked: int
    failed: int
    state: str


@dataclass(frozen=True)
class Section:
    """The checks of one table; `phase` is the phase's name, or "" for a table that belongs to
    none.
    """

    table: str
    phase: str
    checks: tuple[ValidationCheck, ...]


@dataclass(frozen=True)
class ValidationPage(Page):
    """Content of validation/index.html: how many checks came out how, each of them, and every
    finding by rule.

    `notes`: exports, and what was taken out of their cells when they were read.
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
    grouped = checks.groupby(["table", "phase"], sort=False, dropna=False)
    return ValidationPage(
        masthead=edition.masthead,
        path=paths.VALIDATION,
        title=edition.words.say("validation.title"),
        is_draft=False,
        passed=int(states.get("passed", 0)),
        failed=int(states.get("failed", 0)),
        unchecked=int(states.get("unchecked", 0)),
        sections=tuple(
            Section(
                str(table), edition.phases.get(str(phase), ""), _validation_checks(group, edition)
            )
            for (table, phase), group in grouped
        ),
        tasks=rule_tasks(finding_rows(results)),
        notes=tuple(
            (row["source"], note)
            for row in text_rows(results["exports"])
            for note in invisible_notes(row, edition.words)
        ),
    )


def _validation_checks(checks: pd.DataFrame, edition: Edition) -> tuple[ValidationCheck, ...]:
    return tuple(
        ValidationCheck(
            row.rule,
            _field_label(row.field, edition),
            row.checked or 0,
            row.failed or 0,
            row.check_state,
        )
        for row in records(checks)
    )


def _field_label(name: str | None, edition: Edition) -> str:
    message = f"field.{name}"
    return edition.words.say(message) if edition.words.has(message) else name or ""


def as_json(results: Results) -> bytes:
    """validation/results.json: an object a row of the table validation, missing as null."""
    checks = results["validation"].astype("object").where(results["validation"].notna(), None)
    return (json.dumps(checks.to_dict("records"), ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8"
    )
