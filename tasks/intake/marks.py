"""Exports of judges' marks -> one row a sheet and criterion, text and typed. Reads the copies it is
given.
"""

from collections.abc import Sequence

import pandas as pd

from tasks.findings.frame import join_findings, make_findings, no_findings
from tasks.intake import delivery as shared
from tasks.intake import sheet_columns
from tasks.intake.cells import dates, numbers
from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.delivery import Delivery, ExportTable
from tasks.intake.raw import Raw
from tasks.intake.tables.table import DeliveredTable
from tasks.names.people import match_judges
from tasks.rules.competition import Competition, JudgingPhase

MARK_COLUMNS = (
    "phase",
    "source",
    "row",
    "judge",
    "submission",
    "submitted_at",
    "note",
    "criterion",
    "text",
)
_MARK_TYPES = dict.fromkeys(MARK_COLUMNS, "str") | {"row": "Int64"}
# A sheet whose name has nothing but the first words, with or without the second, is nobody's own.
_SUMMARY_WORDS = frozenset(
    (
        "rekap",
        "rekapitulasi",
        "summary",
        "total",
        "ringkasan",
        "peringkat",
        "ranking",
        "petunjuk",
        "instructions",
    )
)
_ALL_SHEETS_WORDS = frozenset(
    (
        "nilai",
        "penilaian",
        "skor",
        "hasil",
        "akhir",
        "final",
        "juri",
        "semua",
        "seluruh",
        "keseluruhan",
        "proposal",
        "inovasi",
        "total",
        "dan",
        "scores",
        "marks",
        "of",
        "all",
        "judges",
        "pengisian",
    )
)


def read_marks(
    raws: Sequence[Raw],
    phase: JudgingPhase,
    competition: Competition,
    judges: pd.DataFrame | None = None,
) -> Delivery:
    """The marks of all exports of a phase in order of name and row; every criterion of the phase,
    its cell as text.

    rows: COLUMNS. A sheet without a column of judges is its judge's whose name stands over the
    headings, else the sheet's name. `judges` is the register (judge, aliases): of a workbook whose
    sheets are named after some of its judges, a sheet that is not is no judge's, and not read.
    """
    criteria = {c.code: tuple(c.name.values()) for c in phase.criteria}
    names = sheet_columns.sheet_heading_names(
        criteria, competition.forms.scores.get(phase.code, {})
    )
    delivered, unreadable = shared.read_export_tables(
        raws, names, lambda table: _is_mark_sheet(table, set(criteria))
    )
    delivered, strangers = _sheets_of_judges(delivered, judges)
    section = f"forms.scores.{phase.code}"
    parts = [
        _fill_judge(sheet_columns.item_rows(one, phase.code, list(criteria), "criterion"), one)
        for one in delivered
    ]
    said = [
        sheet_columns.sheet_heading_findings(
            one, phase.code, "marks", list(criteria), section, _required_fields(one)
        )
        for one in delivered
    ]
    rows = (
        pd.concat([frame[list(MARK_COLUMNS)] for frame in parts], ignore_index=True)
        if parts
        else pd.DataFrame(columns=list(MARK_COLUMNS))
    )
    return Delivery(
        rows.astype(_MARK_TYPES),
        shared.exports_frame(
            delivered, [len(part) // max(1, len(criteria)) for part in parts], "marks", phase.code
        ),
        shared.headings_frame(delivered, [_fields_by_position(one.table) for one in delivered]),
        join_findings(
            [
                *(
                    found.assign(phase=phase.code)
                    for found in (unreadable, strangers)
                    if len(found)
                ),
                *said,
            ]
        ),
    )


def _is_mark_sheet(table: DeliveredTable, criteria: set[str]) -> bool:
    is_summary = _is_summary_name(heading_key(table.name)) and "judge" not in table.fields
    return bool(table.fields & criteria) and sheet_columns.has_submissions(table) and not is_summary


def _is_summary_name(name: str) -> bool:
    """Whether a sheet's name says that it is made from all judges' sheets: "Rekap Nilai Akhir", not
    "Rekap Juri 1".
    """
    words = set(name.split())
    return bool(words & _SUMMARY_WORDS) and words <= _SUMMARY_WORDS | _ALL_SHEETS_WORDS


def _sheets_of_judges(
    delivered: list[ExportTable], judges: pd.DataFrame | None
) -> tuple[list[ExportTable], pd.DataFrame]:
    """The tables without the sheets that are no judge's, and a finding for each of those."""
    own = [one for one in delivered if "judge" not in one.table.fields]
    if judges is None or judges.empty or not own:
        return delivered, no_findings()
    names = match_judges(
        pd.Series([sheet_columns.sheet_judge(one.table) for one in own], dtype="str"), judges
    )
    known = [
        one for one, is_known in zip(own, names.isin(judges["judge"]), strict=True) if is_known
    ]
    files = {one.raw.name for one in known}
    strangers = [one for one in own if one not in known and one.raw.name in files]
    places = pd.DataFrame(
        {
            "source": [one.table.source for one in strangers],
            "sheet": [one.table.name for one in strangers],
        }
    )
    found = make_findings("unreadable_file", places, table="marks", case="not_a_judge")
    return [one for one in delivered if one not in strangers], found


def _required_fields(one: ExportTable) -> list[str]:
    return ["submission"] if sheet_columns.sheet_judge(one.table) else ["submission", "judge"]


def _fill_judge(rows: pd.DataFrame, one: ExportTable) -> pd.DataFrame:
    return (
        rows
        if "judge" in one.table.fields
        else rows.assign(judge=sheet_columns.sheet_judge(one.table))
    )


def _fields_by_position(table: DeliveredTable) -> dict[int, str]:
    return {
        column.position: field
        for field, columns in shared.columns_by_field(table).items()
        for column in columns
    }


def type_marks(rows: pd.DataFrame, competition: Competition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows, of one phase, with `mark` (exact decimal text, NaN where there is none),
    `unreadable` (a cell that gives no number) and `submitted_at` as time; findings.
    """
    phases = [competition.phase(code) for code in rows["phase"].unique()]
    scale = next((phase.scale for phase in phases if isinstance(phase, JudgingPhase)), None)
    typed = numbers.type_numbers(rows, "text", ["source", "criterion"], scale)
    first = rows.drop_duplicates(["source", "row"])
    times = dates.type_times(
        first, "submitted_at", competition, utc=pd.Series(False, index=first.index)
    )
    by_row = first[["source", "row"]].assign(submitted_at=times.values)
    moments = rows[["source", "row"]].merge(
        by_row, on=["source", "row"], how="left", validate="m:1"
    )["submitted_at"]
    frame = rows.assign(
        submitted_at=moments.set_axis(rows.index), mark=typed.values, unreadable=typed.is_unreadable
    )
    late = times.findings
    return frame, join_findings([typed.findings, late.assign(table="marks") if len(late) else late])
