"""Findings as a reader meets them: what is wrong, what to do, where; of the table findings.

A night with nothing new shows them without pandas, from the rows of data/findings.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.words import REMEDY

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Problem:
    """One finding: the two halves of its message, and its place: the export and the spreadsheet's row, or "" each."""

    severity: str
    rule: str
    problem: str
    remedy: str
    source: str
    row: str


def problem(row: Mapping[str, str]) -> Problem:
    """The finding of one row: severity, rule, message, source and row as text, "" where there is none."""
    wrong, _, remedy = row["message"].partition(REMEDY)
    return Problem(row["severity"], row["rule"], wrong, remedy, row["source"], row["row"])


def problems(findings: "pd.DataFrame") -> tuple[Problem, ...]:
    """The findings of the frame, in its order."""
    return tuple(problem(row) for row in rows(findings))


def rows(findings: "pd.DataFrame") -> list[dict[str, str]]:
    """The rows of a frame as text, "" where a cell is missing."""
    texts = findings.astype("object").where(findings.notna(), "").astype("str")
    return [dict(zip(findings.columns, cells, strict=True)) for cells in texts.itertuples(index=False)]


def by_submission(findings: "pd.DataFrame") -> dict[str, tuple[Problem, ...]]:
    """The findings of each submission."""
    named = findings[findings["submission_id"].notna()]
    return {str(key): problems(group) for key, group in named.groupby("submission_id", sort=False)}
