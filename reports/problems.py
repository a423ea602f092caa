"""Findings as a reader meets them: what is wrong, what to do, where; of the table findings."""

from dataclasses import dataclass

import pandas as pd

from tasks.words import REMEDY


@dataclass(frozen=True)
class Problem:
    """One finding: `problem` and `remedy` are the two halves of its message, `place` the export and row, or ""."""

    severity: str
    rule: str
    problem: str
    remedy: str
    place: str


def problems(findings: pd.DataFrame) -> tuple[Problem, ...]:
    """The findings of the frame, in its order."""
    halves = findings["message"].str.split(REMEDY, n=1)
    return tuple(
        Problem(severity, rule, half[0], half[1] if len(half) > 1 else "", _place(source, row))
        for severity, rule, half, source, row in zip(
            findings["severity"], findings["rule"], halves, findings["source"], findings["row"], strict=True
        )
    )


def by_submission(findings: pd.DataFrame) -> dict[str, tuple[Problem, ...]]:
    """The findings of each submission."""
    named = findings[findings["submission_id"].notna()]
    return {str(key): problems(group) for key, group in named.groupby("submission_id", sort=False)}


def _place(source: object, row: object) -> str:
    if source != source or source is None:
        return ""
    return str(source) if row is pd.NA or row != row else f"{source}:{row}"
