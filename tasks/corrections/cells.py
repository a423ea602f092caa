"""Which delivered cells a correction means. Computes; touches nothing.

A submission's rows are several where it was sent again: the correction is of each of them that says
what is expected. A row that was delivered twice is one row, wherever the correction says that it
stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tasks.names import agencies, matching
from tasks.register.tables import Tables
from tasks.registration import submissions
from tasks.rules.competition import Competition
from tasks.schema import SUBMISSION_FIELDS

SUBMISSIONS_KEY = "submissions"  # the key of their delivery; the others are codes of phases
SHEET_FIELDS = ("judge", "submission", "submitted_at", "note")


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
    def of(cls, row: "pd.Series[Any]") -> "CorrectionRow":
        """The setting of a row of the folder's table."""
        at = _none_if_missing(row["row"])
        return cls(
            submission=_none_if_missing(row["submission"]),
            source=_source_path(row["source"]),
            row=None if at is None else int(at),
            field=_correction_field(row["field"]),
            expected=_none_if_missing(row["expected"]),
            value=_none_if_missing(row["value"]),
        )


@dataclass(frozen=True)
class CorrectableCell:
    """One delivered cell: the delivery's key, the position of its row, its column, its place, and
    what it says.
    """

    key: str
    position: int
    column: str
    source: str
    row: int | None
    text: str | None


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

    def cells(self, setting: CorrectionRow) -> tuple[list[CorrectableCell], str]:
        """The cells that a correction means, whatever they say; or why it means none."""
        if not self._is_field(setting.field):
            return [], "field"
        if setting.submission is None and setting.source is None:
            return [], "no_cell"
        if setting.submission is not None and self.means.get(setting.submission) == "":
            return [], "ambiguous"
        met = [cell for key in self.rows for cell in self._met(key, setting)]
        return met, "" if met else "nothing"

    def _is_field(self, field: str) -> bool:
        named = any(matching.text_form(field) in names for names in self.items.values())
        return named or field in SUBMISSION_FIELDS or field in SHEET_FIELDS

    def _met(self, key: str, setting: CorrectionRow) -> Iterator[CorrectableCell]:
        rows = self.rows[key]
        column, held = self._column(key, setting.field)
        if column is None:
            return
        at = held & self._at(key, setting) & self._about(key, setting)
        if key == SUBMISSIONS_KEY:
            at = (rows["cells"].isin(rows.loc[at, "cells"]) | at).to_numpy()
        for position in np.flatnonzero(at):
            row = rows.iloc[position]
            yield CorrectableCell(
                key,
                int(position),
                column,
                row["source"],
                _none_if_missing(row["row"]),
                _none_if_missing(row[column]),
            )

    def _column(self, key: str, field: str) -> tuple[str | None, np.ndarray]:
        """The column of a delivery that holds a field, and which of its rows do."""
        rows = self.rows[key]
        every = np.ones(len(rows), dtype=bool)
        if key == SUBMISSIONS_KEY:
            return (field if field in SUBMISSION_FIELDS else None), every
        if field in SHEET_FIELDS:
            return field, every
        code = self.items[key].get(matching.text_form(field))
        held = rows["criterion" if "criterion" in rows else "requirement"] == code
        return ("text" if code is not None else None), held.to_numpy(dtype=bool)

    def _at(self, key: str, setting: CorrectionRow) -> np.ndarray:
        """The rows at the correction's source and row; all where it names no source. A row without
        a number is its source's only one.
        """
        rows = self.rows[key]
        if setting.source is None:
            return np.ones(len(rows), dtype=bool)
        export = rows["source"].str.split("#").str[0]
        there = (rows["source"] == setting.source) | (export == setting.source)
        same = (
            rows["row"].isna()
            if setting.row is None
            else (rows["row"] == setting.row).fillna(False)
        )
        return (there & same).to_numpy(dtype=bool)

    def _about(self, key: str, setting: CorrectionRow) -> np.ndarray:
        """The rows about the correction's submission; all where it names none."""
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
    typed = pd.Series(
        [one.submission for one in settings if one.submission], dtype="str"
    ).drop_duplicates()
    meant = _match_innovations(typed, named)
    about = {
        key: named["innovation"]
        if key == SUBMISSIONS_KEY
        else _match_innovations(frame["submission"], named).replace("", "?")
        for key, frame in rows.items()
    }
    items = {phase.code: _item_codes(phase) for phase in competition.phases}
    return CorrectableRows(rows, about, dict(zip(typed, meant, strict=True)), items)


def _name_submission_rows(
    rows: pd.DataFrame, tables: Tables, competition: Competition
) -> pd.DataFrame:
    """For each delivered row, in order: submission_id, delivered_id, title, innovation, and counts,
    true for one row of each.
    """
    means = agencies.match_agencies(
        rows["agency"], tables.agencies, competition.year, agencies.host_city(competition.host)
    )
    code = rows["agency"].map(means.set_index("typed")["agency_code"]).astype("str")
    placed = rows.assign(
        agency_code=code, agency_typed=rows["agency"], position=np.arange(len(rows))
    )
    named = submissions.identify_rows(placed).sort_values("position", ignore_index=True)
    return named.assign(counts=~named["innovation"].duplicated())


def _match_innovations(texts: pd.Series, named: pd.DataFrame) -> pd.Series:
    """The innovation that each text means; "" where it could be several, NaN where none."""
    met = matching.match_submissions(texts, named)
    of_id = named[named["counts"]].set_index("submission_id")["innovation"]
    found = met["submission_id"].map(of_id).astype("str")
    return found.mask(met["rule"] == "ambiguous_submission", "")


def _item_codes(phase: Any) -> dict[str, str]:
    listed = getattr(phase, "criteria", ()) or getattr(phase, "requirements", ())
    return {
        matching.text_form(name): item.code
        for item in listed
        for name in (*item.name.values(), item.code)
    }


def _source_path(source: Any) -> str | None:
    """A source as exports have it, where it was copied from a file manager
    ("inbox\\submissions\\a.csv").
    """
    return None if pd.isna(source) else source.replace("\\", "/").removeprefix("inbox/")


def _correction_field(written: str) -> str:
    """The field's own name where but its case differs; criteria and requirements are told later."""
    field = written.strip()
    return field.lower() if field.lower() in (*SUBMISSION_FIELDS, *SHEET_FIELDS) else field


def _none_if_missing(cell: Any) -> Any:
    return None if pd.isna(cell) else cell
