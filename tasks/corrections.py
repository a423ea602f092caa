"""Reviewed corrections of delivered cells: applied after reading and before typing, each listed. Computes; touches
nothing.

A correction names a cell by submission (id or title) or by source and row, says what the export says there
(`expected`) and what is meant (`value`). Where the export says something else, or no cell is met, it fails, and a
failed correction is critical: the source was mended, or the correction never met it (interface.md sections 3 and 4).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from tasks import correction_cells, findings
from tasks.competition import Competition
from tasks.correction_cells import Cells, Delivered, Setting
from tasks.folder import Tables
from tasks.intake import dates, numbers
from tasks.intake.delivery import Delivery
from tasks.schema import TABLES

DATED = ("submitted_at", "started_on")


def apply(
    delivered: Mapping[str, Delivery], tables: Tables, competition: Competition
) -> tuple[dict[str, Delivery], pd.DataFrame, pd.DataFrame]:
    """The deliveries with corrected cells, the table corrections, and a `correction_failed` for each that failed.

    `delivered` has the cells as text: under "submissions" those of the forms, under its phase's code each delivery of
    marks or answers. Every correction is compared with what was delivered; of two for one cell the last holds. In the
    table, source and row are those of the first cell that was met; submission_id is filled with the findings'.
    """
    if tables.corrections.empty:
        return dict(delivered), _listed(tables.corrections, []), findings.none()
    settings = [Setting.of(row) for _, row in tables.corrections.iterrows()]
    frames = {key: delivery.rows.copy() for key, delivery in delivered.items()}
    original = correction_cells.delivered(
        {key: one.rows for key, one in delivered.items()}, settings, tables, competition
    )
    told = [_applied(setting, frames, original) for setting in settings]
    if any(
        one["case"] == "nothing" for one in told
    ):  # it may name a submission by an id or title that a correction gave
        corrected = correction_cells.delivered(frames, settings, tables, competition).with_cells(original)
        told = [
            _applied(setting, frames, corrected) if one["case"] == "nothing" else one
            for setting, one in zip(settings, told, strict=True)
        ]
    results = {key: replace(delivery, rows=frames[key]) for key, delivery in delivered.items()}
    return results, _listed(tables.corrections, told), _failed(tables.corrections, told)


def _applied(setting: Setting, frames: dict[str, pd.DataFrame], delivered: Delivered) -> dict[str, Any]:
    """Puts the value into the cells that say what is expected.

    What came of it: `case`, "" where it was applied; source, row and found (what the export says) where a cell was met.
    """
    met, problem = delivered.cells(setting)
    if problem:
        return {"case": problem}
    saying = [cells for cells in met if says(cells.text, setting.expected, setting.field)]
    if not saying:
        return _place(met[0]) | {"case": "expected"}
    if len({(cells.source, cells.row) for cells in saying if cells.key != correction_cells.SUBMISSIONS}) > 1:
        return {"case": "several"}
    for cells in saying:
        frame = frames[cells.key]
        column = list(frame.columns).index(cells.column)
        frame.iloc[[cells.position], [column]] = np.nan if setting.value is None else setting.value
    return _place(saying[0]) | {"case": ""}


def _place(cell: Cells) -> dict[str, Any]:
    return {"source": cell.source, "row": cell.row, "found": cell.text}


def _listed(corrections: pd.DataFrame, told: list[dict[str, Any]]) -> pd.DataFrame:
    """The table corrections: one row a correction, in the order of the file."""
    came = pd.DataFrame(told, columns=["case", "source", "row"], index=corrections.index)
    listed = corrections.rename(columns={"by": "corrected_by", "on": "corrected_on"}).assign(
        source=came["source"].astype("str").fillna(corrections["source"]),
        row=came["row"].astype("Int64").fillna(corrections["row"]),
        submission_id=pd.Series(np.nan, index=corrections.index, dtype="str"),
        applied=came["case"] == "",
    )
    return listed[TABLES["corrections"].names]


def _failed(corrections: pd.DataFrame, told: list[dict[str, Any]]) -> pd.DataFrame:
    """A finding for each correction that failed, at its row of corrections.csv; `cell` says which cell it is about."""
    came = pd.DataFrame(told, columns=["case", "found"], index=corrections.index)
    by_row = corrections["source"].fillna("") + " " + corrections["row"].astype("str").fillna("")
    cell = corrections["submission"].fillna(by_row.str.strip())
    places = (
        corrections[["table_row", "field"]]
        .rename(columns={"table_row": "row"})
        .assign(
            value=corrections["value"],
            case=came["case"],
            cell=cell,
            expected=corrections["expected"].fillna(""),
            found=came["found"].astype("str").fillna(""),
        )
    )
    failed = places[(came["case"] != "").to_numpy(dtype=bool)]
    return findings.of("correction_failed", failed, table="corrections", source="corrections.csv")


# --- what the export says --------------------------------------------------------------------------------------------


def says(cell: str | None, expected: str | None, field: str) -> bool:
    """Whether a cell says what is expected: the same but for white space, or the same date or number written
    otherwise.
    """
    if cell is None or expected is None:
        return cell is expected
    if " ".join(cell.split()) == " ".join(expected.split()):
        return True
    if field in DATED:
        return bool(_days(cell) & _days(expected)) and _agree(_seconds(cell), _seconds(expected))
    return bool(_amounts(cell) & _amounts(expected))


def _days(text: str) -> set[tuple[int, int, int]]:
    """The days that a text can mean: year, month, day; two where day and month could be either."""
    parts = dates.parts(text)
    if parts is None:
        return set()
    orders = [(parts.second, parts.first)] + ([] if parts.is_certain else [(parts.first, parts.second)])
    return {(parts.year, month, day) for month, day in orders}


def _seconds(text: str) -> int | None:
    """The time of day in seconds; None where the text has none."""
    parts = dates.parts(text)
    return parts.seconds if parts and parts.seconds >= 0 else None


def _agree(cell: int | None, expected: int | None) -> bool:
    return expected is None or cell == expected


def _amounts(text: str) -> set[str]:
    """The numbers that a text can mean, as plain decimals."""
    reading = numbers.reading(text)
    return {reading.comma, reading.point} - {""} if reading else set()
