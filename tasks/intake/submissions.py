"""Exports of forms -> rows of submissions: a column a field, cells as text, then typed. Reads the
copies it is given.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_findings
from tasks.intake import delivery as shared
from tasks.intake.cells import dates, text
from tasks.intake.cells.heading_keys import COUNTER_HEADINGS
from tasks.intake.delivery import Delivery, ExportTable
from tasks.intake.files.grid import blank_rows
from tasks.intake.raw import Raw
from tasks.intake.services import google
from tasks.intake.services.registry import UTC_KINDS, service_of_kind
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
from tasks.rules.lines import toml_line
from tasks.schema import NARRATIVE_FIELDS, SUBMISSION_FIELDS

ORIGIN_COLUMNS = ("source", "row", "export_name", "kind", "form", "response_id", "cells")
SUBMISSION_COLUMNS = (*ORIGIN_COLUMNS, *SUBMISSION_FIELDS)
JOINED_FIELDS = ("documents", "sdgs")  # fields that several headings may give together
_TEXT_FIELDS = (*NARRATIVE_FIELDS, "sdgs", "documents")  # may hold markup, in any length
_LEAST_FIELDS = 3  # fields that a table without a title must give to be one of submissions
_FORM_SECTION = "forms.submissions"


def read_submissions(raws: Sequence[Raw], competition: Competition) -> Delivery:
    """The rows of all exports in order of name and row, one a delivered response; cells are text.

    rows: COLUMNS, Int64 `row` (NA in a two-column workbook). Responses that were begun and not sent
    (LimeSurvey) are counted in exports.delivered and are no rows.
    """
    delivered, unreadable = shared.read_export_tables(
        raws, submission_heading_names(competition), _is_submission_table
    )
    delivered = [replace(one, table=ticks.withdraw_claims(one.table)) for one in delivered]
    parts = [_table_rows(one, competition) for one in delivered]
    read_as = [used for _, used, _ in parts]
    cells = np.concatenate(
        [np.empty((len(SUBMISSION_COLUMNS), 0), dtype="object"), *(block for block, _, _ in parts)],
        axis=1,
    )
    none = shared.unreadable_exports_finding(raws, delivered, "submissions")
    columns = {
        name: pd.array(column, dtype=_SUBMISSION_TYPES[name])
        for name, column in zip(SUBMISSION_COLUMNS, cells, strict=True)
    }
    return Delivery(
        pd.DataFrame(columns, copy=False),
        shared.exports_frame(
            delivered, [len(_filled_responses(one.table)) for one in delivered], "submissions", None
        ),
        shared.headings_frame(delivered, read_as),
        join_findings([none, unreadable, *(found for _, _, found in parts)]),
    )


_SUBMISSION_TYPES = dict.fromkeys(SUBMISSION_COLUMNS, "str") | {"row": "Int64"}


def submission_heading_names(competition: Competition) -> HeadingNames:
    """The names of a submission's fields: the vocabulary, and the settings of
    [forms.submissions].
    """
    whole = vocabulary.WHOLE_HEADINGS | {
        "submitted_at": (
            *vocabulary.WHOLE_HEADINGS["submitted_at"],
            *google.TIMESTAMPS,
        )
    }
    codes = {field: (field,) for field in SUBMISSION_FIELDS}
    return build_heading_names(
        {field: (*codes[field], *words) for field, words in whole.items()},
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
    given = shared.columns_by_field(table)["title"]
    titles = shared.first_filled_cells(table.body, given)
    return (
        given[0].claim.strength == OVERRIDE
        or titles.empty
        or bool(titles.str.contains(_LETTER, na=False).any())
    )


def _table_rows(
    one: ExportTable, competition: Competition
) -> tuple[np.ndarray, dict[int, str], pd.DataFrame]:
    """The rows of one table (objects, one row each of COLUMNS), the field that each used position
    gives, and what is to be said of its headings.
    """
    table = one.table
    answered = _sent_responses(table)
    body = dict(zip(map(int, answered.columns), answered.to_numpy(dtype="object").T, strict=True))
    given = shared.columns_by_field(table)
    fields = {
        field: _field_cells(body, field, columns)
        for field, columns in given.items()
        if field in SUBMISSION_FIELDS
    }
    fields |= _times_in_utc(fields, given)
    used = {
        c.position: field for field, columns in given.items() for c in columns if field in fields
    }
    place = {
        "source": table.source,
        "row": answered.index.to_numpy(dtype="object"),
        "export_name": one.raw.name,
        "kind": table.kind,
        "form": fingerprints.form_hash(table),
        "response_id": fields.get("submission_id", np.nan),
        "cells": fingerprints.row_hashes(body, len(answered), table, used, competition),
    }
    rows = np.full((len(SUBMISSION_COLUMNS), len(answered)), np.nan, dtype="object")
    for at, name in enumerate(SUBMISSION_COLUMNS):
        rows[at] = place[name] if name in place else fields.get(name, np.nan)
    single = set(fields) - set(JOINED_FIELDS)
    found = [
        shared.unknown_column_findings(one, "submissions", None, set(used), _FORM_SECTION),
        shared.double_claim_findings(
            one, {f: c for f, c in given.items() if f in single}, "submissions", None, _FORM_SECTION
        ),
        _missing_field_findings(one, set(fields), competition),
    ]
    return rows, used, join_findings(found)


def _filled_responses(table: DeliveredTable) -> pd.DataFrame:
    """The rows that fill any field. Others hold what people keep beside or under their tables:
    counters and tick boxes drawn down, sums, notes; their columns give nothing, and that is said of
    each of them. Ids that somebody drew down before nothing at all make no rows either.
    """
    winners = [
        c
        for columns in shared.columns_by_field(table).values()
        for c in columns
        if c.position in table.body
    ]
    given = [c.position for c in winners if c.claim.field in SUBMISSION_FIELDS]
    blank = blank_rows(table.body, given) if given else np.zeros(len(table.body), dtype=bool)
    if ids := {c.position for c in winners if _is_handmade_id(c)}:
        blank |= blank_rows(
            table.body, [position for position in table.body if position not in ids]
        )
    return table.body[~blank] if blank.any() else table.body


def _is_handmade_id(column: TableColumn) -> bool:
    """Whether a column holds ids that somebody wrote beside the responses, and no service's."""
    return column.claim.field == "submission_id" and column.claim.strength in (NEAR, WITHIN, WHOLE)


def _sent_responses(table: DeliveredTable) -> pd.DataFrame:
    """The rows that were sent, without what the service writes for no answer."""
    times = (c.position for c in table.columns if c.claim.field == "submitted_at")
    service = service_of_kind(table.kind)
    return service.clean_responses(_filled_responses(table), next(times, None))


def _field_cells(
    body: Mapping[int, np.ndarray], field: str, columns: Sequence[TableColumn]
) -> np.ndarray:
    """The cells of a field: of its one column; of several, all of them joined (JOINED), else the
    first that is filled. What a spreadsheet shows where a formula failed is no answer.
    """
    cells = [body[column.position] for column in columns]
    if field in JOINED_FIELDS:
        texts = (pd.Series(own, dtype="str") for own in cells)
        return _join_cells(
            [
                ticks.name_ticked_choices(own, column)
                for own, column in zip(texts, columns, strict=True)
            ]
        )
    filled = reduce(lambda first, other: np.where(pd.isna(first), other, first), cells)
    return (
        filled
        if _FORMULA_ERRORS.isdisjoint(filled)
        else np.where(np.isin(filled, list(_FORMULA_ERRORS)), np.nan, filled)
    )


def _times_in_utc(
    fields: dict[str, np.ndarray], given: Mapping[str, Sequence[TableColumn]]
) -> dict[str, np.ndarray]:
    """Times under a heading that says so ("Submit Date (UTC)") with their zone; none where they
    have one.
    """
    if not any(_UTC_HEADING.search(column.heading) for column in given.get("submitted_at", ())):
        return {}
    cells = pd.Series(fields["submitted_at"], dtype="str")
    return {
        "submitted_at": (cells + " UTC")
        .where(~cells.str.contains(_UTC_OFFSET, na=True), cells)
        .to_numpy("object")
    }


_LETTER = re.compile(r"[^\W\d_]")
_UTC_HEADING = re.compile(r"[(\[]\s*(?:utc|gmt)\s*[)\]]\s*$", re.I)
_UTC_OFFSET = re.compile(r"(?:\d[zZ]|[+-]\d\d:?\d\d|[A-Za-z]{3,5})$")


_FORMULA_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))


def _join_cells(cells: Sequence[pd.Series]) -> np.ndarray:
    joined = cells[0]
    for other in cells[1:]:
        both = joined.notna() & other.notna()
        joined = (joined + "; " + other).where(both, joined.where(joined.notna(), other))
    return joined.to_numpy(dtype="object")


def _missing_field_findings(
    one: ExportTable, given: set[str], competition: Competition
) -> pd.DataFrame:
    """A finding a required field that no heading gives, with the headings that give nothing and the
    line to add.
    """
    loose = [c.heading for c in one.table.columns if c.heading and c.claim.field is None]
    missing = [
        field
        for field in competition.submission.required
        if field in SUBMISSION_FIELDS and field not in given
    ]
    places = pd.DataFrame({"field": missing, "line": [toml_line("…", field) for field in missing]})
    return make_findings(
        "missing_required",
        places,
        table="submissions",
        source=one.table.source,
        row=one.table.heading_row,
        case="no_heading" if loose else "no_heading_left",
        headings=shared.quote_texts(loose),
        section=_FORM_SECTION,
    )


# --- typed
# --------------------------------------------------------------------------------------------------


def type_submissions(
    rows: pd.DataFrame, competition: Competition
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows with `submitted_at` as time in the competition's zone, `started_on` as
    YYYY-MM-DD, narratives without markup, and words_<field> (NA for an empty cell, which is no text
    too short) for each field that [submission].words limits; findings for what cannot be read.
    """
    submitted = dates.type_times(
        rows, "submitted_at", competition, utc=rows["kind"].isin(UTC_KINDS)
    )
    started = dates.type_days(rows, "started_on", competition)
    plain = {field: text.remove_markup(rows[field]) for field in _TEXT_FIELDS} | {
        "title": text.single_lines(text.remove_markup(rows["title"]))
    }
    limited = {
        name: plain.get(name, rows[name]) for name in competition.submission.words if name in rows
    }
    counted = {
        f"words_{name}": text.count_words(cells).where(cells.notna())
        for name, cells in limited.items()
    }
    frame = rows.assign(
        submitted_at=submitted.values, started_on=started.values, **plain, **counted
    )
    return frame, join_findings(
        [
            found.assign(table="submissions")
            for found in (submitted.findings, started.findings)
            if len(found)
        ]
    )
