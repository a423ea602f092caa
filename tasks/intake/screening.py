"""Exports of the administrative check -> a row for each delivered row and item, text and typed."""

from collections.abc import Sequence

import pandas as pd

from tasks.findings.frame import Found, join_findings
from tasks.intake.cells.answers import parse_answers
from tasks.intake.delivery import Delivery, InboxPlace, read_export_tables
from tasks.intake.raw import Raw
from tasks.intake.sheets import (
    SheetItems,
    has_submissions,
    item_rows,
    sheet_heading_findings,
    sheet_heading_names,
    sheets_delivery,
    type_sheet_times,
)
from tasks.intake.tables.table import DeliveredTable
from tasks.rules.competition import Competition, ScreeningPhase
from tasks.schema import FRAMES

ANSWER_COLUMNS = FRAMES["answer_rows"].columns
_NEEDED_FIELDS = ("submission",)


def read_answers(raws: Sequence[Raw], phase: ScreeningPhase, competition: Competition) -> Delivery:
    """The answers of all exports of a phase in order of name and row.

    One row per delivered row and requirement, with ANSWER_COLUMNS; `text` is the cell.
    """
    requirements = {r.code: tuple(r.name.values()) for r in phase.requirements}
    place = InboxPlace("screening", phase.code, f"forms.screening.{phase.code}")
    items = SheetItems(place, "requirement", tuple(requirements))
    settings = competition.forms.screening.get(phase.code, {})
    delivered = read_export_tables(
        raws,
        sheet_heading_names(requirements, settings),
        lambda table: _is_screening_sheet(table, set(requirements)),
    )
    exports = delivered.tables
    findings = [delivered.findings.assign(phase=phase.code)]
    for export in exports:
        findings.append(sheet_heading_findings(export.table, items, _NEEDED_FIELDS))
    rows = [item_rows(export.table, items) for export in exports]
    return sheets_delivery(exports, rows, ANSWER_COLUMNS, items, findings)


def _is_screening_sheet(table: DeliveredTable, requirements: set[str]) -> bool:
    return bool(table.fields & requirements) and has_submissions(table)


def type_answers(rows: pd.DataFrame, competition: Competition) -> Found:
    """The same rows with `answer` (boolean, NA where empty or unclear) and `submitted_at` as
    moment.
    """
    times = type_sheet_times(rows, competition)
    answers = parse_answers(rows["text"], rows["source"])
    frame = rows.assign(submitted_at=times.values, answer=answers)
    return Found(frame, join_findings([times.findings.assign(table="screening")]))
