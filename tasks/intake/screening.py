"""Exports of the administrative check -> one row a delivered row and requirement, text and typed.
Reads the copies it is given.
"""

from collections.abc import Sequence

import pandas as pd

from tasks.findings.frame import join_findings
from tasks.intake import delivery as shared
from tasks.intake import sheet_columns
from tasks.intake.cells import answers, dates
from tasks.intake.delivery import Delivery
from tasks.intake.raw import Raw
from tasks.intake.tables.table import DeliveredTable
from tasks.rules.competition import Competition, ScreeningPhase

ANSWER_COLUMNS = (
    "phase",
    "source",
    "row",
    "submission",
    "submitted_at",
    "note",
    "requirement",
    "text",
)
_ANSWER_TYPES = dict.fromkeys(ANSWER_COLUMNS, "str") | {"row": "Int64"}


def read_answers(raws: Sequence[Raw], phase: ScreeningPhase, competition: Competition) -> Delivery:
    """The answers of all exports of a phase in order of name and row; every requirement, its cell
    as text. rows: COLUMNS.
    """
    requirements = {r.code: tuple(r.name.values()) for r in phase.requirements}
    names = sheet_columns.sheet_heading_names(
        requirements, competition.forms.screening.get(phase.code, {})
    )
    delivered, unreadable = shared.read_export_tables(
        raws, names, lambda table: _is_screening_sheet(table, set(requirements))
    )
    section = f"forms.screening.{phase.code}"
    parts = [
        sheet_columns.item_rows(one, phase.code, list(requirements), "requirement")[
            list(ANSWER_COLUMNS)
        ]
        for one in delivered
    ]
    said = [
        sheet_columns.sheet_heading_findings(
            one, phase.code, "screening", list(requirements), section, ["submission"]
        )
        for one in delivered
    ]
    rows = (
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(ANSWER_COLUMNS))
    )
    read_as = [
        {
            c.position: f
            for f, columns in shared.columns_by_field(one.table).items()
            for c in columns
        }
        for one in delivered
    ]
    return Delivery(
        rows.astype(_ANSWER_TYPES),
        shared.exports_frame(
            delivered,
            [len(part) // max(1, len(requirements)) for part in parts],
            "screening",
            phase.code,
        ),
        shared.headings_frame(delivered, read_as),
        join_findings(
            [unreadable.assign(phase=phase.code) if len(unreadable) else unreadable, *said]
        ),
    )


def _is_screening_sheet(table: DeliveredTable, requirements: set[str]) -> bool:
    return bool(table.fields & requirements) and sheet_columns.has_submissions(table)


def type_answers(rows: pd.DataFrame, competition: Competition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows with `answer` (boolean, NA where empty or unclear) and `submitted_at` as time;
    findings.
    """
    first = rows.drop_duplicates(["source", "row"])
    times = dates.type_times(
        first, "submitted_at", competition, utc=pd.Series(False, index=first.index)
    )
    by_row = first[["source", "row"]].assign(submitted_at=times.values)
    moments = rows[["source", "row"]].merge(
        by_row, on=["source", "row"], how="left", validate="m:1"
    )["submitted_at"]
    said = answers.parse_answers(rows["text"], rows["source"])
    frame = rows.assign(submitted_at=moments.set_axis(rows.index), answer=said)
    found = times.findings
    return frame, found.assign(table="screening") if len(found) else found
