"""Exports of survey services for their tests: answers, and what is read of a file."""

from typing import Any

import pandas as pd

from tasks.findings.frame import join_findings
from tasks.intake import submissions
from tests.small.exports import Rows, csv_bytes, raw
from tests.small.rules import INTAKE_RULES

HEAD = ["judul", "instansi", "kategori"]
LAPOR = ["Lapor Lampu", "Dinas Perhubungan", "Kesehatan"]
TAMAN = ["Taman Baca", "Dinas Perpustakaan", "Kesehatan"]
SENT = "2022-02-01T01:15:03"
SENT_HERE = "2022-02-01T08:15:03+07:00"


def read(*files: bytes) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Typed rows, findings and exports of files."""
    raws = [raw(f"submissions/{n}.csv", content) for n, content in enumerate(files)]
    delivery = submissions.read_submissions(raws, INTAKE_RULES)
    step = submissions.type_submissions(delivery.rows, INTAKE_RULES)
    frame, found = step.frame, step.findings
    return frame, join_findings([delivery.findings, found]), delivery.exports


def table(rows: Rows, **form: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Typed rows and findings of a delimited file."""
    frame, found, _ = read(csv_bytes(rows, **form))
    return frame, found


def of(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    """The cells of these columns, "" where a cell is empty, times as texts."""
    texts = frame.assign(
        submitted_at=frame["submitted_at"].map(lambda at: at.isoformat(), na_action="ignore")
    )
    return (
        texts[list(columns)]
        .astype("object")
        .where(texts[list(columns)].notna(), "")
        .values.tolist()
    )
