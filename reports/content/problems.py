"""Findings as a reader meets them: what is wrong, what to do, where; of the table findings.

A night with nothing new shows them without pandas, from the rows of data/findings.csv.
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
_RULE_ORDER = (  # as they are mended: files, headings, rows, decisions, evidence, ranks
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
    """One finding: the two halves of its message, its place: the export and the spreadsheet's row,
    or "" each; and the title of the innovation that it is about, "" where there is none or the
    message names it. `decided`: the status of that row where a decision gave it against the rules,
    or another row took its place; else "".
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
    """The finding of one row: severity, rule, message, source and row as text, "" where there is
    none.
    """
    wrong, _, remedy = row["message"].partition(REMEDY_ARROW)
    title = row.get("about", "")
    about = "" if title and title in wrong else title
    decided = row.get("decided", "")
    return Problem(
        row["severity"], row["rule"], wrong, remedy, row["source"], row["row"], about, decided
    )


def place_text(found: Problem, words: Words) -> str:
    """Where it stands, for people: the file, its sheet and its row; the innovation; and what was
    decided. May be "".
    """
    row = words.say("report.row", row=found.row) if found.row else ""
    at = ", ".join(part for part in (export_name(found.source, words), row) if part)
    return " · ".join(
        part for part in (at, found.about, _decision_text(found.decided, words)) if part
    )


def _decision_text(decided: str, words: Words) -> str:
    if decided == "superseded":
        return words.say("report.replaced")
    return words.say("report.decided", outcome=words.say(f"outcome.{decided}")) if decided else ""


def export_name(name: str, words: Words) -> str:
    """The name of an export for people: file.xlsx#Juri 1 is the sheet "Juri 1" of file.xlsx."""
    of_sheet = _SHEET_OF_FILE.match(name)
    return (
        f"{of_sheet['file']}, {words.say('report.sheet', sheet=of_sheet['sheet'])}"
        if of_sheet
        else name
    )


def findings_by_rule(findings: Iterable[TextRow]) -> list[tuple[str, str, list[TextRow]]]:
    """Severity, rule and findings of each rule, the severest first, then in the order in which they
    are mended.
    """
    grouped: dict[tuple[str, str], list[TextRow]] = {}
    for row in findings:
        grouped.setdefault((row["severity"], row["rule"]), []).append(row)
    ordered = sorted(
        grouped, key=lambda pair: (_SEVERITIES.index(pair[0]), _RULE_ORDER.index(pair[1]))
    )
    return [(*pair, grouped[pair]) for pair in ordered]


def finding_rows(results: "Results") -> list[dict[str, str]]:
    """The findings of these Results as rows of text, each with `about`."""
    named = results["submissions"][
        ["source", "row", "submission_id", "title", "status", "ranked_status"]
    ]
    return add_subjects(text_rows(results["findings"]), text_rows(named))


def add_subjects(
    findings: list[dict[str, str]], submissions: Iterable[TextRow]
) -> list[dict[str, str]]:
    """The findings, the same rows with `about` and `decided` put in, of the delivered row that they
    stand at, else of their submission: its title, and its status where a decision gave it or
    another row took its place; "" each where there is none.
    """
    places: dict[tuple[str, str], TextRow] = {}
    named: dict[str, TextRow] = {}
    for one in submissions:
        places[one["source"], one["row"]] = named[one["submission_id"]] = one
    for row in findings:
        subject = places.get((row["source"], row["row"])) or named.get(row["submission_id"])
        row["about"], row["decided"] = (
            (subject["title"], _decided_status(subject)) if subject else ("", "")
        )
    return findings


def _decided_status(row: TextRow) -> str:
    return (
        row["status"]
        if row["status"] != row["ranked_status"] or row["status"] == "superseded"
        else ""
    )


def make_problems(findings: "pd.DataFrame") -> tuple[Problem, ...]:
    """The findings of the frame, in its order."""
    return tuple(make_problem(row) for row in text_rows(findings))


def text_rows(findings: "pd.DataFrame") -> list[dict[str, str]]:
    """The rows of a frame as text, "" where a cell is missing."""
    names = list(findings.columns)
    texts = [
        map(str, findings[name].astype("object").where(findings[name].notna(), "").tolist())
        for name in names
    ]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*texts, strict=True)]


def problems_by_submission(findings: "pd.DataFrame") -> dict[str, tuple[Problem, ...]]:
    """The findings of each submission."""
    named = findings[findings["submission_id"].notna()]
    return {
        str(key): make_problems(group) for key, group in named.groupby("submission_id", sort=False)
    }
