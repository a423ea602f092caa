"""Exports of forms -> rows of submissions: a column per field, cells as text, then typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from tasks.findings.frame import Found, join_findings
from tasks.intake.cells.dates import type_days, type_times
from tasks.intake.cells.heading_keys import COUNTER_HEADINGS
from tasks.intake.cells.text import count_words, remove_markup, single_lines
from tasks.intake.delivery import (
    Delivery,
    ExportTable,
    InboxPlace,
    exports_frame,
    headings_frame,
    read_export_tables,
    unreadable_exports_finding,
)
from tasks.intake.files.grid import blank_rows
from tasks.intake.given_fields import (
    GivingColumns,
    columns_by_field,
    fields_by_position,
    first_filled_cells,
)
from tasks.intake.heading_findings import (
    double_claim_findings,
    missing_field_findings,
    unknown_column_findings,
)
from tasks.intake.raw import Raw
from tasks.intake.services.registry import TIMESTAMP_HEADINGS, UTC_KINDS, service_of_kind
from tasks.intake.tables import fingerprints, ticks, vocabulary
from tasks.intake.tables.headings import (
    NEAR,
    OVERRIDE,
    WHOLE,
    WITHIN,
    HeadingNames,
    build_heading_names,
)
from tasks.intake.tables.table import DeliveredTable, TableColumn
from tasks.rules.competition import Competition
from tasks.schema import FRAMES, NARRATIVE_FIELDS, SUBMISSION_FIELDS

_FRAME = FRAMES["submission_rows"]
SUBMISSION_COLUMNS = _FRAME.columns
JOINED_FIELDS = ("documents", "sdgs")  # fields that several headings may give together
_TEXT_FIELDS = (*NARRATIVE_FIELDS, "sdgs", "documents")  # may hold markup, in any length
_LEAST_FIELDS = 3  # fields that a table without a title must give to be one of submissions
_PLACE = InboxPlace("submissions", None, "forms.submissions")
_LETTER = re.compile(r"[^\W\d_]")
_UTC_HEADING = re.compile(r"[(\[]\s*(?:utc|gmt)\s*[)\]]\s*$", re.I)
_UTC_OFFSET = re.compile(r"(?:\d[zZ]|[+-]\d\d:?\d\d|[A-Za-z]{3,5})$")
_FORMULA_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


@dataclass(frozen=True, eq=False)
class _TableRows:
    """The submissions of one table.

    `cells`: objects, one row per name of SUBMISSION_COLUMNS, one column per response that was sent.
    `delivered`: how many responses the table holds, sent or not. `fields`: the field that a column
    gives, by position. `findings`: on the headings.
    """

    cells: np.ndarray
    delivered: int
    fields: dict[int, str]
    findings: pd.DataFrame


def read_submissions(raws: Sequence[Raw], competition: Competition) -> Delivery:
    """The rows of all exports in order of name and row; cells are text.

    One row per delivered response.
    The rows have SUBMISSION_COLUMNS; `row` is Int64, NA in a two-column workbook. Responses that
    were begun and not sent (LimeSurvey) are counted in exports.delivered and are no rows.
    """
    delivered = read_export_tables(
        raws, submission_heading_names(competition), _is_submission_table
    )
    none_readable = unreadable_exports_finding(raws, delivered.tables, _PLACE.table)
    exports = [
        replace(export, table=ticks.withdraw_claims(export.table)) for export in delivered.tables
    ]
    parts = [_table_rows(export, competition) for export in exports]
    findings = [none_readable, delivered.findings, *(part.findings for part in parts)]
    return Delivery(
        _submissions_frame([part.cells for part in parts]),
        exports_frame(exports, [part.delivered for part in parts], _PLACE),
        headings_frame(exports, [part.fields for part in parts]),
        join_findings(findings),
    )


def _submissions_frame(blocks: Sequence[np.ndarray]) -> pd.DataFrame:
    none = np.empty((len(SUBMISSION_COLUMNS), 0), dtype="object")
    cells = np.concatenate([none, *blocks], axis=1)
    columns = {
        name: pd.array(column, dtype=_FRAME.dtypes[name])
        for name, column in zip(SUBMISSION_COLUMNS, cells, strict=True)
    }
    return pd.DataFrame(columns, copy=False)


def submission_heading_names(competition: Competition) -> HeadingNames:
    """The names of the fields of a submission: the vocabulary, and the settings of
    [forms.submissions].
    """
    timestamps = (*vocabulary.WHOLE_HEADINGS["submitted_at"], *TIMESTAMP_HEADINGS)
    words_by_field = vocabulary.WHOLE_HEADINGS | {"submitted_at": timestamps}
    codes = {field: (field,) for field in SUBMISSION_FIELDS}
    return build_heading_names(
        {field: (*codes[field], *words) for field, words in words_by_field.items()},
        vocabulary.WORDS_WITHIN,
        COUNTER_HEADINGS,
        vocabulary.OTHER_WORDS,
        vocabulary.FILE_WORDS,
        competition.forms.submissions,
        vocabulary.FIRST_FIELDS,
        vocabulary.ABOUT_WORDS,
        vocabulary.LAST_HEADINGS,
    )


def _is_submission_table(table: DeliveredTable) -> bool:
    if table.kind != "plain":
        return True
    if sum(bool(column.heading) for column in table.columns) < 2:
        return False  # a list, or how to fill in the form
    return _has_titles(table) if "title" in table.fields else len(table.fields) >= _LEAST_FIELDS


def _has_titles(table: DeliveredTable) -> bool:
    """Whether any title has a letter in it: a table of counts by category is none of submissions,
    unless the settings say that these are titles.
    """
    columns = columns_by_field(table)["title"]
    if columns[0].claim.strength == OVERRIDE:
        return True
    titles = first_filled_cells(table.body, columns)
    return titles.empty or bool(titles.str.contains(_LETTER, na=False).any())


def _table_rows(export: ExportTable, competition: Competition) -> _TableRows:
    """The rows of one table, one row per response that was sent."""
    table = export.table
    known = _submission_columns(table)
    fields = fields_by_position(known)
    filled = _filled_responses(table, known)
    sent = _sent_responses(table, filled)
    body = _cells_by_position(sent)
    cells = _cells_by_field(body, known)
    origin = {
        "source": table.source,
        "row": sent.index.to_numpy(dtype="object"),
        "export_name": export.raw.name,
        "kind": table.kind,
        "form": fingerprints.form_hash(table),
        "response_id": cells.get("submission_id", np.nan),
        "cells": fingerprints.row_hashes(body, len(sent), table, fields, competition),
    }
    findings = _heading_findings(table, known, competition)
    return _TableRows(_stack_columns(cells | origin, len(sent)), len(filled), fields, findings)


def _submission_columns(table: DeliveredTable) -> GivingColumns:
    """The columns that give a field of a submission."""
    columns = columns_by_field(table)
    return {field: columns[field] for field in columns if field in SUBMISSION_FIELDS}


def _cells_by_position(sent: pd.DataFrame) -> dict[int, np.ndarray]:
    columns = sent.to_numpy(dtype="object").T
    return dict(zip(map(int, sent.columns), columns, strict=True))


def _cells_by_field(body: Mapping[int, np.ndarray], known: GivingColumns) -> dict[str, np.ndarray]:
    """The cells of each field of a submission that a column gives."""
    cells = {field: _field_cells(body, field, columns) for field, columns in known.items()}
    time_headings = [column.heading for column in known.get("submitted_at", ())]
    if any(map(_UTC_HEADING.search, time_headings)):
        cells["submitted_at"] = _times_in_utc(cells["submitted_at"])
    return cells


def _stack_columns(columns: Mapping[str, Any], count: int) -> np.ndarray:
    """The columns of `count` responses, one row per name of SUBMISSION_COLUMNS; NaN where there is
    no column of the name.
    """
    cells = np.full((len(SUBMISSION_COLUMNS), count), np.nan, dtype="object")
    for position, name in enumerate(SUBMISSION_COLUMNS):
        if name in columns:
            cells[position] = columns[name]
    return cells


def _heading_findings(
    table: DeliveredTable, known: GivingColumns, competition: Competition
) -> pd.DataFrame:
    """Findings on the headings of a table; `known`: the columns by field of a submission."""
    single = {field: columns for field, columns in known.items() if field not in JOINED_FIELDS}
    required = [field for field in competition.submission.required if field in SUBMISSION_FIELDS]
    missing = [field for field in required if field not in known]
    return join_findings(
        [
            unknown_column_findings(table, fields_by_position(known), _PLACE),
            double_claim_findings(table, single, _PLACE),
            missing_field_findings(table, missing, _PLACE),
        ]
    )


def _filled_responses(table: DeliveredTable, known: GivingColumns) -> pd.DataFrame:
    """The rows that fill any field.

    Others hold what people keep next to or under their tables: counters and tick boxes drawn down,
    sums, notes; their columns give nothing, and each of them is a finding. Ids that somebody drew
    down before nothing at all make no rows either.
    """
    body = table.body
    columns = [c for giving in known.values() for c in giving if c.position in body]
    blank = np.zeros(len(body), dtype=bool)
    if columns:
        blank |= blank_rows(body, [column.position for column in columns])
    handmade_ids = {column.position for column in columns if _is_handmade_id(column)}
    if handmade_ids:
        others = [position for position in body if position not in handmade_ids]
        blank |= blank_rows(body, others)
    return body[~blank] if blank.any() else body


def _is_handmade_id(column: TableColumn) -> bool:
    """Whether a column holds ids that somebody added to the responses, and no service did."""
    return column.claim.field == "submission_id" and column.claim.strength in (NEAR, WITHIN, WHOLE)


def _sent_responses(table: DeliveredTable, filled: pd.DataFrame) -> pd.DataFrame:
    """The rows that were sent, without what the service writes for no answer."""
    times = (c.position for c in table.columns if c.claim.field == "submitted_at")
    return service_of_kind(table.kind).clean_responses(filled, next(times, None))


def _field_cells(
    body: Mapping[int, np.ndarray], field: str, columns: Sequence[TableColumn]
) -> np.ndarray:
    """The cells of a field: of several columns all joined for JOINED_FIELDS, else the first that is
    filled. What a spreadsheet shows where a formula failed is no answer.
    """
    cells = [body[column.position] for column in columns]
    if field in JOINED_FIELDS:
        return _join_choices(cells, columns)
    filled = reduce(_fill_empty_cells, cells)
    if set(_FORMULA_ERRORS).isdisjoint(filled):
        return filled
    return np.where(np.isin(filled, _FORMULA_ERRORS), np.nan, filled)


def _fill_empty_cells(first: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where(pd.isna(first), other, first)


def _join_choices(cells: Sequence[np.ndarray], columns: Sequence[TableColumn]) -> np.ndarray:
    """The cells of several columns joined, a choice that is only ticked by its name."""
    choices = [
        ticks.name_ticked_choices(pd.Series(texts, dtype="str"), column)
        for texts, column in zip(cells, columns, strict=True)
    ]
    return reduce(_join_cells, choices).to_numpy(dtype="object")


def _join_cells(first: pd.Series, other: pd.Series) -> pd.Series:
    both = first.notna() & other.notna()
    either = first.where(first.notna(), other)
    return (first + "; " + other).where(both, either)


def _times_in_utc(times: np.ndarray) -> np.ndarray:
    """Times under a heading that says so ("Submit Date (UTC)"), with UTC behind each that names no
    zone of its own.
    """
    cells = pd.Series(times, dtype="str")
    has_zone = cells.str.contains(_UTC_OFFSET, na=True)
    return (cells + " UTC").where(~has_zone, cells).to_numpy("object")


# --- typed
# --------------------------------------------------------------------------------------------------


def type_submissions(rows: pd.DataFrame, competition: Competition) -> Found:
    """The same rows with `submitted_at` as moment in the zone of the competition, `started_on` as
    YYYY-MM-DD, and narratives without markup.

    Each field that [submission].words limits has a column words_<field>, NA for an empty cell: no
    text is not a short text.
    """
    is_utc = rows["kind"].isin(UTC_KINDS)
    submitted = type_times(rows, "submitted_at", competition, utc=is_utc)
    started = type_days(rows, "started_on", competition)
    texts = {field: remove_markup(rows[field]) for field in _TEXT_FIELDS}
    texts["title"] = single_lines(remove_markup(rows["title"]))
    frame = rows.assign(submitted_at=submitted.values, started_on=started.values, **texts)
    findings = join_findings([submitted.findings, started.findings])
    if len(findings):
        findings = findings.assign(table="submissions")
    return Found(frame.assign(**_word_counts(frame, competition)), findings)


def _word_counts(submissions: pd.DataFrame, competition: Competition) -> dict[str, pd.Series]:
    """The columns words_<field>, for the fields that a text of `submissions` gives."""
    counts = {}
    for field in competition.submission.words:
        if field in submissions:
            texts = submissions[field]
            counts[f"words_{field}"] = count_words(texts).where(texts.notna())
    return counts
