"""What the exports say of one innovation, as they were delivered. flows/office/delivered_cells.py
reads it again from the copies of the exports.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

from reports.content.records import records
from tasks.results.results import Results


@dataclass(frozen=True)
class RowPlace:
    """The place of a row: its export, with #sheet where that has several, and its row number in
    the spreadsheet.
    """

    source: str
    row: int | None

    @classmethod
    def from_cells(cls, source: object, row: object) -> "RowPlace | None":
        """The place of a row of a table; None where it names no export."""
        return None if not cell_text(source) else cls(cell_text(source), cell_number(row))


@dataclass(frozen=True)
class DeliveredCell:
    """One delivered cell of an export. `read_as`: the field, criterion or requirement of its
    heading, or "".

    `raw`: where characters that are not shown were taken out, the text with their numbers in their
    places; else "".
    """

    heading: str
    text: str
    read_as: str
    raw: str = ""


@dataclass(frozen=True)
class DeliveredAnswers:
    """One delivered row of an administrative check. `met`: its answer for each requirement: True,
    False, or None where it is unclear.
    """

    place: RowPlace
    note: str
    met: Mapping[str, bool | None]


@dataclass(frozen=True)
class InnovationEvidence:
    """What the exports say of one innovation.

    cells: the cells of each delivered row and sheet. typed: the fields of each delivered row as
    they were read. copies: rows delivered a second time, by the row that is kept. answers: the rows
    of each screening phase; the last row counts. absent: exports whose copy is gone, so that their
    cells cannot be shown.
    """

    cells: Mapping[RowPlace, tuple[DeliveredCell, ...]] = field(default_factory=dict)
    typed: Mapping[RowPlace, Mapping[str, str]] = field(default_factory=dict)
    copies: Mapping[RowPlace, tuple[RowPlace, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[DeliveredAnswers, ...]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def cell(self, place: RowPlace | None, read_as: str) -> DeliveredCell | None:
        """The first cell at a place that gives this field; None where no cell does, or none can be
        shown.
        """
        if place is None:
            return None
        for cell in self.cells.get(place, ()):
            if cell.read_as == read_as:
                return cell
        return None


@dataclass(frozen=True)
class CellCorrection:
    """A reviewed correction of a cell."""

    expected: str
    value: str
    reason: str
    by: str
    on: str


def corrections_at_place(results: Results, place: RowPlace | None) -> dict[str, CellCorrection]:
    """The corrections that changed the cells of a place, by field."""
    if place is None:
        return {}
    cells = _rows_at_place(results["corrected"], place).rename(columns={"is": "value"})
    in_force = results["corrections"][
        results["corrections"]["applied"].fillna(False).astype("bool")
    ]
    return {cell.field: _make_correction(cell, place, in_force) for cell in records(cells)}


def _rows_at_place(table: pd.DataFrame, place: RowPlace) -> pd.DataFrame:
    return table[_is_at_place(table, place)]


def _is_at_place(table: pd.DataFrame, place: RowPlace) -> pd.Series:
    """Whether each row of a table names the place (bool)."""
    number = table["row"]
    is_same_row = number.isna() if place.row is None else number == place.row
    is_at_place = (table["source"] == place.source) & is_same_row.fillna(False)
    return is_at_place.astype("bool")


def _make_correction(cell: Any, place: RowPlace, in_force: pd.DataFrame) -> CellCorrection:
    """The correction of a changed cell: a correction with the cell's field, value and reason, that
    names the cell's place or else its submission; the last of several.

    Where there is no such correction (it names a criterion by its name), the cell's own facts.
    """
    texts = in_force[["field", "value", "reason"]].fillna("")
    value, reason = cell.value or "", cell.reason or ""
    is_same = (texts == [cell.field, value, reason]).all(axis=1)
    same = in_force[is_same]
    if same.empty:
        return CellCorrection(cell.was or "", value, reason, "", "")
    reviewed = _nearest_correction(same, cell.submission_id, place)
    cells = (
        reviewed.expected,
        reviewed.value,
        reviewed.reason,
        reviewed.corrected_by,
        reviewed.corrected_on,
    )
    return CellCorrection(*(text or "" for text in cells))


def _nearest_correction(corrections: pd.DataFrame, submission_id: str, place: RowPlace) -> Any:
    """The correction that names the place, else one that names the submission; the last of
    several.
    """
    names_submission = corrections["submission_id"] == submission_id
    nearness = 2 * _is_at_place(corrections, place) + names_submission
    farthest_first = corrections.loc[nearness.sort_values(kind="stable").index]
    return next(records(farthest_first.tail(1)))


def cell_number(cell: Any) -> int | None:
    """A cell of a table as a whole number; None where it is missing."""
    return None if cell is None or pd.isna(cell) else int(cell)


def cell_time(cell: Any) -> datetime | None:
    """A cell of a table as a time; None where it is missing."""
    return None if cell is None or pd.isna(cell) else cell.to_pydatetime()


def cell_text(cell: object) -> str:
    """A cell of a table as text; "" where it is missing."""
    return "" if cell is None or cell is pd.NA or cell != cell else str(cell)
