"""Small competitions and the frames between the steps, made in a line or two for the tests of the
phases.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from tasks.register.columns import TABLE_SPECS
from tasks.register.tables import Tables
from tasks.rules import competition
from tasks.rules.competition import Competition, JudgingPhase

ZONE = ZoneInfo("Asia/Jakarta")
HEAD = """
name = "Uji"
year = 2022
timezone = "Asia/Jakarta"
"""
GROUPS = """
[[groups]]
code = "umum"
[[groups]]
code = "replikasi"
"""
REGISTRATION = """
[[phases]]
code = "pendaftaran"
kind = "registration"
closes = 2022-03-15T23:59:59
"""
SCREENING = """
[[phases]]
code = "administrasi"
kind = "screening"
closes = 2022-03-22T23:59:59
requirements = [{ code = "surat" }, { code = "video" }]
"""
JUDGING_HEAD = """
[[phases]]
code = "proposal"
kind = "judging"
closes = 2022-04-10T23:59:59
"""
JUDGING = (
    JUDGING_HEAD
    + """
scale = [0, 100]
criteria = [
  { code = "x", weight = 30, name = "Signifikansi" },
  { code = "y", weight = 70, name = "Kebaruan" },
]
"""
)
NOMINATION = """
[[phases]]
code = "nominasi"
kind = "nomination"
closes = 2022-04-30T23:59:59
levels = [{ code = "provinsi", quota = 1, barred = ["Top 45"] }]
"""


def rules(*phases: str, categories: str = "ab", head: str = "") -> Competition:
    """A competition with these phases after registration, categories a and b."""
    listed = "".join(f'[[categories]]\ncode = "{code}"\n' for code in categories)
    return competition.parse_competition(
        HEAD + head + GROUPS + listed + REGISTRATION + "".join(phases)
    )


def judging(text: str = "", before: str = "") -> JudgingPhase:
    """The judging phase `proposal` with these further lines, as competition.toml has it."""
    phase = rules(before, JUDGING + text).phase("proposal")
    assert isinstance(phase, JudgingPhase)
    return phase


def judging_from(text: str) -> JudgingPhase:
    """A judging phase of which all lines but code, kind and closes are given."""
    phase = rules(JUDGING_HEAD + text).phase("proposal")
    assert isinstance(phase, JudgingPhase)
    return phase


def at(text: str) -> datetime:
    """A time in the competition's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def tables(**rows: Iterable[Mapping[str, Any]]) -> Tables:
    """The folder's tables with these rows; the others empty, all with their columns and dtypes."""
    made = {}
    for name, spec in TABLE_SPECS.items():
        empty = spec.empty()
        frame = pd.DataFrame(list(rows.get(name, ())), columns=empty.columns)
        frame["table_row"] = range(2, len(frame) + 2)
        made[name] = frame.astype(empty.dtypes.to_dict())
    return Tables(**made)


def agencies(*pairs: str) -> list[dict[str, str]]:
    """Rows of agencies.csv from "CODE" or "CODE<PARENT"."""
    split = [pair.partition("<") for pair in pairs]
    return [
        {"agency_code": code, "agency": f"Badan {code}", "parent_code": parent or np.nan}
        for code, _, parent in split
    ]


def submissions(*rows: str, **more: Mapping[str, Any]) -> pd.DataFrame:
    """The settled frame from "ID agency category" lines, title "Inovasi <id>"; `more` by id
    overrides cells.
    """
    made = []
    for number, line in enumerate(rows, 2):
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
        made.append(row | dict(more.get(code, {})))
    texts = [
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
    columns = [*texts, "counts", "row"]
    return pd.DataFrame(made, columns=columns).astype(
        dict.fromkeys(texts, "str") | {"counts": "bool", "row": "Int64"}
    )


def sheets(
    *lines: str, phase: str = "proposal", source: str = "scores/nilai.csv", criteria: str = "xy"
) -> pd.DataFrame:
    """Typed marks from "judge;submission;mark;mark[;time]" lines: "" is an empty cell, no number an
    unreadable one.
    """
    rows = []
    for number, line in enumerate(lines, 2):
        judge, submission, *cells = line.split(";")
        marks, when = cells[: len(criteria)], cells[len(criteria) :]
        for criterion, text in zip(criteria, marks, strict=True):
            number_like = text.replace(".", "").replace("-", "").isdigit()
            rows.append(
                {
                    "phase": phase,
                    "source": source,
                    "row": number,
                    "judge": judge or np.nan,
                    "submission": submission or np.nan,
                    "submitted_at": at(when[0]) if when else pd.NaT,
                    "note": np.nan,
                    "criterion": criterion,
                    "text": text or np.nan,
                    "mark": text if number_like else np.nan,
                    "unreadable": bool(text) and not number_like,
                }
            )
    columns = [
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
    return _typed(pd.DataFrame(rows, columns=columns))


def answers(
    *lines: str,
    source: str = "screening/cek.csv",
    requirements: tuple[str, ...] = ("surat", "video"),
) -> pd.DataFrame:
    """Typed answers from "submission;ya;tidak[;note]" lines: "" an empty cell, any other word
    unclear.
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
    columns = [
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
    return _typed(pd.DataFrame(rows, columns=columns))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    when = (
        pd.to_datetime(frame["submitted_at"], utc=True)
        .dt.tz_convert(ZONE)
        .astype("datetime64[us, Asia/Jakarta]")
    )
    other = {"row": "Int64", "unreadable": "boolean", "answer": "boolean"}
    texts = frame.drop(columns="submitted_at")
    return texts.astype({name: other.get(name, "str") for name in texts.columns}).assign(
        submitted_at=when
    )


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows as plain tuples, missing as None: for equality in tests."""
    plain = frame[list(columns)].astype("object")
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))
