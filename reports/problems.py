"""Findings as a reader meets them: what is wrong, what to do, where; of the table findings.

A night with nothing new shows them without pandas, from the rows of data/findings.csv.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.words import REMEDY, Words

if TYPE_CHECKING:
    import pandas as pd

    from tasks.results import Results

Row = Mapping[str, str]
_SEVERITIES = ("critical", "error", "warning")
_ORDER = (  # as they are mended: files, headings, rows, decisions, evidence, ranks
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
_SHEET = re.compile(r"^(?P<file>.+\.(?:xlsx|xlsm|xls|ods))#(?P<sheet>.+)$", re.IGNORECASE)


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


def problem(row: Row) -> Problem:
    """The finding of one row: severity, rule, message, source and row as text, "" where there is
    none.
    """
    wrong, _, remedy = row["message"].partition(REMEDY)
    title = row.get("about", "")
    about = "" if title and title in wrong else title
    decided = row.get("decided", "")
    return Problem(
        row["severity"], row["rule"], wrong, remedy, row["source"], row["row"], about, decided
    )


def place(found: Problem, words: Words) -> str:
    """Where it stands, for people: the file, its sheet and its row; the innovation; and what was
    decided. May be "".
    """
    row = words.say("report.row", row=found.row) if found.row else ""
    at = ", ".join(part for part in (source(found.source, words), row) if part)
    return " · ".join(part for part in (at, found.about, _standing(found.decided, words)) if part)


def _standing(decided: str, words: Words) -> str:
    if decided == "superseded":
        return words.say("report.replaced")
    return words.say("report.decided", outcome=words.say(f"outcome.{decided}")) if decided else ""


def source(name: str, words: Words) -> str:
    """The name of an export for people: file.xlsx#Juri 1 is the sheet "Juri 1" of file.xlsx."""
    of_sheet = _SHEET.match(name)
    return (
        f"{of_sheet['file']}, {words.say('report.sheet', sheet=of_sheet['sheet'])}"
        if of_sheet
        else name
    )


def by_rule(findings: Iterable[Row]) -> list[tuple[str, str, list[Row]]]:
    """Severity, rule and findings of each rule, the severest first, then in the order in which they
    are mended.
    """
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in findings:
        grouped.setdefault((row["severity"], row["rule"]), []).append(row)
    ordered = sorted(grouped, key=lambda pair: (_SEVERITIES.index(pair[0]), _ORDER.index(pair[1])))
    return [(*pair, grouped[pair]) for pair in ordered]


def of_results(results: "Results") -> list[dict[str, str]]:
    """The findings of these Results as rows of text, each with `about`."""
    named = results["submissions"][
        ["source", "row", "submission_id", "title", "status", "ranked_status"]
    ]
    return told(rows(results["findings"]), rows(named))


def told(findings: list[dict[str, str]], submissions: Iterable[Row]) -> list[dict[str, str]]:
    """The findings, the same rows with `about` and `decided` put in, of the delivered row that they
    stand at, else of their submission: its title, and its status where a decision gave it or
    another row took its place; "" each where there is none.
    """
    places: dict[tuple[str, str], Row] = {}
    named: dict[str, Row] = {}
    for one in submissions:
        places[one["source"], one["row"]] = named[one["submission_id"]] = one
    for row in findings:
        subject = places.get((row["source"], row["row"])) or named.get(row["submission_id"])
        row["about"], row["decided"] = (
            (subject["title"], _settled(subject)) if subject else ("", "")
        )
    return findings


def _settled(row: Row) -> str:
    return (
        row["status"]
        if row["status"] != row["ranked_status"] or row["status"] == "superseded"
        else ""
    )


def problems(findings: "pd.DataFrame") -> tuple[Problem, ...]:
    """The findings of the frame, in its order."""
    return tuple(problem(row) for row in rows(findings))


def rows(findings: "pd.DataFrame") -> list[dict[str, str]]:
    """The rows of a frame as text, "" where a cell is missing."""
    names = list(findings.columns)
    texts = [
        map(str, findings[name].astype("object").where(findings[name].notna(), "").tolist())
        for name in names
    ]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*texts, strict=True)]


def by_submission(findings: "pd.DataFrame") -> dict[str, tuple[Problem, ...]]:
    """The findings of each submission."""
    named = findings[findings["submission_id"].notna()]
    return {str(key): problems(group) for key, group in named.groupby("submission_id", sort=False)}
