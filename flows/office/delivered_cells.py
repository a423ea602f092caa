"""What the exports said of one innovation, read again from the copies under .kipp/raw by the run's
SHA-256s.
"""

from collections.abc import Iterable, Iterator, Sequence
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
from tasks.intake import screening as answered
from tasks.intake import submissions as forms
from tasks.intake.cells.text import show_invisible
from tasks.intake.raw import Raw
from tasks.intake.sheets import sheet_heading_names
from tasks.intake.tables.headings import HeadingNames
from tasks.names.submissions import match_accepted_submissions
from tasks.phases import screening
from tasks.results.results import Results
from tasks.rules.competition import Criterion, JudgingPhase, Requirement, ScreeningPhase

CellsByPlace = dict[RowPlace, tuple[DeliveredCell, ...]]


@dataclass(frozen=True, eq=False)
class ExportCopies:
    """The copies of the exports of a published run.

    `settled`: all rows of its submissions, `rows` those of the innovation that is asked about
    (innovations.settled).
    """

    store: Path
    results: Results
    settled: pd.DataFrame
    rows: pd.DataFrame

    def evidence(self) -> InnovationEvidence:
        """What they say of the innovation; exports whose copy is gone are named."""
        cells, answers = self._cells_of_rows(), {}
        for phase in self.results.competition.phases:
            if isinstance(phase, JudgingPhase):
                cells |= self._cells_of_sheets(phase)
            elif isinstance(phase, ScreeningPhase):
                answers[phase.code], seen = self._answers(phase)
                cells |= seen
        typed, copies = self._typed()
        return InnovationEvidence(cells, typed, copies, answers, self._absent())

    def _exports(
        self, table: str, phase: str = "", sources: Iterable[str] | None = None
    ) -> pd.DataFrame:
        exports = self.results["exports"]
        wanted = exports["table"] == table
        if phase:
            wanted &= exports["phase"] == phase
        if sources is not None:
            wanted &= exports["source"].isin(list(sources))
        return exports[wanted.fillna(False).astype("bool")]

    def _raws(self, exports: pd.DataFrame) -> list[Raw]:
        once = records(exports.drop_duplicates("export_name"))
        copies = [(self.store / export.export_sha256, export) for export in once]
        return [
            raw_file(copy, export.export_name, export.export_sha256)
            for copy, export in copies
            if copy.is_file()
        ]

    def _absent(self) -> tuple[str, ...]:
        once = records(self.results["exports"].drop_duplicates("export_name"))
        return tuple(
            export.export_name
            for export in once
            if not (self.store / export.export_sha256).is_file()
        )

    # --- cells
    # ----------------------------------------------------------------------------------------------

    def _cells_of_rows(self) -> CellsByPlace:
        places = _places_of_rows(self.rows)
        exports = self._exports("submissions", sources={place.source for place in places})
        return dict(
            self._cells(
                self._raws(exports),
                forms.submission_heading_names(self.results.competition),
                places,
            )
        )

    def _cells_of_sheets(self, phase: JudgingPhase) -> CellsByPlace:
        table = self.results["sheets"]
        is_about = (table["phase"] == phase.code) & table["submission_id"].isin(
            self.rows["submission_id"]
        )
        mine = table[is_about & table["source"].notna()]
        exports = self._exports("marks", phase.code, mine["source"])
        return dict(
            self._cells(
                self._raws(exports), self._names(phase.code, phase.criteria), _places_of_rows(mine)
            )
        )

    def _names(self, phase: str, items: Sequence[Criterion | Requirement]) -> HeadingNames:
        given = self.results.competition.forms
        settings = given.scores.get(phase, {}) | given.screening.get(phase, {})
        return sheet_heading_names(
            {item.code: tuple(item.name.values()) for item in items}, settings
        )

    def _cells(
        self, raws: list[Raw], names: HeadingNames, places: set[RowPlace]
    ) -> Iterator[tuple[RowPlace, tuple[DeliveredCell, ...]]]:
        """The cells of rows in the order of their columns; empty ones only where something was
        wanted in them.
        """
        headings = self.results["headings"]
        tables, _ = delivery.read_export_tables(raws, names, lambda table: True)
        for one in tables:
            of_source = headings[headings["source"] == one.table.source].drop_duplicates("heading")
            read_as = of_source.set_index("heading")["read_as"].dropna().to_dict()
            headed = [
                (c.position, c.heading, read_as.get(c.heading, ""))
                for c in one.table.columns
                if c.heading
            ]
            for place in (place for place in places if place.source == one.table.source):
                row = _body_row(one.table.body, place.row)
                raw = {
                    at: show_invisible(said)
                    for (number, at), said in one.table.hidden.items()
                    if number == place.row
                }
                made = [
                    DeliveredCell(name, cell_text(row.get(at)), field, raw.get(at, ""))
                    for at, name, field in headed
                ]
                yield place, tuple(cell for cell in made if cell.text or cell.read_as)

    # --- what was read
    # ----------------------------------------------------------------------------------------------

    def _typed(self) -> tuple[dict[RowPlace, dict[str, str]], dict[RowPlace, tuple[RowPlace, ...]]]:
        """The fields of the innovation's rows as they were read, and where the same cells were
        delivered again.

        All exports are read: how a date is meant is told by the other rows of its column.
        """
        competition = self.results.competition
        rows = forms.read_submissions(self._raws(self._exports("submissions")), competition).rows
        fixed = rows.copy()
        for row in records(self.rows):
            place = RowPlace(row.source, row.row)
            at = _rows_at_place(rows, place)
            for field, correction in corrections_at_place(self.results, place).items():
                if field in fixed:
                    fixed.loc[at.index, field] = correction.value or None
        typed = forms.type_submissions(fixed, competition).frame
        read = {place: _rows_at_place(typed, place) for place in _places_of_rows(self.rows)}
        same = {
            place: rows[rows["cells"].isin(_rows_at_place(rows, place)["cells"])] for place in read
        }
        return (
            {place: _row_texts(row) for place, row in read.items() if len(row)},
            {
                place: tuple(sorted(_places_of_rows(rows) - {place}, key=_place_order))
                for place, rows in same.items()
            },
        )

    def _answers(self, phase: ScreeningPhase) -> tuple[tuple[DeliveredAnswers, ...], CellsByPlace]:
        """The rows of a check that are about the innovation, the one that counts last, and their
        cells.
        """
        competition = self.results.competition
        raws = self._raws(self._exports("screening", phase.code))
        answers = answered.read_answers(raws, phase, competition).rows
        typed = answered.type_answers(answers, competition)
        rows = screening.delivered_answers(typed.frame)
        met = match_accepted_submissions(rows["submission"], self.settled)["submission_id"]
        mine = rows[met.isin(self.rows.loc[self.rows["counts"], "submission_id"])]
        heads = mine.drop_duplicates("answer_row").assign(submission_id="")
        last = screening.last_answer_rows(heads)
        ordered = pd.concat([heads[~heads["answer_row"].isin(last["answer_row"])], last])
        cells = dict(
            self._cells(raws, self._names(phase.code, phase.requirements), _places_of_rows(heads))
        )
        return tuple(_screening_answers(head, mine) for head in records(ordered)), cells


def _screening_answers(head: Any, rows: pd.DataFrame) -> DeliveredAnswers:
    mine = rows[rows["answer_row"] == head.answer_row]
    pairs = zip(mine["requirement"], mine["answer"], strict=True)
    met = {code: None if pd.isna(answer) else bool(answer) for code, answer in pairs}
    return DeliveredAnswers(RowPlace(head.source, head.row), head.note or "", met)


def _places_of_rows(rows: pd.DataFrame) -> set[RowPlace]:
    return {RowPlace(row.source, row.row) for row in records(rows[["source", "row"]])}


def _place_order(place: RowPlace) -> tuple[str, int]:
    return place.source, place.row or 0


def _body_row(body: pd.DataFrame, row: int | None) -> "pd.Series[Any]":
    """The row of this number; of a table without numbers its only one; an empty one where there is
    none.
    """
    found = body if row is None else body[body.index == row]
    return found.iloc[0] if len(found) else pd.Series(dtype="str")


def _rows_at_place(rows: pd.DataFrame, place: RowPlace) -> pd.DataFrame:
    same = rows["row"].isna() if place.row is None else (rows["row"] == place.row).fillna(False)
    return rows[(rows["source"] == place.source) & same.astype("bool")]


def _row_texts(rows: pd.DataFrame) -> dict[str, str]:
    """The fields of a row that have something in them."""
    return {str(name): value for name, value in rows.iloc[0].items() if isinstance(value, str)}
