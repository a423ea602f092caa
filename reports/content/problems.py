"""Findings as a reader meets them: what is wrong, what to do, where.

A night with nothing new shows findings without pandas, from the rows of data/findings.csv.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.words import REMEDY_ARROW, Words

if TYPE_CHECKING:
    import pandas as pd

    from tasks.results.results import Results

TextRow = Mapping[str, str]
_SEVERITIES = ("critical", "error", "warning")
# The order in which rules are mended: files, headings, rows, decisions, evidence, ranks.
_RULE_ORDER = (
    "broken_register",
    "no_readable_export",
    "unreadable_file",
    "correction_failed",
    "unknown_column",
    "missing_required",
    "unknown_agency",
    "ambiguous_agency",
    "approximate_agency",
    "unknown_category",
    "unknown_group",
    "unreadable_date",
    "ambiguous_date",
    "late",
    "early",
    "too_young",
    "too_long",
    "too_short",
    "overlap",
    "similar_title",
    "vanished",
    "unknown_decision",
    "not_screened",
    "unknown_submission",
    "ambiguous_submission",
    "unreadable_number",
    "mark_off_scale",
    "incomplete_sheet",
    "conflict_of_interest",
    "repeated_sheet",
    "not_in_phase",
    "too_few_judges",
    "unconnected_panels",
    "tie_at_cutoff",
    "already_awarded",
    "rules_changed",
    "result_changed",
)
_SHEET_OF_FILE = re.compile(r"^(?P<file>.+\.(?:xlsx|xlsm|xls|ods))#(?P<sheet>.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Problem:
    """One finding. A text is "" where the finding has none.

    `problem` and `remedy` are the two halves of its message; `source` and `row` its place, the
    export and the spreadsheet's row; `about` the title of its innovation, where the message does
    not name the title. `decided` is the status of the row where a decision gave the status against
    the rules, or another row took its place.
    """

    severity: str
    rule: str
    problem: str
    remedy: str
    source: str
    row: str
    about: str = ""
    decided: str = ""


def make_problem(row: TextRow) -> Problem:
    """The finding of one row: severity, rule, message, source and row as text; `about` and
    `decided` where the row has them.
    """
    problem, _, remedy = row["message"].partition(REMEDY_ARROW)
    title = row.get("about", "")
    return Problem(
        severity=row["severity"],
        rule=row["rule"],
        problem=problem,
        remedy=remedy,
        source=row["source"],
        row=row["row"],
        about="" if title and title in problem else title,
        decided=row.get("decided", ""),
    )


def place_text(problem: Problem, words: Words) -> str:
    """Where a problem stands, for people: the file, its sheet and its row; the innovation; and what
    was decided. "" where nothing is known.
    """
    row = words.say("report.row", row=problem.row) if problem.row else ""
    place = _join_texts(", ", export_name(problem.source, words), row)
    decision = _decision_text(problem.decided, words)
    return _join_texts(" · ", place, problem.about, decision)


def _join_texts(mark: str, *texts: str) -> str:
    """The texts that are not empty, with the mark between them."""
    return mark.join(text for text in texts if text)


def _decision_text(decided: str, words: Words) -> str:
    if decided == "superseded":
        return words.say("report.replaced")
    if not decided:
        return ""
    return words.say("report.decided", outcome=words.say(f"outcome.{decided}"))


def export_name(name: str, words: Words) -> str:
    """The name of an export for people: file.xlsx#Juri 1 is the sheet "Juri 1" of file.xlsx."""
    match = _SHEET_OF_FILE.match(name)
    if not match:
        return name
    return f"{match['file']}, {words.say('report.sheet', sheet=match['sheet'])}"


def findings_by_rule(findings: Iterable[TextRow]) -> list[tuple[str, str, list[TextRow]]]:
    """Severity, rule and findings of each rule, the severest first, then in the order in which
    rules are mended.
    """
    groups: dict[tuple[str, str], list[TextRow]] = {}
    for row in findings:
        groups.setdefault((row["severity"], row["rule"]), []).append(row)
    ordered = sorted(groups, key=_mending_order)
    return [(severity, rule, groups[severity, rule]) for severity, rule in ordered]


def _mending_order(group: tuple[str, str]) -> tuple[int, int]:
    """The place of a severity and rule."""
    severity, rule = group
    return _SEVERITIES.index(severity), _RULE_ORDER.index(rule)


def finding_rows(results: "Results") -> list[dict[str, str]]:
    """The findings of these Results as rows of text, each with `about` and `decided`."""
    columns = ["source", "row", "submission_id", "title", "status", "ranked_status"]
    submissions = text_rows(results["submissions"][columns])
    return add_subjects(text_rows(results["findings"]), submissions)


def add_subjects(
    findings: list[dict[str, str]], submissions: Iterable[TextRow]
) -> list[dict[str, str]]:
    """The findings, the same rows with `about` and `decided` put in: the title of the delivered row
    that a finding stands at, else of its submission, and the row's status where a decision gave the
    status or another row took its place; "" each where there is none.
    """
    rows = list(submissions)
    by_place = {_source_and_row(row): row for row in rows}
    by_id = {row["submission_id"]: row for row in rows}
    for finding in findings:
        subject = by_place.get(_source_and_row(finding)) or by_id.get(finding["submission_id"])
        finding["about"] = subject["title"] if subject else ""
        finding["decided"] = _decided_status(subject) if subject else ""
    return findings


def _source_and_row(row: TextRow) -> tuple[str, str]:
    """The export and the row number that a row names."""
    return row["source"], row["row"]


def _decided_status(submission: TextRow) -> str:
    status = submission["status"]
    is_by_rule = status == submission["ranked_status"]
    return "" if is_by_rule and status != "superseded" else status


def make_problems(findings: "pd.DataFrame") -> tuple[Problem, ...]:
    """The findings of the frame, in its order."""
    return tuple(make_problem(row) for row in text_rows(findings))


def text_rows(frame: "pd.DataFrame") -> list[dict[str, str]]:
    """The rows of a frame as text, "" where a cell is missing."""
    columns = [_cell_texts(frame[name]) for name in frame.columns]
    rows = zip(*columns, strict=True)
    return [dict(zip(frame.columns, cells, strict=True)) for cells in rows]


def _cell_texts(column: "pd.Series") -> list[str]:
    filled = column.astype("object").where(column.notna(), "")
    return [str(cell) for cell in filled.tolist()]


def problems_by_submission(findings: "pd.DataFrame") -> dict[str, tuple[Problem, ...]]:
    """The findings of each submission."""
    of_submissions = findings.dropna(subset="submission_id")
    groups = of_submissions.groupby("submission_id", sort=False)
    return {str(submission_id): make_problems(group) for submission_id, group in groups}
