"""What the exports said of one innovation, for `kipp explain`.

They are read again from their copies under .kipp/raw, which the published run names by SHA-256.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from reports.content.records import records
from reports.pages.explain.evidence import (
    DeliveredAnswers,
    DeliveredCell,
    InnovationEvidence,
    RowPlace,
    cell_text,
    corrections_at_place,
)
from tasks.disk.raw_copies import raw_file
from tasks.intake import delivery
from tasks.intake import screening as checks
from tasks.intake import submissions as forms
from tasks.intake.cells.text import show_invisible
from tasks.intake.raw import Raw
from tasks.intake.sheets import sheet_heading_names
from tasks.intake.tables.headings import HeadingNames
from tasks.intake.tables.table import DeliveredTable
from tasks.names.submissions import match_accepted_submissions
from tasks.phases import screening
from tasks.results.results import Results
from tasks.rules.competition import Criterion, JudgingPhase, Requirement, ScreeningPhase

CellsByPlace = dict[RowPlace, tuple[DeliveredCell, ...]]


@dataclass(frozen=True, eq=False)
class ExportCopies:
    """The copies of the exports of a published run, in the folder `store`.

    `settled`: all rows of its submissions (innovations.add_innovations). `rows`: those of the
    innovation that is asked about.
    """

    store: Path
    results: Results
    settled: pd.DataFrame
    rows: pd.DataFrame

    def evidence(self) -> InnovationEvidence:
        """What the exports say of the innovation; an export whose copy is gone is named."""
        cells = self._submission_cells()
        answers = {}
        for phase in self.results.competition.phases:
            if isinstance(phase, JudgingPhase):
                cells |= self._sheet_cells(phase)
            elif isinstance(phase, ScreeningPhase):
                rows = self._answer_rows(phase)
                answers[phase.code] = _delivered_answers(rows)
                cells |= self._answer_cells(phase, rows)
        delivered = self._delivered_submissions()
        fields = self._fields_by_place(delivered)
        copies = {place: _places_of_copies(delivered, place) for place in self._places()}
        return InnovationEvidence(cells, fields, copies, answers, self._absent_exports())

    def _places(self) -> set[RowPlace]:
        """Where the innovation's rows stand."""
        return _places_of_rows(self.rows)

    # --- copies of exports

    def _exports(
        self, table: str, phase: str = "", sources: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """The rows of exports of a kind, of a phase and of these sources; None for every source."""
        exports = self.results["exports"]
        is_wanted = exports["table"] == table
        if phase:
            is_wanted &= exports["phase"] == phase
        if sources is not None:
            is_wanted &= exports["source"].isin(list(sources))
        return exports[is_wanted.fillna(False).astype("bool")]

    def _raws(self, exports: pd.DataFrame) -> list[Raw]:
        """The copies of these exports that are still there, each file once."""
        files = records(exports.drop_duplicates("export_name"))
        return [
            raw_file(self.store / file.export_sha256, file.export_name, file.export_sha256)
            for file in files
            if self._has_copy(file)
        ]

    def _absent_exports(self) -> tuple[str, ...]:
        """The names of the exports whose copy is gone."""
        files = records(self.results["exports"].drop_duplicates("export_name"))
        return tuple(file.export_name for file in files if not self._has_copy(file))

    def _has_copy(self, file: Any) -> bool:
        copy: Path = self.store / file.export_sha256
        return copy.is_file()

    # --- cells

    def _submission_cells(self) -> CellsByPlace:
        """The cells of the innovation's rows in the exports of submissions."""
        places = self._places()
        exports = self._exports("submissions", sources={place.source for place in places})
        names = forms.submission_heading_names(self.results.competition)
        return self._cells(self._raws(exports), names, places)

    def _sheet_cells(self, phase: JudgingPhase) -> CellsByPlace:
        """The cells of the rows of marks that are about the innovation."""
        sheets = self.results["sheets"]
        is_about = sheets["submission_id"].isin(self.rows["submission_id"])
        is_delivered = (sheets["phase"] == phase.code) & sheets["source"].notna()
        delivered = sheets[is_about & is_delivered]
        exports = self._exports("marks", phase.code, delivered["source"])
        names = self._heading_names(phase.code, phase.criteria)
        return self._cells(self._raws(exports), names, _places_of_rows(delivered))

    def _answer_cells(self, phase: ScreeningPhase, rows: pd.DataFrame) -> CellsByPlace:
        """The cells of these rows of the check."""
        exports = self._exports("screening", phase.code)
        names = self._heading_names(phase.code, phase.requirements)
        return self._cells(self._raws(exports), names, _places_of_rows(rows))

    def _heading_names(self, phase: str, items: Sequence[Criterion | Requirement]) -> HeadingNames:
        forms_settings = self.results.competition.forms
        settings = forms_settings.scores.get(phase, {}) | forms_settings.screening.get(phase, {})
        names = {item.code: tuple(item.name.values()) for item in items}
        return sheet_heading_names(names, settings)

    def _cells(self, raws: list[Raw], names: HeadingNames, places: set[RowPlace]) -> CellsByPlace:
        """The cells of the rows at these places, in the order of their columns.

        Empty cells only where a field was expected in them.
        """
        exports = delivery.read_export_tables(raws, names, lambda table: True)
        cells = {}
        for export in exports.tables:
            read_as = self._fields_by_heading(export.table.source)
            for place in places:
                if place.source == export.table.source:
                    cells[place] = _row_cells(export.table, place.row, read_as)
        return cells

    def _fields_by_heading(self, source: str) -> dict[str, str]:
        """What each recognised heading of the source was read as."""
        headings = self.results["headings"]
        of_source = headings[headings["source"] == source].drop_duplicates("heading")
        recognised = of_source[of_source["read_as"].notna()]
        return dict(zip(recognised["heading"], recognised["read_as"], strict=True))

    # --- what was read

    def _delivered_submissions(self) -> pd.DataFrame:
        """All delivered rows of submissions, before corrections."""
        raws = self._raws(self._exports("submissions"))
        return forms.read_submissions(raws, self.results.competition).rows

    def _fields_by_place(self, delivered: pd.DataFrame) -> dict[RowPlace, dict[str, str]]:
        """The fields of the innovation's rows as they were read, corrected and typed.

        All rows are typed, because the other rows of a column tell how its dates are meant.
        """
        corrected = self._correct_rows(delivered)
        typed = forms.type_submissions(corrected, self.results.competition).frame
        rows = {place: _rows_at_place(typed, place) for place in self._places()}
        return {place: _row_texts(row) for place, row in rows.items() if len(row)}

    def _correct_rows(self, delivered: pd.DataFrame) -> pd.DataFrame:
        """The delivered rows, those of the innovation with their corrections."""
        corrected = delivered.copy()
        for place in self._places():
            index = _rows_at_place(delivered, place).index
            for field, correction in corrections_at_place(self.results, place).items():
                if field in corrected:
                    corrected.loc[index, field] = correction.value or None
        return corrected

    def _answer_rows(self, phase: ScreeningPhase) -> pd.DataFrame:
        """The answers of a check that are about the innovation: one row per requirement of a
        row.
        """
        competition = self.results.competition
        raws = self._raws(self._exports("screening", phase.code))
        delivered = checks.read_answers(raws, phase, competition).rows
        typed = checks.type_answers(delivered, competition)
        answers = screening.delivered_answers(typed.frame)
        matched = match_accepted_submissions(answers["submission"], self.settled)
        counting = self.rows.loc[self.rows["counts"], "submission_id"]
        return answers[matched["submission_id"].isin(counting)]


def _row_cells(
    table: DeliveredTable, row: int | None, read_as: Mapping[str, str]
) -> tuple[DeliveredCell, ...]:
    """The cells of a row of the table under a heading; empty ones only where a field was expected.

    `read_as`: what each recognised heading was read as.
    """
    values = _body_row(table.body, row)
    hidden = _hidden_texts(table, row)
    cells = [
        DeliveredCell(
            column.heading,
            cell_text(values.get(column.position)),
            read_as.get(column.heading, ""),
            hidden.get(column.position, ""),
        )
        for column in table.columns
        if column.heading
    ]
    return tuple(cell for cell in cells if cell.text or cell.read_as)


def _hidden_texts(table: DeliveredTable, row: int | None) -> dict[int, str]:
    """The texts of a row with letters that are not seen, made visible, by the cell's position."""
    return {
        position: show_invisible(text)
        for (number, position), text in table.hidden.items()
        if number == row
    }


def _places_of_copies(delivered: pd.DataFrame, place: RowPlace) -> tuple[RowPlace, ...]:
    """Where the same cells as at this place were delivered again."""
    same_cells = _rows_at_place(delivered, place)["cells"]
    rows = delivered[delivered["cells"].isin(same_cells)]
    return tuple(sorted(_places_of_rows(rows) - {place}, key=_place_order))


def _delivered_answers(answers: pd.DataFrame) -> tuple[DeliveredAnswers, ...]:
    """The rows of a check, the row that counts last."""
    rows = answers.drop_duplicates("answer_row").assign(submission_id="")
    last = screening.last_answer_rows(rows)
    others = rows[~rows["answer_row"].isin(last["answer_row"])]
    in_order = records(pd.concat([others, last]))
    return tuple(_row_answers(row, answers) for row in in_order)


def _row_answers(row: Any, answers: pd.DataFrame) -> DeliveredAnswers:
    """A row of a check: its place, its note, and its answer by requirement; None for no answer."""
    own = answers[answers["answer_row"] == row.answer_row]
    pairs = zip(own["requirement"], own["answer"], strict=True)
    by_requirement = {code: None if pd.isna(answer) else bool(answer) for code, answer in pairs}
    return DeliveredAnswers(RowPlace(row.source, row.row), row.note or "", by_requirement)


def _places_of_rows(rows: pd.DataFrame) -> set[RowPlace]:
    return {RowPlace(row.source, row.row) for row in records(rows[["source", "row"]])}


def _place_order(place: RowPlace) -> tuple[str, int]:
    return place.source, place.row or 0


def _body_row(body: pd.DataFrame, row: int | None) -> "pd.Series[Any]":
    """The row of this number; None for the only row of a table without numbers.

    An empty row where there is none.
    """
    rows = body if row is None else body[body.index == row]
    return rows.iloc[0] if len(rows) else pd.Series(dtype="str")


def _rows_at_place(rows: pd.DataFrame, place: RowPlace) -> pd.DataFrame:
    if place.row is None:
        has_number = rows["row"].isna()
    else:
        has_number = (rows["row"] == place.row).fillna(False)
    return rows[(rows["source"] == place.source) & has_number.astype("bool")]


def _row_texts(rows: pd.DataFrame) -> dict[str, str]:
    """The fields of a row that have something in them."""
    return {str(name): value for name, value in rows.iloc[0].items() if isinstance(value, str)}
