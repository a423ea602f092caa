"""What the exports say of one innovation, as they were delivered: read again from the copies
(flows/explain.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

from reports.content.records import records
from tasks.corrections.expected_text import says_expected


@dataclass(frozen=True)
class RowPlace:
    """Where something stands: the export, with #sheet where it has several, and the spreadsheet's
    row.
    """

    source: str
    row: int | None

    @classmethod
    def of(cls, source: object, row: object) -> "RowPlace | None":
        """The place of a row of a table; None where it names no export."""
        return None if not cell_text(source) else cls(cell_text(source), cell_number(row))


@dataclass(frozen=True)
class DeliveredCell:
    """One delivered cell of an export; `read_as`: the field, criterion or requirement of its
    heading, or "".

    `raw`: as delivered, where characters that are not shown were taken out: with their numbers in
    their places; or "".
    """

    heading: str
    text: str
    read_as: str
    raw: str = ""


@dataclass(frozen=True)
class DeliveredAnswers:
    """One delivered row of an administrative check: what it says of each requirement, True, False
    or None (unclear).
    """

    place: RowPlace
    note: str
    met: Mapping[str, bool | None]


@dataclass(frozen=True)
class InnovationEvidence:
    """What the exports say of one innovation.

    cells: of each of its delivered rows and sheets. typed: the fields of each delivered row as they
    were read. copies: rows delivered a second time, by the row that is kept. answers: by screening
    phase, its rows, the one that counts last. absent: exports whose copy is gone, so that their
    cells cannot be shown.
    """

    cells: Mapping[RowPlace, tuple[DeliveredCell, ...]] = field(default_factory=dict)
    typed: Mapping[RowPlace, Mapping[str, str]] = field(default_factory=dict)
    copies: Mapping[RowPlace, tuple[RowPlace, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[DeliveredAnswers, ...]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def cell(self, place: RowPlace | None, read_as: str) -> DeliveredCell | None:
        """The first cell at a place that gives this field; None where there is none, or it cannot
        be shown.
        """
        return (
            next((cell for cell in self.cells.get(place, ()) if cell.read_as == read_as), None)
            if place
            else None
        )


@dataclass(frozen=True)
class CellCorrection:
    """A reviewed correction of a cell."""

    expected: str
    value: str
    reason: str
    by: str
    on: str


def corrections_at_place(
    table: pd.DataFrame,
    place: RowPlace | None,
    submission_id: str = "",
    said: Mapping[str, str] | None = None,
) -> dict[str, CellCorrection]:
    """The corrections that took effect on the cells of a place, by field; `table` is the table
    corrections.

    One that names a submission holds for each of its rows that says what is expected, and is listed
    with the first: with `submission_id`, it is told by what the cells of this place `said`, by
    field.
    """
    if place is None:
        return {}
    same_row = (
        table["row"].isna() if place.row is None else (table["row"] == place.row).fillna(False)
    )
    at = ((table["source"] == place.source) & same_row).astype("bool")
    of_it = (table["submission_id"] == submission_id).fillna(False).astype("bool") & ~at
    effective = table.assign(at=at)[table["applied"].fillna(False).astype("bool") & (at | of_it)]
    return {
        row.field: _make_correction(row)
        for row in records(effective)
        if row.at or says_expected((said or {}).get(row.field) or None, row.expected, row.field)
    }


def _make_correction(row: Any) -> CellCorrection:
    cells = (row.expected, row.value, row.reason, row.corrected_by, row.corrected_on)
    return CellCorrection(*(cell or "" for cell in cells))


def cell_number(cell: Any) -> int | None:
    """A cell of a table as a whole number; None where it is missing."""
    return None if cell is None or pd.isna(cell) else int(cell)


def cell_time(cell: Any) -> datetime | None:
    """A cell of a table as a time; None where it is missing."""
    return None if cell is None or pd.isna(cell) else cell.to_pydatetime()


def cell_text(cell: object) -> str:
    """A cell of a table as text; "" where it is missing."""
    return "" if cell is None or cell is pd.NA or cell != cell else str(cell)
