"""Exports of judges' marks -> one row per sheet and criterion, text and typed."""

from collections.abc import Sequence

import pandas as pd

from tasks.findings.frame import Found, join_findings, make_findings, no_findings
from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.cells.numbers import NumberScale, type_numbers
from tasks.intake.delivery import (
    Delivery,
    ExportTable,
    ExportTables,
    InboxPlace,
    read_export_tables,
)
from tasks.intake.raw import Raw
from tasks.intake.sheets import (
    SheetItems,
    has_judges,
    has_submissions,
    item_rows,
    sheet_heading_findings,
    sheet_heading_names,
    sheet_judge,
    sheets_delivery,
    type_sheet_times,
)
from tasks.intake.tables.table import DeliveredTable
from tasks.names.people import match_judges
from tasks.rules.competition import Competition, JudgingPhase
from tasks.schema import FRAMES

MARK_COLUMNS = FRAMES["mark_rows"].columns
# A sheet whose name has nothing but the first words, with or without the second, is nobody's own:
# it is made from the sheets of all judges, or says how to fill in a sheet.
_SUMMARY_NAMES = (
    "rekap rekapitulasi summary total ringkasan peringkat ranking petunjuk instructions"
)
_ALL_SHEETS_NAMES = (
    "nilai penilaian skor hasil akhir final juri semua seluruh keseluruhan proposal inovasi total "
    "dan scores marks of all judges pengisian"
)
_SUMMARY_WORDS = frozenset(_SUMMARY_NAMES.split())
_SUMMARY_OR_ALL_WORDS = _SUMMARY_WORDS | set(_ALL_SHEETS_NAMES.split())


def read_marks(
    raws: Sequence[Raw],
    phase: JudgingPhase,
    competition: Competition,
    judges: pd.DataFrame | None = None,
) -> Delivery:
    """The marks of all exports of a phase in order of name and row.

    One row per delivered row and criterion, with MARK_COLUMNS; `text` is the cell. A sheet without
    a column of judges belongs to its sender, else to the judge whose name stands over the headings,
    else to the name of the sheet. `judges` is the register (judge, aliases): in a workbook whose
    sheets are named after some of its judges, a sheet named after none is not read.
    """
    criteria = {c.code: tuple(c.name.values()) for c in phase.criteria}
    place = InboxPlace("marks", phase.code, f"forms.scores.{phase.code}")
    items = SheetItems(place, "criterion", tuple(criteria))
    settings = competition.forms.scores.get(phase.code, {})
    delivered = read_export_tables(
        raws,
        sheet_heading_names(criteria, settings),
        lambda table: _is_mark_sheet(table, set(criteria)),
    )
    exports, unknown_sheets = _keep_judges_sheets(delivered.tables, judges)
    findings = [
        delivered.findings.assign(phase=phase.code),
        unknown_sheets.assign(phase=phase.code),
    ]
    rows = []
    for export in exports:
        findings.append(_mark_heading_findings(export.table, items))
        rows.append(_mark_rows(export.table, items))
    return sheets_delivery(exports, rows, MARK_COLUMNS, items, findings)


def _is_mark_sheet(table: DeliveredTable, criteria: set[str]) -> bool:
    if not has_judges(table) and _is_summary_name(table.name):
        return False
    return bool(table.fields & criteria) and has_submissions(table)


def _is_summary_name(name: str) -> bool:
    """Whether a sheet is named as one made from the sheets of all judges: "Rekap Nilai Akhir", not
    "Rekap Juri 1".
    """
    words = set(heading_key(name).split())
    return bool(words & _SUMMARY_WORDS) and words <= _SUMMARY_OR_ALL_WORDS


def _keep_judges_sheets(exports: list[ExportTable], judges: pd.DataFrame | None) -> ExportTables:
    """The tables without the sheets that belong to no judge, and a finding for each of these."""
    sheets_by_name = [export for export in exports if not has_judges(export.table)]
    if judges is None or judges.empty or not sheets_by_name:
        return ExportTables(exports, no_findings())
    names = pd.Series([sheet_judge(export.table) for export in sheets_by_name], dtype="str")
    is_known = match_judges(names, judges).isin(judges["judge"])
    known_files = {sheets_by_name[at].raw.name for at in is_known.to_numpy().nonzero()[0]}
    unknown_sheets = [
        export
        for export, known in zip(sheets_by_name, is_known, strict=True)
        if not known and export.raw.name in known_files
    ]
    unknown_sources = {export.table.source for export in unknown_sheets}
    kept = [export for export in exports if export.table.source not in unknown_sources]
    return ExportTables(kept, _unknown_sheet_findings(unknown_sheets))


def _unknown_sheet_findings(sheets: Sequence[ExportTable]) -> pd.DataFrame:
    """A finding per sheet that belongs to no judge."""
    places = pd.DataFrame(
        {
            "source": [export.table.source for export in sheets],
            "sheet": [export.table.name for export in sheets],
        }
    )
    return make_findings("unreadable_file", places, table="marks", case="not_a_judge")


def _mark_heading_findings(table: DeliveredTable, items: SheetItems) -> pd.DataFrame:
    is_signed = has_judges(table) or sheet_judge(table) is not None
    needed = ("submission",) if is_signed else ("submission", "judge")
    return sheet_heading_findings(table, items, needed)


def _mark_rows(table: DeliveredTable, items: SheetItems) -> pd.DataFrame:
    """The rows of a table, each with its judge; none where nobody tells the judge, which a finding
    on the headings says.
    """
    rows = item_rows(table, items)
    if has_judges(table):
        return rows
    judge = sheet_judge(table)
    return rows.head(0) if judge is None else rows.assign(judge=judge)


def type_marks(rows: pd.DataFrame, competition: Competition) -> Found:
    """The same rows, of one phase, with `mark` (exact decimal text, NaN where there is none),
    `unreadable` (a cell that gives no number) and `submitted_at` as moment.
    """
    scale = _phase_scale(rows, competition)
    marks = type_numbers(rows, "text", ["source", "criterion"], scale)
    times = type_sheet_times(rows, competition)
    frame = rows.assign(
        submitted_at=times.values, mark=marks.values, unreadable=marks.is_unreadable
    )
    return Found(frame, join_findings([marks.findings, times.findings.assign(table="marks")]))


def _phase_scale(rows: pd.DataFrame, competition: Competition) -> NumberScale | None:
    for code in rows["phase"].unique():
        phase = competition.phase(code)
        if isinstance(phase, JudgingPhase):
            return phase.scale
    return None
