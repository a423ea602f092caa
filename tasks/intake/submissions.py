"""Exports of forms -> rows of submissions: a column a field, cells as text, then typed. Reads the
copies it is given.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from tasks import findings
from tasks.competition import Competition
from tasks.intake import dates, fingerprints, form_languages, text, ticks, vocabulary
from tasks.intake import delivery as shared
from tasks.intake.delivery import Delivered, Delivery
from tasks.intake.headings import NEAR, OVERRIDE, WHOLE, WITHIN, Names, names
from tasks.intake.kinds import Column, Table
from tasks.intake.raw import Raw
from tasks.intake.reader import blank_rows
from tasks.schema import NARRATIVES, SUBMISSION_FIELDS

PLACE = ("source", "row", "export_name", "kind", "form", "response_id", "cells")
COLUMNS = (*PLACE, *SUBMISSION_FIELDS)
JOINED = ("documents", "sdgs")  # fields that several headings may give together
_TEXTS = (*NARRATIVES, "sdgs", "documents")  # may hold markup, in any length
_ENOUGH = 3  # fields that a table without a title must give to be one of submissions
_SECTION = "forms.submissions"


def read(raws: Sequence[Raw], competition: Competition) -> Delivery:
    """The rows of all exports in order of name and row, one a delivered response; cells are text.

    rows: COLUMNS, Int64 `row` (NA in a two-column workbook). Responses that were begun and not sent
    (LimeSurvey) are counted in exports.delivered and are no rows.
    """
    delivered, unreadable = shared.tables(raws, heading_names(competition), _is_submissions)
    delivered = [replace(one, table=ticks.left_out(one.table)) for one in delivered]
    parts = [_rows(one, competition) for one in delivered]
    read_as = [used for _, used, _ in parts]
    cells = np.concatenate(
        [np.empty((len(COLUMNS), 0), dtype="object"), *(block for block, _, _ in parts)], axis=1
    )
    none = shared.none_readable(raws, delivered, "submissions")
    columns = {
        name: pd.array(column, dtype=_DTYPES[name])
        for name, column in zip(COLUMNS, cells, strict=True)
    }
    return Delivery(
        pd.DataFrame(columns, copy=False),
        shared.exports(
            delivered, [len(_responses(one.table)) for one in delivered], "submissions", None
        ),
        shared.headings(delivered, read_as),
        findings.together([none, unreadable, *(found for _, _, found in parts)]),
    )


_DTYPES = dict.fromkeys(COLUMNS, "str") | {"row": "Int64"}


def heading_names(competition: Competition) -> Names:
    """The names of a submission's fields: the vocabulary, and the settings of
    [forms.submissions].
    """
    whole = vocabulary.WHOLE | {
        "submitted_at": (*vocabulary.WHOLE["submitted_at"], *form_languages.TIMESTAMPS)
    }
    codes = {field: (field,) for field in SUBMISSION_FIELDS}
    return names(
        {field: (*codes[field], *words) for field, words in whole.items()},
        vocabulary.WITHIN,
        vocabulary.COUNTERS,
        vocabulary.OTHER,
        vocabulary.FILES,
        competition.forms.submissions,
        vocabulary.FIRST,
        vocabulary.ABOUT,
        vocabulary.LAST,
    )


def _is_submissions(table: Table) -> bool:
    if table.kind != "plain":
        return True
    if sum(bool(column.heading) for column in table.columns) < 2:
        return False  # a list, or how to fill in the form
    return _has_titles(table) if "title" in table.fields else len(table.fields) >= _ENOUGH


def _has_titles(table: Table) -> bool:
    """Whether any title has a letter in it: a table of counts by category is none of submissions,
    unless the settings say that these are titles.
    """
    given = shared.winners(table)["title"]
    titles = shared.first_filled(table.body, given)
    return (
        given[0].claim.strength == OVERRIDE
        or titles.empty
        or bool(titles.str.contains(_LETTER, na=False).any())
    )


def _rows(
    one: Delivered, competition: Competition
) -> tuple[np.ndarray, dict[int, str], pd.DataFrame]:
    """The rows of one table (objects, one row each of COLUMNS), the field that each used position
    gives, and what is to be said of its headings.
    """
    table = one.table
    answered = _answers(table)
    body = dict(zip(map(int, answered.columns), answered.to_numpy(dtype="object").T, strict=True))
    given = shared.winners(table)
    fields = {
        field: _field(body, field, columns)
        for field, columns in given.items()
        if field in SUBMISSION_FIELDS
    }
    fields |= _in_utc(fields, given)
    used = {
        c.position: field for field, columns in given.items() for c in columns if field in fields
    }
    place = {
        "source": table.source,
        "row": answered.index.to_numpy(dtype="object"),
        "export_name": one.raw.name,
        "kind": table.kind,
        "form": fingerprints.form(table),
        "response_id": fields.get("submission_id", np.nan),
        "cells": fingerprints.cells(body, len(answered), table, used, competition),
    }
    rows = np.full((len(COLUMNS), len(answered)), np.nan, dtype="object")
    for at, name in enumerate(COLUMNS):
        rows[at] = place[name] if name in place else fields.get(name, np.nan)
    single = set(fields) - set(JOINED)
    found = [
        shared.unknown(one, "submissions", None, set(used), _SECTION),
        shared.claimed_twice(
            one, {f: c for f, c in given.items() if f in single}, "submissions", None, _SECTION
        ),
        _not_given(one, set(fields), competition),
    ]
    return rows, used, findings.together(found)


def _responses(table: Table) -> pd.DataFrame:
    """The rows that fill any field. Others hold what people keep beside or under their tables:
    counters and tick boxes drawn down, sums, notes; their columns give nothing, and that is said of
    each of them. Ids that somebody drew down before nothing at all make no rows either.
    """
    winners = [
        c for columns in shared.winners(table).values() for c in columns if c.position in table.body
    ]
    given = [c.position for c in winners if c.claim.field in SUBMISSION_FIELDS]
    blank = blank_rows(table.body, given) if given else np.zeros(len(table.body), dtype=bool)
    if ids := {c.position for c in winners if _is_written_id(c)}:
        blank |= blank_rows(
            table.body, [position for position in table.body if position not in ids]
        )
    return table.body[~blank] if blank.any() else table.body


def _is_written_id(column: Column) -> bool:
    """Whether a column holds ids that somebody wrote beside the responses, and no service's."""
    return column.claim.field == "submission_id" and column.claim.strength in (NEAR, WITHIN, WHOLE)


def _answers(table: Table) -> pd.DataFrame:
    """The rows that were sent, what a service writes for nothing taken out."""
    body = _responses(table)
    if table.kind == "limesurvey":
        body = _sent(_without(body, "N/A"), table)
    if table.kind == "kobo":
        body = _without(body, "n/a")
    if table.kind == "microsoft":
        texts = [_without_ends(body[position].to_list()) for position in body]
        body = pd.DataFrame(
            np.array(texts, dtype="object").T,
            index=body.index,
            columns=body.columns,
            dtype="object",
        )
    return body


def _without(body: pd.DataFrame, nothing: str) -> pd.DataFrame:
    """The rows without what stands in a cell for nothing."""
    there = body == nothing
    return body.mask(there) if there.any(axis=None) else body


def _without_ends(cells: Sequence[Any]) -> list[Any]:
    """Microsoft's cells: each of several answers ends with a `;`, and a sender who is not known is
    "anonymous".
    """
    answered = [np.nan if text in ("anonymous", "Anonymous") else text for text in cells]
    return [text.rstrip("; ") if isinstance(text, str) else text for text in answered]


def _sent(body: pd.DataFrame, table: Table) -> pd.DataFrame:
    """LimeSurvey's responses that were sent; one sent without a time is dated 1980-01-01, and has
    none here. R writes NA where the time is missing.
    """
    at = next((c.position for c in table.columns if c.claim.field == "submitted_at"), None)
    if at is None:
        return body
    sent = body[body[at].notna() & (body[at] != "NA")].copy()
    sent[at] = sent[at].mask(sent[at].str.startswith("1980-01-01"))
    return sent


def _field(body: Mapping[int, np.ndarray], field: str, columns: Sequence[Column]) -> np.ndarray:
    """The cells of a field: of its one column; of several, all of them joined (JOINED), else the
    first that is filled. What a spreadsheet shows where a formula failed is no answer.
    """
    cells = [body[column.position] for column in columns]
    if field in JOINED:
        texts = (pd.Series(own, dtype="str") for own in cells)
        return _joined(
            [ticks.named(own, column) for own, column in zip(texts, columns, strict=True)]
        )
    filled = reduce(lambda first, other: np.where(pd.isna(first), other, first), cells)
    return (
        filled
        if _ERRORS.isdisjoint(filled)
        else np.where(np.isin(filled, list(_ERRORS)), np.nan, filled)
    )


def _in_utc(
    fields: dict[str, np.ndarray], given: Mapping[str, Sequence[Column]]
) -> dict[str, np.ndarray]:
    """Times under a heading that says so ("Submit Date (UTC)") with their zone; none where they
    have one.
    """
    if not any(_UTC_HEADING.search(column.heading) for column in given.get("submitted_at", ())):
        return {}
    cells = pd.Series(fields["submitted_at"], dtype="str")
    return {
        "submitted_at": (cells + " UTC")
        .where(~cells.str.contains(_OFFSET, na=True), cells)
        .to_numpy("object")
    }


_LETTER = re.compile(r"[^\W\d_]")
_UTC_HEADING = re.compile(r"[(\[]\s*(?:utc|gmt)\s*[)\]]\s*$", re.I)
_OFFSET = re.compile(r"(?:\d[zZ]|[+-]\d\d:?\d\d|[A-Za-z]{3,5})$")


_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))


def _joined(cells: Sequence[pd.Series]) -> np.ndarray:
    joined = cells[0]
    for other in cells[1:]:
        both = joined.notna() & other.notna()
        joined = (joined + "; " + other).where(both, joined.where(joined.notna(), other))
    return joined.to_numpy(dtype="object")


def _not_given(one: Delivered, given: set[str], competition: Competition) -> pd.DataFrame:
    """A finding a required field that no heading gives, with the headings that give nothing and the
    line to add.
    """
    loose = [c.heading for c in one.table.columns if c.heading and c.claim.field is None]
    missing = [
        field
        for field in competition.submission.required
        if field in SUBMISSION_FIELDS and field not in given
    ]
    places = pd.DataFrame(
        {"field": missing, "line": [shared.toml_line("…", field) for field in missing]}
    )
    return findings.of(
        "missing_required",
        places,
        table="submissions",
        source=one.table.source,
        row=one.table.heading_row,
        case="no_heading" if loose else "no_heading_left",
        headings=shared.listed(loose),
        section=_SECTION,
    )


# --- typed
# --------------------------------------------------------------------------------------------------


def typed(rows: pd.DataFrame, competition: Competition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows with `submitted_at` as time in the competition's zone, `started_on` as
    YYYY-MM-DD, narratives without markup, and words_<field> (NA for an empty cell, which is no text
    too short) for each field that [submission].words limits; findings for what cannot be read.
    """
    submitted, sent = dates.times(rows, "submitted_at", competition, utc=rows["kind"] == "kobo")
    started, begun = dates.days(rows, "started_on", competition)
    plain = {field: text.unmarked(rows[field]) for field in _TEXTS} | {
        "title": text.line(text.unmarked(rows["title"]))
    }
    limited = {
        name: plain.get(name, rows[name]) for name in competition.submission.words if name in rows
    }
    counted = {
        f"words_{name}": text.words(cells).where(cells.notna()) for name, cells in limited.items()
    }
    frame = rows.assign(submitted_at=submitted, started_on=started, **plain, **counted)
    return frame, findings.together(
        [found.assign(table="submissions") for found in (sent, begun) if len(found)]
    )
