"""What the exports say of one innovation, as they were delivered: read again from the copies (flows/explain.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Place:
    """Where something stands: the export, with #sheet where it has several, and the spreadsheet's row."""

    source: str
    row: int | None

    @classmethod
    def of(cls, source: object, row: object) -> "Place | None":
        """The place of a row of a table; None where it names no export."""
        if pd.isna(source):  # type: ignore[call-overload]  # a cell
            return None
        return cls(str(source), None if pd.isna(row) else int(row))  # type: ignore[call-overload]  # a cell of an Int64 column


@dataclass(frozen=True)
class Cell:
    """One cell of an export as it was delivered, under its heading; `read_as`: the field, criterion or requirement, or ""."""

    heading: str
    text: str
    read_as: str


@dataclass(frozen=True)
class Answers:
    """One delivered row of an administrative check: what it says of each requirement, True, False or None (unclear)."""

    place: Place
    note: str
    met: Mapping[str, bool | None]


@dataclass(frozen=True)
class Evidence:
    """What the exports say of one innovation.

    cells: of each of its delivered rows and sheets. typed: the fields of each delivered row as they were read. copies: rows
    delivered a second time, by the row that is kept. answers: by screening phase, its rows in order, the one that counts last.
    absent: exports whose copy is gone, so that their cells cannot be shown.
    """

    cells: Mapping[Place, tuple[Cell, ...]] = field(default_factory=dict)
    typed: Mapping[Place, Mapping[str, str]] = field(default_factory=dict)
    copies: Mapping[Place, tuple[Place, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[Answers, ...]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def cell(self, place: Place | None, read_as: str) -> Cell | None:
        """The first cell at a place that gives this field; None where there is none, or it cannot be shown."""
        return next((cell for cell in self.cells.get(place, ()) if cell.read_as == read_as), None) if place else None


@dataclass(frozen=True)
class Correction:
    """A reviewed correction of a cell."""

    expected: str
    value: str
    reason: str
    by: str
    on: str


def corrections(table: pd.DataFrame, place: Place | None, submission_id: str = "") -> dict[str, Correction]:
    """The corrections that took effect on the cells of a place, or of a submission, by field; `table` is corrections."""
    if place is None:
        return {}
    at = (table["source"] == place.source) & (table["row"].isna() if place.row is None else (table["row"] == place.row).fillna(False))
    of_it = table["submission_id"] == submission_id
    rows = table[table["applied"].fillna(False).astype("bool") & (at | of_it).fillna(False).astype("bool")]
    texts = rows.astype("object").where(rows.notna(), "").astype("str")
    return {
        row.field: Correction(row.expected, row.value, row.reason, row.corrected_by, row.corrected_on)
        for row in texts.itertuples(index=False)
    }


def text(cell: object) -> str:
    """A cell of a table as text; "" where it is missing."""
    return "" if cell is None or cell is pd.NA or cell != cell else str(cell)
