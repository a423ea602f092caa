"""The frames that pass from step to step, each row from one short line: submissions, marks,
answers, delivered rows of a form.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, no_findings
from tasks.registration.submissions import compare_rows, match_rows, settle_submissions
from tasks.rules.competition import Competition
from tasks.schema import SUBMISSION_FIELDS
from tasks.validation.validation import validate_submissions
from tests.small.rules import ZONE, moment, parse_limits
from tests.small.tables import register_tables

ZONED = f"datetime64[us, {ZONE.key}]"
FILLED = {
    "source": "submissions/a.csv",
    "kind": "plain",
    "form": "f",
    "title": "Judul",
    "agency": "DINKES",
    "category": "kesehatan",
    "started_on": "2020-01-01",
    "summary": "satu dua tiga",
    "words_summary": 3,
    "submitted_at": "2022-02-10T10:00:00",
}
FORM_COLUMNS = [*FILLED, "row", "export_name", "response_id", "cells", *SUBMISSION_FIELDS]
SETTLED_TEXTS = [
    "submission_id",
    "title",
    "agency_code",
    "category",
    "group",
    "status",
    "ranked_status",
    "innovation",
    "source",
]
MARK_COLUMNS = [
    "phase",
    "source",
    "row",
    "judge",
    "submission",
    "submitted_at",
    "note",
    "criterion",
    "text",
    "mark",
    "unreadable",
]
ANSWER_COLUMNS = [
    "phase",
    "source",
    "row",
    "submission",
    "submitted_at",
    "note",
    "requirement",
    "text",
    "answer",
]


def settled_rows(*lines: str, **changes: Mapping[str, Any]) -> pd.DataFrame:
    """The settled submissions from "ID agency category" lines, each with the title "Inovasi ID";
    `changes` replace cells, by submission_id.
    """
    rows = []
    for number, line in enumerate(lines, 2):
        code, agency, category = line.split()
        row = {
            "submission_id": code,
            "title": f"Inovasi {code}",
            "agency_code": agency,
            "category": category,
            "group": np.nan,
            "status": "accepted",
            "ranked_status": "accepted",
            "counts": True,
            "innovation": f"i-{code}",
            "source": "submissions/a.csv",
            "row": number,
        }
        rows.append(row | dict(changes.get(code, {})))
    frame = pd.DataFrame(rows, columns=[*SETTLED_TEXTS, "counts", "row"])
    types = dict.fromkeys(SETTLED_TEXTS, "str") | {"counts": "bool", "row": "Int64"}
    return frame.astype(types)


def mark_rows(
    *lines: str, phase: str = "proposal", source: str = "scores/nilai.csv", criteria: str = "xy"
) -> pd.DataFrame:
    """Typed marks, a row per mark, from "judge;submission;mark;mark[;time]" lines: "" is an empty
    cell, and what is no number an unreadable one.
    """
    rows = []
    for number, line in enumerate(lines, 2):
        judge, submission, *cells = line.split(";")
        marks, times = cells[: len(criteria)], cells[len(criteria) :]
        for criterion, text in zip(criteria, marks, strict=True):
            is_number = text.replace(".", "").replace("-", "").isdigit()
            rows.append(
                {
                    "phase": phase,
                    "source": source,
                    "row": number,
                    "judge": judge or np.nan,
                    "submission": submission or np.nan,
                    "submitted_at": moment(times[0]) if times else pd.NaT,
                    "note": np.nan,
                    "criterion": criterion,
                    "text": text or np.nan,
                    "mark": text if is_number else np.nan,
                    "unreadable": bool(text) and not is_number,
                }
            )
    return _typed(pd.DataFrame(rows, columns=MARK_COLUMNS))


def answer_rows(
    *lines: str,
    source: str = "screening/cek.csv",
    requirements: tuple[str, ...] = ("surat", "video"),
) -> pd.DataFrame:
    """Typed answers, a row per answer, from "submission;ya;tidak[;note]" lines: "" is an empty
    cell, and any other word an unclear answer.
    """
    rows = []
    for number, line in enumerate(lines, 2):
        submission, *cells = line.split(";")
        note = cells[len(requirements) :]
        for requirement, text in zip(requirements, cells, strict=False):
            rows.append(
                {
                    "phase": "administrasi",
                    "source": source,
                    "row": number,
                    "submission": submission,
                    "submitted_at": pd.NaT,
                    "note": note[0] if note else np.nan,
                    "requirement": requirement,
                    "text": text or np.nan,
                    "answer": {"ya": True, "tidak": False}.get(text, pd.NA),
                }
            )
    return _typed(pd.DataFrame(rows, columns=ANSWER_COLUMNS))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    times = pd.to_datetime(frame["submitted_at"], utc=True).dt.tz_convert(ZONE).astype(ZONED)
    no_texts = {"row": "Int64", "unreadable": "boolean", "answer": "boolean"}
    others = frame.drop(columns="submitted_at")
    types = {name: no_texts.get(name, "str") for name in others.columns}
    return others.astype(types).assign(submitted_at=times)


def form_rows(*changes: Mapping[str, Any]) -> pd.DataFrame:
    """Typed rows of a form, each FILLED with these changes, in the spreadsheet's rows 2, 3, ...
    unless they name another.
    """
    rows = [FILLED | {"row": number} | dict(change) for number, change in enumerate(changes, 2)]
    frame = pd.DataFrame(rows, columns=list(dict.fromkeys(FORM_COLUMNS)))
    cells = ["|".join(str(row.get(name) or "") for name in SUBMISSION_FIELDS) for row in rows]
    joined = pd.Series(cells, index=frame.index, dtype="str")
    frame["cells"] = frame["cells"].astype("str").fillna(joined)
    frame["export_name"] = frame["source"].astype("str").str.split("#").str[0]
    return typed_form_rows(frame)


def typed_form_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame in the types of a form's typed rows."""
    times = pd.to_datetime(frame["submitted_at"], format="ISO8601").dt.tz_localize(ZONE)
    numbers = {"row": "Int64", "words_summary": "Int64"}
    others = frame.drop(columns="submitted_at")
    types = {name: numbers.get(name, "str") for name in others.columns}
    return others.astype(types).assign(submitted_at=times.astype(ZONED))


def text_form_rows(*changes: Mapping[str, Any]) -> pd.DataFrame:
    """The same rows before they were typed: times as text."""
    frame = form_rows(*changes)
    times = frame["submitted_at"].dt.strftime("%d/%m/%Y %H:%M:%S")
    return frame.assign(submitted_at=times.astype("str"))


def settle_form_rows(
    *changes: Mapping[str, Any],
    rules: Competition | None = None,
    findings: pd.DataFrame | None = None,
    **tables: Any,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The submissions of these rows, matched, validated and settled, and all findings.

    `findings` are those of the steps before; `tables` the rows of the folder's tables.
    """
    competition, folder = rules or parse_limits(), register_tables(**tables)
    matched = match_rows(form_rows(*changes), competition, folder)
    before = join_findings([no_findings() if findings is None else findings, matched.findings])
    validated = validate_submissions(matched.rows, competition, before)
    every = join_findings([before, validated.findings])
    compared = compare_rows(matched.rows)
    settled = settle_submissions(compared, every, competition, folder)
    return settled.submissions, settled.findings


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows as plain tuples, missing as None: for equality in tests."""
    plain = frame[list(columns)].astype("object")
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


def finding_records(findings: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The findings as severity, rule, field and row, in order."""
    return records(findings, "severity", "rule", "field", "row")
