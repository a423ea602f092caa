"""Reviewed corrections of delivered cells: applied after reading and before typing, each listed.
Computes; touches nothing.

A correction names a cell by submission (id or title) or by source and row, says what the export
says there (`expected`) and what is meant (`value`). Where the export says something else, or no
cell is met, it fails, and a failed correction is critical: the source was mended, or the correction
never met it (interface.md sections 3 and 4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from tasks.corrections.cells import (
    SUBMISSIONS_KEY,
    CorrectableCell,
    CorrectableRows,
    CorrectionRow,
    correctable_rows,
)
from tasks.findings.frame import make_findings, no_findings
from tasks.intake.cells import numbers, text, written_dates
from tasks.intake.cells.written_dates import DateParts
from tasks.intake.delivery import Delivery
from tasks.register.tables import Tables
from tasks.rules.competition import Competition
from tasks.schema import TABLES

OVERRULED = "overruled"  # no failure: a later row corrects the same cell otherwise
DATE_FIELDS = ("submitted_at", "started_on")
_EPOCH = datetime.fromisoformat("1900-01-01")


def apply_corrections(
    delivered: Mapping[str, Delivery], tables: Tables, competition: Competition
) -> tuple[dict[str, Delivery], pd.DataFrame, pd.DataFrame]:
    """The deliveries with corrected cells, the table corrections, and a `correction_failed` for
    each that failed.

    `delivered` has the cells as text: under "submissions" those of the forms, under its phase's
    code each delivery of marks or answers. Every correction is compared with what was delivered; of
    two for one cell the last holds, and the other is listed as not applied. In the table, source
    and row are those of the first cell that was met; submission_id is filled with the findings'.
    """
    if tables.corrections.empty:
        return dict(delivered), _corrections_table(tables.corrections, []), no_findings()
    settings = [CorrectionRow.of(row) for _, row in tables.corrections.iterrows()]
    frames = {key: delivery.rows.copy() for key, delivery in delivered.items()}
    original = correctable_rows(
        {key: one.rows for key, one in delivered.items()}, settings, tables, competition
    )
    told = [_apply_correction(setting, frames, original) for setting in settings]
    if any(
        one["case"] == "nothing" for one in told
    ):  # it may name a submission by an id or title that a correction gave
        corrected = correctable_rows(frames, settings, tables, competition).with_cells(original)
        told = [
            _apply_correction(setting, frames, corrected) if one["case"] == "nothing" else one
            for setting, one in zip(settings, told, strict=True)
        ]
    told = _mark_overruled(settings, told)
    results = {key: replace(delivery, rows=frames[key]) for key, delivery in delivered.items()}
    return (
        results,
        _corrections_table(tables.corrections, told),
        _failed_correction_findings(tables.corrections, told),
    )


def _apply_correction(
    setting: CorrectionRow, frames: dict[str, pd.DataFrame], delivered: CorrectableRows
) -> dict[str, Any]:
    """Puts the value into the cells that say what is expected.

    What came of it: `case`, "" where it was applied; source, row and found (what the export says)
    where a cell was met.
    """
    met, problem = delivered.cells(setting)
    if problem:
        return {"case": problem}
    saying = [cells for cells in met if says_expected(cells.text, setting.expected, setting.field)]
    if not saying:
        return _cell_place(met[0]) | {"case": "expected"}
    if len({(cells.source, cells.row) for cells in saying if cells.key != SUBMISSIONS_KEY}) > 1:
        return {"case": "several"}
    if len({cells.source for cells in saying if cells.source.startswith(f"{setting.source}#")}) > 1:
        return {"case": "several"}  # the source has several sheets, and the correction names none
    for cells in saying:
        frame = frames[cells.key]
        column = list(frame.columns).index(cells.column)
        frame.iloc[[cells.position], [column]] = np.nan if setting.value is None else setting.value
    return _cell_place(saying[0]) | {
        "case": "",
        "cells": {(cells.key, cells.position, cells.column) for cells in saying},
    }


def _mark_overruled(
    settings: Sequence[CorrectionRow], told: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The same, where of a correction nothing is left: later rows give each of its cells another
    value.
    """
    holds = {
        cell: setting.value
        for setting, one in zip(settings, told, strict=True)
        for cell in one.get("cells", ())
    }
    lost = [
        bool(one.get("cells")) and all(holds[cell] != setting.value for cell in one["cells"])
        for setting, one in zip(settings, told, strict=True)
    ]
    return [
        one | {"case": OVERRULED} if gone else one for one, gone in zip(told, lost, strict=True)
    ]


def _cell_place(cell: CorrectableCell) -> dict[str, Any]:
    return {"source": cell.source, "row": cell.row, "found": cell.text}


def _corrections_table(corrections: pd.DataFrame, told: list[dict[str, Any]]) -> pd.DataFrame:
    """The table corrections: one row a correction, in the order of the file."""
    came = pd.DataFrame(told, columns=["case", "source", "row"], index=corrections.index)
    listed = corrections.rename(columns={"by": "corrected_by", "on": "corrected_on"}).assign(
        source=came["source"].astype("str").fillna(corrections["source"]),
        row=came["row"].astype("Int64").fillna(corrections["row"]),
        submission_id=pd.Series(np.nan, index=corrections.index, dtype="str"),
        applied=came["case"] == "",
    )
    return listed[TABLES["corrections"].names]


def _failed_correction_findings(
    corrections: pd.DataFrame, told: list[dict[str, Any]]
) -> pd.DataFrame:
    """A finding for each correction that failed, at its row of corrections.csv; `cell` says which
    cell it is about.
    """
    came = pd.DataFrame(told, columns=["case", "found"], index=corrections.index)
    places = (
        corrections[["table_row", "field"]]
        .rename(columns={"table_row": "row"})
        .assign(
            value=corrections["value"],
            case=came["case"],
            cell=corrections["submission"].fillna(""),
            cell_source=corrections["source"].where(corrections["submission"].isna()),
            cell_row=corrections["row"],
            expected=corrections["expected"].fillna(""),
            found=came["found"].astype("str").fillna(""),
        )
    )
    failed = places[~came["case"].isin(["", OVERRULED]).to_numpy(dtype=bool)]
    return make_findings("correction_failed", failed, table="corrections", source="corrections.csv")


# --- what the export says
# --------------------------------------------------------------------------------------------


def says_expected(cell: str | None, expected: str | None, field: str) -> bool:
    """Whether a cell says what is expected: the same but for white space and for how it is shown
    (without markup, with the apostrophe that keeps a spreadsheet from running it), or the same date
    or number written otherwise.
    """
    if cell is None or expected is None:
        return cell is expected
    if {_collapse_spaces(cell), _collapse_spaces(_strip_markup(cell))} & {
        _collapse_spaces(expected),
        _collapse_spaces(expected.removeprefix("'")),
    }:
        return True
    if field in DATE_FIELDS:
        return _says_expected_moment(
            written_dates.parse_date(cell), written_dates.parse_date(expected)
        )
    return bool(_possible_numbers(cell) & _possible_numbers(expected))


def _collapse_spaces(written: str) -> str:
    return " ".join(written.split())


def _strip_markup(cell: str) -> str:
    plain = text.remove_markup(pd.Series([cell], dtype="str")).fillna("")
    return str(plain.iloc[0])


def _says_expected_moment(cell: DateParts | None, expected: DateParts | None) -> bool:
    """Whether a cell says the day, the minute or the second that is expected. With an offset on
    both sides it is the moment that counts; with one on either, the cell may be local, or in UTC as
    services write it.
    """
    if cell is None or expected is None:
        return False
    if expected.seconds < 0:
        return bool(
            {m.date() for m in _possible_moments(cell)}
            & {m.date() for m in _possible_moments(expected)}
        )
    if isnan(cell.offset) or isnan(expected.offset):
        said = (_possible_moments(one) | _utc_moments(one) for one in (cell, expected))
    else:
        said = (_utc_moments(one) for one in (cell, expected))
    step = timedelta(seconds=1 if expected.seconds % 60 else 60)
    one, other = ({(moment - _EPOCH) // step for moment in moments} for moments in said)
    return bool(one & other)


def _possible_moments(parts: DateParts) -> set[datetime]:
    """The moments that a text can mean, as they are written: two where day and month could be
    either.
    """
    orders = [(parts.second, parts.first)] + (
        [] if parts.is_certain else [(parts.first, parts.second)]
    )
    days = [f"{parts.year:04}-{month:02}-{day:02}" for month, day in orders]
    known = pd.to_datetime(pd.Series(days), format="%Y-%m-%d", errors="coerce").dropna()
    return {day.to_pydatetime() + timedelta(seconds=max(parts.seconds, 0)) for day in known}


def _utc_moments(parts: DateParts) -> set[datetime]:
    """The same in UTC; none where the text has no offset."""
    return (
        set()
        if isnan(parts.offset)
        else {m - timedelta(minutes=parts.offset) for m in _possible_moments(parts)}
    )


def _possible_numbers(written: str) -> set[str]:
    """The numbers that a text can mean, as plain decimals."""
    reading = numbers.parse_number(written)
    return {reading.comma, reading.point} - {""} if reading else set()
