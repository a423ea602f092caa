"""Reviewed corrections of delivered cells: which cells one means, and what becomes of them.

Corrections are applied after reading and before typing, and each is listed. A correction names a
cell by submission (id or title) or by source and row, says what the export says there (`expected`)
and what is meant (`value`). Where the export says something else, or no cell is met, the correction
fails, and a failed correction is critical: the source was mended, or the correction never met it
(interface.md sections 3 and 4).

A submission's rows are several where it was sent again: the correction is of each of them that says
what is expected. A row that was delivered twice is one row, wherever the correction says that it
stands. What does not belong here: whether a cell says what is expected (expected_text.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tasks.corrections.expected_text import says_expected
from tasks.findings.frame import make_findings, no_findings
from tasks.intake.delivery import Delivery
from tasks.names import agencies
from tasks.names.name_forms import text_form
from tasks.names.submissions import match_submissions
from tasks.register.tables import Tables
from tasks.registration import identity, submissions
from tasks.rules.competition import Competition
from tasks.schema import SUBMISSION_FIELDS, TABLES

SUBMISSIONS_KEY = "submissions"  # the key of their delivery; the others are codes of phases
SHEET_FIELDS = ("judge", "submission", "submitted_at", "note")
OVERRULED = "overruled"  # no failure: a later row corrects the same cell otherwise


@dataclass(frozen=True, eq=False)
class CorrectedDeliveries:
    """What the corrections make of the deliveries.

    deliveries: by the same keys, with corrected cells. corrections: the table of that name, one row
    a correction in the order of the file; source and row are those of the first cell that was met.
    corrected: the table of that name, one row per cell that a correction changed. Both without
    submission_id, since rows have none yet. findings: a `correction_failed` for each that failed.
    """

    deliveries: Mapping[str, Delivery]
    corrections: pd.DataFrame
    corrected: pd.DataFrame
    findings: pd.DataFrame


def apply_corrections(
    delivered: Mapping[str, Delivery], tables: Tables, competition: Competition
) -> CorrectedDeliveries:
    """The deliveries with corrected cells, and what came of each correction.

    `delivered` has the cells as text: under "submissions" those of the forms, under its phase's
    code each delivery of marks or answers. Every correction is compared with what was delivered; of
    two for one cell the last holds, and the other is listed as not applied.
    """
    corrections = tables.corrections
    if corrections.empty:
        return CorrectedDeliveries(
            dict(delivered), _corrections_table(corrections, []), _no_cells(), no_findings()
        )
    settings = [CorrectionRow.from_row(row) for _, row in corrections.iterrows()]
    frames = {key: delivery.rows.copy() for key, delivery in delivered.items()}
    rows = {key: delivery.rows for key, delivery in delivered.items()}
    original = correctable_rows(rows, settings, tables, competition)
    outcomes = [_correction_outcome(setting, original) for setting in settings]
    _write_values(frames, settings, outcomes)
    if any(outcome.case == "nothing" for outcome in outcomes):
        # a correction may name a submission by an id or title that another correction gave
        renamed = correctable_rows(frames, settings, tables, competition).with_cells(original)
        outcomes = [
            _correction_outcome(setting, renamed) if outcome.case == "nothing" else outcome
            for setting, outcome in zip(settings, outcomes, strict=True)
        ]
        _write_values(frames, settings, outcomes)
    outcomes = _mark_overruled(settings, outcomes)
    return CorrectedDeliveries(
        {key: replace(delivery, rows=frames[key]) for key, delivery in delivered.items()},
        _corrections_table(corrections, outcomes),
        _corrected_table(corrections, settings, outcomes, rows[SUBMISSIONS_KEY]),
        _failed_correction_findings(corrections, outcomes),
    )


# --- a correction, and the cells that it means
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CorrectionRow:
    """A row of corrections.csv; an empty cell is None."""

    submission: str | None
    source: str | None
    row: int | None
    field: str
    expected: str | None
    value: str | None

    @classmethod
    def from_row(cls, row: "pd.Series[Any]") -> "CorrectionRow":
        """The setting of a row of the folder's table."""
        number = _none_if_missing(row["row"])
        return cls(
            submission=_none_if_missing(row["submission"]),
            source=_source_path(row["source"]),
            row=None if number is None else int(number),
            field=_correction_field(row["field"]),
            expected=_none_if_missing(row["expected"]),
            value=_none_if_missing(row["value"]),
        )


def _source_path(source: Any) -> str | None:
    """A source as exports have it, where it was copied from a file manager
    ("inbox\\submissions\\a.csv").
    """
    return None if pd.isna(source) else source.replace("\\", "/").removeprefix("inbox/")


def _correction_field(written: str) -> str:
    """The field's own name where only its case differs. Names of criteria and requirements stay as
    they are written.
    """
    field = written.strip()
    return field.lower() if field.lower() in (*SUBMISSION_FIELDS, *SHEET_FIELDS) else field


def _none_if_missing(cell: Any) -> Any:
    return None if pd.isna(cell) else cell


@dataclass(frozen=True)
class CorrectableCell:
    """One delivered cell: the delivery's key, the position of its row, its column, the field that
    it holds (of a mark or answer the code), its place, and what it says.
    """

    key: str
    position: int
    column: str
    field: str
    source: str
    row: int | None
    text: str | None

    @property
    def address(self) -> tuple[str, int, str]:
        """What tells the cell from every other."""
        return self.key, self.position, self.column


@dataclass(frozen=True)
class MetCells:
    """The cells that a correction means, whatever they say; `problem` says why it means none, else
    "".
    """

    cells: tuple[CorrectableCell, ...]
    problem: str


@dataclass(frozen=True, eq=False)
class FieldColumn:
    """Where a delivery holds a field: its column, the field's own name or code, and which rows
    hold it (booleans).
    """

    column: str
    field: str
    rows: np.ndarray


@dataclass(frozen=True, eq=False)
class CorrectableRows:
    """The delivered rows, and what they are called.

    about: for each delivery the innovation that each row is about ("" for none). means: for each
    text in the settings' column submission the innovation ("" where it could be several). items:
    for each phase, form of a criterion's or requirement's code or name -> code.
    """

    rows: Mapping[str, pd.DataFrame]
    about: Mapping[str, pd.Series]
    means: Mapping[str, str]
    items: Mapping[str, Mapping[str, str]]

    def with_cells(self, other: "CorrectableRows") -> "CorrectableRows":
        """The same names for the rows of another."""
        return replace(self, rows=other.rows)

    def cells(self, setting: CorrectionRow) -> MetCells:
        """The cells that a correction means."""
        if not self._is_field(setting.field):
            return MetCells((), "field")
        if setting.submission is None and setting.source is None:
            return MetCells((), "no_cell")
        if setting.submission is not None and self.means.get(setting.submission) == "":
            return MetCells((), "ambiguous")
        cells = tuple(cell for key in self.rows for cell in self._delivery_cells(key, setting))
        return MetCells(cells, "" if cells else "nothing")

    def _is_field(self, field: str) -> bool:
        if field in SUBMISSION_FIELDS or field in SHEET_FIELDS:
            return True
        return any(text_form(field) in codes for codes in self.items.values())

    def _delivery_cells(self, key: str, setting: CorrectionRow) -> Iterator[CorrectableCell]:
        """The cells of one delivery that a correction means."""
        rows = self.rows[key]
        held = self._field_column(key, setting.field)
        if held is None:
            return
        is_met = held.rows & self._is_at_place(key, setting) & self._is_about(key, setting)
        if key == SUBMISSIONS_KEY:
            is_met = (rows["cells"].isin(rows.loc[is_met, "cells"]) | is_met).to_numpy()
        for position in np.flatnonzero(is_met):
            row = rows.iloc[position]
            number, text = _none_if_missing(row["row"]), _none_if_missing(row[held.column])
            yield CorrectableCell(
                key, int(position), held.column, held.field, row["source"], number, text
            )

    def _field_column(self, key: str, field: str) -> FieldColumn | None:
        """Where a delivery holds a field; None where it has no such field."""
        rows = self.rows[key]
        every_row = np.ones(len(rows), dtype=bool)
        if key == SUBMISSIONS_KEY:
            return FieldColumn(field, field, every_row) if field in SUBMISSION_FIELDS else None
        if field in SHEET_FIELDS:
            return FieldColumn(field, field, every_row)
        code = self.items[key].get(text_form(field))
        if code is None:
            return None
        items = rows["criterion" if "criterion" in rows else "requirement"]
        return FieldColumn("text", code, (items == code).to_numpy(dtype=bool))

    def _is_at_place(self, key: str, setting: CorrectionRow) -> np.ndarray:
        """Whether each row is at the correction's source and row; all where it names no source. A
        row without a number is its source's only one.
        """
        rows = self.rows[key]
        if setting.source is None:
            return np.ones(len(rows), dtype=bool)
        export = rows["source"].str.split("#").str[0]
        same_source = (rows["source"] == setting.source) | (export == setting.source)
        if setting.row is None:
            return (same_source & rows["row"].isna()).to_numpy(dtype=bool)
        return (same_source & (rows["row"] == setting.row).fillna(False)).to_numpy(dtype=bool)

    def _is_about(self, key: str, setting: CorrectionRow) -> np.ndarray:
        """Whether each row is about the correction's submission; all where it names none."""
        if setting.submission is None:
            return np.ones(len(self.rows[key]), dtype=bool)
        return (self.about[key] == self.means.get(setting.submission)).to_numpy(dtype=bool)


def correctable_rows(
    rows: Mapping[str, pd.DataFrame],
    settings: Sequence[CorrectionRow],
    tables: Tables,
    competition: Competition,
) -> CorrectableRows:
    """These rows with what they are called, and what the settings mean."""
    named = _name_submission_rows(rows[SUBMISSIONS_KEY], tables, competition)
    asked = [setting.submission for setting in settings if setting.submission]
    texts = pd.Series(asked, dtype="str").drop_duplicates()
    means = dict(zip(texts, _match_innovations(texts, named), strict=True))
    about = {
        key: named["innovation"]
        if key == SUBMISSIONS_KEY
        else _match_innovations(frame["submission"], named).replace("", "?")
        for key, frame in rows.items()
    }
    items = {phase.code: _item_codes(phase) for phase in competition.phases}
    return CorrectableRows(rows, about, means, items)


def _name_submission_rows(
    rows: pd.DataFrame, tables: Tables, competition: Competition
) -> pd.DataFrame:
    """For each delivered row, in order: submission_id, delivered_id, title, innovation, and counts,
    true for one row of each.
    """
    host = agencies.host_city(competition.host)
    bodies = agencies.match_agencies(rows["agency"], tables.agencies, competition.year, host)
    codes = rows["agency"].map(bodies.set_index("typed")["agency_code"]).astype("str")
    placed = rows.assign(
        agency_code=codes, agency_typed=rows["agency"], position=np.arange(len(rows))
    )
    named = submissions.identify_rows(placed).sort_values("position", ignore_index=True)
    return named.assign(counts=~named["innovation"].duplicated())


def _match_innovations(texts: pd.Series, named: pd.DataFrame) -> pd.Series:
    """The innovation that each text means; "" where it could be several, NaN where none."""
    matched = match_submissions(texts, named)
    by_id = named[named["counts"]].set_index("submission_id")["innovation"]
    innovations = matched["submission_id"].map(by_id).astype("str")
    return innovations.mask(matched["rule"] == "ambiguous_submission", "")


def _item_codes(phase: Any) -> dict[str, str]:
    """The code of each criterion or requirement of a phase, by the forms of its names and code."""
    items = getattr(phase, "criteria", ()) or getattr(phase, "requirements", ())
    return {
        text_form(name): item.code for item in items for name in (*item.name.values(), item.code)
    }


# --- what comes of a correction
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CorrectionOutcome:
    """What came of a correction: `case` is "" where it was applied, OVERRULED, or why it failed.

    met: the first cell that it means, None where it means none. cells: those that it changed.
    """

    case: str
    met: CorrectableCell | None = None
    cells: tuple[CorrectableCell, ...] = ()


def _correction_outcome(setting: CorrectionRow, delivered: CorrectableRows) -> CorrectionOutcome:
    """What comes of a correction: it changes the cells that say what is expected."""
    met = delivered.cells(setting)
    if met.problem:
        return CorrectionOutcome(met.problem)
    cells = tuple(
        cell for cell in met.cells if says_expected(cell.text, setting.expected, setting.field)
    )
    if not cells:
        return CorrectionOutcome("expected", met.cells[0])
    if _means_several_sheets(cells, setting):
        return CorrectionOutcome("several")
    return CorrectionOutcome("", cells[0], cells)


def _write_values(
    frames: Mapping[str, pd.DataFrame],
    settings: Sequence[CorrectionRow],
    outcomes: Sequence[CorrectionOutcome],
) -> None:
    """Puts into each changed cell of `frames` the value of its last correction."""
    for (key, position, column), number in _last_correction(outcomes).items():
        value = settings[number].value
        place = list(frames[key].columns).index(column)
        frames[key].iloc[[position], [place]] = np.nan if value is None else value


def _means_several_sheets(cells: Sequence[CorrectableCell], setting: CorrectionRow) -> bool:
    """Whether the cells are of several sheets of marks, or of several sheets of a workbook of which
    the correction names none.
    """
    marked = {(cell.source, cell.row) for cell in cells if cell.key != SUBMISSIONS_KEY}
    sheets = {cell.source for cell in cells if cell.source.startswith(f"{setting.source}#")}
    return len(marked) > 1 or len(sheets) > 1


def _mark_overruled(
    settings: Sequence[CorrectionRow], outcomes: Sequence[CorrectionOutcome]
) -> list[CorrectionOutcome]:
    """The same outcomes; a correction of which nothing is left, because later ones give each of its
    cells another value, is overruled.
    """
    last = _last_correction(outcomes)
    marked = []
    for setting, outcome in zip(settings, outcomes, strict=True):
        values = [settings[last[cell.address]].value for cell in outcome.cells]
        is_lost = bool(values) and setting.value not in values
        marked.append(replace(outcome, case=OVERRULED) if is_lost else outcome)
    return marked


def _last_correction(outcomes: Sequence[CorrectionOutcome]) -> dict[tuple[str, int, str], int]:
    """The number of the last correction of each changed cell, by the cell's address."""
    return {
        cell.address: number for number, outcome in enumerate(outcomes) for cell in outcome.cells
    }


def _corrections_table(
    corrections: pd.DataFrame, outcomes: Sequence[CorrectionOutcome]
) -> pd.DataFrame:
    """The table corrections: one row per correction, in the order of the file."""
    places = [
        (outcome.met.source, outcome.met.row) if outcome.met else (None, None)
        for outcome in outcomes
    ]
    met = pd.DataFrame(places, columns=["source", "row"], index=corrections.index)
    cases = pd.Series([outcome.case for outcome in outcomes], corrections.index, dtype="str")
    table = corrections.rename(columns={"by": "corrected_by", "on": "corrected_on"}).assign(
        source=met["source"].astype("str").fillna(corrections["source"]),
        row=met["row"].astype("Int64").fillna(corrections["row"]),
        submission_id=pd.Series(np.nan, index=corrections.index, dtype="str"),
        applied=cases == "",
    )
    return table[TABLES["corrections"].names]


def _corrected_table(
    corrections: pd.DataFrame,
    settings: Sequence[CorrectionRow],
    outcomes: Sequence[CorrectionOutcome],
    submission_rows: pd.DataFrame,
) -> pd.DataFrame:
    """The table corrected: one row per cell that says something else now, with the reason of the
    last correction; in the order of corrections.csv. Of a row delivered twice the one that is kept.
    """
    last = _last_correction(outcomes)
    is_kept = identity.is_first_delivery(submission_rows).to_numpy()
    cells = []
    for number, outcome in enumerate(outcomes):
        value, reason = settings[number].value, corrections["reason"].iloc[number]
        for cell in outcome.cells:
            is_copy = cell.key == SUBMISSIONS_KEY and not is_kept[cell.position]
            if last[cell.address] == number and cell.text != value and not is_copy:
                cells.append((cell.source, cell.row, cell.field, cell.text, value, reason))
    columns = ["source", "row", "field", "was", "is", "reason"]
    table = pd.DataFrame(cells, columns=columns).drop_duplicates(["source", "row", "field"])
    return _no_cells().reindex(table.index).assign(**table)


def _no_cells() -> pd.DataFrame:
    """The table corrected without any cell."""
    dtypes = dict.fromkeys(TABLES["corrected"].names, "str") | {"row": "Int64"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})


def _failed_correction_findings(
    corrections: pd.DataFrame, outcomes: Sequence[CorrectionOutcome]
) -> pd.DataFrame:
    """A finding for each correction that failed, at its row of corrections.csv; `cell` says which
    cell it is about.
    """
    cases = pd.Series([outcome.case for outcome in outcomes], corrections.index, dtype="str")
    texts = [outcome.met.text if outcome.met else None for outcome in outcomes]
    found = pd.Series(texts, index=corrections.index, dtype="str")
    places = pd.DataFrame(
        {
            "row": corrections["table_row"],
            "field": corrections["field"],
            "value": corrections["value"],
            "case": cases,
            "cell": corrections["submission"].fillna(""),
            "cell_source": corrections["source"].where(corrections["submission"].isna()),
            "cell_row": corrections["row"],
            "expected": corrections["expected"].fillna(""),
            "found": found.fillna(""),
        }
    )
    failed = places[~cases.isin(["", OVERRULED])]
    return make_findings("correction_failed", failed, table="corrections", source="corrections.csv")
